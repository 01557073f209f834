import { accountsBy, events, peopleBy } from '../../collect/events/queries.ts';
import { readUsed } from '../../launch/features/queries.ts';
import { type FeatureRule, hasWindow, stepsOf } from '../../launch/features/schema.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
import { anyStepSql, stepSql, type Values } from './filters.ts';
import type { Behaviour, Step, Unit, VersionUsed } from './schema.ts';
import { type UseDays, usesOf } from './uses.ts';

/**
 * What was done, as statements read it. An event is the simplest rule: each time is one. Where a rule has a window, what was done has a
 * day and no moment, and no properties.
 */
export type Doing = { name: string; of: 'events' | 'uses'; rule: FeatureRule; now: Date };

const plainRule = { kind: 'any', eventName: '', properties: [], withinDays: 1, atLeast: 2, times: 1, days: 1 } as const;

export const doingOf = ({ event, filters, label }: Step, now: Date): Doing => ({
  name: label || event || '',
  of: 'events',
  rule: { ...plainRule, properties: [], steps: [{ event, filters }] },
  now,
});

export type Done = { doings: Doing[]; features: VersionUsed[] };

/** What the behaviours of a question mean now, in their order, and the features among them in the version that is used. */
export const doneBy = async (context: Context, behaviours: readonly Behaviour[]): Promise<Done> => {
  const now = context.now();
  if (behaviours.every(({ kind }) => kind !== 'feature'))
    return { doings: behaviours.flatMap((one) => (one.kind === 'feature' ? [] : [doingOf(one, now)])), features: [] };
  const features = new Map<string, VersionUsed>();
  const doings = await context.read(async (transaction) => {
    const found: Doing[] = [];
    for (const one of behaviours) {
      if (one.kind !== 'feature') found.push(doingOf(one, now));
      else {
        const { id, name, rule, version, newest } = await readUsed(transaction, one.feature, one.version ?? null);
        features.set(`${id} ${version}`, { id, name, version, newestVersion: newest?.version ?? version });
        found.push({ name: one.label || name, of: 'uses', rule, now });
      }
    }
    return found;
  });
  return { doings, features: [...features.values()] };
};

export const hasMoments = ({ rule }: Doing): boolean => !hasWindow(rule);

/** Refuses what needs moments or properties of each use, where a use is of several events. */
export const refuseWindow = (doing: Doing, why: Said): void => {
  if (!hasMoments(doing))
    throw new Failure('invalid', {
      en: `A use of "${doing.name}" is made of several events: it has a day, but no moment and no properties. ${why.en}`,
      zh: `“${doing.name}”的一次使用由多个事件组成：它有日期，但没有时刻和属性。${why.zh}`,
    });
};

const eventsOf = ({ rule }: Doing): Step[] => stepsOf(rule);

/** Which events are meant, as a condition on the event's own columns. Only of what has moments. */
export const doingSql = (doing: Doing, values: Values): string => {
  const steps = eventsOf(doing);
  const each = steps.map((step) => stepSql(step, values));
  return each.length === 1 ? each[0]! : `${anyStepSql(steps, values)} AND (${each.map((one) => `(${one})`).join(' OR ')})`;
};

/** The names of its events; null for any event. */
export const namesOf = (doing: Doing): (string | null)[] => [...new Set(eventsOf(doing).map(({ event }) => event))];

export const readsProperties = (doing: Doing): boolean => eventsOf(doing).some(({ filters }) => filters.length > 0);

/** Each day on which somebody did it, and how often: person, account (numbers as of now, 0: nobody known), day, n. */
export const timesDone = ({ rule, now }: Doing, days: UseDays, values: Values): string => {
  values.params.now = now.toISOString().replace('T', ' ').replace('Z', '');
  return usesOf(rule, values, days);
};

/** Each day on which somebody did it: number, day; perhaps more than once. Only filters on properties make it read events. */
export const daysDone = (doing: Doing, unit: Unit, days: { from?: string; to: string }, values: Values): string => {
  const column = unit === 'people' ? 'person' : 'account';
  if (!hasMoments(doing)) return `(SELECT ${column} AS number, day FROM ${timesDone(doing, days, values)})`;
  const { from, to } = days;
  const span = [...(from ? [`day >= ${values.bind(from, 'Date')}`] : []), `day <= ${values.bind(to, 'Date')}`].join(' AND ');
  const only = `${doingSql(doing, values)} AND ${span}`;
  if (readsProperties(doing)) return `(SELECT ${column} AS number, day FROM ${events(only, ['day'])})`;
  const sets = unit === 'people' ? peopleBy('day', only) : accountsBy('day', only);
  return `(SELECT arrayJoin(bitmapToArray(${unit})) AS number, bucket AS day FROM ${sets})`;
};
