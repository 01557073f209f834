import type { UsedFeature } from '../../../launch/features/schema.ts';
import type { Basis } from '../basis.ts';
import type { Batch, RestsOn } from '../rests/schema.ts';
import type { SnapshotComparison } from './schema.ts';

type Causes = SnapshotComparison['causes'];
type Cause = Causes[number]['cause'];
type Definitions = SnapshotComparison['definitions'];

const caused = (cause: Cause, name = '', at: string | null = null, batch: number | null = null): Causes[number] => ({
  cause,
  name,
  at,
  batch,
});

/** Old and new of each definition that says something else now, with who changed what of it, and when. */
export const definitionsBetween = (changed: readonly UsedFeature[]): Definitions =>
  changed.map(({ id, name, version, rule, base, newest }) => ({
    id,
    name,
    version,
    rule,
    base,
    newest: { version: newest!.version, rule: newest!.rule, base: newest!.base },
    changed: newest!.changed,
    by: newest!.createdBy,
    at: newest!.createdAt,
  }));

type Versioned = { id: string; name: string; version: number };
type Ways = Record<'added' | 'changed' | 'gone', Cause>;

/** Which of these things came, changed or went, by their versions. */
const changesOf = (
  before: readonly Versioned[],
  now: readonly Versioned[],
  ways: Ways,
  things: readonly { id: string; updatedAt: string }[],
): Causes => [
  ...now.flatMap(({ id, name, version }): Causes => {
    const was = before.find((one) => one.id === id);
    if (was?.version === version) return [];
    return [caused(was ? ways.changed : ways.added, name, things.find((one) => one.id === id)?.updatedAt)];
  }),
  ...before.filter(({ id }) => !now.some((one) => one.id === id)).map(({ name }) => caused(ways.gone, name)),
];

const goalWays: Ways = { added: 'goal_added', changed: 'goal_changed', gone: 'goal_gone' };
const comparisonWays: Ways = { added: 'comparison_added', changed: 'comparison_changed', gone: 'comparison_gone' };

const methodChanges = (kept: RestsOn, now: RestsOn): Causes =>
  kept.methods.flatMap(({ name, version }) =>
    now.methods.find((one) => one.name === name)?.version === version ? [] : [caused('method_changed', name)],
  );

/** Imports that stand now and did not then, or the other way round. */
const batchChanges = (kept: RestsOn, now: RestsOn, undone: ReadonlyMap<string, Date | null>): Causes => {
  if (kept.batches === null) return kept.imports === now.imports ? [] : [caused('data_imported')];
  const missing = (of: readonly Batch[], from: readonly Batch[]) => of.filter(({ id }) => !from.some((one) => one.id === id));
  return [
    ...missing(now.batches ?? [], kept.batches).map(({ fileName, committedAt, number }) =>
      caused('data_imported', fileName, committedAt, number),
    ),
    ...missing(kept.batches, now.batches ?? []).map(({ id, fileName, number }) =>
      caused('data_undone', fileName, undone.get(id)?.toISOString() ?? null, number),
    ),
  ];
};

type Since = {
  kept: RestsOn;
  now: RestsOn;
  basis: Pick<Basis, 'goals' | 'comparisons'>;
  definitions: Definitions;
  undone: ReadonlyMap<string, Date | null>;
  erased: readonly Date[];
};

/** What has changed since the snapshot was made, that its figures may rest on. */
export const causesSince = ({ kept, now, basis, definitions, undone, erased }: Since): Causes => [
  ...(kept.launch === now.launch ? [] : [caused('launch_changed')]),
  ...definitions.map(({ name, at }) => caused('feature_changed', name, at)),
  ...methodChanges(kept, now),
  ...changesOf(kept.goals, now.goals, goalWays, basis.goals),
  ...changesOf(kept.comparisons, now.comparisons, comparisonWays, basis.comparisons),
  ...(kept.campaigns === null || kept.campaigns.join('\n') === now.campaigns?.join('\n') ? [] : [caused('programs_changed')]),
  ...batchChanges(kept, now, undone),
  ...erased.map((at) => caused('data_erased', '', at.toISOString())),
  ...(kept.events === now.events ? [] : [caused('events_arrived')]),
];
