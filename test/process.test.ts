import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

// These run the built program, as `npm start` does; `npm test` builds it first.
const folder = mkdtempSync(join(tmpdir(), 'landfall-process-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const start = (data = folder) => {
  const child = spawn(process.execPath, ['dist/landfall.js', 'start'], {
    env: { ...process.env, LANDFALL_DATA: data, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent', LANDFALL_POSTGRES_URL: '' },
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = () => expect.poll(() => /ready: (http:\S+)/.exec(output)?.[1], { timeout: 30_000 }).toBeTruthy();
  return { child, ended, ready, output: () => output, url: () => /ready: (http:\S+)/.exec(output)?.[1] ?? '' };
};

test('a second process on the same folder ends with exit code 1, and names the holder', async () => {
  const first = start();
  await first.ready();
  const second = start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`process ${first.child.pid}`);

  first.child.kill('SIGKILL');
  await first.ended;
  const third = start();
  await third.ready();
  expect(await (await fetch(`${third.url()}/livez`)).text()).toBe('ok');

  const asked = performance.now();
  third.child.kill('SIGTERM');
  expect(await third.ended).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(existsSync(join(folder, 'server.json'))).toBe(false);
});

test('a data folder whose store was emptied is refused with what was expected', async () => {
  const data = mkdtempSync(join(tmpdir(), 'landfall-emptied-'));
  const first = start(data);
  await first.ready();
  first.child.kill('SIGTERM');
  await first.ended;
  const id = readFileSync(join(data, 'instance'), 'utf8').trim();
  rmSync(join(data, 'records'), { recursive: true });
  const second = start(data);
  expect(await second.ended).not.toBe(0);
  expect(second.output()).toContain(id);
  rmSync(data, { recursive: true, force: true });
});
