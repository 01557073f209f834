import { effectiveShareInterval } from '../numeric/effective-share-interval.ts';
import type { NoObservations, ShareEstimate } from '../numeric/share-interval.ts';

export type TimeCount = { time: number; events: number; censored: number };
export type SurvivalStep = {
  time: number;
  atRisk: number;
  events: number;
  survival: number;
  standardError: number;
  low: number;
  high: number;
  incidence: ShareEstimate;
};
export type NotReached = { refused: 'not_reached'; until: number };
export type MedianTime = { time: number; low: number; high: number | null };
export type SurvivalCurve = { observations: number; events: number; until: number; steps: SurvivalStep[]; median: MedianTime | NotReached };
export type TooFewEvents = { refused: 'too_few_events'; needed: number };

const fewestEvents = 5;
const fewestStoodFor = 10;

function checked(counts: readonly TimeCount[]): number {
  let before = -1;
  let observations = 0;
  for (const { time, events, censored } of counts) {
    if (!(time >= 0 && Number.isFinite(time) && time > before)) throw new RangeError('Times must be 0 or more, each once, ascending.');
    if (!Number.isSafeInteger(events) || !Number.isSafeInteger(censored) || events < 0 || censored < 0) {
      throw new RangeError('Events and censored must be whole counts of 0 or more.');
    }
    before = time;
    observations += events + censored;
  }
  return observations;
}

/** One step, and the independent observations that would vary as much as the estimate does. */
function stepAt(count: TimeCount, now: { atRisk: number; survival: number; greenwood: number; effective: number }, confidence: number) {
  const { time, events } = count;
  const left = now.atRisk - events;
  const survival = left === 0 ? 0 : now.survival * (left / now.atRisk);
  const greenwood = now.greenwood + events / (now.atRisk * left);
  const effective = survival === 0 ? now.effective : (1 - survival) / (survival * greenwood);
  const { low, high } = effectiveShareInterval({ share: survival, effectiveTrials: effective, confidence }) as ShareEstimate;
  const incidence = { share: 1 - survival, low: 1 - high, high: 1 - low };
  const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood);
  const step: SurvivalStep = { time, atRisk: now.atRisk, events, survival, standardError, low, high, incidence };
  return { step, survival, greenwood, effective };
}

/** The first time at which half have had the event; its limits are where the limits of the curve come down to a half. */
function medianOf(steps: SurvivalStep[], until: number): MedianTime | NotReached {
  const half = 0.5 + 1e-12;
  const found = steps.find(({ survival }) => survival <= half);
  if (!found || found.time > until) return { refused: 'not_reached', until };
  const low = steps.find((step) => step.low <= half)!.time;
  const high = steps.find((step) => step.high <= half)?.time ?? null;
  return { time: found.time, low, high: high !== null && high > until ? null : high };
}

/**
 * Time until something happens (adopted, activated, left), where it has not happened to everybody yet: Kaplan and Meier.
 *
 * Method: at each time, those to whom it happened among those still followed; the chance to be still without it is the product
 * of the rest. Greenwood's variance says how many fully followed people would vary as much, and Wilson's interval takes that
 * number (Rothman), so with nobody censored it is exactly the interval of a share. With 1 to 4 events it covers where the
 * usual log-log interval does not (see the page). The median is read off the curve, its limits off the limits of the curve
 * (Brookmeyer and Crowley). Those who are still followed stand for atRisk / survival people; `until` is the last time at
 * which that is ten or more: beyond it the curve is not to be read.
 * Shapes and units: one row per distinct time, ascending, in the caller's unit (days); events and censored are counts, and who
 * is censored at a time was still at risk at it. Shares are fractions; incidence is 1 - survival: the share that it has
 * happened to. Work and memory grow with the number of distinct times, not of people.
 * Assumes: people are independent of each other, each is there from time 0, and being no longer followed says nothing about
 * when it would have happened (as it is when people are censored because they started lately).
 * Do not use it for: people who count as censored because something else made it impossible (they left), people who come into
 * view later than at time 0, people of a few accounts (clusteredIncidence, or count accounts).
 * Errors: RangeError when times are not ascending or counts not whole.
 * Refusal: no_observations; too_few_events under five. The median is not_reached when half have not had it by `until`.
 * Reference: E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481; K. J. Rothman, Journal of Chronic Diseases 31 (1978) 557-560;
 * R. Brookmeyer, J. Crowley, Biometrics 38 (1982) 29-41; F. J. Dorey, E. L. Korn, Statistics in Medicine 6 (1987) 679-687.
 *
 * @example
 * kaplanMeier([{ time: 3, events: 8, censored: 0 }, { time: 9, events: 6, censored: 6 }]).median.time // 9
 */
export function kaplanMeier(counts: readonly TimeCount[], confidence = 0.95): SurvivalCurve | NoObservations | TooFewEvents {
  const observations = checked(counts);
  if (observations === 0) return { refused: 'no_observations' };
  const events = counts.reduce((sum, count) => sum + count.events, 0);
  if (events < fewestEvents) return { refused: 'too_few_events', needed: fewestEvents };
  const steps: SurvivalStep[] = [];
  let now = { atRisk: observations, survival: 1, greenwood: 0, effective: observations };
  let until = 0;
  for (const count of counts) {
    if (now.survival === 0 || now.atRisk / now.survival >= fewestStoodFor) until = count.time;
    if (count.events > 0) {
      const { step, ...next } = stepAt(count, now, confidence);
      steps.push(step);
      now = { ...next, atRisk: now.atRisk };
    }
    now.atRisk -= count.events + count.censored;
  }
  return { observations, events, until, steps, median: medianOf(steps, until) };
}
