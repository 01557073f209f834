import { effectiveShareInterval } from '../numeric/effective-share-interval.ts';
import type { ShareEstimate } from '../numeric/share-interval.ts';
import type { SurvivalCurve } from './kaplan-meier.ts';

export type NotFollowedSoLong = { refused: 'not_followed_so_long'; until: number };

/**
 * The share to whom it has happened by a given time (adopted by day 30), read off a Kaplan-Meier curve.
 *
 * Method: the last step of the curve at or before that time; before the first step, nobody, with the upper limit that
 * Wilson's interval gives for nobody of those still followed at the first step.
 * Shapes and units: a curve of kaplanMeier, a time in its unit; share, low and high are fractions from 0 to 1.
 * Assumes: what kaplanMeier assumes. The interval is for this time alone, not for the whole curve at once.
 * Do not use it for: comparing many times and quoting the best one.
 * Errors: RangeError when the time is not a number of 0 or more.
 * Refusal: not_followed_so_long, with the last time that can be read, when those still followed then stand for fewer than ten.
 * Reference: E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481; S. J. Pocock and others, Lancet 359 (2002) 1686-1689 (where to end the curve).
 *
 * @example
 * incidenceAt({ until: 30, steps: [] }, 40).refused // 'not_followed_so_long'
 */
export function incidenceAt(
  curve: Pick<SurvivalCurve, 'until' | 'steps'>,
  time: number,
  confidence = 0.95,
): ShareEstimate | NotFollowedSoLong {
  if (!(time >= 0)) throw new RangeError('The time must be 0 or more.');
  const isOver = curve.steps.at(-1)?.survival === 0;
  if (time > curve.until && !isOver) return { refused: 'not_followed_so_long', until: curve.until };
  const step = curve.steps.findLast((each) => each.time <= time);
  if (step) return step.incidence;
  return effectiveShareInterval({ share: 0, effectiveTrials: curve.steps[0]!.atRisk, confidence }) as ShareEstimate;
}
