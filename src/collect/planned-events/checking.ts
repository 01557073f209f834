import type { Context } from '../../platform/context.ts';
import { addDays, dayIn, daysBetween } from '../../platform/days.ts';
import { systemNames } from '../events/schema.ts';
import { likeOf } from './likeness.ts';
import {
  type ArrivedName,
  arrivedNames,
  type Carried,
  carriedProperties,
  type Compared,
  comparedProperties,
  type Days,
  type ReadCount,
  readCounts,
  type Reading,
} from './queries.ts';
import {
  type Check,
  type CheckedEvent,
  type Deviation,
  mostPlanned,
  mostRead,
  type PlannedEvent,
  type PlanState,
  states,
} from './schema.ts';

const mostUnplanned = 300;
const fewToTurn = 10;
const fewDays = 5;
const fewestSilent = 3;

export const daysOf = ({ days, to: asked }: { days: number; to?: string }, { now, workspace }: Context): Days => {
  const to = asked ?? dayIn(now(), workspace.timeZone);
  return { from: addDays(to, 1 - days), to };
};

export const arrivedOf = (context: Context, planned: readonly string[], days: Days): Promise<ArrivedName[]> => {
  const unnamed = Object.values(systemNames);
  return context.events.ask<ArrivedName>(arrivedNames(planned, unnamed, days, mostPlanned + mostUnplanned + 1));
};

/** What to read of these names, so that no name costs more than another. */
export const readingOf = (arrived: readonly ArrivedName[], days: Days): Reading => {
  const some = arrived.filter(({ events }) => events > 0);
  return { ...days, names: some.map(({ name }) => name), steps: some.map(({ events }) => Math.max(1, Math.ceil(events / mostRead))) };
};

const compare = (context: Context, reading: Reading, plan: readonly PlannedEvent[]) => {
  const flat = plan.flatMap(({ name, properties }) => properties.map((property) => ({ event: name, ...property })));
  const planned = {
    planName: flat.map(({ event }) => event),
    planProperty: flat.map(({ name }) => name),
    planType: flat.map(({ type }) => type),
    planAllowed: flat.map(({ allowed }) => allowed),
  };
  return Promise.all([
    context.events.ask<ReadCount>(readCounts(reading)),
    context.events.ask<Carried>(carriedProperties(reading)),
    flat.length > 0 ? context.events.ask<Compared>(comparedProperties(reading, planned)) : [],
  ]);
};

type Facts = { read: number; carried: Carried[]; compared: Compared[] };

const deviationsOf = ({ properties }: PlannedEvent, { read, carried, compared }: Facts): Deviation[] => {
  const planned = properties.map(({ name }) => name);
  const required = new Set(properties.filter((property) => property.required).map(({ name }) => name));
  const lastCarried = new Map(carried.map(({ property, lastDay }) => [property, lastDay]));
  const asPlanned = new Map(compared.filter(({ kind }) => kind === '').map((one) => [one.property, one]));
  const against = compared.flatMap(({ kind, property, events, firstDay, lastDay, example }): Deviation[] => {
    if (kind === '' || (kind === 'missing' && !required.has(property))) return [];
    const good = asPlanned.get(property);
    const last = kind === 'missing' ? lastCarried.get(property) : good?.lastDay;
    const since = last !== undefined && last <= firstDay;
    // Texts such as numbers of orders look like numbers from the first: only one that turned, and not by chance, is of another type.
    if (kind === 'bare' && !(since && events >= fewToTurn && good!.events >= fewToTurn)) return [];
    const told = kind === 'bare' ? 'type' : kind;
    return [{ kind: told, property, events, of: read, firstDay, lastDay, since, example: kind === 'missing' ? null : example, like: null }];
  });
  const more = carried
    .filter(({ property }) => !planned.includes(property))
    .map(({ property, events, firstDay, lastDay, example }): Deviation => {
      const like = likeOf(property, planned);
      return { kind: 'unplanned', property, events, of: read, firstDay, lastDay, since: false, example, like };
    });
  return [...against, ...more].toSorted((a, b) => b.events - a.events || a.property.localeCompare(b.property));
};

/** Whether it stopped: silent for longer than its own habit, weekends and all, makes likely. */
const quietOf = (arrived: ArrivedName | undefined, lastWholeDay: string): CheckedEvent['quiet'] => {
  if (!arrived || arrived.events === 0 || arrived.activeDays < fewDays) return null;
  const { lastDay, longestGap } = arrived;
  const silent = daysBetween(lastDay, lastWholeDay);
  // A gap of one day is none: an event of every day was never silent before.
  const before = longestGap - 1;
  return silent >= fewestSilent && silent > 2 * before ? { since: addDays(lastDay, 1), days: silent, longestGap: before } : null;
};

const checkedOf = (planned: PlannedEvent, arrived: ArrivedName | undefined, facts: Facts, lastWholeDay: string): CheckedEvent => {
  const quiet = quietOf(arrived, lastWholeDay);
  const carriedBy = new Map(facts.carried.map(({ property, events }) => [property, events]));
  const deviations = deviationsOf(planned, facts);
  const events = arrived?.events ?? 0;
  return {
    id: planned.id,
    name: planned.name,
    state: events === 0 ? 'missing' : quiet ? 'quiet' : deviations.length > 0 ? 'changed' : 'as_expected',
    events,
    firstDay: arrived?.firstDay ?? null,
    lastDay: arrived?.lastDay ?? null,
    quiet,
    read: facts.read,
    properties: planned.properties.map((property) => ({ ...property, events: carriedBy.get(property.name) ?? 0 })),
    deviations,
    like: null,
  };
};

const unplannedOf = ({ name, events, firstDay, lastDay }: ArrivedName, planned: readonly string[]): CheckedEvent => ({
  name,
  events,
  firstDay,
  lastDay,
  quiet: null,
  id: null,
  state: 'unplanned',
  read: 0,
  properties: [],
  deviations: [],
  like: likeOf(name, planned),
});

/** Compares a plan with what arrived. */
export const checkPlan = async (context: Context, plan: readonly PlannedEvent[], days: Days): Promise<Check> => {
  const names = plan.map(({ name }) => name);
  const arrived = await arrivedOf(context, names, days);
  const byName = new Map(arrived.map((one) => [one.name, one]));
  const reading = readingOf(
    arrived.filter(({ name }) => names.includes(name)),
    days,
  );
  const [read, carried, compared] = reading.names.length > 0 ? await compare(context, reading, plan) : [[], [], []];
  const of = (name: string): Facts => ({
    read: read.find((one) => one.name === name)?.events ?? 0,
    carried: carried.filter((one) => one.name === name),
    compared: compared.filter((one) => one.name === name),
  });
  const outside = arrived.filter(({ name }) => !names.includes(name));
  const today = dayIn(context.now(), context.workspace.timeZone);
  const lastWholeDay = days.to < today ? days.to : addDays(today, -1);
  const events = [
    ...plan.map((planned) => checkedOf(planned, byName.get(planned.name), of(planned.name), lastWholeDay)),
    ...outside.slice(0, mostUnplanned).map((one) => unplannedOf(one, names)),
  ];
  const count = (state: PlanState) => events.filter((event) => event.state === state).length;
  return {
    ...days,
    timeZone: context.workspace.timeZone,
    counts: Object.fromEntries(states.map((state) => [state, count(state)])) as Check['counts'],
    events,
    sampled: reading.steps.some((step) => step > 1),
    moreNames: outside.length > mostUnplanned,
  };
};
