import { type DifferenceEstimate, shareDifference } from '../lift/share-difference.ts';
import { shareInterval, type ShareEstimate } from '../numeric/share-interval.ts';

export type ScoreCount = { score: number; happened: number; not: number };
export type BackTest = {
  reading: 'association';
  people: number;
  happened: number;
  line: number;
  above: ShareEstimate;
  precision: ShareEstimate;
  below: ShareEstimate;
  reach: ShareEstimate;
  difference: DifferenceEstimate;
  lift: { lift: number; low: number; high: number };
};
export type TooFewToTest = { refused: 'too_few'; of: 'above' | 'below' | 'happened' | 'not'; needed: number };

/** Donner and Zou's limits for the ratio of two independent shares, from Wilson's limits of each; the upper one may be infinite. */
function ratioLimits(one: ShareEstimate, two: ShareEstimate): { low: number; high: number } {
  const product = one.share * two.share;
  const root = (limitOne: number, limitTwo: number) =>
    Math.sqrt(Math.max(0, product ** 2 - limitOne * limitTwo * (2 * one.share - limitOne) * (2 * two.share - limitTwo)));
  const low = one.low === 0 ? 0 : (one.low * (2 * one.share - one.low)) / (product + root(one.low, two.high));
  const high = two.low === 0 ? Infinity : (product + root(one.high, two.low)) / (two.low * (2 * two.share - two.low));
  return { low, high };
}

/**
 * How well a score with a line, or a rule, told beforehand to whom something would happen (convert, stay, leave).
 *
 * Method: those at or above the line against those below it. Each share has Wilson's interval, the difference Newcombe's. The lift
 * is the share above over the share of all; its limits are those of the ratio of above to below (Donner and Zou, from
 * Wilson's), put into lift = ratio / (a ratio + 1 - a), where a is the share of people above the line.
 * Shapes and units: one row per score, in any order, with counts of people to whom it happened and not; a rule is a score of 0 or 1
 * with the line at 1. above: share of people at or above the line; precision: of these, to whom it happened; below: the same
 * under the line; reach: of those to whom it happened, the share above; lift without unit, 1 when the line says nothing.
 * Assumes: line and score were fixed before, on other people; what the score is made of lies before what is counted; one person
 * counts once.
 * Do not use it for: choosing the line on the same people, or saying that the score is why it happened.
 * Errors: RangeError for counts that are not whole, a score or a line that is not a number.
 * Refusal: too_few, and of what, with the number needed: 20 people on each side of the line, 5 to whom it happened and 5 not.
 * Reference: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890; A. Donner, G. Y. Zou, Statistical Methods in Medical Research
 * 21 (2012) 347-359.
 *
 * @example
 * backTest([{ score: 0, happened: 20, not: 180 }, { score: 1, happened: 40, not: 60 }], 1).lift.lift // 2
 */
export function backTest(scores: readonly ScoreCount[], line: number, confidence = 0.95): BackTest | TooFewToTest {
  if (!Number.isFinite(line)) throw new RangeError('The line must be a number.');
  const sides = { above: { happened: 0, not: 0 }, below: { happened: 0, not: 0 } };
  for (const { score, happened, not } of scores) {
    if (Number.isNaN(score)) throw new RangeError('Each score must be a number.');
    if (![happened, not].every((count) => Number.isSafeInteger(count) && count >= 0)) throw new RangeError('Counts must be whole.');
    const side = sides[score >= line ? 'above' : 'below'];
    side.happened += happened;
    side.not += not;
  }
  const aboveAll = sides.above.happened + sides.above.not;
  const belowAll = sides.below.happened + sides.below.not;
  const happened = sides.above.happened + sides.below.happened;
  const people = aboveAll + belowAll;
  const counted = { above: aboveAll, below: belowAll, happened, not: people - happened };
  const needed = { above: 20, below: 20, happened: 5, not: 5 };
  for (const of of ['above', 'below', 'happened', 'not'] as const) {
    if (counted[of] < needed[of]) return { refused: 'too_few', of, needed: needed[of] };
  }
  const share = (successes: number, trials: number) => shareInterval(successes, trials, confidence) as ShareEstimate;
  const precision = share(sides.above.happened, aboveAll);
  const below = share(sides.below.happened, belowAll);
  const part = aboveAll / people;
  const lifted = (ratio: number) => (ratio === Infinity ? 1 / part : ratio / (part * ratio + 1 - part));
  const ratio = ratioLimits(precision, below);
  return {
    reading: 'association',
    people,
    happened,
    line,
    above: share(aboveAll, people),
    precision,
    below,
    reach: share(sides.above.happened, happened),
    difference: shareDifference(
      { successes: sides.above.happened, trials: aboveAll },
      { successes: sides.below.happened, trials: belowAll },
      confidence,
    ) as DifferenceEstimate,
    lift: { lift: precision.share / (happened / people), low: lifted(ratio.low), high: lifted(ratio.high) },
  };
}
