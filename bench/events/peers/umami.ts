import { funnels } from '../questions.ts';
import { inQuarter, inWindow, named, onePass, type Peer } from './peer.ts';

// Table: umami-software/umami, db/clickhouse/schema.sql at 01617e8e2c083ee0ef0dcd72eb866f98cc9303d0. Its unit is the session; here one for each person.
const site = `toUUID('11111111-1111-4111-8111-111111111111')`;
const mine = `website_id = ${site}`;

// Shape: src/queries/sql/reports/getFunnel.ts at 05cc18882c992650ad077ce024622d67a82a78e7: each step within the window after the step before.
const funnel = (steps: readonly string[], only = '1') => {
  const levels = steps.slice(1).map(
    (
      step,
      index,
    ) => `level${index + 2} AS (SELECT DISTINCT y.session_id AS session_id, y.url_path AS url_path, y.referrer_path AS referrer_path, y.event_name AS event_name, y.created_at AS created_at
      FROM level${index + 1} AS x JOIN level0 AS y ON x.session_id = y.session_id WHERE y.created_at BETWEEN x.created_at AND x.created_at + INTERVAL 10080 MINUTE AND y.event_name = '${step}')`,
  );
  const sums = steps.map((_, index) => `SELECT ${index + 1} AS step, count(DISTINCT session_id) AS people FROM level${index + 1}`);
  return `WITH level0 AS (SELECT DISTINCT session_id, url_path, referrer_path, event_name, created_at FROM um_website_event WHERE event_name IN (${named(steps)}) AND ${mine} AND ${only}),
    level1 AS (SELECT * FROM level0 WHERE event_name = '${steps[0]}'), ${levels.join(', ')} SELECT * FROM (${sums.join(' UNION ALL ')}) ORDER BY step`;
};
const { people_a_day, people_of_event } = onePass({
  from: 'um_website_event',
  mine,
  person: 'session_id',
  name: 'event_name',
  at: 'created_at',
  plan: `''`,
});
const otherwise = 'the window is for each step, times in whole seconds';

export const umami: Peer = {
  name: 'Umami',
  tables: [
    `CREATE TABLE um_website_event (website_id UUID, session_id UUID, visit_id UUID, event_id UUID, hostname LowCardinality(String), url_path String, referrer_path String, event_type UInt32, event_name String, created_at DateTime('UTC'))
      ENGINE = MergeTree PARTITION BY toYYYYMM(created_at) ORDER BY (toStartOfHour(created_at), website_id, session_id, visit_id, created_at) PRIMARY KEY (toStartOfHour(created_at), website_id, session_id, visit_id)`,
  ],
  fill: [
    `INSERT INTO um_website_event SELECT [${site}, toUUID('22222222-2222-4222-8222-222222222222'), toUUID('33333333-3333-4333-8333-333333333333')][ws], toUUID(UUIDNumToString(MD5(concat('u', toString(p))))),
      toUUID(UUIDNumToString(MD5(toString(cityHash64(ws, p, day))))), toUUID(UUIDNumToString(MD5(toString(i)))), 'app.example.com', url, '', 2, name, at FROM plain`,
  ],
  queries: {
    people_a_day: people_a_day!,
    people_of_event: people_of_event!,
    funnel_3: funnel(funnels.three),
    funnel_5: funnel(funnels.five),
    funnel_heavy: funnel(funnels.heavy),
    funnel_quarter: funnel(funnels.three, inQuarter('created_at')),
    // Shape: src/queries/sql/reports/getRetention.ts at 01bd21c5b4e203cb5bb626f03608019e8de07919, by week instead of day.
    retention_window: `WITH cohort_items AS (SELECT min(toStartOfWeek(created_at, 1)) AS cohort_date, session_id FROM um_website_event WHERE ${mine} AND ${inWindow('created_at')} GROUP BY session_id),
      user_activities AS (SELECT DISTINCT w.session_id AS session_id, intDiv(toStartOfWeek(w.created_at, 1) - c.cohort_date, 7) AS after FROM um_website_event AS w JOIN cohort_items AS c ON w.session_id = c.session_id
        WHERE ${mine} AND ${inWindow('w.created_at')})
      SELECT toString(c.cohort_date) AS cohort, a.after AS after, count() AS people FROM user_activities AS a JOIN cohort_items AS c ON a.session_id = c.session_id GROUP BY cohort, after ORDER BY cohort, after`,
  },
  otherwise: {
    funnel_3: otherwise,
    funnel_5: otherwise,
    funnel_heavy: otherwise,
    funnel_quarter: otherwise,
    retention_window: 'counts sign-in as activity',
  },
};
