import { type StructuralSeries, structuralSeriesInSteps } from '../../../methods/lift/structural-series.ts';
import type { Around, Found } from '../answer.ts';
import type { Bare } from '../checks.ts';
import type { AskedOf } from '../schema.ts';
import { unhurried } from '../../../platform/unhurried.ts';
import { counterfactualOf, observedOf, partOf, periodOf, readPanel, refusedSeries, type Whole } from './read.ts';

const draws = 4000;

/** How far the next period was off, foretold from those before it, as a part of the figures. */
const missedBefore = ({ own, before }: Whole, { expectedBefore }: StructuralSeries): number => {
  const squares = expectedBefore.reduce((sum, expected, at) => sum + (own.values[at]! - expected) ** 2, 0);
  const level = own.values.slice(0, before).reduce((sum, value) => sum + Math.abs(value), 0) / before;
  return level === 0 ? 0 : Math.sqrt(squares / Math.max(1, before - 1)) / level;
};

const furthestOff = 0.1;

const checksOf = (panel: Whole, found: StructuralSeries): Bare[] => {
  const { rehearsal } = found;
  const fit = missedBefore(panel, found);
  const passed = 'refused' in rehearsal ? null : rehearsal.isPassed;
  const mean = 'refused' in rehearsal ? null : rehearsal.meanEffect.middle;
  return [
    { name: 'foretold_before', passed: fit <= furthestOff, blocks: false, figures: { fit } },
    { name: 'rehearsal', passed, blocks: true, figures: { mean } },
    { name: 'untouched_others', passed: null, blocks: false, figures: {} },
  ];
};

const pathOf = ({ days, own, before }: Whole, { counterfactual, expectedBefore }: StructuralSeries): Found['path'] =>
  days.map((at, index) => {
    const after = counterfactual[index - before];
    return {
      at,
      observed: own.values[index]!,
      expected: after?.middle ?? expectedBefore[index]!,
      low: after?.low ?? null,
      high: after?.high ?? null,
    };
  });

/** What a change did to one subject, against a level with a season and a regression on a few others. */
export const answerStructural = async (asked: AskedOf<'structural', 'measured' | 'done_by'>, around: Around): Promise<Found> => {
  const { donors, season } = asked.design;
  const panel = await readPanel(asked, around);
  // Every subject of the metric would be too many; a few have to be named.
  const controls = donors.length > 0 ? panel.others : [];
  const steps = structuralSeriesInSteps({ values: panel.own.values, controls, before: panel.before, season, draws });
  const found = await unhurried(steps, around.signal);
  if ('refused' in found) {
    const needed = 'needed' in found ? found.needed : 'most' in found ? found.most : null;
    return refusedSeries(asked, panel, { reason: found.refused, needed });
  }
  const { middle: effect, low, high } = found.meanEffect;
  return {
    observed: observedOf(panel),
    counterfactual: counterfactualOf(panel, { effect, low, high }),
    estimate: { effect, low, high, confidence: 0.95, p: null, method: 'structural-series' },
    adjusted: null,
    refused: null,
    checks: checksOf(panel, found),
    reached: panel.days.length - panel.before,
    notYet: panel.notYet,
    next: { unitsPerArm: null, detectable: found.detectable },
    outside: panel.incomplete.length,
    path: pathOf(panel, found),
    series: {
      ...partOf(asked, panel),
      mean: effect,
      share: found.relativeEffect.middle,
      last: panel.own.values.at(-1)! - found.counterfactual.at(-1)!.middle,
      tail: found.tail,
      weights: found.coefficients.map(({ name, value }) => ({ name, weight: value, without: null })),
    },
    period: periodOf(panel),
  };
};
