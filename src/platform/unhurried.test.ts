import { expect, test } from 'vitest';
import { longWork, unhurried } from './unhurried.ts';

const until = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

function* work(done: { steps: number }): Generator<void, string> {
  for (; done.steps < 300; done.steps += 1) {
    until(2);
    yield;
  }
  return 'finished';
}

test('others are served while it goes on, and its answer is that of all steps', async () => {
  const done = { steps: 0 };
  const seen: number[] = [];
  const timer = setInterval(() => seen.push(done.steps), 20);
  expect(await unhurried(work(done))).toBe('finished');
  clearInterval(timer);
  expect(seen.length).toBeGreaterThan(5);
});

test('it ends soon after whoever asked has gone', async () => {
  const done = { steps: 0 };
  const asking = new AbortController();
  setTimeout(() => asking.abort(), 60);
  const { stopped } = longWork;
  await expect(unhurried(work(done), asking.signal)).rejects.toMatchObject({ code: 'unavailable' });
  expect(done.steps).toBeLessThan(200);
  expect(longWork).toEqual({ underWay: 0, stopped: stopped + 1 });
});
