import { adjustedMeanDifference } from '../../methods/lift/adjusted-mean-difference.ts';
import { alwaysValid } from '../../methods/lift/always-valid.ts';
import { detectableDifference } from '../../methods/lift/detectable-difference.ts';
import { detectableMeanDifference, unitsPerGroupOfMeans } from '../../methods/lift/detectable-mean-difference.ts';
import { meanDifference } from '../../methods/lift/mean-difference.ts';
import { unitsPerGroup } from '../../methods/lift/sample-size.ts';
import { shareDifference } from '../../methods/lift/share-difference.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { studentQuantile } from '../../methods/numeric/student.ts';
import { chiSquaredTail } from '../../methods/numeric/tail-probabilities.ts';
import type { ArmSums } from './queries.ts';
import type { Effect, Lift, LiftAsked } from './schema.ts';

export type Arms = { treated: ArmSums; control: ArmSums; isShare: boolean };
export type Refused = { reason: NonNullable<Lift['refused']>['reason']; needed: number | null };
type Side = Lift['observed'];

const confidence = 0.95;
const fewest = 20;

/** An arm by itself: its share with Wilson's interval, or its mean with Student's. */
export const sideOf = ({ known, total, mean, variance }: ArmSums, isShare: boolean): Side => {
  const silent = { units: known, total, value: null, low: null, high: null };
  if (known < fewest) return silent;
  if (isShare) {
    const found = shareInterval(Math.round(total), known);
    return 'refused' in found ? silent : { ...silent, value: found.share, low: found.low, high: found.high };
  }
  const half = studentQuantile(0.5 + confidence / 2, known - 1) * Math.sqrt(variance / known);
  return { ...silent, value: mean, low: mean - half, high: mean + half };
};

const momentsOf = ({ known, mean, variance, skewness, active }: ArmSums) => ({ n: known, mean, variance, skewness, active });

/** Pearson's test of two shares, for the p-value beside Newcombe's interval. */
const sharesP = ({ treated, control }: Arms): number => {
  const pooled = (treated.total + control.total) / (treated.known + control.known);
  const variance = pooled * (1 - pooled) * (1 / treated.known + 1 / control.known);
  return variance === 0 ? 1 : chiSquaredTail((treated.mean - control.mean) ** 2 / variance, 1);
};

const shareEffect = (arms: Arms): Effect | Refused => {
  const { treated, control } = arms;
  if (Math.min(treated.known, control.known) < fewest) return { reason: 'too_few', needed: fewest };
  const counted = ({ total, known }: ArmSums) => ({ successes: Math.round(total), trials: known });
  const found = shareDifference(counted(treated), counted(control), confidence);
  if ('refused' in found) return { reason: 'no_units', needed: null };
  return { effect: found.difference, low: found.low, high: found.high, confidence, p: sharesP(arms), method: 'share-difference' };
};

const meanEffect = ({ treated, control }: Arms): Effect | Refused => {
  const found = meanDifference(momentsOf(treated), momentsOf(control), confidence);
  if ('refused' in found) return { reason: found.refused, needed: found.needed };
  return { effect: found.difference, low: found.low, high: found.high, confidence, p: found.p, method: 'mean-difference' };
};

export const effectOf = (arms: Arms): Effect | Refused => (arms.isShare ? shareEffect(arms) : meanEffect(arms));

/** The same with an interval that holds on whatever day it is looked at. */
export const effectAnyDay = (arms: Arms, worthHaving: number): Effect | Refused => {
  const once = effectOf(arms);
  if ('reason' in once) return once;
  const { treated, control } = arms;
  const error = Math.sqrt(treated.variance / treated.known + control.variance / control.known);
  if (error === 0) return { reason: 'no_variance', needed: null };
  const found = alwaysValid({ difference: once.effect, error, units: Math.min(treated.known, control.known), worthHaving });
  if ('refused' in found) return { reason: 'too_few', needed: found.needed };
  return { effect: found.difference, low: found.low, high: found.high, confidence, p: found.p, method: 'always-valid' };
};

/** With what was known before taken out; only where it is known of all of them. */
export const adjustedOf = ({ treated, control, isShare }: Arms): Effect | null => {
  if (isShare || [treated, control].some(({ known, withBefore }) => withBefore < known || known === 0)) return null;
  const paired = (arm: ArmSums) => ({
    ...momentsOf(arm),
    before: { mean: arm.beforeMean, variance: arm.beforeVariance },
    covariance: arm.covariance,
  });
  const found = adjustedMeanDifference(paired(treated), paired(control), confidence);
  if ('refused' in found) return null;
  return { effect: found.difference, low: found.low, high: found.high, confidence, p: found.p, method: 'adjusted-mean-difference' };
};

const within = (share: number) => Math.min(0.999, Math.max(0.001, share));

/** What would make it answerable: units for the smallest change worth having, and what these units show. */
export const nextOf = ({ treated, control, isShare }: Arms, worthHaving: LiftAsked['worthHaving']): Lift['next'] => {
  const none = { unitsPerArm: null, detectable: null };
  if (Math.min(treated.known, control.known) < 5) return none;
  if (isShare) {
    const found = detectableDifference({ base: control.mean, trials: [treated.known, control.known] });
    const changed = control.mean + (worthHaving ?? 0);
    const needed = worthHaving && changed < 1 ? unitsPerGroup({ base: within(control.mean), changed: within(changed) }) : null;
    return { unitsPerArm: typeof needed === 'number' ? needed : null, detectable: 'refused' in found ? null : found.difference };
  }
  const deviation = Math.sqrt((treated.variance + control.variance) / 2);
  if (deviation === 0) return none;
  const detectable = detectableMeanDifference({ deviation, units: [treated.known, control.known] });
  const needed = worthHaving ? unitsPerGroupOfMeans({ deviation, difference: worthHaving }) : null;
  return { unitsPerArm: typeof needed === 'number' ? needed : null, detectable: typeof detectable === 'number' ? detectable : null };
};
