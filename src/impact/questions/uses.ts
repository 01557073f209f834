import { events, whoIsWho } from '../../collect/events/queries.ts';
import { type FeatureRule, stepsOf } from '../../launch/features/schema.ts';
import { own, rows } from '../../platform/events/sources.ts';
import { anyStepSql, stepSql, type Values } from './filters.ts';

const dayMilliseconds = 86_400_000;

/** The first and last day, of the workspace, whose uses are asked for. */
export type UseDays = { from?: string; to?: string };

/** The events that a rule is made of; only the slices of their names are read. Needs the parameter `now`. */
const madeOf = (rule: FeatureRule, { from, to }: UseDays, values: Values): string => {
  const steps = stepsOf(rule);
  return [
    anyStepSql(steps, values),
    `(${steps.map((step) => `(${stepSql(step, values)})`).join(' OR ')})`,
    `at <= {now:DateTime64(3, 'UTC')}`,
    ...(from ? [`day >= ${values.bind(from, 'Date')}`] : []),
    ...(to ? [`day <= ${values.bind(to, 'Date')}`] : []),
  ].join(' AND ');
};

/** Each event is a use. They are added up before anybody is asked who they are now, so that little is joined. */
const single = (rule: FeatureRule, days: UseDays, values: Values): string => `(SELECT if(w.owner = 0, e.person, w.owner) AS person,
    if(e.account != 0, e.account, w.account) AS account, e.day AS day, sum(e.n) AS n
  FROM (SELECT person, account, day, count() AS n FROM ${rows('event')} WHERE ${madeOf(rule, days, values)} GROUP BY person, account, day) AS e
  LEFT ANY JOIN ${whoIsWho} AS w ON w.person = e.person GROUP BY person, account, day SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0)`;

/** What is held of a person's past, a moment for each place, 0 for none; what becomes of it with an event; when the rule holds of it. */
type Held = { places: number; next: string; isWhole: string };

const heldOf = (rule: FeatureRule, window: string): Held => {
  const inWindow = (moment: string) => `${moment} > 0 AND ${moment} >= one.1 - ${window}`;
  const steps = stepsOf(rule).length;
  switch (rule.kind) {
    case 'count':
      // The last so many events.
      return { places: rule.atLeast, next: `arrayPushBack(arrayPopFront(held.1), one.1)`, isWhole: inWindow('next[1]') };
    case 'sequence':
      // For each step, when the chain began that has come so far: the latest beginning, so that it is in the window as long as can be.
      return {
        places: steps,
        next: `arrayMap(k -> multiIf(NOT bitTest(one.2, k - 1), held.1[k], k = 1, one.1, held.1[k - 1] > 0 AND held.1[k - 1] >= one.1 - ${window}, held.1[k - 1], held.1[k]), range(1, length(held.1) + 1))`,
        isWhole: 'next[-1] > 0',
      };
    default:
      // When each step was last done.
      return {
        places: steps,
        next: `arrayMap(k -> if(bitTest(one.2, k - 1), one.1, held.1[k]), range(1, length(held.1) + 1))`,
        isWhole: inWindow('arrayMin(next)'),
      };
  }
};

/** One person's events in order, folded: at each, whether the rule holds; then everything starts anew. Days before are read, too. */
const complete = (rule: FeatureRule, { from, to }: UseDays, values: Values): string => {
  const mask = stepsOf(rule).map((step, index) => `toUInt16(${stepSql(step, values)}) * ${2 ** index}`);
  const { places, next, isWhole } = heldOf(rule, values.bind(rule.withinDays * dayMilliseconds, 'Int64'));
  const none = `CAST([${Array.from({ length: places }, () => 0).join(', ')}], 'Array(Int64)')`;
  const fold = `arrayFold((held, one) -> arrayMap(next -> if(${isWhole}, (${none}, arrayPushBack(held.2, (one.3, one.4))), (next, held.2)),
      [${next}])[1], track, (${none}, CAST([], 'Array(Tuple(UInt32, Date))')))`;
  return `(SELECT person, use.1 AS account, use.2 AS day, count() AS n
    FROM (SELECT person, arrayJoin(${fold}.2) AS use
      FROM (SELECT person, arraySort(groupArray((toUnixTimestamp64Milli(at), toUInt16(${mask.join(' + ')}), account, day))) AS track
        FROM ${events(madeOf(rule, { to }, values), ['name', 'at', 'day', 'properties'])} WHERE person != 0 GROUP BY person))
    ${from ? `WHERE day >= ${values.bind(from, 'Date')}` : ''} GROUP BY person, account, day)`;
};

/** The same of one kind of unit, for which less has to be joined: of people only those who were merged, of accounts only what names none. */
const singleBy = {
  person: (only: string) => `(SELECT if(w.owner = 0, e.person, w.owner) AS number, e.day AS day, sum(e.n) AS n
  FROM (SELECT person, day, count() AS n FROM ${rows('event')} WHERE ${only} GROUP BY person, day) AS e
  LEFT ANY JOIN (SELECT person, owner FROM ${own('who')} WHERE owner != person) AS w ON w.person = e.person GROUP BY number, day SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0)`,
  account: (only: string) => `(SELECT number, day, sum(n) AS n FROM (
    SELECT account AS number, day, count() AS n FROM ${rows('event')} WHERE ${only} AND account != 0 GROUP BY account, day
    UNION ALL SELECT w.account AS number, e.day AS day, sum(e.n) AS n FROM (SELECT person, day, count() AS n FROM ${rows('event')} WHERE ${only} AND account = 0 GROUP BY person, day) AS e
    LEFT ANY JOIN ${whoIsWho} AS w ON w.person = e.person GROUP BY number, day SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0) GROUP BY number, day)`,
};

const isSingle = ({ kind }: FeatureRule): boolean => kind === 'event' || kind === 'any';

/**
 * Uses of a feature (what a use is, `featureRule` says): person, account (numbers as of now, 0: nobody known), day of the workspace, n.
 * A use of several events has the account and the day of the last of them.
 */
export const usesOf = (rule: FeatureRule, values: Values, days: UseDays = {}): string =>
  isSingle(rule) ? single(rule, days, values) : complete(rule, days, values);

/** The same by one kind of unit: number (as of now, 0: nobody known), day, n. */
export const usesBy = (of: 'person' | 'account', rule: FeatureRule, values: Values, days: UseDays = {}): string =>
  isSingle(rule)
    ? singleBy[of](madeOf(rule, days, values))
    : `(SELECT ${of} AS number, day, sum(n) AS n FROM ${complete(rule, days, values)} GROUP BY number, day)`;
