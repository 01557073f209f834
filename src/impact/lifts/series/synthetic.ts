import { type SyntheticControl, syntheticControlInSteps } from '../../../methods/lift/synthetic-control.ts';
import type { Around, Found } from '../answer.ts';
import type { Bare } from '../checks.ts';
import type { AskedOf } from '../schema.ts';
import { unhurried } from '../../../platform/unhurried.ts';
import { counterfactualOf, observedOf, partOf, periodOf, readPanel, refusedSeries, type Whole } from './read.ts';
import type { SeriesPart } from './schema.ts';

type Asked = AskedOf<'synthetic', 'measured' | 'done_by'>;

const fewestPlacebos = 19;

const balanceOf = ({ predictors }: Asked['design'], { own, others }: Whole, found: SyntheticControl): SeriesPart['balance'] =>
  predictors.map(({ metric, from, to }, index) => ({
    metric,
    from,
    to,
    own: own.predictors[index]!,
    mixture: others.reduce((sum, other, at) => sum + found.weights[at]!.weight * other.predictors[index]!, 0),
    mean: others.reduce((sum, other) => sum + other.predictors[index]!, 0) / others.length,
    importance: found.importance[index]!,
  }));

const weightsOf = ({ weights, withoutDonor }: SyntheticControl): SeriesPart['weights'] =>
  weights
    .filter(({ weight }) => weight > 0.0005)
    .toSorted((one, two) => two.weight - one.weight)
    .map((one) => ({ ...one, without: withoutDonor.find(({ name }) => name === one.name)?.meanEffect ?? null }));

/** The interval of the placebos and the rank among them may part; then there is no verdict. */
const checksOf = ({ fitIndex, of, p, rank, isSignKept, withoutDonor, interval }: SyntheticControl): Bare[] => {
  const holdsNothing = 'refused' in interval || (interval.low <= 0 && interval.high >= 0);
  return [
    { name: 'fit_before', passed: true, blocks: true, figures: { fit: fitIndex } },
    { name: 'placebos', passed: of > fewestPlacebos, blocks: true, figures: { placebos: of - 1 } },
    { name: 'stands_out', passed: p <= 0.05, blocks: !holdsNothing, figures: { rank, of, p } },
    { name: 'without_each', passed: isSignKept, blocks: true, figures: { donors: withoutDonor.length } },
    { name: 'untouched_others', passed: null, blocks: false, figures: {} },
  ];
};

const pathOf = ({ days, own, before }: Whole, { counterfactual }: SyntheticControl, half: number | null): Found['path'] =>
  days.map((at, index) => {
    const expected = counterfactual[index]!;
    const band = half === null || index < before ? { low: null, high: null } : { low: expected - half, high: expected + half };
    return { at, observed: own.values[index]!, expected, ...band };
  });

/** What a change did to one subject, against a mixture of others that it did not touch, each of which is asked the same. */
export const answerSynthetic = async (asked: Asked, around: Around): Promise<Found> => {
  const panel = await readPanel(asked, around);
  const found = await unhurried(syntheticControlInSteps(panel.own, panel.others, panel.before), around.signal);
  if ('refused' in found)
    return refusedSeries(asked, panel, { reason: found.refused, needed: 'needed' in found ? found.needed : found.fitIndex });
  const { meanEffect, interval, counterfactual, gaps, p } = found;
  const half = 'low' in interval ? (interval.high - interval.low) / 2 : null;
  const expected = counterfactual.slice(panel.before).reduce((sum, value) => sum + value, 0);
  const estimate =
    half === null
      ? null
      : { effect: meanEffect, low: meanEffect - half, high: meanEffect + half, confidence: 0.95, p, method: 'synthetic-control' };
  return {
    observed: observedOf(panel),
    counterfactual: counterfactualOf(panel, estimate),
    estimate,
    adjusted: null,
    refused: estimate ? null : { reason: 'too_few_donors', needed: fewestPlacebos },
    checks: checksOf(found),
    reached: panel.days.length - panel.before,
    notYet: panel.notYet,
    next: { unitsPerArm: null, detectable: found.detectable },
    outside: panel.incomplete.length,
    path: pathOf(panel, found, half),
    series: {
      ...partOf(asked, panel),
      mean: meanEffect,
      share: expected === 0 ? null : found.totalEffect / expected,
      last: gaps.at(-1)!,
      rank: found.rank,
      of: found.of,
      weights: weightsOf(found),
      balance: balanceOf(asked.design, panel, found),
      placebos: found.placebos.map(({ name, ratio, rootMeanSquareBefore, gaps: own }) => ({
        name,
        ratio,
        rootMeanSquareBefore,
        gaps: own,
      })),
    },
    period: periodOf(panel),
  };
};
