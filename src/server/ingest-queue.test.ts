import { expect, test } from 'vitest';
import { openQueue } from './ingest-queue.ts';

/** A queue on a clock that only the work on bodies moves. */
const start = () => {
  const clock = { now: 0, spoolDelay: 0 };
  const queue = openQueue({
    now: () => clock.now,
    spoolDelay: () => clock.spoolDelay,
    targetMilliseconds: 500,
    intervalMilliseconds: 3000,
  });
  const kept: number[] = [];
  const refused: string[] = [];
  /** A body that comes whole now and costs so much time; what else happens meanwhile is done then. */
  const send = (milliseconds: number, meanwhile = () => {}) => {
    const since = clock.now;
    const read = () => {
      kept.push(clock.now - since);
      clock.now += milliseconds;
      meanwhile();
      return Promise.resolve();
    };
    return queue.begin(20_000, read).catch(({ code }: { code: string }) => void refused.push(code));
  };
  return { clock, queue, kept, refused, send };
};

test('requests are begun in the order in which they came, what was begun goes on before the others, and what goes wrong is told to its sender alone', async () => {
  const { queue } = start();
  const seen: string[] = [];
  const answers = await Promise.allSettled(
    ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map(async (name) => {
      await queue.begin(100, async () => void seen.push(`begins ${name}`));
      return queue.goOn(async () => {
        seen.push(`goes on ${name}`);
        if (name === 'two') throw new Error('broken');
        return name;
      });
    }),
  );
  expect(seen.filter((each) => each.startsWith('begins')).map((each) => each.slice(7))).toEqual(
    seen.filter((each) => each.startsWith('goes on')).map((each) => each.slice(8)),
  );
  expect(seen.indexOf('goes on one')).toBeLessThan(seen.indexOf('begins six'));
  expect(answers.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)))).toEqual([
    'one',
    'Error: broken',
    'three',
    'four',
    'five',
    'six',
    'seven',
  ]);
});

test('at most four are at work, and others go on when one of them is done', async () => {
  const { queue } = start();
  const ends: (() => void)[] = [];
  const all = Array.from({ length: 6 }, () => queue.goOn(() => new Promise<void>((resolve) => ends.push(resolve))));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(ends).toHaveLength(4);
  ends[2]!();
  await all[2];
  await new Promise(setImmediate);
  expect(ends).toHaveLength(5);
  ends.forEach((end) => end());
  await new Promise(setImmediate);
  ends.forEach((end) => end());
  await Promise.all(all);
});

test('a burst that is worked off within the interval is taken whole', async () => {
  const { refused, send, kept } = start();
  await Promise.all(Array.from({ length: 140 }, () => send(20)));
  expect([kept.length, refused]).toEqual([140, []]);
});

test('nobody waits longer than the interval: who would is refused', async () => {
  const { kept, refused, send, queue } = start();
  await Promise.all(Array.from({ length: 400 }, () => send(20)));
  expect(Math.max(...kept)).toBeLessThanOrEqual(3000);
  expect(kept.length).toBeGreaterThanOrEqual(150);
  expect(refused).toEqual(Array.from({ length: 400 - kept.length }, () => 'unavailable'));
  expect(queue.isBehind()).toBe(false);
});

test('what holds up the server once, with nobody waiting, refuses nobody', async () => {
  const { clock, queue, send, refused } = start();
  await send(10_000);
  expect(queue.isBehind()).toBe(false);
  clock.now += 3_600_000;
  expect(queue.isBehind()).toBe(false);
  await send(10);
  expect(refused).toEqual([]);
});

test('ten times as much as can be read for a minute: reading never stops, waits stay at the target, the rest is refused unread, and it is over at once', async () => {
  const { clock, queue, kept, refused, send } = start();
  const [cost, every, until] = [2.5, 0.25, 60_000];
  let [due, unread] = [0, 0];
  const sent: Promise<void>[] = [];
  const arrive = () => {
    for (; due <= clock.now && due < until; due += every) {
      if (queue.isBehind()) unread++;
      else sent.push(send(cost, arrive));
    }
  };
  for (arrive(); sent.length > 0;) await Promise.all(sent.splice(0));
  expect(unread + kept.length + refused.length).toBe(until / every);
  expect(kept.length * cost).toBeGreaterThan(until); // none of the time was lost
  expect(unread / (unread + refused.length)).toBeGreaterThan(0.95);
  expect(Math.max(...kept)).toBeLessThanOrEqual(3000);
  expect(Math.max(...kept.slice(3000))).toBeLessThan(600);
  expect(queue.isBehind()).toBe(false);
  expect(clock.now - until).toBeLessThan(1000);
});

test('while the disk does not take what was read, nothing more is let in', () => {
  const { clock, queue } = start();
  clock.spoolDelay = 2900;
  expect(queue.isBehind()).toBe(false);
  clock.spoolDelay = 3100;
  expect(queue.isBehind()).toBe(true);
});
