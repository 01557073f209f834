import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill, mountDisk } from './disk.fixture.ts';
import { messageOf } from './messages.mjs';
import { authorization, buildProgram, freePort, openMember, type Running, startProgram, untilDrained } from './server.fixture.ts';

const top = mkdtempSync(join(tmpdir(), 'landfall-disk-'));
const mounted: { unmount: () => void }[] = [];
const servers: Running[] = [];
let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => void (program = await buildProgram()));
afterAll(async () => {
  for (const server of servers.filter((each) => each.isRunning())) {
    server.signal('SIGKILL');
    await server.ended;
  }
  program.remove();
  for (const disk of mounted) disk.unmount();
  rmSync(top, { recursive: true, force: true });
});

const parts = [
  ['spool', '24m'],
  ['events', '300m'],
  ['records', '200m'],
] as const;
test.for(parts)(
  'while the disk of %s is full it says so and answers, and goes on when there is space',
  { timeout: 240_000 },
  async ([part, size], { skip }) => {
    const data = join(top, `data-${part}`);
    const disk = mountDisk(join(data, part), size);
    if (!disk) return skip('this user may not mount a small disk');
    mounted.push(disk);
    const server = await startProgram(program.file, { LANDFALL_DATA: data, LANDFALL_PORT: String(await freePort()) });
    servers.push(server);
    const member = await openMember(server.url);
    const { token } = await member.makeKey();
    let next = 100;
    const send = (events = 10, padding = 0) =>
      fetch(`${server.url}/v1/batch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: authorization(token), Connection: 'close' },
        body: JSON.stringify({
          batch: Array.from({ length: events }, () => ({ ...messageOf(100 * next++), context: { filler: 'x'.repeat(padding) } })),
        }),
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      });
    expect((await send()).status).toBe(200);
    await untilDrained(server.url);
    const free = await fill(join(data, part));
    const statuses = new Map<number, number>();
    for (let n = 0; n < 30; n++) {
      const answer = await send(10, 20_000).catch((error: unknown) =>
        Promise.reject(new Error(`${String(error)} (running: ${server.isRunning()}) ${server.output()}`)),
      );
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status !== 200) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      await pause(100);
    }
    expect(
      [...statuses.keys()].every((status) => [200, 429, 503].includes(status)),
      JSON.stringify([...statuses]),
    ).toBe(true);
    if (part === 'spool') expect(statuses.get(503)).toBeGreaterThan(0);
    if (part === 'records') {
      // Somebody works on, until the disk holds no more.
      let refused = 0;
      for (let n = 0; n < 400 && refused < 3; n++)
        await member.call('POST', '/features', { name: `Feature ${n} ${'x'.repeat(60)}`, rule: { eventName: 'x' } }).catch(() => refused++);
    }
    expect(await (await fetch(`${server.url}/livez`)).text()).toBe('ok');
    if (part !== 'records') await member.call('GET', '/launches', {});
    expect(server.isRunning()).toBe(true);
    free();
    const freedAt = Date.now();
    await expect.poll(async () => (await send().catch(() => undefined))?.status, { timeout: 60_000, interval: 500 }).toBe(200);
    await expect.poll(() => member.call('GET', '/launches', {}).then(() => 'ok', String), { timeout: 60_000, interval: 500 }).toBe('ok');
    await untilDrained(server.url, 60_000);
    process.stdout.write(`${part}: ${JSON.stringify([...statuses])}, on again after ${((Date.now() - freedAt) / 1000).toFixed(1)} s\n`);
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);
  },
);
