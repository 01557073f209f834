import { detectableDifference } from '../../methods/lift/detectable-difference.ts';
import { type CannotDetect, detectableShare, type DetectableShare } from '../../methods/lift/detectable-share.ts';
import type { Known } from './measure.ts';
import type { BaselineAsked, MeasuredBaseline } from './schema.ts';

type Wanted = Pick<BaselineAsked, 'target' | 'smallestChange' | 'minimumSample' | 'comparison'>;
type Power = Pick<MeasuredBaseline, 'design' | 'groups' | 'detectable'> & { why: MeasuredBaseline['why'] };

const shown = (from: number, found: DetectableShare | CannotDetect): Pick<Power, 'detectable' | 'why'> =>
  'refused' in found ? { detectable: null, why: found.refused } : { detectable: { from, ...found }, why: null };

/** Up, unless there is no room: a target of everybody can only be missed. */
const eitherSide = <Found extends DetectableShare | CannotDetect>(find: (side: 'above' | 'below') => Found): Found => {
  const above = find('above');
  return 'refused' in above && above.refused === 'no_room' ? find('below') : above;
};

/** What a group against the target, or two groups against each other, could show. */
const powerOf = ({ baseline, eligible, effective }: Known, { target, comparison }: Wanted): Power => {
  const trials = effective ?? eligible;
  if (comparison === 'none') {
    const from = target ?? baseline?.share ?? null;
    const groups = [trials];
    if (from === null) return { design: 'against_target', groups, detectable: null, why: 'no_baseline' };
    return {
      design: 'against_target',
      groups,
      ...shown(
        from,
        eitherSide((side) => detectableShare({ from, trials, side })),
      ),
    };
  }
  if (comparison === 'synthetic' || comparison === 'structural')
    return { design: 'one_series', groups: [], detectable: null, why: 'one_series' };
  const isBefore = comparison === 'before_after';
  const groups: [number, number] = isBefore
    ? [trials, baseline ? trials * (baseline.of / Math.max(1, eligible)) : trials]
    : [trials / 2, trials / 2];
  const base = baseline?.share ?? null;
  if (base === null) return { design: 'two_groups', groups, detectable: null, why: 'no_baseline' };
  return {
    design: 'two_groups',
    groups,
    ...shown(
      base,
      eitherSide((side) => detectableDifference({ base, trials: groups, side })),
    ),
  };
};

const close = 1e-9;

/** Whether what is worth having, or else the way to the target, is as large as what can be shown. */
const verdict = (
  power: Power,
  known: Known,
  { target, smallestChange, minimumSample }: Wanted,
): Pick<MeasuredBaseline, 'answerable' | 'why'> => {
  if (known.missing === 'no_feature') return { answerable: 'no', why: 'no_feature' };
  if (known.unit !== 'answer' && known.eligible === 0) return { answerable: 'no', why: known.missing ?? 'no_eligible' };
  if (known.eligible < minimumSample) return { answerable: 'no', why: 'too_few' };
  const { detectable, why } = power;
  if (why === 'too_few' || why === 'no_room') return { answerable: 'no', why };
  if (!detectable) return { answerable: 'unknown', why: known.missing ?? why };
  if (smallestChange !== null)
    return detectable.difference <= smallestChange + close
      ? { answerable: 'yes', why: known.missing }
      : { answerable: 'no', why: 'change_too_small' };
  if (power.design === 'against_target' || target === null) return { answerable: 'unknown', why: known.missing };
  return Math.abs(target - detectable.from) + close >= detectable.difference
    ? { answerable: 'yes', why: known.missing }
    : { answerable: 'no', why: 'target_too_close' };
};

/** What the numbers at hand could show, and whether the goal can be answered by them. */
export const answerableBy = (known: Known, wanted: Wanted): MeasuredBaseline => {
  const { missing: _, ...measured } = known;
  const power = powerOf(known, wanted);
  const { design, groups, detectable } = power;
  return { ...measured, design, groups: groups.map((size) => Math.floor(size)), detectable, ...verdict(power, known, wanted) };
};
