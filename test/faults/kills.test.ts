import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contextOf } from '../../src/collect/events/settle.ts';
import { refreshIdentities } from '../../src/collect/identities/refresh.ts';
import { startClient, startSender } from './clients.fixture.ts';
import { ask, balance, compare, lookInto, whose } from './kept.fixture.ts';
import { isGood, seeded } from './messages.mjs';
import { buildProgram, engineOf, freePort, openMember, type Running, signal, startProgram, untilDrained } from './server.fixture.ts';

// LANDFALL_FAULTS=200 kills the server so many times while 50,000 events are sent; see CONTRIBUTING.md.
const long = Number(process.env.LANDFALL_FAULTS ?? 0);
const kills = long || 5;
const count = long ? 50_000 : 3000;
const clicks = long ? 2000 : 300;
const seed = Number(process.env.LANDFALL_FAULTS_SEED ?? 3);

const folder = mkdtempSync(join(tmpdir(), 'landfall-faults-'));
let program: Awaited<ReturnType<typeof buildProgram>>;
let server: Running;
const clients: { end: () => void }[] = [];
beforeAll(async () => void (program = await buildProgram()));
afterAll(async () => {
  clients.forEach(({ end }) => end());
  if (server?.isRunning()) {
    server.signal('SIGKILL');
    await server.ended;
  }
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

type Fault = 'server' | 'engine' | 'both' | 'stalled' | 'stopping';
/** What happens at a moment: the server is killed, its engine is, both are, the engine stalls for a while, or an operator restarts. */
const faultOf = (chance: number): Fault =>
  chance < 0.55 ? 'server' : chance < 0.75 ? 'engine' : chance < 0.87 ? 'both' : chance < 0.95 ? 'stalled' : 'stopping';

const cause = async (fault: Fault, restart: () => Promise<Running>): Promise<void> => {
  const engine = engineOf(server.pid);
  if (fault === 'stalled') {
    signal(engine, 'SIGSTOP');
    await pause(2500);
    return signal(engine, 'SIGCONT');
  }
  if (fault === 'engine') return signal(engine, 'SIGKILL');
  if (fault === 'both') signal(engine, 'SIGKILL');
  server.signal(fault === 'stopping' ? 'SIGTERM' : 'SIGKILL');
  const code = await server.ended;
  if (fault === 'stopping') expect(code, server.output()).toBe(0);
  server = await restart();
};

test(
  `after ${kills} faults every acknowledged event is stored once, every one received is counted, and nobody is somebody else`,
  { timeout: long ? 3_600_000 : 420_000 },
  async () => {
    const random = seeded(seed);
    const environment = { LANDFALL_DATA: join(folder, 'data'), LANDFALL_PORT: String(await freePort()) };
    const restart = () => startProgram(program.file, environment);
    server = await restart();
    const member = await openMember(server.url);
    const mine = await member.makeKey();
    const segments = await member.makeKey();
    const other = await member.makeKey(await member.makeWorkspace('Other'));
    const control = await member.makeKey(await member.makeWorkspace('Control'));
    const { url } = server;
    const perSecond = long ? 60 : 150;
    const senders = [mine, other].map(({ token }, index) => {
      const total = index === 0 ? count : count / 10;
      return startSender({ url, token, count: total, seed: seed + index, wild: true, perSecond: index === 0 ? perSecond : perSecond / 10 });
    });
    const segment = startClient('segment', url, segments.token, String(clicks), long ? '200' : '60');
    clients.push(...senders, segment);

    const faults: Partial<Record<Fault, number>> = {};
    for (let done = 0; done < kills;) {
      await pause(Math.floor(random() * 1800));
      const fault = faultOf(random());
      faults[fault] = (faults[fault] ?? 0) + 1;
      await cause(fault, restart);
      if (!long || fault === 'server' || fault === 'both') done++;
    }
    senders.forEach(({ finish }) => finish());
    const [said, saidOther, saidSegment] = await Promise.all([senders[0]!.said, senders[1]!.said, segment.said]);
    for (const each of [said, saidOther, saidSegment]) expect([each.wrong, each.errors]).toEqual([[], '']);
    expect(said.kept).toHaveLength(count);
    const delivered = new Set(saidSegment.kept); // it may still have been waiting for its next try when it was told to end
    expect(delivered.size).toBeGreaterThan(0);
    const plain = startSender({ url, token: control.token, count, seed, wild: false, perSecond: 1e9 });
    clients.push(plain);
    expect((await plain.said).kept).toHaveLength(count);
    await untilDrained(url, 180_000);
    await pause(6000); // who is who is worked out after that
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);

    await lookInto(environment, async (application) => {
      const bad = (total: number) =>
        Array.from({ length: total }, (_, n) => n)
          .filter((n) => !isGood(n))
          .map((n) => `m${n}`);
      const found = await compare(application, mine.workspace, { m: count, s: clicks });
      expect(found.missing.filter((message) => message.startsWith('m') || delivered.has(message))).toEqual(bad(count).toSorted());
      expect(found).toMatchObject({ twice: 0, foreign: 0 });
      expect(await compare(application, other.workspace, { m: count / 10 })).toEqual({
        missing: bad(count / 10).toSorted(),
        twice: 0,
        foreign: 0,
      });
      const counts = await balance(application);
      for (const { received, stored, duplicate, failed, events, apart } of counts) {
        expect(received).toBe(stored + duplicate + failed);
        expect([events, apart]).toEqual([stored, failed]);
      }
      const of = (key: string) => counts.filter((row) => row.key === key).reduce((sum, row) => sum + row.received, 0);
      expect(of(mine.id)).toBeGreaterThanOrEqual(said.received);
      expect(of(mine.id)).toBeLessThanOrEqual(said.attempted);
      expect(of(control.id)).toBe(count);
      expect(await ask(application, `SELECT count() AS n FROM arrival`)).toEqual([{ n: 0 }]);
      await refreshIdentities(await contextOf(application, control.workspace));
      const expected = await whose(application, control.workspace);
      expect(await whose(application, mine.workspace)).toEqual(expected);
      // 41 people, and as many old ids; of these every alias (one in 200 messages, each of another person) joins one to its person.
      expect(new Set(expected.map((line) => line.split(' ')[1])).size).toBe(41 + Math.max(0, 41 - count / 200));
      const total = counts.reduce((sum, row) => ({ received: sum.received + row.received, duplicate: sum.duplicate + row.duplicate }), {
        received: 0,
        duplicate: 0,
      });
      process.stdout.write(`faults ${JSON.stringify(faults)}; ${delivered.size} delivered by Segment's client; ${JSON.stringify(total)}\n`);
    });
  },
);
