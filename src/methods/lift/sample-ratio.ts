import { normalQuantile } from '../numeric/normal.ts';
import { chiSquaredTail } from '../numeric/tail-probabilities.ts';

export type SampleRatio = { p: number; alarm: boolean; detectable: number };
export type NoSampleRatio = { refused: 'too_few'; needed: number };

const alarmBelow = 0.001;
const fewestExpected = 5;

/**
 * Sample ratio check: did the lot send as many units to each arm as it was meant to?
 *
 * Method: Pearson's chi-squared test of the counts of units against the shares that were meant. Below 0.001 it is an alarm: units went
 * missing, or came in, in a way that may have to do with the arm, and no effect should be read. Beside it stands what could have been
 * seen at all: the smallest shift of the first arm's share that so many units raise an alarm for, four times in five.
 * Shapes and units: counts of units (each once) and the shares that were meant, which add up to 1; detectable is a difference of shares.
 * Assumes: each unit is drawn on its own.
 * Do not use it for: events or sessions (a unit makes many), arms whose shares were changed on the way.
 * Errors: RangeError for counts or shares that cannot be.
 * Refusal: too_few when an arm is expected to hold under 5 units.
 * Reference: A. Fabijan and others, KDD (2019) 2156-2164, Diagnosing sample ratio mismatch in online controlled experiments.
 *
 * @example
 * sampleRatio([25500, 24500], [0.5, 0.5]).p.toFixed(8) // '0.00000774'
 */
export function sampleRatio(counts: readonly number[], meant: readonly number[]): SampleRatio | NoSampleRatio {
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) throw new RangeError('The counts must be whole and 0 or more.');
  const isWhole = Math.abs(meant.reduce((sum, share) => sum + share, 0) - 1) < 1e-9;
  if (meant.length !== counts.length || meant.length < 2 || !meant.every((share) => share > 0) || !isWhole)
    throw new RangeError('There must be as many shares as arms, two or more, above 0, that add up to 1.');
  const total = counts.reduce((sum, count) => sum + count, 0);
  const least = Math.min(...meant);
  if (total * least < fewestExpected) return { refused: 'too_few', needed: Math.ceil(fewestExpected / least) };
  const statistic = counts.reduce((sum, count, arm) => sum + (count - total * meant[arm]!) ** 2 / (total * meant[arm]!), 0);
  const p = chiSquaredTail(statistic, counts.length - 1);
  const reach = normalQuantile(1 - alarmBelow / 2) + normalQuantile(0.8);
  return { p, alarm: p < alarmBelow, detectable: reach * Math.sqrt((meant[0]! * (1 - meant[0]!)) / total) };
}
