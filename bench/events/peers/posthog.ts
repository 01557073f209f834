import { funnels } from '../questions.ts';
import { systemNames } from '../world.ts';
import { inQuarter, inWindow, named, onePass, type Peer, reachedFrom } from './peer.ts';

// Table: PostHog/posthog, posthog/models/event/sql.py at 055f2c3c383aeb33dab89e232db0ab2e2d723fd8 (columns that no question here reads are left out).
// Who is who: overrides by distinct id, newest version, joined to every question that counts people (person_on_events with overrides).
const from = `ph_events AS e LEFT OUTER JOIN (SELECT argMax(person_id, version) AS person_id, distinct_id FROM ph_overrides WHERE team_id = 1
  GROUP BY distinct_id HAVING argMax(is_deleted, version) = 0) AS o ON e.distinct_id = o.distinct_id`;
const person = `if(notEmpty(o.distinct_id), o.person_id, e.person_id)`;
const mine = 'e.team_id = 1';
const property = (name: string) => `replaceRegexpAll(nullIf(nullIf(JSONExtractRaw(e.properties, '${name}'), ''), 'null'), '^"|"$', '')`;

// Shape: posthog/hogql_queries/insights/funnels/test/__snapshots__/test_funnel_udf.ambr at 017b1ad5841d6fca589ffb97c9362454749d0eb7: tuples of each
// person's events are gathered and sorted, then handed to an external program. windowFunnel stands in for that program, which costs more.
const funnel = (steps: readonly string[], only = '1') => {
  const flags = steps.map((step, index) => `multiply(${index + 1}, if(e.event = '${step}', 1, 0))`).join(', ');
  return reachedFrom(
    `(SELECT level, count() AS n, sum(length(events_array)) AS had FROM (SELECT ${person} AS target, arraySort(one -> one.1, groupArray((toFloat64(e.timestamp), e.uuid, '', arrayFilter(x -> x != 0, [${flags}])))) AS events_array,
      windowFunnel(604800000)(toUInt64(toUnixTimestamp64Milli(e.timestamp)), ${steps.map((step) => `e.event = '${step}'`).join(', ')}) AS level
      FROM ${from} WHERE ${mine} AND ${only} AND e.event IN (${named(steps)}) GROUP BY target) GROUP BY level)`,
    steps.length,
  );
};

// Shape: posthog/hogql_queries/insights/retention/test/__snapshots__/test_retention_query_runner.ambr at 02fb4959da64dbe4e3b708ec25397641c0a6db52.
const week = `toStartOfWeek(toTimeZone(e.timestamp, 'UTC'), 1)`;
const retention = (
  starts: string,
  only: string,
) => `SELECT toString(toDate('2026-03-09') + 7 * start_index) AS cohort, from_base AS after, uniqExact(actor) AS people
  FROM (SELECT ${person} AS actor, arrayMap(x -> toDate('2026-03-09') + 7 * x, range(0, 12)) AS date_range,
      arraySort(groupUniqArrayIf(${week}, ${inWindow('e.timestamp')} AND e.event NOT IN ${systemNames})) AS returns, ${starts} AS starts,
      arrayJoin(arrayFilter(x -> x > -1, arrayMap((i, d) -> if(has(starts, d), i - 1, -1), arrayEnumerate(date_range), date_range))) AS start_index,
      arrayJoin(arrayFilter(x -> x > -1, arrayMap(x -> indexOf(arraySlice(date_range, start_index + 1, 12), x) - 1, returns))) AS from_base
    FROM ${from} WHERE ${mine} AND ${only} GROUP BY actor) GROUP BY start_index, from_base ORDER BY cohort, after`;
const doing = `${inWindow('e.timestamp')} AND e.event NOT IN ${systemNames}`;

export const posthog: Peer = {
  name: 'PostHog',
  tables: [
    `CREATE TABLE ph_events (uuid UUID, event VARCHAR, properties VARCHAR CODEC(ZSTD(3)), timestamp DateTime64(6, 'UTC'), team_id Int64, distinct_id VARCHAR, person_id UUID,
      created_at DateTime64(6, 'UTC'), \`$group_0\` VARCHAR, _timestamp DateTime)
      ENGINE = ReplacingMergeTree(_timestamp) PARTITION BY toYYYYMM(timestamp) ORDER BY (team_id, toDate(timestamp), event, cityHash64(distinct_id), cityHash64(uuid))`,
    `CREATE TABLE ph_overrides (team_id Int64, distinct_id VARCHAR, person_id UUID, is_deleted Int8, version Int64) ENGINE = ReplacingMergeTree(version) ORDER BY (team_id, distinct_id)`,
  ],
  fill: [
    `INSERT INTO ph_events SELECT toUUID(UUIDNumToString(MD5(toString(i)))), name, toJSONString(map('plan', plan, 'button', button, 'url', url, 'amount', toString(amount), 'channel', channel)), at, ws,
      concat(if(p % 20 = 0 AND NOT known, 'a', 'u'), toString(p)) AS distinct_id, toUUID(UUIDNumToString(MD5(distinct_id))), at, concat('acc', toString(a)), at FROM plain`,
    `INSERT INTO ph_overrides SELECT 1, concat('a', toString(p)), toUUID(UUIDNumToString(MD5(concat('u', toString(p))))), 0, 1 FROM (SELECT DISTINCT p FROM plain WHERE ws = 1 AND p % 20 = 0)`,
  ],
  queries: {
    ...onePass({
      from,
      mine,
      person,
      account: 'e.`$group_0`',
      name: 'e.event',
      at: 'e.timestamp',
      plan: property('plan'),
      channel: property('channel'),
    }),
    funnel_3: funnel(funnels.three),
    funnel_5: funnel(funnels.five),
    funnel_heavy: funnel(funnels.heavy),
    funnel_quarter: funnel(funnels.three, inQuarter('e.timestamp')),
    retention_recurring: retention('returns', doing),
    retention_window: retention('arraySlice(returns, 1, 1)', doing),
    retention_first: retention(`[${week.replace('e.timestamp', 'min(e.timestamp)')}]`, '1'),
  },
};
