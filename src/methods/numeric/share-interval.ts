import { normalQuantile } from './normal.ts';

export type ShareEstimate = { share: number; low: number; high: number };
export type NoObservations = { refused: 'no_observations' };

/**
 * Interval for a share (adopted of eligible, won of opened): Wilson's score interval.
 *
 * Method: the shares that a score test at the same confidence would not reject. It never leaves [0, 1], is not empty at
 * 0 of n or n of n, and keeps its coverage in small samples, where "share plus or minus two standard errors" does not.
 * Shapes and units: successes and trials are counts; share, low and high are fractions from 0 to 1.
 * Assumes: each trial is one independent unit (an account, a person), counted once, with one chance in common.
 * Do not use it for: events of the same accounts (count accounts instead), weighted answers, a mean of money.
 * Errors: RangeError when the counts are not whole numbers with 0 <= successes <= trials.
 * Refusal: no_observations when there are no trials.
 * Reference: E. B. Wilson, JASA 22 (1927) 209-212; R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3.
 *
 * @example
 * shareInterval(81, 263).low.toFixed(4) // '0.2553'
 */
export function shareInterval(successes: number, trials: number, confidence = 0.95): ShareEstimate | NoObservations {
  if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(trials) || successes < 0 || successes > trials) {
    throw new RangeError('A share needs whole counts with 0 <= successes <= trials.');
  }
  if (trials === 0) return { refused: 'no_observations' };
  const share = successes / trials;
  const z = normalQuantile(0.5 + confidence / 2);
  const weight = 1 / (1 + (z * z) / trials);
  const centre = weight * (share + (z * z) / (2 * trials));
  const half = weight * z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    share,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
