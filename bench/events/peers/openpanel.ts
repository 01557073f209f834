import { funnels } from '../questions.ts';
import { systemNames } from '../world.ts';
import { inQuarter, inWindow, named, onePass, type Peer, reachedFrom } from './peer.ts';

// Tables: Openpanel-dev/openpanel, packages/db/src/code-migrations/3-init-ch.ts at 5638852d24b6860cea23dd7c1d91485bb8e3e74d (events, cohort_events_mv).
const mine = `project_id = 'one'`;

// Shape: packages/db/src/services/funnel.service.ts at 06bde651a7541a9d39737befe0edb076b8657e5a: by profile, which is looked up by session.
const funnel = (steps: readonly string[], only = '1') =>
  reachedFrom(
    `(WITH sessions AS (SELECT profile_id AS pid, id AS sid FROM op_sessions WHERE ${mine}), funnel AS (
      SELECT coalesce(nullIf(s.pid, ''), op_events.profile_id) AS profile, windowFunnel(604800000, 'strict_increase')(toUInt64(toUnixTimestamp64Milli(created_at)), ${steps.map((step) => `name = '${step}'`).join(', ')}) AS level
      FROM op_events LEFT JOIN sessions AS s ON s.sid = op_events.session_id WHERE ${mine} AND ${only} AND name IN (${named(steps)}) GROUP BY profile)
      SELECT level, count() AS n FROM funnel WHERE level != 0 GROUP BY level)`,
    steps.length,
  );

// Shape: the cohort chart over cohort_events_mv, who was there in a week joined to the days on which they came again.
const again = `SELECT profile_id, created_at AS event_date FROM op_cohort_events WHERE ${mine} AND ${inWindow('created_at')} AND name NOT IN ${systemNames}`;
const retention = (starts: string) => `WITH cohort_users AS (${starts}), last_event AS (${again}), matrix AS (
    SELECT f.cohort AS cohort, l.profile_id AS profile_id, dateDiff('week', f.cohort, toStartOfWeek(l.event_date, 1)) AS after FROM cohort_users AS f INNER JOIN last_event AS l ON f.profile_id = l.profile_id
    WHERE l.event_date >= f.cohort GROUP BY cohort, profile_id, after)
  SELECT toString(cohort) AS cohort, after, uniqExact(profile_id) AS people FROM matrix GROUP BY cohort, after ORDER BY cohort, after`;

export const openpanel: Peer = {
  name: 'OpenPanel',
  tables: [
    `CREATE TABLE op_events (id UUID, name LowCardinality(String), device_id String CODEC(ZSTD(3)), profile_id String CODEC(ZSTD(3)), project_id String CODEC(ZSTD(3)), session_id String CODEC(LZ4),
      path String CODEC(ZSTD(3)), properties Map(String, String) CODEC(ZSTD(3)), created_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(3)), INDEX idx_name name TYPE bloom_filter GRANULARITY 1)
      ENGINE = MergeTree PARTITION BY toYYYYMM(created_at) ORDER BY (project_id, toDate(created_at), profile_id, name)`,
    `CREATE TABLE op_sessions (id String, project_id String, profile_id String, created_at DateTime64(3, 'UTC')) ENGINE = MergeTree PARTITION BY toYYYYMM(created_at) ORDER BY (project_id, toDate(created_at), profile_id)`,
    `CREATE TABLE op_cohort_events (project_id String, name LowCardinality(String), created_at Date, profile_id String, event_count UInt64) ENGINE = SummingMergeTree ORDER BY (project_id, name, created_at, profile_id)`,
  ],
  fill: [
    `INSERT INTO op_events SELECT toUUID(UUIDNumToString(MD5(toString(i)))), name, concat('d', toString(p)), concat('u', toString(p)), ['one', 'two', 'three'][ws],
      concat('s', toString(cityHash64(ws, p, day))), url, CAST(map('plan', plan, 'button', button, 'amount', toString(amount), 'channel', channel), 'Map(String, String)'), at FROM plain`,
    `INSERT INTO op_sessions SELECT session_id, project_id, any(profile_id), min(created_at) FROM op_events GROUP BY session_id, project_id`,
    `INSERT INTO op_cohort_events SELECT project_id, name, toDate(created_at) AS day, profile_id, count() FROM op_events GROUP BY project_id, name, day, profile_id`,
  ],
  queries: {
    ...onePass({
      from: 'op_events',
      mine,
      person: 'profile_id',
      account: undefined,
      name: 'name',
      at: 'created_at',
      plan: `properties['plan']`,
      channel: `properties['channel']`,
    }),
    funnel_3: funnel(funnels.three),
    funnel_5: funnel(funnels.five),
    funnel_heavy: funnel(funnels.heavy),
    funnel_quarter: funnel(funnels.three, inQuarter('created_at')),
    retention_recurring: retention(
      `SELECT DISTINCT profile_id, toStartOfWeek(created_at, 1) AS cohort FROM op_cohort_events WHERE ${mine} AND ${inWindow('created_at')} AND name NOT IN ${systemNames}`,
    ),
    retention_window: retention(
      `SELECT profile_id, min(toStartOfWeek(created_at, 1)) AS cohort FROM op_cohort_events WHERE ${mine} AND ${inWindow('created_at')} AND name NOT IN ${systemNames} GROUP BY profile_id`,
    ),
  },
};
