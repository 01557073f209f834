import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openSpool, type Spool } from './spool.ts';

const top = mkdtempSync(join(tmpdir(), 'landfall-spool-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));
const folder = (name: string) => join(top, name);
const maxBytes = 1024 ** 3;
const line = (n: number, filler = 0) => JSON.stringify({ n, filler: 'x'.repeat(filler) });

type Line = { chunk: number; receipt: number; n: number };
const read = async (spool: Spool, age = 0): Promise<Line[]> =>
  (await spool.sealed(age)).flatMap(({ path }) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Line),
  );

test('what waits is written together, numbered within its file, and comes out in order', async () => {
  const spool = await openSpool(folder('order'), { maxBytes });
  await Promise.all(Array.from({ length: 500 }, (_, n) => spool.append([line(n * 2), line(n * 2 + 1)])));
  expect(await spool.sealed(60_000)).toEqual([]);
  const [segment, ...others] = await spool.sealed(0);
  expect(others).toEqual([]);
  const lines = await read(spool);
  expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  expect(lines.map(({ receipt }) => receipt)).toEqual(lines.map(({ n }) => n));
  expect(new Set(lines.map(({ chunk }) => chunk))).toEqual(new Set([segment!.chunk]));
  expect(Number.isSafeInteger(segment!.chunk)).toBe(true);
  expect(segment).toMatchObject({ lines: 1000, bytes: statSync(segment!.path).size });
  expect(statSync(segment!.path).mode & 0o777).toBe(0o600);
  await spool.remove(segment!.chunk);
  expect(existsSync(segment!.path)).toBe(false);
  expect(spool.stats()).toEqual({ bytes: 0, segments: 0, oldestAt: null });
  await spool.close();
});

test('a file ends when it is large or has many lines, and numbers grow, also over restarts', async () => {
  const options = { maxBytes, segmentBytes: 4096, segmentLines: 10 };
  let spool = await openSpool(folder('sizes'), options);
  for (let n = 0; n < 30; n++) await spool.append([line(n)]);
  await spool.append([line(30, 5000)]);
  await spool.append([line(31)]);
  await spool.close();
  await expect(spool.append([line(32)])).rejects.toMatchObject({ code: 'unavailable' });
  spool = await openSpool(folder('sizes'), options);
  await spool.append([line(32)]);
  const segments = await spool.sealed(0);
  expect(segments.map(({ lines }) => lines)).toEqual([10, 10, 10, 1, 1, 1]);
  expect(segments.map(({ chunk }) => chunk)).toEqual(segments.map(({ chunk }) => chunk).toSorted((one, other) => one - other));
  expect((await read(spool)).map(({ n }) => n)).toEqual(Array.from({ length: 33 }, (_, n) => n));
  expect(spool.stats()).toMatchObject({ segments: 6, bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0) });
  await spool.close();
});

test('a number is never given again, though the clock went back', async () => {
  mkdirSync(folder('clock'));
  const ahead = (Date.now() + 86_400_000) * 1000;
  writeFileSync(join(folder('clock'), `${ahead}.jsonl`), `{"chunk":${ahead},"receipt":0,"n":0}\n`);
  const spool = await openSpool(folder('clock'), { maxBytes });
  await spool.append([line(1)]);
  expect((await spool.sealed(0)).map(({ chunk }) => chunk)).toEqual([ahead, ahead + 1]);
  await spool.close();
});

test.each([
  ['half a line', '{"chunk":77,"receipt":2,"n":'],
  ['a hole that a power cut left', '\0\0\0\0\n{"chunk":77,"receipt":3,"n":3}\n'],
  ['the tail of an older, longer text', 'yyy"}\n'],
])('%s at the end is cut off, what stands before it stays', async (name, tail) => {
  mkdirSync(folder(name));
  writeFileSync(join(folder(name), '77.open'), '{"chunk":77,"receipt":0,"n":0}\n{"chunk":77,"receipt":1,"n":1}\n');
  appendFileSync(join(folder(name), '77.open'), tail);
  const spool = await openSpool(folder(name), { maxBytes });
  expect((await read(spool)).map(({ n }) => n)).toEqual([0, 1]);
  expect(await spool.sealed()).toMatchObject([{ chunk: 77, lines: 2, bytes: 62 }]);
  await spool.close();
});

test('when it is full it refuses, and takes again what fits after something was removed', async () => {
  const spool = await openSpool(folder('full'), { maxBytes: 10_000 });
  await spool.append([line(0, 6000)]);
  await expect(spool.append([line(1, 6000)])).rejects.toMatchObject({ code: 'too_many', details: { retryAfterSeconds: 30 } });
  await spool.check();
  const [segment] = await spool.sealed(0);
  await spool.remove(segment!.chunk);
  await spool.append([line(2, 6000)]);
  expect((await read(spool)).map(({ n }) => n)).toEqual([2]);
  await spool.close();
});

const writer = fileURLToPath(new URL('./spool-writer.fixture.ts', import.meta.url));
const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** Lets a process append until it is killed; answers what was acknowledged to it. */
const appendUntilKilled = (target: string, first: number, milliseconds: number) =>
  new Promise<number[]>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', writer, target, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      if (!said) setTimeout(() => child.kill('SIGKILL'), milliseconds);
      said += text.toString();
    });
    child.once('close', () => resolve(said.slice(0, said.lastIndexOf('\n')).split('\n').map(Number)));
  });

test('a process that is killed at any moment leaves everything that it acknowledged, each line once', async () => {
  const acknowledged: number[] = [];
  for (let round = 0; round < 12; round++) acknowledged.push(...(await appendUntilKilled(folder('killed'), round * 1e6, 20 + round * 17)));
  const spool = await openSpool(folder('killed'), { maxBytes });
  const lines = await read(spool);
  const found = new Set(lines.map(({ n }) => n));
  expect(acknowledged.length).toBeGreaterThan(1000);
  expect(found.size).toBe(lines.length);
  expect(acknowledged.filter((n) => !found.has(n))).toEqual([]);
  expect(new Set(lines.map(({ chunk, receipt }) => `${chunk} ${receipt}`)).size).toBe(lines.length);
  await spool.close();
});

/** A disk of half a megabyte, or nothing where this user may not mount one. */
const smallDisk = () => {
  const target = folder('disk');
  mkdirSync(target);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', target], { stdio: 'ignore' });
    return target;
  } catch {
    return undefined;
  }
};

test('a full disk refuses whole appends, and takes them again when there is room', async ({ skip }) => {
  const disk = smallDisk();
  if (!disk) return skip('this user may not mount a small disk');
  try {
    const spool = await openSpool(join(disk, 'spool'), { maxBytes });
    const kept: number[] = [];
    let refusal: unknown;
    for (let n = 0; n < 40 && !refusal; n++)
      await spool.append([line(n, 30_000), line(n + 1000)]).then(
        () => kept.push(n, n + 1000),
        (error: unknown) => (refusal = error),
      );
    expect(refusal).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 30 } });
    await expect(Promise.all([spool.append([line(500, 40_000)]), spool.append([line(501, 40_000)])])).rejects.toMatchObject(
      refusal as object,
    );
    const [oldest] = await spool.sealed(0);
    expect(readFileSync(oldest!.path, 'utf8').trimEnd().split('\n')).toHaveLength(oldest!.lines);
    const before = await read(spool);
    await spool.remove(oldest!.chunk);
    await spool.check();
    await spool.append([line(900, 30_000)]);
    expect([...before, ...(await read(spool))].map(({ n }) => n)).toEqual([...kept, 900]);
    await spool.close();
    expect(readdirSync(join(disk, 'spool')).every((name) => name.endsWith('.jsonl'))).toBe(true);
  } finally {
    execFileSync('umount', [disk]);
  }
});
