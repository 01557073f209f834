import { afterWeeks, brokenDownName, countedName, firstWeek, lastFourWeeks, lastMonth, quarter, touchDays } from '../questions.ts';
import { conversion, launchedAt, measuredFeature, systemNames, touched } from '../world.ts';

/** Tables shaped like a peer's, and the questions asked as its own code asks them. `otherwise` says where its answer means something else. */
export type Peer = {
  name: string;
  tables: readonly string[];
  fill: readonly string[];
  queries: Readonly<Record<string, string>>;
  otherwise?: Readonly<Record<string, string>>;
};

/** The words of a question in a peer's own columns. `week` starts on Monday, so that answers can be compared. */
export type Columns = {
  from: string;
  mine: string;
  person: string;
  account?: string;
  name: string;
  at: string;
  plan: string;
  channel?: string;
};

const launch = `toDateTime('${launchedAt.slice(0, 19)}', 'UTC')`;

/** Questions that every peer with exact counts asks in one pass over its events, grouped by whom they count. */
export const onePass = ({ from, mine, person, account, name, at, plan, channel }: Columns): Record<string, string> => {
  const doing = `${mine} AND ${name} NOT IN ${systemNames}`;
  const seen = (unit: string) =>
    `(SELECT ${unit} AS unit, min(${at}) AS first, minIf(${at}, ${name} = '${measuredFeature}' AND ${at} >= ${launch}) AS used FROM ${from} WHERE ${mine} GROUP BY unit)`;
  const marks = (unit: string) =>
    `SELECT count() AS eligible, ${[30, 60, 90].map((mark) => `countIf(toUnixTimestamp(used) > 0 AND used < ${launch} + toIntervalDay(${mark})) AS by${mark}`).join(', ')} FROM ${seen(unit)} WHERE first < ${launch}`;

  return {
    people_a_day: `SELECT toString(toDate(${at})) AS day, uniqExact(${person}) AS people FROM ${from} WHERE ${doing} GROUP BY day ORDER BY day`,
    people_of_event: `SELECT uniqExact(${person}) AS people FROM ${from} WHERE ${mine} AND ${name} = '${countedName}' AND ${at} >= toDateTime(${lastMonth}, 'UTC')`,
    adoption_curve: `SELECT toString(toDate(used)) AS day, count() AS people FROM (SELECT ${person} AS unit, min(${at}) AS used FROM ${from} WHERE ${mine} AND ${name} = '${measuredFeature}' AND ${at} >= ${launch} GROUP BY unit) GROUP BY day ORDER BY day`,
    adopted_people: marks(person),
    ...(account && { adopted_accounts: marks(account) }),
    time_to_adopt: `SELECT intDiv(toUnixTimestamp64Milli(toDateTime64(used, 3)) - greatest(toUnixTimestamp64Milli(toDateTime64(${launch}, 3)), toUnixTimestamp64Milli(toDateTime64(first, 3))), 86400000) AS days, count() AS people
      FROM ${seen(person)} WHERE toUnixTimestamp(used) > 0 GROUP BY days ORDER BY days`,
    breakdown: `SELECT ${plan} AS value, count() AS events, uniqExact(${person}) AS people FROM ${from} WHERE ${mine} AND ${name} = '${brokenDownName}' AND ${at} >= toDateTime(${lastMonth}, 'UTC') GROUP BY value ORDER BY value`,
    ...(channel && {
      paths: `SELECT path, count() AS conversions FROM (SELECT arrayMap(one -> one.3, arrayFilter(one -> one.2 != '${conversion}' AND one.1 <= c.1 AND one.1 > c.1 - toIntervalDay(${touchDays}), steps)) AS path
        FROM (SELECT ${person} AS unit, arraySort(groupArray((${at}, toString(${name}), toString(${channel})))) AS steps FROM ${from} WHERE ${mine} AND ${name} IN ('${conversion}', '${touched}') GROUP BY unit)
        ARRAY JOIN arrayFilter(one -> one.2 = '${conversion}', steps) AS c) WHERE notEmpty(path) GROUP BY path ORDER BY conversions DESC, path LIMIT 20`,
    }),
    ...(account && {
      active_accounts: `SELECT ${account} AS account, count() AS events, uniqExact(${person}) AS people, uniqExact(${name}) AS names FROM ${from} WHERE ${doing} AND ${at} >= toDateTime(${lastFourWeeks}, 'UTC') GROUP BY account ORDER BY events DESC, account LIMIT 20`,
    }),
  };
};

export const inWindow = (at: string): string => `${at} >= toDateTime(${firstWeek}, 'UTC') AND ${at} < toDateTime(${afterWeeks}, 'UTC')`;
export const inQuarter = (at: string): string => `${at} >= toDateTime(${quarter}, 'UTC')`;
export const named = (steps: readonly string[]): string => steps.map((step) => `'${step}'`).join(', ');

/** From how many people got exactly so far to how many got at least so far, as all of them fill it up afterwards. */
export const reachedFrom = (levels: string, steps: number): string =>
  `SELECT step, sumIf(n, level >= step) AS people FROM ${levels} ARRAY JOIN [${Array.from({ length: steps }, (_, index) => index + 1).join(', ')}] AS step GROUP BY step ORDER BY step`;
