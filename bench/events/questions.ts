import { doings, mine } from './plain.ts';
import { conversion, launchedAt, measuredFeature, touched } from './world.ts';

/** What is asked of every store, with the plain query over clean events that says what is true. Answers are compared row by row. */
export type Question = { key: string; title: string; plain: string };

export const funnels = {
  three: ['Action 05', 'Action 12', 'Action 20'],
  five: ['Action 05', 'Action 08', 'Action 12', 'Action 20', 'Action 30'],
  heavy: ['Action 01', 'Action 02', 'Action 03'],
} as const;
export const weekMilliseconds = 7 * 86_400_000;
export const lastMonth = `'2026-05-02'`;
export const lastFourWeeks = `'2026-05-04'`;
export const quarter = `'2026-03-03'`;
/** Twelve weeks from Monday to Sunday. */
export const [firstWeek, afterWeeks] = [`'2026-03-09'`, `'2026-06-01'`];
export const touchDays = 30;
export const [countedName, brokenDownName] = ['Action 12', 'Action 03'];

/** The start of the best chain that has reached each step by each event; whoever has one has got there. Not how any store here works. */
const plainFunnel = (steps: readonly string[], only = '1'): string => {
  const chain = (step: number): string =>
    step === 1
      ? `SELECT p, at, name, toUnixTimestamp64Milli(at) AS t, if(name = '${steps[0]}', t, 0) AS s1, 1 AS nothing FROM ${doings} WHERE ${only} AND name IN (${steps.map((name) => `'${name}'`).join(', ')})`
      : `SELECT *, if(name = '${steps[step - 1]}' AND before${step} > 0 AND t - before${step} <= ${weekMilliseconds}, before${step}, 0) AS s${step}
        FROM (SELECT *, max(s${step - 1}) OVER (PARTITION BY p ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before${step} FROM (${chain(step - 1)}))`;
  const reached = steps.map((_, index) => `(${index + 1}, uniqExactIf(p, s${index + 1} > 0))`);
  return `SELECT one.1 AS step, one.2 AS people FROM (SELECT arrayJoin([${reached.join(', ')}]) AS one FROM (${chain(steps.length)})) ORDER BY step`;
};

const used = (unit: 'p' | 'a') =>
  `(SELECT ${unit}, min(at) AS used FROM ${mine} WHERE name = '${measuredFeature}' AND at >= '${launchedAt}' GROUP BY ${unit})`;
const eligible = (unit: 'p' | 'a') => `(SELECT ${unit} FROM ${mine} GROUP BY ${unit} HAVING min(at) < '${launchedAt}')`;
const marks = (
  unit: 'p' | 'a',
) => `SELECT count() AS eligible, ${[30, 60, 90].map((days) => `countIf(used > 0 AND used < toDateTime64('${launchedAt}', 3, 'UTC') + toIntervalDay(${days})) AS by${days}`).join(', ')}
  FROM ${eligible(unit)} AS e LEFT JOIN ${used(unit)} AS u ON u.${unit} = e.${unit}`;

const weeks = `(SELECT DISTINCT p, toMonday(day) AS week FROM ${doings} WHERE day >= ${firstWeek} AND day < ${afterWeeks})`;
const cohorts = (first: string): string => `SELECT toString(f.week) AS cohort, intDiv(w.week - f.week, 7) AS after, uniqExact(w.p) AS people
  FROM ${first} AS f JOIN ${weeks} AS w ON w.p = f.p WHERE w.week >= f.week AND f.week >= ${firstWeek} GROUP BY cohort, after ORDER BY cohort, after`;

export const questions: readonly Question[] = [
  {
    key: 'people_a_day',
    title: 'unique people a day, a year',
    plain: `SELECT toString(day) AS day, uniqExact(p) AS people FROM ${doings} GROUP BY day ORDER BY day`,
  },
  {
    key: 'people_of_event',
    title: 'unique people of one event, 30 days',
    plain: `SELECT uniqExact(p) AS people FROM ${mine} WHERE name = '${countedName}' AND day >= ${lastMonth}`,
  },
  { key: 'funnel_3', title: 'funnel, 3 steps in 7 days', plain: plainFunnel(funnels.three) },
  { key: 'funnel_5', title: 'funnel, 5 steps in 7 days', plain: plainFunnel(funnels.five) },
  { key: 'funnel_heavy', title: 'funnel, 3 heavy steps in 7 days', plain: plainFunnel(funnels.heavy) },
  { key: 'funnel_quarter', title: 'funnel, 3 steps in 7 days, 90 days of it', plain: plainFunnel(funnels.three, `day >= ${quarter}`) },
  { key: 'retention_recurring', title: 'retention, 12 weeks, recurring', plain: cohorts(weeks) },
  {
    key: 'retention_window',
    title: 'retention, 12 weeks, first in the window',
    plain: cohorts(`(SELECT p, min(week) AS week FROM ${weeks} GROUP BY p)`),
  },
  {
    key: 'retention_first',
    title: 'retention, 12 weeks, first seen over all time',
    plain: cohorts(`(SELECT p, toMonday(min(at)) AS week FROM ${mine} GROUP BY p)`),
  },
  {
    key: 'adoption_curve',
    title: 'adoption curve by person',
    plain: `SELECT toString(toDate(used)) AS day, count() AS people FROM ${used('p')} GROUP BY day ORDER BY day`,
  },
  { key: 'adopted_people', title: 'adopted at 30/60/90 days of the eligible, by person', plain: marks('p') },
  { key: 'adopted_accounts', title: 'adopted at 30/60/90 days of the eligible, by account', plain: marks('a') },
  {
    key: 'time_to_adopt',
    title: 'time to adopt since launch or first seen',
    plain: `SELECT intDiv(toUnixTimestamp64Milli(used) - greatest(toUnixTimestamp64Milli(toDateTime64('${launchedAt}', 3, 'UTC')), toUnixTimestamp64Milli(first)), 86400000) AS days, count() AS people
    FROM ${used('p')} AS u JOIN (SELECT p, min(at) AS first FROM ${mine} GROUP BY p) AS f ON f.p = u.p GROUP BY days ORDER BY days`,
  },
  {
    key: 'breakdown',
    title: 'breakdown of one event by a property, 30 days',
    plain: `SELECT toString(plan) AS value, count() AS events, uniqExact(p) AS people FROM ${mine} WHERE name = '${brokenDownName}' AND day >= ${lastMonth} GROUP BY value ORDER BY value`,
  },
  {
    key: 'paths',
    title: `channels in ${touchDays} days before a conversion, 20 commonest paths`,
    plain: `SELECT path, count() AS conversions FROM (SELECT c.i AS i, arrayMap(one -> one.2, arraySort(groupArray((t.at, t.channel)))) AS path
    FROM (SELECT i, p, at FROM ${mine} WHERE name = '${conversion}') AS c JOIN (SELECT p, at, toString(channel) AS channel FROM ${mine} WHERE name = '${touched}') AS t ON t.p = c.p
    WHERE t.at <= c.at AND t.at > c.at - toIntervalDay(${touchDays}) GROUP BY i) GROUP BY path ORDER BY conversions DESC, path LIMIT 20`,
  },
  {
    key: 'active_accounts',
    title: 'most active accounts, 28 days',
    plain: `SELECT concat('acc', toString(a)) AS account, count() AS events, uniqExact(p) AS people, uniqExact(name) AS names FROM ${doings} WHERE day >= ${lastFourWeeks} GROUP BY a ORDER BY events DESC, account LIMIT 20`,
  },
];
