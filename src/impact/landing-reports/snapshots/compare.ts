import type { FoundLift } from '../lift/schema.ts';
import type { LandingReport } from '../schema.ts';
import type { SnapshotComparison } from './schema.ts';

type Line = SnapshotComparison['figures'][number];
type Figure = NonNullable<Line['before']>;
type Named = Pick<Line, 'figure' | 'name' | 'day'> & { value: Figure };

const plain = (count: number, of: number): Figure => ({ verdict: null, count, of, effect: null });

const liftFigure = ({ verdict, observed, counterfactual, estimate, scale, currency, unit, wanted }: FoundLift): Figure => ({
  verdict,
  count: observed.units,
  of: observed.units + counterfactual.units,
  effect: estimate && { effect: estimate.effect, low: estimate.low, high: estimate.high, scale, currency, unit, wanted },
});

/** The figures of a report that stand for the rest, each under a key of its own. */
const figuresOf = (report: LandingReport): Map<string, Named> => {
  const figures = new Map<string, Named>();
  for (const { id, name, day, verdict, result } of report.goals)
    figures.set(`goal ${id} ${day}`, { figure: 'goal', name, day, value: { verdict, count: result.count, of: result.of, effect: null } });
  for (const unit of ['account', 'person'] as const) {
    const { now } = report.adoption[unit];
    const figure = `adoption_${unit}` as const;
    figures.set(figure, { figure, name: '', day: report.dayReached, value: plain(now.count, now.of) });
  }
  const contacts = report.funnel.steps[0]?.count ?? 0;
  for (const { step, count } of report.funnel.steps)
    figures.set(step, { figure: step, name: '', day: null, value: plain(count, contacts) });
  for (const { goal, question, found } of report.lifts?.lines ?? [])
    if (question && found)
      figures.set(`lift ${goal.id} ${question.id}`, { figure: 'lift', name: question.name, day: null, value: liftFigure(found) });
  for (const figure of ['sourced', 'influenced'] as const)
    if (report.pipeline)
      figures.set(figure, { figure, name: '', day: null, value: plain(report.pipeline[figure].deals, report.pipeline.onRecord.deals) });
  return figures;
};

const isClose = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));

/** Sums of fractions may end in another last digit each time that they are added up. */
const isSameEffect = (one: Figure['effect'], other: Figure['effect']): boolean =>
  one === null || other === null ? one === other : (['effect', 'low', 'high'] as const).every((end) => isClose(one[end], other[end]));

const isSame = (one: Figure, other: Figure): boolean =>
  one.verdict === other.verdict && one.count === other.count && one.of === other.of && isSameEffect(one.effect, other.effect);

/** Whether a figure says the same; both may be missing. */
export const isSameFigure = (one: Line['before'], other: Line['before']): boolean =>
  one === null || other === null ? one === other : isSame(one, other);

/** What is another now than in the snapshot, by the definitions of then or by those of now. */
export const differingFigures = (before: LandingReport, now: LandingReport, newest: LandingReport): SnapshotComparison['figures'] => {
  const [were, are, would] = [figuresOf(before), figuresOf(now), figuresOf(newest)];
  return [...new Set([...were.keys(), ...are.keys(), ...would.keys()])].flatMap((key) => {
    const named = were.get(key) ?? are.get(key) ?? would.get(key);
    const [was, is, may] = [were, are, would].map((figures) => figures.get(key)?.value ?? null) as [
      Line['before'],
      Line['before'],
      Line['before'],
    ];
    if (isSameFigure(was, is) && isSameFigure(is, may)) return [];
    const { figure, name, day } = named!;
    return [{ figure, name, day, before: was, now: is, newest: may }];
  });
};
