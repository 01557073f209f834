import { meanDifference } from '../../methods/lift/mean-difference.ts';
import { sampleRatio } from '../../methods/lift/sample-ratio.ts';
import { chiSquaredTail } from '../../methods/numeric/tail-probabilities.ts';
import type { Arms } from './arms.ts';
import type { Check, LiftAsked } from './schema.ts';

/** A check without its words, which are written in the language of whoever reads. */
export type Bare = Omit<Check, 'words'>;

const alarmBelow = 0.001;

export const ratioCheck = ({ treated, control }: Arms, treatedShare: number): Bare => {
  const found = sampleRatio([treated.units, control.units], [treatedShare, 1 - treatedShare]);
  const figures = { treated: treated.units, control: control.units, meant: treatedShare };
  if ('refused' in found) return { name: 'sample_ratio', passed: null, blocks: true, figures: { ...figures, p: null, detectable: null } };
  return { name: 'sample_ratio', passed: !found.alarm, blocks: true, figures: { ...figures, p: found.p, detectable: found.detectable } };
};

/** Whether as large a part of both arms is known yet: else one arm is looked at earlier than the other. */
export const knownCheck = ({ treated, control }: Arms): Bare[] => {
  const open = treated.units + control.units - treated.known - control.known;
  if (open === 0) return [];
  const shares = [treated, control].map(({ known, units }) => (units > 0 ? known / units : 0)) as [number, number];
  const pooled = (treated.known + control.known) / (treated.units + control.units);
  const variance = pooled * (1 - pooled) * (1 / Math.max(1, treated.units) + 1 / Math.max(1, control.units));
  const p = variance === 0 ? 1 : chiSquaredTail((shares[0] - shares[1]) ** 2 / variance, 1);
  return [{ name: 'as_many_known', passed: p >= alarmBelow, blocks: true, figures: { open, treated: shares[0], control: shares[1], p } }];
};

/** The lot makes both arms alike before; a difference there is a sign that it did not. */
export const beforeCheck = ({ treated, control }: Arms): Bare[] => {
  const moments = [treated, control].map(({ withBefore, beforeMean, beforeVariance }) => ({
    n: withBefore,
    mean: beforeMean,
    variance: beforeVariance,
  }));
  const found = meanDifference(moments[0]!, moments[1]!);
  if ('refused' in found)
    return [{ name: 'alike_before', passed: null, blocks: false, figures: { treated: null, control: null, p: null } }];
  const figures = { treated: treated.beforeMean, control: control.beforeMean, p: found.p };
  return [{ name: 'alike_before', passed: found.p >= alarmBelow, blocks: true, figures }];
};

export const looksCheck = ({ looks, decideOn }: { looks: 'once' | 'any'; decideOn?: string | null }, today: string): Bare => {
  if (looks === 'any') return { name: 'any_day', passed: true, blocks: false, figures: {} };
  const isOver = decideOn ? today >= decideOn : null;
  return { name: decideOn ? 'decided_on' : 'read_once', passed: isOver, blocks: false, figures: { day: decideOn ?? null } };
};

/** Nobody can see in the data that a lot was drawn. */
export const lotCheck = (property: string): Bare => ({ name: 'by_lot', passed: null, blocks: false, figures: { property } });

export const outsideCheck = (outside: number): Bare[] =>
  outside === 0 ? [] : [{ name: 'in_neither', passed: null, blocks: false, figures: { outside } }];

export const independentCheck = (unit: LiftAsked['unit']): Bare => ({
  name: 'unit_of_lot',
  passed: null,
  blocks: false,
  figures: { unit },
});

export const trendCheck = (p: number | null, cells: number): Bare => ({
  name: 'alike_trend',
  passed: p === null ? null : p >= 0.05,
  blocks: true,
  figures: { p, periods: cells },
});
