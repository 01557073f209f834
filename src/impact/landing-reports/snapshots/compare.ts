import type { FoundLift } from '../lift/schema.ts';
import type { LandingReport } from '../schema.ts';
import type { SnapshotBasis, SnapshotComparison } from './schema.ts';

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
  return figures;
};

const isClose = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));

/** Sums of fractions may end in another last digit each time that they are added up. */
const isSameEffect = (one: Figure['effect'], other: Figure['effect']): boolean =>
  one === null || other === null ? one === other : (['effect', 'low', 'high'] as const).every((end) => isClose(one[end], other[end]));

const isSame = (one: Figure, other: Figure): boolean =>
  one.verdict === other.verdict && one.count === other.count && one.of === other.of && isSameEffect(one.effect, other.effect);

/** What is another now than in the snapshot. */
export const differingFigures = (before: LandingReport, now: LandingReport): SnapshotComparison['figures'] => {
  const [were, are] = [figuresOf(before), figuresOf(now)];
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((key) => {
    const [was, is] = [were.get(key), are.get(key)];
    if (was && is && isSame(was.value, is.value)) return [];
    const { figure, name, day } = (was ?? is)!;
    return [{ figure, name, day, before: was?.value ?? null, now: is?.value ?? null }];
  });
};

export type Imported = { fileName: string; committedAt: Date | null; undoneAt: Date | null };
type Changed = { id: string; updatedAt: string };
type Since = {
  madeAt: Date;
  basis: SnapshotBasis;
  now: SnapshotBasis;
  goals: Changed[];
  comparisons: Changed[];
  imports: Imported[];
  erased: Date[];
};

type Causes = SnapshotComparison['causes'];

type Versioned = { id: string; name: string; version: number };
type Ways = Record<'added' | 'changed' | 'gone', Causes[number]['cause']>;

/** Which of these things came, changed or went, by their versions. */
const changesOf = (
  before: readonly Versioned[],
  now: readonly Versioned[],
  ways: Ways,
  changedAt: (id: string) => string | null,
): Causes => [
  ...now.flatMap(({ id, name, version }): Causes => {
    const was = before.find((one) => one.id === id);
    if (was?.version === version) return [];
    return [{ cause: was ? ways.changed : ways.added, name, at: changedAt(id) }];
  }),
  ...before.filter(({ id }) => !now.some((one) => one.id === id)).map(({ name }) => ({ cause: ways.gone, name, at: null })),
];

const goalWays: Ways = { added: 'goal_added', changed: 'goal_changed', gone: 'goal_gone' };
const comparisonWays: Ways = { added: 'comparison_added', changed: 'comparison_changed', gone: 'comparison_gone' };

/** What has changed since the snapshot was made, that its figures may rest on. */
export const causesSince = (since: Since): Causes => {
  const { madeAt, basis, now, goals, comparisons, imports, erased } = since;
  const isLater = (at: Date | null): at is Date => at !== null && at > madeAt;
  return [
    ...(basis.launch === now.launch ? [] : [{ cause: 'launch_changed' as const, name: '', at: null }]),
    ...(basis.feature === now.feature ? [] : [{ cause: 'feature_changed' as const, name: '', at: null }]),
    ...changesOf(basis.goals, now.goals, goalWays, (id) => goals.find((one) => one.id === id)?.updatedAt ?? null),
    ...changesOf(
      basis.comparisons ?? [],
      now.comparisons,
      comparisonWays,
      (id) => comparisons.find((one) => one.id === id)?.updatedAt ?? null,
    ),
    ...imports.flatMap(({ fileName, committedAt, undoneAt }): Causes => [
      ...(isLater(committedAt) ? [{ cause: 'data_imported' as const, name: fileName, at: committedAt.toISOString() }] : []),
      ...(isLater(undoneAt) ? [{ cause: 'data_undone' as const, name: fileName, at: undoneAt.toISOString() }] : []),
    ]),
    ...erased.filter(isLater).map((at) => ({ cause: 'data_erased' as const, name: '', at: at.toISOString() })),
    ...(basis.events === now.events ? [] : [{ cause: 'events_arrived' as const, name: '', at: null }]),
  ];
};
