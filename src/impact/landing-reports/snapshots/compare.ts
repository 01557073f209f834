import type { Goal as WrittenGoal } from '../../../launch/goals/schema.ts';
import type { LandingReport, SnapshotBasis, SnapshotComparison } from '../schema.ts';

type Line = SnapshotComparison['figures'][number];
type Figure = NonNullable<Line['before']>;
type Named = Pick<Line, 'figure' | 'name' | 'day'> & { value: Figure };

const plain = (count: number, of: number): Figure => ({ verdict: null, count, of });

/** The figures of a report that stand for the rest, each under a key of its own. */
const figuresOf = (report: LandingReport): Map<string, Named> => {
  const figures = new Map<string, Named>();
  for (const { id, name, day, verdict, result } of report.goals)
    figures.set(`goal ${id} ${day}`, { figure: 'goal', name, day, value: { verdict, count: result.count, of: result.of } });
  for (const unit of ['account', 'person'] as const) {
    const { now } = report.adoption[unit];
    const figure = `adoption_${unit}` as const;
    figures.set(figure, { figure, name: '', day: report.dayReached, value: plain(now.count, now.of) });
  }
  const contacts = report.funnel.steps[0]?.count ?? 0;
  for (const { step, count } of report.funnel.steps)
    figures.set(step, { figure: step, name: '', day: null, value: plain(count, contacts) });
  return figures;
};

const isSame = (one: Figure, other: Figure): boolean => one.verdict === other.verdict && one.count === other.count && one.of === other.of;

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
type Since = { madeAt: Date; basis: SnapshotBasis; now: SnapshotBasis; goals: WrittenGoal[]; imports: Imported[]; erased: Date[] };

type Causes = SnapshotComparison['causes'];

const goalCauses = ({ basis, now, goals }: Since): Causes => {
  const before = new Map(basis.goals.map((one) => [one.id, one]));
  const after = new Map(now.goals.map((one) => [one.id, one]));
  const lastChange = (id: string) => goals.find((one) => one.id === id)?.updatedAt ?? null;
  return [
    ...now.goals.flatMap(({ id, name, version }) => {
      const was = before.get(id);
      if (was?.version === version) return [];
      return [{ cause: was ? ('goal_changed' as const) : ('goal_added' as const), name, at: lastChange(id) }];
    }),
    ...basis.goals.filter(({ id }) => !after.has(id)).map(({ name }) => ({ cause: 'goal_gone' as const, name, at: null })),
  ];
};

/** What has changed since the snapshot was made, that its figures may rest on. */
export const causesSince = (since: Since): Causes => {
  const { madeAt, basis, now, imports, erased } = since;
  const isLater = (at: Date | null): at is Date => at !== null && at > madeAt;
  return [
    ...(basis.launch === now.launch ? [] : [{ cause: 'launch_changed' as const, name: '', at: null }]),
    ...(basis.feature === now.feature ? [] : [{ cause: 'feature_changed' as const, name: '', at: null }]),
    ...goalCauses(since),
    ...imports.flatMap(({ fileName, committedAt, undoneAt }): Causes => [
      ...(isLater(committedAt) ? [{ cause: 'data_imported' as const, name: fileName, at: committedAt.toISOString() }] : []),
      ...(isLater(undoneAt) ? [{ cause: 'data_undone' as const, name: fileName, at: undoneAt.toISOString() }] : []),
    ]),
    ...erased.filter(isLater).map((at) => ({ cause: 'data_erased' as const, name: '', at: at.toISOString() })),
    ...(basis.events === now.events ? [] : [{ cause: 'events_arrived' as const, name: '', at: null }]),
  ];
};
