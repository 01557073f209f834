import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { balance, compare } from '../../../test/faults/kept.fixture.ts';
import { openApplication } from '../../platform/application.ts';
import { writeBackup } from '../../platform/backup/backup.ts';
import { restoreBackup } from '../../platform/backup/restore.ts';
import { readConfig } from '../../platform/config.ts';
import { settleNow } from './settler.ts';

let app: TestApplication;
const folder = mkdtempSync(join(tmpdir(), 'landfall-backed-up-'));
beforeAll(async () => void (app = await openTestApplication()));
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a backup that is taken while events arrive and are stored holds each that was acknowledged, once, and its counts agree', async () => {
  const { id } = await app.workspace();
  const common = { workspace: id, key: id, kind: 'track', name: 'Exported', user: 'u1', at: '2026-06-01 10:00:00.000' };
  let [acknowledged, isOver] = [0, false];
  const arrive = async () => {
    while (!isOver) {
      const batch = Array.from({ length: 20 }, (_, index) => ({ message: `m${acknowledged + index}`, ...common }));
      await app.application.spool.append(batch.map((event) => JSON.stringify({ ...event, received_at: '2026-06-01 12:00:00.000' })));
      acknowledged += batch.length;
    }
  };
  const store = async () => {
    while (!isOver) await settleNow(app.application);
  };
  const atWork = [arrive(), store()];
  await expect.poll(() => acknowledged, { timeout: 30_000 }).toBeGreaterThan(2000);
  const before = acknowledged;
  const file = join(folder, 'landfall.tar.gz');
  await writeBackup(app.application, file);
  isOver = true;
  await Promise.all(atWork);

  const config = readConfig({ LANDFALL_DATA: join(folder, 'restored') });
  await restoreBackup(config, file);
  const restored = await openApplication(config, { log: pino({ level: 'silent' }) });
  try {
    expect(restored.spool.stats().segments, 'some events wait in the spool').toBeGreaterThan(0);
    await settleNow(restored);
    const { missing, twice } = await compare(restored, id, { m: before });
    expect({ missing, twice }).toEqual({ missing: [], twice: 0 });
    for (const { received, stored, duplicate, events } of await balance(restored))
      expect({ received, stored, duplicate }).toEqual({ received: events, stored: events, duplicate: 0 });
  } finally {
    await restored.close();
  }
});
