import { Failure } from '../../../platform/failure.ts';
import type { Around, Found } from '../answer.ts';
import type { AskedOf } from '../schema.ts';
import { type Panel, panelOf, type PanelAsked, type Unit } from './panel.ts';
import { type Figure, figures, mostFigures } from './queries.ts';
import type { SeriesPart } from './schema.ts';

export type Whole = Panel & { own: Unit };
export type SeriesAsked = AskedOf<'synthetic' | 'structural', 'measured'>;

const refuseLate = ({ predictors, on }: PanelAsked): void => {
  const late = predictors.find(({ from, to }) => from > to || to >= on);
  if (late)
    throw new Failure('invalid', {
      en: `The predictor "${late.metric}" is taken from days that do not lie before ${on}. Choose earlier ones.`,
      zh: `预测指标“${late.metric}”所取的日期不在 ${on} 之前。请选择更早的日期。`,
    });
};

/** The line of the subject beside those of the others, all over the same days. */
export const readPanel = async ({ design, outcome }: SeriesAsked, { ask, timeZone }: Around): Promise<Whole> => {
  const { subject, on, donors, ...rest } = design;
  const { metric } = outcome;
  const asked = { metric, subject, on, donors, predictors: 'predictors' in rest ? rest.predictors : [] };
  refuseLate(asked);
  const metrics = [...new Set([metric, ...asked.predictors.map((one) => one.metric)])];
  const read = await ask<Figure>(figures({ metrics, zone: timeZone }));
  if (read.length > mostFigures)
    throw new Failure('too_large', {
      en: `These are more than ${mostFigures} figures. Choose a metric with fewer subjects.`,
      zh: `数值超过 ${mostFigures} 个。请选择对象较少的指标。`,
    });
  const panel = panelOf(read, asked);
  if (panel.days.length === 0)
    throw new Failure('not_found', {
      en: `There are no figures of "${metric}" for "${subject}". List the subjects of the metric to see those there are.`,
      zh: `“${subject}”没有“${metric}”的数值。请列出该指标的对象，查看有哪些。`,
    });
  if (!panel.own)
    throw new Failure('invalid', {
      en: `"${subject}" has no figure of a predictor on its days. Choose other days or another predictor.`,
      zh: `“${subject}”在所选日期没有某个预测指标的数值。请改选日期或指标。`,
    });
  return { ...panel, own: panel.own };
};

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** What was observed after the change, as all comparisons say it. */
export const observedOf = ({ own, before }: Whole): Found['observed'] => {
  const after = own.values.slice(before);
  return { units: 1, total: after.length > 0 ? sumOf(after) : null, value: meanOf(after), low: null, high: null };
};

/** What would have happened: as much less as the effect, with its interval turned about. */
export const counterfactualOf = (panel: Whole, effect: { effect: number; low: number; high: number } | null): Found['counterfactual'] => {
  const { value } = observedOf(panel);
  const units = panel.others.length;
  if (value === null || !effect) return { units, total: null, value: null, low: null, high: null };
  const after = panel.days.length - panel.before;
  return {
    units,
    total: (value - effect.effect) * after,
    value: value - effect.effect,
    low: value - effect.high,
    high: value - effect.low,
  };
};

/** What stands in the answer whatever the method found. */
export const partOf = ({ design, outcome }: SeriesAsked, { days, before, incomplete, unit }: Whole): SeriesPart => ({
  subject: design.subject,
  measure: outcome.metric,
  unit,
  on: design.on,
  periodsBefore: before,
  periodsAfter: days.length - before,
  incomplete,
  mean: null,
  share: null,
  last: null,
  rank: null,
  of: null,
  tail: null,
  weights: [],
  balance: [],
  placebos: [],
});

/** Nothing could be told: what was observed, and why. */
export const refusedSeries = (asked: SeriesAsked, panel: Whole, refused: NonNullable<Found['refused']>): Found => ({
  observed: observedOf(panel),
  counterfactual: counterfactualOf(panel, null),
  estimate: null,
  adjusted: null,
  refused,
  checks: [],
  reached: null,
  notYet: false,
  next: { unitsPerArm: null, detectable: null },
  outside: panel.incomplete.length,
  path: panel.days.map((at, index) => ({ at, observed: panel.own.values[index]!, expected: null, low: null, high: null })),
  series: partOf(asked, panel),
  period: periodOf(panel),
});

export const periodOf = ({ days }: Panel): { from: string; to: string } => ({ from: days[0]!, to: days.at(-1)! });
