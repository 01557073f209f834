import { normalQuantile } from '../numeric/normal.ts';

export type Stay = {
  /** What is compared only with its like: the stage in which the deal stood. */
  stratum: string;
  /** Whole time units that it stood there. */
  time: number;
  /** From which time on it was touched, 0 from the start, null if never. */
  touchedFrom: number | null;
  moved: boolean;
  count: number;
};
export type PaceEstimate = { ratio: number; low: number; high: number; moves: number; movesTouched: number };
export type TooFewMoves = { refused: 'too_few_moves'; needed: number; moves: number; movesTouched: number };

const fewestMoves = 10;

/** At one time in one stratum: who could move, touched and not, and who did. */
type RiskSet = { touched: number; untouched: number; moved: number; movedTouched: number };

function riskSets(stays: readonly Stay[]): RiskSet[] {
  const end = stays.reduce((most, { time }) => Math.max(most, time), 0);
  const make = () => Array.from({ length: end + 2 }, () => 0);
  const [all, touched, moved, movedTouched] = [make(), make(), make(), make()];
  for (const { time, touchedFrom, moved: didMove, count } of stays) {
    const isTouched = touchedFrom !== null && touchedFrom <= time;
    all[0]! += count;
    all[time + 1]! -= count;
    if (isTouched) {
      touched[touchedFrom]! += count;
      touched[time + 1]! -= count;
    }
    if (didMove) moved[time]! += count;
    if (didMove && isTouched) movedTouched[time]! += count;
  }
  const sets: RiskSet[] = [];
  let [atRisk, under] = [0, 0];
  for (let time = 0; time <= end; time += 1) {
    atRisk += all[time]!;
    under += touched[time]!;
    const set = { touched: under, untouched: atRisk - under, moved: moved[time]!, movedTouched: movedTouched[time]! };
    if (set.moved > 0 && set.touched > 0 && set.untouched > 0) sets.push(set);
  }
  return sets;
}

/** Slope and curvature of the partial log likelihood, with Efron's correction for moves at the same time. */
function slopeAt(sets: readonly RiskSet[], logRatio: number): { slope: number; information: number } {
  let [slope, information] = [0, 0];
  for (const { touched, untouched, moved, movedTouched } of sets) {
    slope += movedTouched;
    for (let tie = 0; tie < moved; tie += 1) {
      const part = tie / moved;
      const weight = (touched - part * movedTouched) * Math.exp(logRatio);
      const share = weight / (weight + untouched - part * (moved - movedTouched));
      slope -= share;
      information += share * (1 - share);
    }
  }
  return { slope, information };
}

function mostLikely(sets: readonly RiskSet[]): { logRatio: number; information: number } {
  let [low, high] = [-20, 20];
  let logRatio = 0;
  for (let round = 0; round < 100; round += 1) {
    const { slope, information } = slopeAt(sets, logRatio);
    if (slope > 0) low = logRatio;
    else high = logRatio;
    const step = logRatio + slope / information;
    const next = step > low && step < high ? step : (low + high) / 2;
    if (Math.abs(next - logRatio) < 1e-10) break;
    logRatio = next;
  }
  return { logRatio, information: slopeAt(sets, logRatio).information };
}

/**
 * How many times as fast those move on that were touched: the ratio of the paces (hazards) in the same stage after as long a stay.
 *
 * Method: Cox's partial likelihood with one yes-or-no that may change with time, stratified by stage, moves at the same time by Efron.
 * A deal counts as untouched until it is touched, and only from then on as touched. Comparing all touched deals with all others
 * instead is a trap: who stays long has more time to be touched (immortal time). Wald's interval of the logarithm.
 * Shapes and units: one row per like stay with a count; whole times from 0 on; the ratio is 1 where both are as fast.
 * Assumes: stays are independent; the ratio is the same at all times and stages; who leaves without moving (lost, still there) would
 * have moved no sooner or later than the rest; whoever is touched is like whoever is not. The last is rarely so: who works a deal
 * touches those that look well. The ratio is then an association, not an effect.
 * Do not use it for: touches that move with what makes a deal fast, as if it were an experiment; paces that cross over.
 * Errors: RangeError when a time or a count is not whole, or below 0.
 * Refusal: too_few_moves under ten moves of touched or of untouched deals at times at which there was somebody to compare with.
 * Reference: D. R. Cox, Journal of the Royal Statistical Society B 34 (1972) 187-220; B. Efron, JASA 72 (1977) 557-565; S. Suissa,
 * American Journal of Epidemiology 167 (2008) 492-499 (immortal time).
 *
 * @example
 * paceRatio([1, 2, 3, 4].flatMap((time) => [0, 1].map((slow) => ({ stratum: 'demo', time: time + slow, touchedFrom: slow ? null : 0, moved: true, count: 5 })))).ratio.toFixed(3) // '2.437'
 */
export function paceRatio(stays: readonly Stay[], confidence = 0.95): PaceEstimate | TooFewMoves {
  for (const { time, touchedFrom, count } of stays)
    if (![time, touchedFrom ?? 0, count].every((each) => Number.isSafeInteger(each) && each >= 0))
      throw new RangeError('Times and counts must be whole and 0 or more.');
  const strata = [...new Set(stays.map(({ stratum }) => stratum))];
  const sets = strata.flatMap((stratum) => riskSets(stays.filter((one) => one.stratum === stratum)));
  const moves = sets.reduce((sum, { moved }) => sum + moved, 0);
  const movesTouched = sets.reduce((sum, set) => sum + set.movedTouched, 0);
  if (Math.min(movesTouched, moves - movesTouched) < fewestMoves)
    return { refused: 'too_few_moves', needed: fewestMoves, moves, movesTouched };
  const { logRatio, information } = mostLikely(sets);
  const half = normalQuantile(0.5 + confidence / 2) / Math.sqrt(information);
  return { ratio: Math.exp(logRatio), low: Math.exp(logRatio - half), high: Math.exp(logRatio + half), moves, movesTouched };
}
