import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readPlan, writePlan } from './plan-file.ts';
import { asPlannedEvent, readPlannedEvents } from './queries.ts';
import { type ImportedPlan, mostPlanned, type PlannedEvent } from './schema.ts';
import { plannedEvents } from './tables.ts';

type Fields = ReturnType<typeof readPlan>['events'][number];

/** What the file says nothing of stays: a file without owners takes none away, and one of events alone no property. */
const joined = (fields: Fields, held: PlannedEvent, emptyClears: boolean): Fields =>
  emptyClears
    ? fields
    : {
        name: held.name,
        description: fields.description || held.description,
        owner: fields.owner || held.owner,
        properties: fields.properties.length > 0 ? fields.properties : held.properties,
      };

const compare = (events: readonly Fields[], plan: readonly PlannedEvent[], emptyClears: boolean) => {
  const held = new Map(plan.map((one) => [one.name, one]));
  const created = events.filter(({ name }) => !held.has(name));
  const known = events.flatMap((fields) => {
    const before = held.get(fields.name);
    return before ? [{ before, fields: joined(fields, before, emptyClears) }] : [];
  });
  const isChanged = ({ before, fields }: (typeof known)[number]) =>
    !isDeepStrictEqual(fields, { name: before.name, description: before.description, owner: before.owner, properties: before.properties });
  const changed = known.filter(isChanged);
  return { created, changed, unchanged: known.length - changed.length };
};

const checkRoom = (created: number, plan: readonly PlannedEvent[]): void => {
  if (plan.length + created <= mostPlanned) return;
  throw new Failure('too_many', {
    en: `The plan may have ${mostPlanned} events; it has ${plan.length} and the file brings ${created} more. Nothing was changed. Take events out of the plan or of the file.`,
    zh: `方案最多可有 ${mostPlanned} 个事件；现有 ${plan.length} 个，文件还会带来 ${created} 个。没有作任何改动。请从方案或文件中移出一些事件。`,
  });
};

const write = async (context: Context, transaction: Transaction, { created, changed }: ReturnType<typeof compare>) => {
  const made: PlannedEvent[] = [];
  for (const fields of created) {
    const [row] = await transaction
      .insert(plannedEvents)
      .values({ ...fields, workspaceId: context.workspace.id, createdAt: context.now() })
      .returning();
    made.push(asPlannedEvent(row!));
  }
  for (const { before, fields } of changed)
    await transaction
      .update(plannedEvents)
      .set({ ...fields, version: sql`${plannedEvents.version} + 1`, updatedAt: context.now() })
      .where(eq(plannedEvents.id, before.id));
  return made;
};

type Asked = { csv: string; dryRun: boolean; emptyClears: boolean };

/** Compares a file with the plan, and writes what is new in it unless it is a dry run or has a fault. */
export const importPlan = async (context: Context, { csv, dryRun, emptyClears }: Asked): Promise<ImportedPlan> => {
  const { events, faults } = readPlan(csv, context.language);
  const answer = (found: ReturnType<typeof compare>, made: readonly PlannedEvent[] | null): ImportedPlan => ({
    done: made !== null,
    created: made ? made.map(({ id, name }) => ({ id, name })) : found.created.map(({ name }) => ({ id: null, name })),
    changed: found.changed.map(({ before: { id, name } }) => ({ id, name })),
    unchanged: found.unchanged,
    faults,
    before: writePlan(found.changed.map(({ before }) => before)),
  });
  const plan = await context.read(readPlannedEvents);
  const found = compare(events, plan, emptyClears);
  checkRoom(found.created.length, plan);
  if (dryRun || faults.length > 0 || found.created.length + found.changed.length === 0)
    return answer(found, dryRun || faults.length > 0 ? null : []);
  return context.write('planned_event', async (transaction) => {
    const now = await readPlannedEvents(transaction);
    const still = compare(events, now, emptyClears);
    checkRoom(still.created.length, now);
    const made = await write(context, transaction, still);
    const before = still.changed.map((one) => one.before);
    const after = [...made, ...still.changed.map((one) => ({ id: one.before.id, ...one.fields }))];
    return { id: after[0]?.id ?? now[0]!.id, before: before.length > 0 ? before : null, after, result: answer(still, made) };
  });
};
