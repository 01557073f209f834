import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contextOf } from '../../src/collect/events/settle.ts';
import { refreshIdentities } from '../../src/collect/identities/refresh.ts';
import { freshDatabase } from '../application.ts';
import { cause, chooseFault, type Fault, possible, type Scene } from './causing.fixture.ts';
import { startClient, startSender } from './clients.fixture.ts';
import { mountDisk } from './disk.fixture.ts';
import { ask, balance, compare, lookInto, whose } from './kept.fixture.ts';
import { isGood, seeded } from './messages.mjs';
import { buildProgram, freePort, openMember, type Running, startProgram, untilDrained } from './server.fixture.ts';
import { backUp, keepWorking, mend } from './working.fixture.ts';

// LANDFALL_FAULTS=200 kills so many processes while 50,000 events are sent, 250 for each; otherwise each fault happens once. See CONTRIBUTING.md.
const long = Number(process.env.LANDFALL_FAULTS ?? 0);
const count = long ? 250 * long : 3000;
const clicks = long ? 10 * long : 300;
const seed = Number(process.env.LANDFALL_FAULTS_SEED ?? 3);

const folder = mkdtempSync(join(tmpdir(), 'landfall-faults-'));
const data = join(folder, 'data');
let program: Awaited<ReturnType<typeof buildProgram>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let server: Running;
const disk = mountDisk(join(data, 'spool'), '64m');
const clients: { end: () => void }[] = [];
beforeAll(async () => {
  program = await buildProgram();
  database = await freshDatabase();
});
afterAll(async () => {
  clients.forEach(({ end }) => end());
  if (server?.isRunning()) {
    server.signal('SIGKILL');
    await server.ended;
  }
  program.remove();
  await database?.drop();
  disk?.unmount();
  rmSync(folder, { recursive: true, force: true });
});

/** Faults at random moments: in a long run until so many processes were killed, else each of those that can happen here once. */
const causeFaults = async (scene: Scene, random: () => number, under: () => string) => {
  const [happened, meanwhile]: [Partial<Record<Fault, number>>, Record<string, number>] = [{}, {}];
  const from = possible(scene);
  for (let [killed, n] = [0, 0]; long ? killed < long : n < from.length; n++) {
    await pause(Math.floor(random() * 1800));
    const fault = long ? chooseFault(random(), from) : from[n]!;
    happened[fault] = (happened[fault] ?? 0) + 1;
    meanwhile[under()] = (meanwhile[under()] ?? 0) + 1;
    killed += await cause(fault, scene, random);
    if (long && n % 20 === 19) process.stdout.write(`${killed} killed: ${JSON.stringify({ happened, meanwhile })}\n`);
  }
  return { happened, meanwhile };
};

test(
  `after ${long || 'a few'} kills and other faults every acknowledged event is stored once, every one received is counted, and nobody is somebody else`,
  { timeout: long ? 5_400_000 : 420_000 },
  async () => {
    const random = seeded(seed);
    const environment: Record<string, string> = { LANDFALL_DATA: data, LANDFALL_PORT: String(await freePort()) };
    if (database) environment.LANDFALL_POSTGRES_URL = database.url;
    const start = async () => void (server = await startProgram(program.file, environment));
    await start();
    const member = await openMember(server.url);
    const mine = await member.makeKey();
    const segments = await member.makeKey();
    const other = await member.makeKey(await member.makeWorkspace('Other'));
    const control = await member.makeKey(await member.makeWorkspace('Control'));
    const { url } = server;
    const perSecond = long ? 90 : 150;
    const senders = [mine, other].map(({ token }, index) => {
      const total = index === 0 ? count : count / 10;
      return startSender({ url, token, count: total, seed: seed + index, wild: true, perSecond: index === 0 ? perSecond : perSecond / 10 });
    });
    const segment = startClient('segment', url, segments.token, String(clicks), long ? '200' : '60');
    clients.push(...senders, segment);
    const working = keepWorking(member, url, data);
    const scene: Scene = {
      server: () => server,
      restart: start,
      ...(disk && { spoolDisk: join(data, 'spool') }),
      ...(database && { database: { name: database.name, server: process.env.LANDFALL_TEST_POSTGRES_URL! } }),
    };
    const { happened, meanwhile } = await causeFaults(scene, random, working.under);

    senders.forEach(({ finish }) => finish());
    const [said, saidOther, saidSegment] = await Promise.all([senders[0]!.said, senders[1]!.said, segment.said]);
    for (const each of [said, saidOther, saidSegment]) expect([each.wrong, each.errors]).toEqual([[], '']);
    expect(said.kept).toHaveLength(count);
    const delivered = new Set(saidSegment.kept); // it may still have been waiting for its next try when it was told to end
    expect(delivered.size).toBeGreaterThan(0);
    const { done, wrong } = await working.stop();
    expect(wrong).toEqual([]);
    const plain = startSender({ url, token: control.token, count, seed, wild: false, perSecond: 1e9 });
    clients.push(plain);
    expect((await plain.said).kept).toHaveLength(count);
    await untilDrained(url, 180_000);
    for (const { workspace } of [mine, control]) while ((await mend(member, workspace)) > 0);
    await backUp(url, data, join(data, 'backup.tar.gz'));
    await pause(6000); // who is who is worked out after that
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);

    await lookInto(environment, async (application) => {
      const bad = Array.from({ length: count / 10 }, (_, n) => n).flatMap((n) => (isGood(n) ? [] : [`m${n}`]));
      const found = await compare(application, mine.workspace, { m: count, s: clicks });
      expect(found.missing.filter((message) => message.startsWith('m') || delivered.has(message))).toEqual([]);
      expect(found).toMatchObject({ twice: 0, foreign: 0 });
      // Nobody sent again what failed there.
      expect(await compare(application, other.workspace, { m: count / 10 })).toEqual({ missing: bad.toSorted(), twice: 0, foreign: 0 });
      const counts = await balance(application);
      for (const { received, stored, duplicate, failed, events, apart } of counts) {
        expect(received).toBe(stored + duplicate + failed);
        expect([events, apart]).toEqual([stored, failed]);
      }
      const sumOf = (what: 'received' | 'failed' | 'duplicate', key?: string) =>
        counts.filter((row) => !key || row.key === key).reduce((sum, row) => sum + row[what], 0);
      expect(sumOf('received', mine.id)).toBeGreaterThanOrEqual(said.received);
      expect(sumOf('received', mine.id)).toBeLessThanOrEqual(said.attempted);
      expect([sumOf('received', control.id), sumOf('failed', control.id), sumOf('failed', mine.id)]).toEqual([count, 0, 0]);
      expect(await ask(application, `SELECT count() AS n FROM arrival`)).toEqual([{ n: 0 }]);
      await refreshIdentities(await contextOf(application, control.workspace));
      const expected = await whose(application, control.workspace);
      expect(await whose(application, mine.workspace)).toEqual(expected);
      // 41 people, and as many old ids; of these every alias (one in 200 messages, each of another person) joins one to its person.
      expect(new Set(expected.map((line) => line.split(' ')[1])).size).toBe(41 + Math.max(0, 41 - count / 200));
      const total = { received: sumOf('received'), duplicate: sumOf('duplicate') };
      process.stdout.write(
        `${JSON.stringify({ happened, meanwhile, done })}; ${delivered.size} delivered by Segment's client; ${JSON.stringify(total)}\n`,
      );
    });
  },
);
