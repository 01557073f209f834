import { effectiveShareInterval } from './effective-share-interval.ts';
import { type NoObservations, shareInterval, type ShareEstimate } from './share-interval.ts';

export type StarShare = ShareEstimate & { star: number; count: number };
export type MeanEstimate = { answers: number; mean: number; low: number; high: number; shares: StarShare[]; isFew: boolean };

const fewestToRank = 20;

/** Variance of the answers as a part of the greatest that their mean allows, with one imaginary answer spread over the stars. */
function spread(counts: readonly number[], answers: number): number {
  const top = counts.length - 1;
  const total = answers + 1;
  const weights = counts.map((count) => count + 1 / counts.length);
  const mean = weights.reduce((sum, weight, index) => sum + (weight * index) / top, 0) / total;
  const square = weights.reduce((sum, weight, index) => sum + weight * (index / top) ** 2, 0) / total;
  return (square - mean * mean) / (mean * (1 - mean));
}

/**
 * Mean of ratings on a scale of stars, with an interval that behaves when they are few or all alike.
 *
 * Method: the mean, moved to [0, 1], is a share; its variance is never more than that of yes-or-no answers with this mean, and
 * the ratio says how many yes-or-no answers would be as sure. Wilson's interval takes that number, with Student's t. For the
 * ratio alone one imaginary answer is spread over the stars, so that five times five stars is not taken as certainty. On a
 * scale of two it is Wilson's interval itself. Each star has its share of the answers with Wilson's interval.
 * Shapes and units: counts of answers per star, from one star up (five counts for 1 to 5); mean, low and high in stars, shares
 * from 0 to 1. isFew says that there are fewer than 20 answers: do not rank by such a mean (see shrunkenMeans).
 * Assumes: independent answers of the people asked; stars are evenly spaced, else quote the shares and not the mean.
 * Do not use it for: reviews that people chose to leave as if they spoke for all customers; several answers of one person.
 * Errors: RangeError when there are fewer than two stars, or counts that are not whole.
 * Refusal: no_observations without answers.
 * Reference: K. J. Rothman, Journal of Chronic Diseases 31 (1978) 557-560 (Wilson's interval for an effective number); E. L. Korn,
 * B. I. Graubard, Survey Methodology 24 (1998) 193-201; its coverage for ratings: docs/methods/mean-interval.md.
 *
 * @example
 * meanInterval([495, 139, 220, 304, 1134]).mean.toFixed(4) // '3.6296'
 */
export function meanInterval(counts: readonly number[], confidence = 0.95): MeanEstimate | NoObservations {
  if (counts.length < 2 || counts.some((count) => !Number.isSafeInteger(count) || count < 0)) {
    throw new RangeError('Ratings need a whole count for each of two or more stars.');
  }
  const answers = counts.reduce((sum, count) => sum + count, 0);
  if (answers === 0) return { refused: 'no_observations' };
  const top = counts.length - 1;
  const share = counts.reduce((sum, count, index) => sum + count * index, 0) / (answers * top);
  const effectiveTrials = answers / spread(counts, answers);
  const interval = effectiveShareInterval({ share, effectiveTrials, degrees: Math.max(1, answers - 1), confidence }) as ShareEstimate;
  return {
    answers,
    mean: 1 + top * share,
    low: 1 + top * interval.low,
    high: 1 + top * interval.high,
    shares: counts.map((count, index) => ({ star: index + 1, count, ...(shareInterval(count, answers, confidence) as ShareEstimate) })),
    isFew: answers < fewestToRank,
  };
}
