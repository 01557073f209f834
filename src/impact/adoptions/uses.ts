import { events, whoIsWho } from '../../collect/events/queries.ts';
import { type FeatureRule, stepsOf } from '../../launch/features/schema.ts';
import { rows } from '../../platform/events/sources.ts';
import { anyStepSql, stepSql, type Values } from '../questions/filters.ts';

const dayMilliseconds = 86_400_000;

/** The events that a rule is made of; only the slices of their names are read. Needs the parameter `now`. */
const madeOf = (rule: FeatureRule, values: Values): string => {
  const steps = stepsOf(rule);
  return `${anyStepSql(steps, values)} AND (${steps.map((step) => `(${stepSql(step, values)})`).join(' OR ')}) AND at <= {now:DateTime64(3, 'UTC')}`;
};

/** Each event is a use. They are added up before anybody is asked who they are now, so that little is joined. */
const single = (rule: FeatureRule, values: Values): string => `(SELECT if(w.owner = 0, e.person, w.owner) AS person,
    if(e.account != 0, e.account, w.account) AS account, e.day AS day, sum(e.n) AS n
  FROM (SELECT person, account, day, count() AS n FROM ${rows('event')} WHERE ${madeOf(rule, values)} GROUP BY person, account, day) AS e
  LEFT ANY JOIN ${whoIsWho} AS w ON w.person = e.person GROUP BY person, account, day SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0)`;

/** When each step was last reached: of a sequence, when the chain began that has come so far; of all, when it was last done. */
const reachedAt = (rule: FeatureRule, window: string): string =>
  rule.kind === 'sequence'
    ? `arrayMap(k -> multiIf(NOT bitTest(one.2, k - 1), held.1[k], k = 1, one.1, held.1[k - 1] > 0 AND held.1[k - 1] >= one.1 - ${window}, held.1[k - 1], held.1[k]), range(1, length(held.1) + 1))`
    : `arrayMap(k -> if(bitTest(one.2, k - 1), one.1, held.1[k]), range(1, length(held.1) + 1))`;

/** One person's events in order, folded: at each, whether it completes the rule; then everything starts anew. */
const complete = (rule: FeatureRule, values: Values): string => {
  const steps = stepsOf(rule);
  const mask = steps.map((step, index) => `toUInt16(${stepSql(step, values)}) * ${2 ** index}`).join(' + ');
  const window = values.bind(rule.withinDays * dayMilliseconds, 'Int64');
  const none = `CAST([${steps.map(() => 0).join(', ')}], 'Array(Int64)')`;
  const isWhole = rule.kind === 'sequence' ? 'next[-1] > 0' : `arrayMin(next) > 0 AND arrayMin(next) >= one.1 - ${window}`;
  const fold = `arrayFold((held, one) -> arrayMap(next -> if(${isWhole}, (${none}, arrayPushBack(held.2, (one.3, one.4))), (next, held.2)),
      [${reachedAt(rule, window)}])[1], track, (${none}, CAST([], 'Array(Tuple(UInt32, Date))')))`;
  return `(SELECT person, use.1 AS account, use.2 AS day, count() AS n
    FROM (SELECT person, arrayJoin(${fold}.2) AS use
      FROM (SELECT person, arraySort(groupArray((toUnixTimestamp64Milli(at), toUInt16(${mask}), account, day))) AS track
        FROM ${events(madeOf(rule, values), ['name', 'at', 'day', 'properties'])} WHERE person != 0 GROUP BY person))
    GROUP BY person, account, day)`;
};

/** Uses of a feature: person, account (numbers as of now, 0: nobody known), day of the workspace, n. */
export const usesOf = (rule: FeatureRule, values: Values): string =>
  rule.kind === 'event' || rule.kind === 'any' ? single(rule, values) : complete(rule, values);
