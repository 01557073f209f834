import { funnels } from '../questions.ts';
import { inQuarter, inWindow, onePass, type Peer } from './peer.ts';

// Table: rybbit-io/rybbit, server/src/db/clickhouse/schema/core.ts at 14d03ee5270e1b2b3907ac2cea563dbbae32dd8c.
const mine = 'site_id = 1';
const person = `coalesce(nullIf(identified_user_id, ''), user_id)`;

// Shape: server/src/api/analytics/funnels/getFunnel.ts at 3832dd492d61467d267f88a213717d02baed77c6: step after step, joined to all events of the
// period, with no window. It follows sessions; here people, so that the question is the same.
const funnel = (steps: readonly string[], only = '1') => {
  const later = steps.slice(1).map(
    (
      step,
      index,
    ) => `Step${index + 2} AS (SELECT DISTINCT before.unit AS unit, min(actions.timestamp) AS step_time FROM Step${index + 1} AS before JOIN Actions AS actions ON before.unit = actions.unit
      WHERE actions.timestamp > before.step_time AND type = 'custom_event' AND event_name = '${step}' GROUP BY unit)`,
  );
  const counts = steps.map((_, index) => `SELECT ${index + 1} AS step, count(DISTINCT unit) AS people FROM Step${index + 1}`);
  return `WITH Actions AS (SELECT ${person} AS unit, timestamp, pathname, event_name, type, hostname FROM ry_events WHERE ${mine} AND ${only}),
    Step1 AS (SELECT DISTINCT unit, min(timestamp) AS step_time FROM Actions WHERE type = 'custom_event' AND event_name = '${steps[0]}' GROUP BY unit), ${later.join(', ')}
    SELECT * FROM (${counts.join(' UNION ALL ')}) ORDER BY step`;
};
const { people_a_day, people_of_event, breakdown } = onePass({
  from: 'ry_events',
  mine,
  person,
  name: 'event_name',
  at: 'timestamp',
  plan: `toString(props.plan)`,
});
const otherwise = 'no window';

export const rybbit: Peer = {
  name: 'Rybbit',
  tables: [
    `CREATE TABLE ry_events (site_id UInt16, timestamp DateTime('UTC'), session_id String, user_id String, hostname String, pathname String, type LowCardinality(String), event_name String, props JSON, identified_user_id String)
      ENGINE = MergeTree PARTITION BY toYYYYMM(timestamp) ORDER BY (site_id, timestamp)`,
  ],
  fill: [
    `INSERT INTO ry_events SELECT ws, at, concat('s', toString(cityHash64(ws, p, day))), concat('d', toString(p)), 'app.example.com', url, 'custom_event', name,
      toJSONString(map('plan', plan, 'button', button, 'amount', toString(amount), 'channel', channel))::JSON, concat('u', toString(p)) FROM plain`,
  ],
  queries: {
    people_a_day: people_a_day!,
    people_of_event: people_of_event!,
    breakdown: breakdown!,
    funnel_3: funnel(funnels.three),
    funnel_5: funnel(funnels.five),
    funnel_heavy: funnel(funnels.heavy),
    funnel_quarter: funnel(funnels.three, inQuarter('timestamp')),
    // Shape: server/src/api/analytics/getRetention.ts at 3da6d48069b12fa91900a14d6206c410f0f6aa52.
    retention_window: `WITH UserFirstPeriod AS (SELECT ${person} AS unit, toStartOfWeek(min(timestamp), 1) AS cohort FROM ry_events WHERE ${mine} AND ${inWindow('timestamp')} GROUP BY unit),
      PeriodActivity AS (SELECT DISTINCT ${person} AS unit, toStartOfWeek(timestamp, 1) AS active FROM ry_events WHERE ${mine} AND ${inWindow('timestamp')})
      SELECT toString(f.cohort) AS cohort, dateDiff('week', f.cohort, a.active) AS after, count(DISTINCT a.unit) AS people FROM UserFirstPeriod AS f JOIN PeriodActivity AS a ON f.unit = a.unit
      WHERE a.active >= f.cohort GROUP BY cohort, after ORDER BY cohort, after`,
  },
  otherwise: {
    funnel_3: otherwise,
    funnel_5: otherwise,
    funnel_heavy: otherwise,
    funnel_quarter: otherwise,
    retention_window: 'counts sign-in as activity',
  },
};
