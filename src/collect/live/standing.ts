import { systemNames } from '../events/schema.ts';
import type { Likeness, PlannedEvent, PlannedProperty } from '../planned-events/schema.ts';
import { likeOf } from '../planned-events/likeness.ts';
import type { Shown } from './lines.ts';
import type { LiveDeviation, LiveEvent } from './schema.ts';

// The same as `isNumber`, `isBoolean` and `isDate` of the check of the plan; a test holds them together.
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const date = /^(\d{4}-\d\d-\d\d)([T ].*)?$/s;

const isDay = (text: string) => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

const isOfType: Record<PlannedProperty['type'], (value: string) => boolean> = {
  string: () => true,
  number: (value) => number.test(value) && Number.isFinite(Number(value)),
  boolean: (value) => value === 'true' || value === 'false',
  date: (value) => isDay(date.exec(value)?.[1] ?? ''),
};

/** How one value stands to its plan; an empty value carries nothing. */
export const faultOf = (planned: PlannedProperty, value: string): 'missing' | 'type' | 'value' | null => {
  if (value === '') return planned.required ? 'missing' : null;
  if (!isOfType[planned.type](value)) return 'type';
  return planned.allowed.length > 0 && !planned.allowed.includes(value) ? 'value' : null;
};

const mostDeviations = 50;
const mostLikes = 100;
const mostKept = 2000;
const longestExample = 200;

/** A tracking plan, ready to be held against many events. */
export type Plan = {
  events: Map<string, PlannedEvent>;
  like: (name: string, planned: readonly string[]) => Likeness | null;
  begin: () => void;
};

/** Likenesses are found once, and only so many in one go: names that nobody foresaw must not hold up the others. */
export const readyPlan = (planned: readonly PlannedEvent[]): Plan => {
  const found = new Map<string, Likeness | null>();
  let left = mostLikes;
  return {
    events: new Map(planned.map((event) => [event.name, event])),
    begin: () => void (left = mostLikes),
    like: (name, names) => {
      const key = JSON.stringify([name, names]);
      const known = found.get(key);
      if (known !== undefined || left-- <= 0) return known ?? null;
      if (found.size >= mostKept) found.clear();
      const like = likeOf(name, names);
      found.set(key, like);
      return like;
    },
  };
};

type Standing = Pick<LiveEvent, 'plan' | 'deviations' | 'like'>;
const unnamed: string[] = Object.values(systemNames);
const none: Standing = { plan: null, deviations: [], like: null };

const plannedFaults = ({ properties }: PlannedEvent, carried: Record<string, string>): LiveDeviation[] =>
  properties.flatMap((planned) => {
    const value = carried[planned.name] ?? '';
    const kind = faultOf(planned, value);
    if (!kind) return [];
    return [{ kind, property: planned.name, planned, example: kind === 'missing' ? null : value.slice(0, longestExample), like: null }];
  });

/** How an event stands to the plan, by the rules of the check of the plan. */
export const standingOf = ({ kind, name = '', properties = {} }: Shown, plan: Plan): Standing => {
  if (kind === 'failed' || plan.events.size === 0) return none;
  const planned = plan.events.get(name);
  if (!planned) return unnamed.includes(name) ? none : { ...none, plan: 'unplanned' };
  const names = planned.properties.map((property) => property.name);
  const own = new Set(names);
  const more = Object.entries(properties).filter(([property, value]) => value !== '' && !own.has(property));
  const unplanned = more.map(([property, value]): LiveDeviation => {
    return { kind: 'unplanned', property, planned: null, example: value.slice(0, longestExample), like: null };
  });
  const deviations = [...plannedFaults(planned, properties), ...unplanned].slice(0, mostDeviations);
  return { plan: deviations.length > 0 ? 'deviates' : 'as_expected', deviations, like: null };
};

/** The same with what unplanned names look like. */
export const withLikeness = (event: LiveEvent, plan: Plan): LiveEvent => {
  if (event.plan === 'unplanned') return { ...event, like: plan.like(event.name, [...plan.events.keys()]) };
  if (event.plan !== 'deviates') return event;
  const names = plan.events.get(event.name)?.properties.map((property) => property.name) ?? [];
  const like = (one: LiveDeviation) => (one.kind === 'unplanned' ? { ...one, like: plan.like(one.property, names) } : one);
  return { ...event, deviations: event.deviations.map(like) };
};
