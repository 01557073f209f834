import { benjaminiHochberg } from '../../methods/numeric/benjamini-hochberg.ts';
import type { Around, Found } from './answer.ts';
import { adjustedOf, type Arms, effectAnyDay, effectOf, nextOf, type Refused, sideOf } from './arms.ts';
import { beforeCheck, independentCheck, knownCheck, looksCheck, lotCheck, outsideCheck, ratioCheck } from './checks.ts';
import { type ArmSums, armSums, type SegmentSums, segmentSums } from './queries.ts';
import { sumCases } from './cases.ts';
import { type AskedOf, type Effect, isShare, type Lift, type OutcomeKind } from './schema.ts';

const nobody = (arm: ArmSums['arm']): ArmSums => ({
  arm,
  units: 0,
  known: 0,
  foreign: 0,
  total: 0,
  mean: 0,
  variance: 0,
  skewness: 0,
  active: 0,
  withBefore: 0,
  beforeMean: 0,
  beforeVariance: 0,
  covariance: 0,
});

const armsOf = (sums: readonly ArmSums[], asked: AskedOf<'holdout'>): Arms => {
  const of = (arm: ArmSums['arm']) => sums.find((one) => one.arm === arm) ?? nobody(arm);
  return { treated: of('treated'), control: of('control'), isShare: isShare(asked) };
};

/** What cannot be taken of an outcome, where it is not simply no number. */
const foreignTo: Partial<Record<OutcomeKind, Refused['reason']>> = { amount: 'mixed_currency', share_of: 'not_counts' };

const refusalOf = ({ treated, control }: Arms, { outcome }: AskedOf<'holdout'>): Refused | null => {
  const foreign = treated.foreign + control.foreign;
  if (foreign > 0) return { reason: foreignTo[outcome.kind] ?? 'not_numbers', needed: foreign };
  if (treated.units + control.units === 0) return { reason: 'no_units', needed: null };
  if (treated.units === 0 || control.units === 0) return { reason: 'one_arm_only', needed: null };
  return null;
};

/** The effect in each segment, corrected for how many there are. */
const segmentsOf = (sums: readonly SegmentSums[], asked: AskedOf<'holdout'>): NonNullable<Lift['segments']> => {
  const names = [...new Map(sums.map(({ kind, name }) => [name, { kind, name }])).values()];
  const found = names.map(({ kind, name }) => {
    const arms = armsOf(
      sums.filter((one) => one.name === name),
      asked,
    );
    const effect = effectOf(arms);
    return { kind, name, treated: arms.treated.known, control: arms.control.known, effect: 'reason' in effect ? null : effect };
  });
  const told = found.flatMap(({ effect }) => (effect ? [effect.p ?? 1] : []));
  const corrected = benjaminiHochberg(told);
  let place = 0;
  const lines = found.map(({ effect, ...segment }) => {
    const p = effect ? corrected[place++]! : null;
    return {
      ...segment,
      effect: effect?.effect ?? null,
      low: effect?.low ?? null,
      high: effect?.high ?? null,
      p,
      finding: p !== null && p < 0.05,
    };
  });
  return lines.toSorted((one, other) => other.treated + other.control - one.treated - one.control || (one.name < other.name ? -1 : 1));
};

/** Those whom the lot sent to the treated arm against those held out, whatever came of it. */
export const answerHoldout = async (asked: AskedOf<'holdout'>, around: Around): Promise<Found> => {
  const { ask, today, lastDay } = around;
  const { design, outcome } = asked;
  const [{ sums, period }, segments] = await Promise.all([
    outcome.kind === 'share_of'
      ? sumCases({ design, outcome }, around)
      : ask<ArmSums>(armSums(asked)).then((found) => ({ sums: found, period: undefined })),
    asked.segment ? ask<SegmentSums>(segmentSums(asked)) : ([] as SegmentSums[]),
  ]);
  const arms = armsOf(sums, asked);
  const outside = sums.find(({ arm }) => arm === 'none')?.units ?? 0;
  const refused = refusalOf(arms, asked);
  const anyDay = design.looks === 'any' && asked.worthHaving;
  const effect: Effect | Refused = refused ?? (anyDay ? effectAnyDay(arms, asked.worthHaving!) : effectOf(arms));
  const isRefused = 'reason' in effect;
  const ends = 'to' in outcome ? outcome.to : null;
  const looks =
    design.looks === 'any' && !anyDay ? [{ name: 'any_day', passed: false, blocks: true, figures: {} }] : [looksCheck(design, today)];
  return {
    observed: sideOf(arms.treated, arms.isShare),
    counterfactual: sideOf(arms.control, arms.isShare),
    estimate: isRefused ? null : effect,
    adjusted: isRefused || !asked.covariate ? null : adjustedOf(arms),
    refused: isRefused ? effect : null,
    checks: [
      lotCheck(outcome.kind === 'share_of' ? [...design.treated, ...design.control].join(', ') : design.property),
      ratioCheck(arms, design.treatedShare),
      ...knownCheck(arms),
      ...(asked.covariate ? beforeCheck(arms) : []),
      ...looks,
      independentCheck(asked.unit),
      ...(outcome.kind === 'share_of' ? [{ name: 'counted_once', passed: null, blocks: false, figures: {} }] : []),
      ...outsideCheck(outside),
    ],
    reached: arms.treated.known,
    notYet:
      (design.looks === 'once' && !!design.decideOn && today < design.decideOn) || (ends !== null && (lastDay === null || lastDay < ends)),
    next: nextOf(arms, asked.worthHaving),
    outside,
    path: [],
    ...(period && { period }),
    ...(asked.segment && { segments: segmentsOf(segments, asked) }),
  };
};
