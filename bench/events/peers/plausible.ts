import { funnels } from '../questions.ts';
import { inQuarter, onePass, type Peer, reachedFrom } from './peer.ts';

// Table: plausible/analytics, events_v2 (priv/ingest_repo/migrations/20230320094327_create_v2_schemas.exs at 3aac5fefd74fff84b34b3f4e55044af068d266f8).
// Its people are numbers, its times whole seconds. It counts people by an estimate (lib/plausible/stats/sql/fragments.ex at
// 130820ea68a3ca7ac06a2efcf02590d0d47bfaa2); here it counts exactly, as the others do.
const mine = 'site_id = 1';

// Shape: extra/lib/plausible/stats/funnel.ex at 042f3dadfb0b22bdacc18aa118c764d9b75c5c0e: over all events of the period, whatever their name.
const funnel = (steps: readonly string[], only = '1') =>
  reachedFrom(
    `(SELECT level, count() AS n FROM (SELECT user_id, windowFunnel(604800)(timestamp, ${steps.map((step) => `name = '${step}'`).join(', ')}) AS level FROM pl_events WHERE ${mine} AND ${only} GROUP BY user_id) GROUP BY level)`,
    steps.length,
  );
const { people_a_day, people_of_event, breakdown } = onePass({
  from: 'pl_events',
  mine,
  person: 'user_id',
  name: 'name',
  at: 'timestamp',
  plan: "`meta.value`[indexOf(`meta.key`, 'plan')]",
});
const seconds = 'times in whole seconds';

export const plausible: Peer = {
  name: 'Plausible',
  tables: [
    `CREATE TABLE pl_events (timestamp DateTime('UTC'), name LowCardinality(String), site_id UInt64, user_id UInt64, session_id UInt64, hostname String CODEC(ZSTD(3)), pathname String CODEC(ZSTD(3)),
      \`meta.key\` Array(String) CODEC(ZSTD(3)), \`meta.value\` Array(String) CODEC(ZSTD(3))) ENGINE = MergeTree PARTITION BY toYYYYMM(timestamp)
      PRIMARY KEY (site_id, toDate(timestamp), name, user_id) ORDER BY (site_id, toDate(timestamp), name, user_id, timestamp) SAMPLE BY user_id`,
  ],
  fill: [
    `INSERT INTO pl_events SELECT at, name, ws, sipHash64(p), cityHash64(ws, p, day), 'app.example.com', url, ['plan', 'button', 'amount', 'channel'], [plan, button, toString(amount), channel] FROM plain`,
  ],
  queries: {
    people_a_day: people_a_day!,
    people_of_event: people_of_event!,
    breakdown: breakdown!,
    funnel_3: funnel(funnels.three),
    funnel_5: funnel(funnels.five),
    funnel_heavy: funnel(funnels.heavy),
    funnel_quarter: funnel(funnels.three, inQuarter('timestamp')),
  },
  otherwise: { funnel_3: seconds, funnel_5: seconds, funnel_heavy: seconds, funnel_quarter: seconds },
};
