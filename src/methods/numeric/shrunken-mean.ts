import { normalQuantile } from './normal.ts';

export type Group = { weight: number; mean: number; squaresWithin: number; degrees: number };
export type ShrunkenMean = { mean: number; weight: number; credibility: number; shrunken: number };
export type ShrunkenMeans = { reading: 'for_ranking'; overall: number; pullWeight: number; groups: ShrunkenMean[] };
export type CannotRank = { refused: 'too_few_groups'; needed: number } | { refused: 'no_spread_within' | 'no_difference_seen' };

const fewestGroups = 5;

/** Quantile of chi-squared by Wilson and Hilferty's cube root; within 1 % from four degrees of freedom on. */
const chiSquared95 = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + normalQuantile(0.95) * Math.sqrt(2 / (9 * degrees))) ** 3;

/**
 * The ratings of one subject as a group: how many, their mean, and how much they differ.
 *
 * Method: counts, mean and sum of squared distances from it.
 * Shapes and units: counts of answers per star, from one star up; the mean in stars.
 * Assumes: at least one answer.
 * Do not use it for: anything but the input of shrunkenMeans.
 * Errors: RangeError without an answer, or with counts that are not whole.
 * Reference: as shrunkenMeans.
 *
 * @example
 * starGroup([0, 0, 2, 0, 2]) // { weight: 4, mean: 4, squaresWithin: 4, degrees: 3 }
 */
export function starGroup(counts: readonly number[]): Group {
  const weight = counts.reduce((sum, count) => sum + count, 0);
  if (!(weight > 0) || counts.some((count) => !Number.isSafeInteger(count) || count < 0)) {
    throw new RangeError('A group needs whole counts and at least one answer.');
  }
  const mean = counts.reduce((sum, count, index) => sum + count * (index + 1), 0) / weight;
  const squaresWithin = counts.reduce((sum, count, index) => sum + count * (index + 1 - mean) ** 2, 0);
  return { weight, mean, squaresWithin, degrees: weight - 1 };
}

/**
 * Means pulled towards each other for ranking: a subject with few answers stands nearer to the overall mean.
 *
 * Method: Buhlmann and Straub's credibility, which is empirical Bayes for means: each mean counts for w / (w + pull), the overall
 * mean for the rest; pull is the variance within subjects over the variance between them, both from the data. It is the
 * weighted rating that film lists print, with a pull that the data give instead of one that somebody chose.
 * Shapes and units: a group per subject: weight (answers), mean, squared distances within, and their degrees of freedom.
 * shrunken is in the unit of the mean, credibility from 0 to 1, pullWeight in answers.
 * Assumes: subjects are of a kind, so that the one says something about the other; answers spread alike within each.
 * Do not use it for: the mean to quote for one subject (meanInterval, unbiased), or subjects where few answers are themselves a sign.
 * Errors: RangeError when weights are not above 0 or numbers are not finite.
 * Refusal: too_few_groups under five; no_spread_within when no answer differs inside a subject; no_difference_seen when the means
 * differ no more than chance makes them 95 times in 100 (chi-squared): then there is no ranking.
 * Reference: H. Buhlmann, E. Straub, Mitteilungen VSVM 70 (1970) 111-133; H. Buhlmann, A. Gisler, A Course in Credibility Theory
 * and its Applications (2005), section 4.8.
 *
 * @example
 * shrunkenMeans([[30, 4], [20, 20], [16, 14], [8, 32], [0, 1]].map(starGroup)).groups[4].shrunken.toFixed(2) // '1.64'
 */
export function shrunkenMeans(groups: readonly Group[]): ShrunkenMeans | CannotRank {
  if (
    groups.some(({ weight, mean, squaresWithin, degrees }) => !(weight > 0 && squaresWithin >= 0 && degrees >= 0 && Number.isFinite(mean)))
  ) {
    throw new RangeError('Groups need a weight above 0, a mean, and squares and degrees of 0 or more.');
  }
  if (groups.length < fewestGroups) return { refused: 'too_few_groups', needed: fewestGroups };
  const sum = (value: (group: Group) => number) => groups.reduce((total, group) => total + value(group), 0);
  const total = sum(({ weight }) => weight);
  const within = sum(({ squaresWithin }) => squaresWithin) / sum(({ degrees }) => degrees);
  if (!(within > 0)) return { refused: 'no_spread_within' };
  const centre = sum(({ weight, mean }) => weight * mean) / total;
  const squaresBetween = sum(({ weight, mean }) => weight * (mean - centre) ** 2);
  const degrees = groups.length - 1;
  if (squaresBetween <= within * chiSquared95(degrees)) return { refused: 'no_difference_seen' };
  const pullWeight = (within * (total - sum(({ weight }) => weight * weight) / total)) / (squaresBetween - degrees * within);
  const credibility = (weight: number) => weight / (weight + pullWeight);
  const overall = sum(({ weight, mean }) => credibility(weight) * mean) / sum(({ weight }) => credibility(weight));
  return {
    reading: 'for_ranking',
    overall,
    pullWeight,
    groups: groups.map(({ weight, mean }) => {
      const part = credibility(weight);
      return { mean, weight, credibility: part, shrunken: part * mean + (1 - part) * overall };
    }),
  };
}
