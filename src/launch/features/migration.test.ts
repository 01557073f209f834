import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateRecords } from '../../platform/records/migrate.ts';
import { openRecords, type Records } from '../../platform/records/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'landfall-features-'));
const workspace = '00000000-0000-4000-8000-000000000001';
let records: Records;
beforeAll(async () => {
  const before = join(folder, 'before');
  cpSync('migrations/records', before, { recursive: true, filter: (path) => !/00(1[1-9]|[2-9]\d)_\w+\.sql$/.test(path) });
  records = await openRecords({ folder, migrations: before });
});
afterAll(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

test('features of before become versions, the earlier ones as the audit trail tells them, and reports stay with what they were counted by', async () => {
  const { pool } = records;
  const id = (last: string) => `00000000-0000-4000-8000-0000000000${last}`;
  await pool.query(`INSERT INTO workspace (id, name, currency) VALUES ('${workspace}', 'Old', 'USD')`);
  await pool.query(`INSERT INTO feature (id, workspace_id, name, rule, version) VALUES
    ('${id('aa')}', '${workspace}', 'Changed', '{"eventName": "new", "times": 1, "days": 1}', 3),
    ('${id('bb')}', '${workspace}', 'Unchanged', '{"eventName": "one", "times": 2, "days": 1}', 1)`);
  const audited = (version: number, eventName: string, actor: string, at: string) =>
    pool.query(
      `INSERT INTO audit (workspace_id, at, actor_kind, actor_id, actor_name, door, request_id, operation, subject, subject_id, after)
       VALUES ($1, $2, 'member', 'm', $3, 'web', 'r', 'features.update', 'feature', $4, $5)`,
      [workspace, at, actor, id('aa'), JSON.stringify({ version, rule: { eventName, times: 1, days: 1 } })],
    );
  await audited(1, 'old', 'Ann', '2026-01-01');
  await audited(1, 'old', 'Bob', '2026-01-02'); // another name, the same version
  await audited(2, 'newer', 'Bob', '2026-02-01');
  await audited(3, 'new', 'Cy', '2026-03-01');
  await pool.query(`INSERT INTO launch (workspace_id, key, name, tier, stage, market_date, feature_id, eligibility, goal) VALUES
    ('${workspace}', 'judged', 'Judged', 1, 'ga', '2026-05-01', '${id('aa')}', '{}', '{"target": 0.3}'),
    ('${workspace}', 'open', 'Open', 1, 'ga', '2026-05-01', '${id('bb')}', '{}', NULL)`);
  await migrateRecords(pool, 'migrations/records');
  const { rows } = await pool.query(`SELECT name, v.version, v.rule->>'eventName' AS event, created_by, v.base
    FROM feature_version v JOIN feature ON feature.id = feature_id ORDER BY name, v.version`);
  expect(rows).toEqual([
    { name: 'Changed', version: 1, event: 'old', created_by: 'Ann', base: {} },
    { name: 'Changed', version: 2, event: 'newer', created_by: 'Bob', base: {} },
    { name: 'Changed', version: 3, event: 'new', created_by: 'Cy', base: {} },
    { name: 'Unchanged', version: 1, event: 'one', created_by: '', base: {} },
  ]);
  const launches = await pool.query(`SELECT key, goal.metric->'featureVersion' AS version, registered->'target' AS target
    FROM launch LEFT JOIN goal ON goal.launch_id = launch.id ORDER BY key`);
  expect(launches.rows).toEqual([
    { key: 'judged', version: 3, target: 0.3 },
    { key: 'open', version: null, target: null },
  ]);
});
