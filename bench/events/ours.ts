import { accountsSeen, events, movedPeople, peopleBy, peopleNow, peopleSeen, whoIsWho } from '../../src/collect/events/queries.ts';
import { own, rows } from '../../src/platform/events/sources.ts';
import {
  afterWeeks,
  brokenDownName,
  countedName,
  firstWeek,
  funnels,
  lastFourWeeks,
  lastMonth,
  quarter,
  touchDays,
  weekMilliseconds,
} from './questions.ts';
import { conversion, launchedAt, measuredFeature, touched } from './world.ts';

const doings = 'does = 1';
const launch = `toDateTime64('${launchedAt}', 3, 'UTC')`;

/** Steps come sorted by name, person and time: grouped first as the events name people, then put together for those who are one now. */
const funnel = (steps: readonly string[], only = '1'): string => {
  const names = steps.map((name) => `'${name}'`).join(', ');
  const level = `windowFunnel(${weekMilliseconds})(t, ${steps.map((name) => `name = '${name}'`).join(', ')})`;
  return `SELECT step, toUInt64(countIf(level >= step)) AS people FROM (SELECT ${level} AS level
      FROM (SELECT name, toUInt64(toUnixTimestamp64Milli(at)) AS t, person FROM ${events(`name IN (${names}) AND ${only}`, ['name', 'at'])}) WHERE person != 0 GROUP BY person)
    ARRAY JOIN [${steps.map((_, index) => index + 1).join(', ')}] AS step GROUP BY step ORDER BY step`;
};

const weekly = `(SELECT bucket AS week, people FROM ${peopleBy('toMonday(day)', `${doings} AND day >= ${firstWeek} AND day < ${afterWeeks}`)})`;
const pairs = (
  cohorts: string,
): string => `SELECT toString(c.week) AS cohort, toUInt64(intDiv(w.week - c.week, 7)) AS after, bitmapAndCardinality(c.people, w.people) AS people
  FROM ${cohorts} AS c CROSS JOIN ${weekly} AS w WHERE w.week >= c.week AND people > 0 ORDER BY cohort, after`;
/** In the window the first week is the first that has somebody whom no earlier week has. */
const firstInWindow = `(SELECT toMonday(toDate(${firstWeek}) + 7 * w) AS week, groupBitmapState(person) AS people
  FROM (SELECT arrayJoin(bitmapToArray(people)) AS person, toUInt16(min(intDiv(week - toDate(${firstWeek}), 7))) AS w FROM ${weekly} GROUP BY person) GROUP BY week)`;
const firstSeen = `(SELECT toMonday(first) AS week, groupBitmapState(person) AS people FROM ${peopleSeen} WHERE first >= ${firstWeek} GROUP BY week)`;

/** First use by each, from the slice of one name: the earliest of each person as named, then of each as they are now. */
const used = `(SELECT if(w.owner = 0, u.person, w.owner) AS person, min(u.used) AS used FROM (SELECT person, min(at) AS used FROM ${rows('event')}
  WHERE name = '${measuredFeature}' AND at >= ${launch} GROUP BY person) AS u LEFT ANY JOIN ${whoIsWho} AS w ON w.person = u.person GROUP BY person SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0)`;
const usedAccounts = `(SELECT account, min(at) AS used FROM ${events(`name = '${measuredFeature}' AND at >= ${launch}`, ['at'])} WHERE account != 0 GROUP BY account)`;
const marks = (
  unit: string,
  eligible: string,
  adopted: string,
): string => `SELECT count() AS eligible, ${[30, 60, 90].map((days) => `countIf(used > 0 AND used < ${launch} + toIntervalDay(${days})) AS by${days}`).join(', ')}
  FROM ${eligible} AS e LEFT JOIN ${adopted} AS u ON u.${unit} = e.${unit} WHERE e.first < ${launch} SETTINGS join_use_nulls = 0`;

const touches = `(SELECT person, at, properties['channel'] AS channel FROM ${events(`name = '${touched}'`, ['at', 'properties'])})`;

export const ours: Readonly<Record<string, string>> = {
  people_a_day: `SELECT toString(bucket) AS day, bitmapCardinality(people) AS people FROM ${peopleBy('day', doings)} ORDER BY day`,
  people_of_event: `WITH ${movedPeople} SELECT bitmapCardinality(${peopleNow('named')}) AS people FROM (SELECT groupBitmapState(person) AS named FROM ${rows('event')} WHERE name = '${countedName}' AND day >= ${lastMonth})`,
  funnel_3: funnel(funnels.three),
  funnel_5: funnel(funnels.five),
  funnel_heavy: funnel(funnels.heavy),
  funnel_quarter: funnel(funnels.three, `day >= ${quarter}`),
  retention_recurring: pairs(weekly),
  retention_window: pairs(firstInWindow),
  retention_first: pairs(firstSeen),
  adoption_curve: `SELECT toString(toDate(used)) AS day, count() AS people FROM ${used} WHERE person != 0 GROUP BY day ORDER BY day`,
  adopted_people: marks('person', peopleSeen, used),
  adopted_accounts: marks('account', accountsSeen, usedAccounts),
  time_to_adopt: `SELECT toUInt64(intDiv(toUnixTimestamp64Milli(u.used) - greatest(toUnixTimestamp64Milli(${launch}), toUnixTimestamp64Milli(f.first)), 86400000)) AS days, count() AS people
    FROM ${used} AS u JOIN ${peopleSeen} AS f ON f.person = u.person GROUP BY days ORDER BY days`,
  breakdown: `SELECT properties['plan'] AS value, count() AS events, uniqExact(person) AS people FROM ${events(`name = '${brokenDownName}' AND day >= ${lastMonth}`, ['properties'])} GROUP BY value ORDER BY value`,
  paths: `SELECT path, count() AS conversions FROM (SELECT c.message AS message, arrayMap(one -> one.2, arraySort(groupArray((t.at, t.channel)))) AS path
    FROM (SELECT message, person, at FROM ${events(`name = '${conversion}'`, ['message', 'at'])}) AS c JOIN ${touches} AS t ON t.person = c.person
    WHERE t.at <= c.at AND t.at > c.at - toIntervalDay(${touchDays}) GROUP BY message) GROUP BY path ORDER BY conversions DESC, path LIMIT 20`,
  // Twenty accounts are named after they were found, not before.
  active_accounts: `SELECT n.key_value AS account, t.events AS events, t.people AS people, t.names AS names FROM (SELECT account, count() AS events, uniqExact(person) AS people, uniqExact(name) AS names
    FROM ${events(`${doings} AND day >= ${lastFourWeeks}`, ['name'])} WHERE account != 0 GROUP BY account ORDER BY events DESC LIMIT 40) AS t
    JOIN (SELECT number, key_value FROM ${own('unit')} WHERE kind = 'account') AS n ON n.number = t.account ORDER BY events DESC, account LIMIT 20`,
};
