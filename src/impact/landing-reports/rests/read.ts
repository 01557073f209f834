import { count, desc, eq } from 'drizzle-orm';
import { eventsRevision } from '../../../collect/events/queries.ts';
import { revision } from '../../../collect/imports/queries.ts';
import { imports } from '../../../collect/imports/tables.ts';
import type { Context } from '../../../platform/context.ts';
import { definitionVersion } from '../../pipelines/schema.ts';
import type { Basis } from '../basis.ts';
import { type Batch, methods, methodVersions, type RestsOn, type UsedDefinition } from './schema.ts';

const mostBatches = 1000;

const asBatch = ({
  id,
  number,
  fileName,
  committedAt,
  report,
}: Pick<typeof imports.$inferSelect, 'id' | 'number' | 'fileName' | 'committedAt' | 'report'>): Batch => ({
  id,
  number,
  fileName,
  committedAt: committedAt?.toISOString() ?? null,
  rows: (report?.targets ?? []).reduce((sum, { counts }) => sum + counts.new + counts.changed, 0),
});

/** Each feature in each version that a figure is counted by, once. */
export const definitionsOf = ({ launch, features }: Pick<Basis, 'launch' | 'features'>): UsedDefinition[] => {
  const used = [...(launch.feature ? [launch.feature] : []), ...features.values()];
  const once = new Map(used.map(({ id, name, version, rule, base }) => [`${id} ${version}`, { id, name, version, rule, base }]));
  return [...once.values()];
};

const goalsOf = ({ goals }: Basis): RestsOn['goals'] =>
  goals.flatMap(({ id, name, version, registered, amendments }) =>
    registered ? [{ id, name, version, registeredAt: registered.at, hash: registered.hash, amendments: amendments.length }] : [],
  );

/** What a report rests on: its definitions in their versions, and the data that were there when it was made. */
export const readRests = async (context: Context, basis: Basis): Promise<RestsOn> => {
  const stored = await context.read(async (transaction) => ({
    moved: await revision(transaction),
    rows: await transaction
      .select({
        id: imports.id,
        number: imports.number,
        fileName: imports.fileName,
        committedAt: imports.committedAt,
        report: imports.report,
      })
      .from(imports)
      .where(eq(imports.state, 'committed'))
      .orderBy(desc(imports.number))
      .limit(mostBatches),
    inAll: (await transaction.select({ batches: count() }).from(imports).where(eq(imports.state, 'committed')))[0]?.batches ?? 0,
  }));
  const [received] = await context.events.ask<{ revision: string }>(eventsRevision);
  const versionOf = { ...methodVersions, pipeline: definitionVersion };
  return {
    launch: basis.launch.version,
    features: definitionsOf(basis),
    goals: goalsOf(basis),
    comparisons: basis.comparisons.map(({ id, name, version }) => ({ id, name, version })),
    methods: methods.map((name) => ({ name, version: versionOf[name] })),
    campaigns: basis.claims.campaigns,
    batches: stored.rows.map(asBatch),
    batchesInAll: stored.inAll,
    imports: stored.moved,
    events: received?.revision ?? '',
  };
};
