import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { openApplication } from '../application.ts';
import { readConfig } from '../config.ts';
import { writeBackup } from './backup.ts';
import { fingerprintEvents } from './events.ts';
import { verifyBackup } from './manifest.ts';
import { fingerprintRecords, importStates } from './records.ts';
import { restoreBackup } from './restore.ts';

vi.setConfig({ testTimeout: 240_000 }); // stores are opened and filled several times

let app: TestApplication;
let folder: string;
let backup: string;
const silent = pino({ level: 'silent' });

beforeAll(async () => {
  app = await openTestApplication();
  folder = mkdtempSync(join(tmpdir(), 'landfall-backup-'));
  backup = join(folder, 'landfall.tar.gz');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const fingerprint = async (application: TestApplication['application']) => {
  const client = await application.records.pool.connect();
  try {
    await client.query('BEGIN');
    return { records: await fingerprintRecords(client), events: await fingerprintEvents(application.events.client) };
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
};

const eventRows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    import: '00000000-0000-4000-8000-000000000000',
    message: from + index,
    name: 'Handoff accepted',
    at: '2026-05-01 10:00:00.123',
    person: 1 + (index % 97),
    account: 0,
    properties: { 备注: '引号"、反斜杠\\、换行\n', plan: 'Team' },
  }));

/** A store with odd values in every kind of column. */
const fillStores = async () => {
  const weftwork = await app.workspace('Weftwork 纺织');
  const { key } = await weftwork.client.launches.create({
    name: '智能交接 "Smart" \\ Handoff',
    marketDate: '2026-03-03',
    goal: { target: 0.30000000000000004 },
    brief: 'a\n\tb',
  });
  const deck = await weftwork.client.deliverables.create({ launch: key, name: 'Deck' });
  const body = Readable.from([randomBytes(3_000_001)]);
  await createRouterClient(catalogue, { context: { ...weftwork.context, body } }).attachments.upload({
    deliverable: deck.id,
    fileName: 'deck.pdf',
  });
  await weftwork.client.features.create({ name: 'Handoff', rule: { eventName: 'Handoff accepted', times: 3 } });
  const id = '00000000-0000-4000-8000-000000000000';
  const { events } = weftwork.context;
  for (let batch = 0; batch < 3; batch++) await events.insert('event', eventRows(batch * 15_000, 15_000));
  await events.insert('measurement', [{ import: id, version: 1, id: 'm', metric: null, value: 0.1 + 0.2, at: '2026-01-01 00:00:00.001' }]);
  await events.command({
    sql: `INSERT INTO measurement (workspace, import, version, id, value) SELECT {workspace:UUID}, toUUID('${id}'), 1, 'n', nan`,
  });
  await events.insert('opportunity', [{ import: id, version: 1, id: 'o', amount: '12345678901234.5678', name: '' }]);
  return weftwork;
};

const openRestored = async (target: string, run: (application: TestApplication['application']) => Promise<void>) => {
  const application = await openApplication(readConfig({ LANDFALL_DATA: target }), { log: silent });
  try {
    await run(application);
  } finally {
    await application.close();
  }
};

test('a backup restored into an empty folder has every row of every table, and the same instance', async () => {
  await fillStores();
  const before = await fingerprint(app.application);
  const manifest = await writeBackup(app.application, backup);
  expect(manifest.events.tables.event!.rows).toBe(45_000);
  expect(manifest.records.tables).toEqual(before.records);
  expect(manifest.events.tables).toEqual(before.events);
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  const target = join(folder, 'restored');
  await restoreBackup(readConfig({ LANDFALL_DATA: target }), backup);
  expect(readFileSync(join(target, 'instance'), 'utf8')).toBe(readFileSync(join(app.folder, 'instance'), 'utf8'));
  await openRestored(target, async (application) => expect(await fingerprint(application)).toEqual(before));
});

test('the clones of a backup are gone after it', async () => {
  const result = await app.application.events.client.query({
    query: `SELECT count() AS n FROM system.tables WHERE startsWith(name, 'backup_')`,
    format: 'JSONEachRow',
  });
  expect(await result.json()).toEqual([{ n: 0 }]);
});

test('a backup taken while writes go on is one cut, and whatever was written before it is in it', async () => {
  const { context, client } = await app.workspace('Busy');
  let stop = false;
  const counts = { events: 0, launches: 0 };
  const send = async () => {
    while (!stop) await context.events.insert('event', eventRows(1_000_000 + counts.events, 200)).then(() => (counts.events += 200));
  };
  const plan = async () => {
    while (!stop)
      await client.launches.create({ name: `Launch ${counts.launches}`, marketDate: '2026-05-01' }).then(() => counts.launches++);
  };
  const writers = [send(), plan()];
  while (counts.events < 1000 || counts.launches < 5) await new Promise((resolve) => setTimeout(resolve, 20));
  const atStart = { ...counts };
  const file = join(folder, 'busy.tar.gz');
  await writeBackup(app.application, file);
  stop = true;
  await Promise.all(writers);
  const target = join(folder, 'busy');
  await restoreBackup(readConfig({ LANDFALL_DATA: target }), file);
  await openRestored(target, async (application) => {
    const found = await fingerprint(application);
    const events = found.events.event!.rows - 45_000;
    expect(events).toBeGreaterThanOrEqual(atStart.events);
    expect(events % 200).toBe(0);
    expect(found.records.launch!.rows - 1).toBeGreaterThanOrEqual(atStart.launches);
    // Each launch was created in one transaction with its audit row: the cut has both or neither.
    const audited = await application.records.pool.query(`SELECT count(*)::integer AS n FROM audit WHERE operation = 'launches.create'`);
    expect(audited.rows[0].n).toBe(found.records.launch!.rows);
    // Numbering goes on where it stopped.
    await application.records.pool.query(
      `INSERT INTO audit (workspace_id, actor_kind, actor_id, actor_name, door, request_id, operation, subject, subject_id)
       SELECT id, 'local', 'x', 'x', 'cli', 'x', 'x', 'x', 'x' FROM workspace LIMIT 1`,
    );
  });
});

test('an import that changes sides while the cut is taken makes the cut be taken again', async () => {
  const { id } = await app.workspace('Importing');
  const { records, events } = app.application;
  const row = randomUUID();
  await records.pool.query(
    `INSERT INTO import (id, workspace_id, number, state, file_name, created_by) VALUES ($1, $2, 1, 'committing', 'a.csv', 'test')`,
    [row, id],
  );
  // Between the snapshot and the clones the import is committed, as another connection sees it; the second time it is quiet.
  const quiet = await importStates(records.pool);
  const seen = [quiet.replace('committing', 'committed'), quiet];
  const pool = { connect: () => records.pool.connect(), query: async () => ({ rows: [{ states: seen.shift() }] }) };
  const stores = {
    records: { ...records, kind: 'postgres' as const, pool: pool as unknown as typeof records.pool },
    events,
    spool: app.application.spool,
    now: app.application.now,
  };
  await writeBackup(stores, join(folder, 'import.tar.gz'));
  expect(seen).toEqual([]);
});

test('a backup that was cut off, altered, or is something else is refused, and nothing is touched', async () => {
  const whole = readFileSync(backup);
  const target = join(folder, 'never');
  const config = readConfig({ LANDFALL_DATA: target });
  const refuse = async (bytes: Buffer) => {
    const file = join(folder, 'damaged.tar.gz');
    writeFileSync(file, bytes);
    await expect(restoreBackup(config, file)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('not a whole backup'),
    });
  };
  for (const length of [0, 10, Math.floor(whole.length / 2), whole.length - 1, whole.length - 200]) await refuse(whole.subarray(0, length));
  for (const at of [15, Math.floor(whole.length / 3), whole.length - 5]) {
    const altered = Buffer.from(whole);
    altered[at] = altered[at]! ^ 0x20;
    await refuse(altered);
  }
  await refuse(Buffer.from('launch,tier\nSmart Handoff,1\n'));
  await expect(restoreBackup(config, join(folder, 'absent.tar.gz'))).rejects.toMatchObject({ code: 'not_found' });
});

test('a restore onto data is refused; forced, it sets what was there aside', async () => {
  const target = join(folder, 'restored');
  const config = readConfig({ LANDFALL_DATA: target });
  await expect(restoreBackup(config, backup)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('--force') });
  const said: string[] = [];
  await restoreBackup(config, backup, { force: true, say: (line) => said.push(line) });
  const aside = /now in (\S+)\.$/m.exec(said.join('\n'))?.[1];
  expect(statSync(join(aside!, 'records', 'PG_VERSION')).isFile()).toBe(true);
  await openRestored(target, async (application) => expect((await fingerprint(application)).events.event!.rows).toBe(45_000));
});

test('a backup that a newer Landfall wrote is refused', async () => {
  const { createArchive, readArchive, sha256Of } = await import('./archive.ts');
  const archive = await createArchive(join(folder, 'newer.tar.gz'));
  for await (const { name, content } of readArchive(backup)) {
    const text = content.toString('utf8').replace('0001_workspace.sql', '9999_later.sql');
    if (name === 'manifest.json') {
      await archive.add(name, text);
      await archive.add('manifest.sha256', sha256Of(text));
    } else if (name !== 'manifest.sha256') await archive.add(name, content);
  }
  await archive.finish();
  const restore = restoreBackup(readConfig({ LANDFALL_DATA: join(folder, 'newer') }), join(folder, 'newer.tar.gz'));
  await expect(restore).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Install the version') });
});

/** An empty database on the Postgres server of the tests, owned by a role that is no superuser. */
const emptyDatabase = async () => {
  const server = process.env.LANDFALL_TEST_POSTGRES_URL!;
  const name = `landfall_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'x'`);
  await admin.query(`GRANT landfall_app TO ${name} WITH ADMIN OPTION`);
  await admin.query(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(server);
  [url.pathname, url.username, url.password] = [`/${name}`, name, 'x'];
  const drop = async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${name}`);
    await admin.end();
  };
  return { url: url.href, drop };
};

test.runIf(process.env.LANDFALL_TEST_POSTGRES_URL)(
  'a backup goes into the database of a Postgres server, again with --force, and keeps what was there',
  async () => {
    const database = await emptyDatabase();
    const settings = { LANDFALL_DATA: join(folder, 'server'), LANDFALL_POSTGRES_URL: database.url };
    try {
      await restoreBackup(readConfig(settings), backup);
      await expect(restoreBackup(readConfig({ ...settings, LANDFALL_DATA: join(folder, 'server-2') }), backup)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('the Postgres database'),
      });
      await restoreBackup(readConfig(settings), backup, { force: true });
      const application = await openApplication(readConfig(settings), { log: silent });
      const manifest = await verifyBackup(backup);
      expect(await fingerprint(application)).toEqual({ records: manifest.records.tables, events: manifest.events.tables });
      const aside = await application.records.pool.query(`SELECT count(*)::integer AS n FROM pg_namespace WHERE nspname LIKE 'replaced_%'`);
      expect(aside.rows[0].n).toBe(1);
      await application.close();
    } finally {
      await database.drop();
    }
  },
);
