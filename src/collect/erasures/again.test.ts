import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedNow, openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue, eraseAgain } from '../../catalogue.ts';
import { openApplication, type RunningApplication } from '../../platform/application.ts';
import { writeBackup } from '../../platform/backup/backup.ts';
import { restoreBackup } from '../../platform/backup/restore.ts';
import { readConfig } from '../../platform/config.ts';
import { contextOf } from '../events/settle.ts';
import { ada, append, columnsWith, countsOf, fill, personOf, receive, track, tracesOfAda } from './erasing.fixture.ts';
import { appendTombstones, readTombstones } from './tombstone-file.ts';

let app: TestApplication;
let folder: string;
beforeAll(async () => {
  app = await openTestApplication();
  folder = mkdtempSync(join(tmpdir(), 'landfall-again-'));
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const opened = async (data: string, run: (application: RunningApplication) => Promise<void>) => {
  const application = await openApplication(readConfig({ LANDFALL_DATA: data }), {
    now: () => fixedNow,
    log: pino({ level: 'silent' }),
  });
  await run(application).finally(() => application.close());
};
const enter = async (application: RunningApplication, workspace: string) => {
  const context = await contextOf(application, workspace);
  return { context, client: createRouterClient(catalogue, { context }) };
};

test('a backup from before an erasure brings nobody back, also where it only mentions them', { timeout: 400_000 }, async () => {
  const { context, client, id: workspace } = await app.workspace();
  const mentioned = join(folder, 'mentioned.tar.gz');
  await receive(context, [
    track('b1', { userId: 'user-bob-1', properties: { invited: ada.email } }),
    { type: 'track', messageId: 'f1', userId: ada.user, properties: { note: 'no name of an event' } },
  ]);
  await writeBackup(app.application, mentioned);
  await fill(context, client);
  await append(context, [track('waiting', { userId: ada.user })]);
  const before = join(folder, 'before.tar.gz');
  await writeBackup(app.application, before);
  const person = await personOf(client, ada.email);
  const erasure = await client.erasures.create({ person, confirm: person, waitSeconds: 60 });
  expect(erasure.state).toBe('done');
  const held = await columnsWith(context, [...tracesOfAda, person]);
  expect(held).toEqual([]);
  const beside = readFileSync(join(app.folder, 'tombstones.jsonl'), 'utf8');
  for (const text of [...tracesOfAda, person]) expect(beside).not.toContain(text);

  for (const [name, file] of Object.entries({ before, mentioned })) {
    const data = join(folder, name);
    await restoreBackup(readConfig({ LANDFALL_DATA: data }), file);
    await opened(data, async (application) => {
      const restored = await enter(application, workspace);
      expect((await columnsWith(restored.context, [ada.email])).length).toBeGreaterThan(0);
      await eraseAgain(application);
      expect((await columnsWith(restored.context, [ada.email])).length).toBeGreaterThan(0);
    });
    writeFileSync(join(data, 'tombstones.jsonl'), beside);
    await opened(data, async (application) => {
      await eraseAgain(application);
      const restored = await enter(application, workspace);
      expect(await columnsWith(restored.context, [...tracesOfAda, person])).toEqual([]);
      const { erasures } = await restored.client.erasures.list({});
      expect(erasures).toMatchObject([{ id: erasure.id, hash: erasure.hash, state: 'done' }]);
      const counts = await countsOf(restored.client);
      await receive(restored.context, [track('late', { userId: ada.user }), track('b9', { userId: 'user-bob-1' })]);
      expect(await countsOf(restored.client)).toMatchObject({ stored: counts.stored + 1, failed: counts.failed + 1 });
      await eraseAgain(application);
      expect((await restored.client.erasures.list({})).total).toBe(1);
    });
  }
});

test(
  'who was readmitted comes in again after an older backup too, and what the backup brought back of them is erased',
  { timeout: 300_000 },
  async () => {
    const { context, client, id: workspace } = await app.workspace();
    await fill(context, client);
    const files = { before: join(folder, 'r0.tar.gz'), erased: join(folder, 'r1.tar.gz'), readmitted: join(folder, 'r2.tar.gz') };
    await writeBackup(app.application, files.before);
    const person = await personOf(client, ada.email);
    await client.erasures.create({ person, confirm: person, waitSeconds: 60 });
    await writeBackup(app.application, files.erased);
    await client.erasures.readmit({ key: ada.email, confirm: ada.email });
    await receive(context, [track('new', { userId: ada.user })]);
    await writeBackup(app.application, files.readmitted);
    const beside = readFileSync(join(app.folder, 'tombstones.jsonl'), 'utf8');
    for (const [name, file] of Object.entries(files)) {
      const data = join(folder, `r-${name}`);
      await restoreBackup(readConfig({ LANDFALL_DATA: data }), file);
      writeFileSync(join(data, 'tombstones.jsonl'), beside);
      await opened(data, async (application) => {
        await eraseAgain(application);
        const restored = await enter(application, workspace);
        expect(
          await columnsWith(
            restored.context,
            ['Countess', ada.email, person].filter((text) => text !== person || name !== 'readmitted'),
          ),
        ).toEqual([]);
        const { stored } = await countsOf(restored.client);
        await receive(restored.context, [track('newer', { userId: ada.user })]);
        expect((await countsOf(restored.client)).stored).toBe(stored + 1);
        // What came of them between the readmission and the backup is there.
        const { events } = await restored.client.events.names({});
        expect(events.find((one) => one.name === 'Exported')!.events).toBe(name === 'readmitted' ? 4 : 3);
      });
    }
  },
);

test('a line that a crash cut off does not hide those before and after it', async () => {
  const data = mkdtempSync(join(folder, 'torn-'));
  expect(existsSync(join(data, 'tombstones.jsonl'))).toBe(false);
  const one = (erasure: string, hash: string) => ({
    workspace: '11111111-1111-4111-8111-111111111111',
    erasure,
    at: '2026-06-01T12:00:00.000Z',
    salt: 'x',
    hash: null,
    hashes: [hash.repeat(64)],
  });
  const first = '22222222-2222-4222-8222-222222222222';
  const second = '33333333-3333-4333-8333-333333333333';
  await appendTombstones(data, [one(first, 'a')]);
  writeFileSync(join(data, 'tombstones.jsonl'), '{"workspace":"1111', { flag: 'a' });
  await appendTombstones(data, [one(second, 'b'), one(first, 'c')]);
  const { erased, unreadable } = await readTombstones(data);
  expect([...erased.keys()]).toEqual([first, second]);
  expect(erased.get(first)!.hashes).toEqual(['a'.repeat(64), 'c'.repeat(64)]);
  expect(unreadable).toEqual([2]);
});
