import { addDays } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Around, Found } from '../answer.ts';
import type { AskedOf } from '../schema.ts';
import { startOf, wholePeriods } from '../periods.ts';
import { type Panel, panelOf, type PanelAsked, type Unit } from './panel.ts';
import { type Figure, figures, mostFigures, mostSubjects, type SubjectCounts, subjectCounts } from './queries.ts';
import type { SeriesPart } from './schema.ts';

export type Whole = Panel & { own: Unit; notYet: boolean };
export type SeriesAsked = AskedOf<'synthetic' | 'structural', 'measured' | 'done_by'>;

type DoneBy = Extract<SeriesAsked['outcome'], { kind: 'done_by' }>;

/** What is measured, in a name. */
const measureOf = (outcome: SeriesAsked['outcome']): string =>
  outcome.kind === 'measured' ? outcome.metric : outcome.behaviour.label || outcome.behaviour.event;

const refuseLate = ({ predictors, on }: PanelAsked): void => {
  const late = predictors.find(({ from, to }) => from > to || to >= on);
  if (late)
    throw new Failure('invalid', {
      en: `The predictor "${late.metric}" is taken from days that do not lie before ${on}. Choose earlier ones.`,
      zh: `预测指标“${late.metric}”所取的日期不在 ${on} 之前。请选择更早的日期。`,
    });
};

type Read = { figures: Figure[]; notYet: boolean };

/** What accounts did, period by period, for each value of the property; a period in which nobody did it counts as none. */
const readDone = async (asked: SeriesAsked, outcome: DoneBy, { ask, lastDay, today }: Around): Promise<Read> => {
  const { from, by } = outcome;
  const known = lastDay ?? addDays(today, -1);
  const to = outcome.to < known ? outcome.to : known;
  const places = wholePeriods({ from, to: to < from ? from : to }, by, 520);
  const until = addDays(startOf(addDays(places.at(-1)!, by === 'week' ? 7 : 31), by), -1);
  const counts = await ask<SubjectCounts>(subjectCounts({ ...outcome, from: places[0]!, to: until }, asked.only));
  if (counts.length > mostSubjects)
    throw new Failure('too_large', {
      en: `"${outcome.property}" has more than ${mostSubjects} values. Choose a property with fewer, or narrow the accounts.`,
      zh: `“${outcome.property}”的取值超过 ${mostSubjects} 个。请选择取值较少的属性，或缩小客户范围。`,
    });
  const name = measureOf(outcome);
  const figures = counts.flatMap(({ subject, periods, numbers }) => {
    const counted = new Map(periods.map((period, place) => [period, numbers[place]!]));
    return places.map((day): Figure => ({ metric: name, subject, day, value: counted.get(day) ?? 0, unit: null }));
  });
  return { figures, notYet: outcome.to > known };
};

const readFigures = async (metrics: string[], { ask, timeZone }: Around): Promise<Figure[]> => {
  if (metrics.length === 0) return [];
  const read = await ask<Figure>(figures({ metrics, zone: timeZone }));
  if (read.length > mostFigures)
    throw new Failure('too_large', {
      en: `These are more than ${mostFigures} figures. Choose a metric with fewer subjects.`,
      zh: `数值超过 ${mostFigures} 个。请选择对象较少的指标。`,
    });
  return read;
};

/** The line of the subject beside those of the others, all over the same days. */
export const readPanel = async (asked: SeriesAsked, around: Around): Promise<Whole> => {
  const { design, outcome } = asked;
  const { subject, on, donors, ...rest } = design;
  const predictors = 'predictors' in rest ? rest.predictors : [];
  const metric = measureOf(outcome);
  const wanted = { metric, subject, on, donors, predictors };
  refuseLate(wanted);
  const measured = [...(outcome.kind === 'measured' ? [metric] : []), ...predictors.map((one) => one.metric)];
  const done = outcome.kind === 'done_by' ? await readDone(asked, outcome, around) : { figures: [], notYet: false };
  const panel = panelOf([...done.figures, ...(await readFigures([...new Set(measured)], around))], wanted);
  if (panel.days.length === 0)
    throw new Failure('not_found', {
      en: `There are no figures of "${metric}" for "${subject}". Choose one of those there are.`,
      zh: `“${subject}”没有“${metric}”的数值。请选择已有的对象。`,
    });
  if (!panel.own)
    throw new Failure('invalid', {
      en: `"${subject}" has no figure of a predictor on its days. Choose other days or another predictor.`,
      zh: `“${subject}”在所选日期没有某个预测指标的数值。请改选日期或指标。`,
    });
  return { ...panel, own: panel.own, notYet: done.notYet };
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
  measure: measureOf(outcome),
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
