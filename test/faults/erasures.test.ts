import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { ada, columnsWith, filesWith, fill, personOf, track, tracesOfAda } from '../../src/collect/erasures/erasing.fixture.ts';
import type { Erasure } from '../../src/collect/erasures/schema.ts';
import { contextOf } from '../../src/collect/events/settle.ts';
import type { RunningApplication } from '../../src/platform/application.ts';
import { readArchive } from '../../src/platform/backup/archive.ts';
import { freshDatabase } from '../application.ts';
import { ask, lookInto } from './kept.fixture.ts';
import { seeded } from './messages.mjs';
import {
  authorization,
  buildProgram,
  freePort,
  killStarting,
  openMember,
  type Running,
  startProgram,
  untilDrained,
} from './server.fixture.ts';
import { backUp } from './working.fixture.ts';

// LANDFALL_FAULTS_SEED chooses other moments, LANDFALL_FAULTS more of them.
const seed = Number(process.env.LANDFALL_FAULTS_SEED ?? 3);
const kills = Math.max(4, Math.round(Number(process.env.LANDFALL_FAULTS ?? 0) / 5));
const folder = mkdtempSync(join(tmpdir(), 'landfall-erased-'));
const data = join(folder, 'data');
const before = join(folder, 'before.tar.gz');

let program: Awaited<ReturnType<typeof buildProgram>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let server: Running;
let environment: Record<string, string>;
let traces: string[];
beforeAll(async () => {
  program = await buildProgram();
  database = await freshDatabase();
  environment = { LANDFALL_DATA: data, LANDFALL_PORT: String(await freePort()), LANDFALL_LOG_LEVEL: 'error' };
  if (database) environment.LANDFALL_POSTGRES_URL = database.url;
});
afterAll(async () => {
  if (server?.isRunning()) {
    server.signal('SIGKILL');
    await server.ended;
  }
  program.remove();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async () => void (server = await startProgram(program.file, environment));
const stop = async () => {
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
};

const send = async (token: string, batch: object[]) => {
  const headers = { 'Content-Type': 'application/json', Authorization: authorization(token) };
  const answer = await fetch(`${server.url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
  expect(answer.status).toBe(200);
};

type Member = Awaited<ReturnType<typeof openMember>>;
/** How often an erasure came to its end, as the audit trail says; nobody who asks for it takes the erasure up. */
const endsOf = async (member: Member): Promise<number> => {
  const { entries } = await member.call<{ entries: { operation: string }[] }>('GET', '/audit', {});
  return entries.filter(({ operation }) => operation === 'erasures.end').length;
};
const untilEnds = async (member: Member, count: number, patienceMilliseconds: number) => {
  for (const until = Date.now() + patienceMilliseconds; (await endsOf(member)) < count; await pause(300))
    if (Date.now() > until) throw new Error(`The erasure did not come to its end by itself. ${JSON.stringify(await listed(member))}`);
};
const listed = async (member: Member) => (await member.call<{ erasures: Erasure[] }>('GET', '/erasures', {})).erasures;

/** Parts on the disk that the store does not use any more: what was written over would still be in them. */
const oldParts = async (application: RunningApplication) => {
  const active = await ask<{ path: string }>(application, `SELECT path FROM system.parts WHERE database = currentDatabase() AND active`);
  const used = new Set(active.map(({ path }) => path.replace(/\/$/, '')));
  const tables = await ask<{ name: string; paths: string[] }>(
    application,
    `SELECT name, data_paths AS paths FROM system.tables WHERE database = currentDatabase() AND name NOT IN ('migration', 'instance')`,
  );
  return tables.flatMap(({ name, paths }) =>
    paths.flatMap((path) =>
      readdirSync(path)
        .filter((part) => /_\d+_\d+_\d+/.test(part) && !used.has(join(path, part)))
        .map((part) => `${name}: ${part}`),
    ),
  );
};

/** Every place that holds something of the person: tables, statements, files of the folder, and a backup that is made now. */
const placesWith = async (file: string): Promise<string[]> => {
  await backUp(server.url, data, file).catch((error: unknown) => Promise.reject(new Error(`${String(error)} ${server.output()}`)));
  await stop();
  const inBackup: string[] = [];
  for await (const { name, content } of readArchive(file)) {
    const entry = content.toString('utf8').toLowerCase();
    inBackup.push(...traces.filter((text) => entry.includes(text.toLowerCase())).map((text) => `${text}: ${name} of a backup made after`));
  }
  const inStores = await lookInto(environment, async (application) => [
    ...(await columnsWith({ application }, traces)),
    ...(await oldParts(application)),
  ]);
  // What a restore set aside is the operator's to delete.
  const inFiles = filesWith(data, traces).filter((place) => !place.includes('/replaced-'));
  return [...inBackup, ...inStores, ...inFiles];
};

test(
  'an erasure comes to its end whenever the server is killed, a restored backup brings nobody back, and nothing of the person is anywhere',
  { timeout: 900_000 },
  async () => {
    const random = seeded(seed);
    await start();
    const member = await openMember(server.url);
    const { token, workspace } = await member.makeKey();
    await stop();
    const person = await lookInto(environment, async (application) => {
      const context = await contextOf(application, workspace);
      const client = createRouterClient(catalogue, { context });
      await fill(context, client);
      return personOf(client, ada.email);
    });
    traces = [...tracesOfAda, person];

    await start();
    await backUp(server.url, data, before);
    await send(token, [track('waiting', { userId: ada.user, anonymousId: ada.browser })]);
    const { id } = await member.call<Erasure>('POST', '/erasures', { person, confirm: person, waitSeconds: 0 });
    const stages: string[] = [];
    for (let n = 0; n < kills; n++) {
      // Every other time what is known of the person is on the disk already, and rows are being deleted.
      const isLate = n % 2 === 1;
      for (const until = Date.now() + 60_000; isLate && !existsSync(join(data, 'tombstones.jsonl')) && Date.now() < until;) await pause(20);
      await pause(Math.floor(random() * 1500));
      server.signal('SIGKILL');
      await server.ended;
      await start();
      const isKept = existsSync(join(data, 'tombstones.jsonl'));
      stages.push((await endsOf(member)) > 0 ? 'done' : isKept ? 'tombstones kept' : 'begun');
    }
    // A busy machine takes long; where a server of its own holds the records, the lease of the one that was killed has to run out, too.
    await untilEnds(member, 1, 240_000);
    expect(await listed(member)).toMatchObject([{ id, state: 'done', problem: null, found: { event: expect.any(Number) } }]);

    await send(token, [track('late', { userId: ada.user }), track('b9', { userId: 'user-bob-1' })]);
    await untilDrained(server.url);
    expect(await placesWith(join(folder, 'after.tar.gz'))).toEqual([]);

    // The backup from before, over what is there; the next start is killed, too, while it erases again.
    const command = [program.file, 'restore', before, '--force'];
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, LANDFALL_LOG_LEVEL: 'silent', LANDFALL_POSTGRES_URL: '', LANDFALL_CLICKHOUSE_URL: '', ...environment },
    });
    expect(stdout).toContain('is erased again when Landfall starts');
    expect(await lookInto(environment, (application) => columnsWith({ application }, [ada.email]))).not.toEqual([]);
    for (let n = 0; n < 2; n++) {
      const starting = startProgram(program.file, environment).then(
        () => 'ready',
        () => 'killed',
      );
      await pause(1500 + Math.floor(random() * 4000));
      while (!killStarting(data)) await pause(100);
      stages.push(`again: ${await starting}`);
      await pause(500);
    }
    await start();
    // Nobody is answered before that, but where the lease of the one that was killed has to run out.
    if (database) await untilEnds(member, 1, 120_000);
    expect(await endsOf(member)).toBe(1);
    expect(await listed(member)).toMatchObject([{ id, state: 'done', problem: null }]);
    await send(token, [track('later', { userId: ada.user })]);
    await untilDrained(server.url);
    expect(await placesWith(join(folder, 'restored.tar.gz'))).toEqual([]);
    await lookInto(environment, async (application) => {
      const context = await contextOf(application, workspace);
      const { people } = await createRouterClient(catalogue, { context }).people.list({});
      expect(people.map(({ name, email }) => name ?? email)).toEqual(expect.arrayContaining(['Bob']));
    });
    process.stdout.write(`killed when: ${stages.join(', ')}\n`);
  },
);
