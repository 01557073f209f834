import { expect, test } from 'vitest';
import { shareDifference } from '../../src/methods/lift/share-difference.ts';
import { shareDifferenceInDifferences } from '../../src/methods/lift/share-difference-in-differences.ts';
import { expectRate } from '../../src/methods/simulation.fixture.ts';
import { recall } from './planted.ts';
import { recallWaves, type RecallGroup } from './recall.ts';

const counted = ({ asked, recalled }: { asked: number; recalled: number }) => ({ successes: recalled, trials: asked });
const holds = (found: { low: number; high: number } | { refused: string }, truth: number) =>
  !('refused' in found) && found.low <= truth && truth <= found.high;

test('the true effect of the boards is what recall rose further among those who drive past them', () => {
  const [before, , after] = recall.waves;
  const rise = (group: RecallGroup) => after.chances[group] - before.chances[group];
  expect(rise('exposed') - rise('notExposed')).toBeCloseTo(recall.effect, 12);
});

test('over 1,000 seeds its interval holds the truth about 95 % of the time, and the plain difference after the boards seldom does', () => {
  let [further, plain] = [0, 0];
  for (let seed = 1; seed <= 1000; seed += 1) {
    const [before, , after] = recallWaves(seed);
    const inTime = (group: RecallGroup) => ({ before: counted(before![group]), after: counted(after![group]) });
    if (holds(shareDifferenceInDifferences(inTime('exposed'), inTime('notExposed')), recall.effect)) further += 1;
    if (holds(shareDifference(counted(after!.exposed), counted(after!.notExposed)), recall.effect)) plain += 1;
  }
  expectRate(further, 1000, 0.95);
  expect(plain / 1000).toBeLessThan(0.2);
});
