import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { checkPlan, daysOf } from './checking.ts';
import { asPlannedEvent, readPlannedEvent, readPlannedEvents } from './queries.ts';
import { importPlan } from './importing.ts';
import { writePlan } from './plan-file.ts';
import { check, importedPlan, mostPlanned, period, plannedEvent, plannedEventFields, plannedProperties } from './schema.ts';
import { arrivingEvents } from './starting.ts';
import { plannedEvents } from './tables.ts';

const named = z.object({ plannedEvent: z.uuid() });

const taken = (name?: string) => (error: unknown) => {
  if (isUniqueViolation(error))
    throw new Failure('conflict', {
      en: `The plan already has an event ${name === undefined ? 'of this name' : `named "${name}"`}. Change that one.`,
      zh: `方案中已有${name === undefined ? '同名' : `名为“${name}”`}的事件。请修改那一个。`,
    });
  throw error;
};

const roomIn = async (transaction: Transaction): Promise<number> => {
  const room = mostPlanned - (await readPlannedEvents(transaction)).length;
  if (room <= 0)
    throw new Failure('too_many', {
      en: `The plan has ${mostPlanned} events, as many as it may. Delete one that no longer counts.`,
      zh: `方案已有 ${mostPlanned} 个事件，达到上限。请移出不再需要的事件。`,
    });
  return room;
};

export const listPlannedEvents = operation({
  summary: 'List the events of the tracking plan, with the properties each of them should carry',
  method: 'GET',
  path: '/planned-events',
  who: everyone,
  input: z.object({}),
  output: z.object({ plannedEvents: z.array(plannedEvent) }),
  run: async (context) => ({ plannedEvents: await context.read(readPlannedEvents) }),
});

export const checkPlannedEvents = operation({
  summary: 'Compare the tracking plan with what arrived: what is missing, deviates or is misspelled, and since when',
  method: 'GET',
  path: '/planned-events/check',
  who: everyone,
  input: period,
  output: check,
  run: async (context, input) => checkPlan(context, await context.read(readPlannedEvents), daysOf(input, context)),
});

export const exportPlannedEvents = operation({
  summary: 'Export the tracking plan as CSV, one row for each property: for a spreadsheet, or to import it elsewhere',
  method: 'GET',
  path: '/planned-events.csv',
  who: everyone,
  input: z.object({}),
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context) => ({ fileName: 'tracking-plan.csv', csv: writePlan(await context.read(readPlannedEvents)) }),
});

export const importPlannedEvents = operation({
  summary: 'Import a tracking plan from CSV: events that are new are added, others changed, none taken out; first as a dry run',
  method: 'POST',
  path: '/planned-events/import',
  who: editors,
  input: z.object({
    csv: z
      .string()
      .min(1)
      .max(2_000_000)
      .describe('One row for each property, with the names of the columns first; at least "Event Name". What the export writes fits'),
    dryRun: z.boolean().default(true).describe('Only says what would change'),
    emptyClears: z
      .boolean()
      .default(false)
      .describe('What the file leaves empty of an event that it names becomes empty, instead of staying'),
  }),
  output: importedPlan,
  run: (context, asked) => importPlan(context, asked).catch(taken()),
});

export const getPlannedEvent = operation({
  summary: 'Read one event of the tracking plan',
  method: 'GET',
  path: '/planned-events/{plannedEvent}',
  who: everyone,
  input: named,
  output: plannedEvent,
  run: (context, input) => context.read((transaction) => readPlannedEvent(transaction, input.plannedEvent)),
});

export const createPlannedEvent = operation({
  summary: 'Put an event into the tracking plan',
  method: 'POST',
  path: '/planned-events',
  who: editors,
  input: plannedEventFields,
  output: plannedEvent,
  run: (context, input) =>
    context
      .write('planned_event', async (transaction) => {
        await roomIn(transaction);
        const [row] = await transaction
          .insert(plannedEvents)
          .values({ ...input, workspaceId: context.workspace.id, createdAt: context.now() })
          .returning();
        const result = asPlannedEvent(row!);
        return { id: result.id, before: null, after: result, result };
      })
      .catch(taken(input.name)),
});

export const startPlannedEvents = operation({
  summary: 'Put the events that arrive and are not in the tracking plan yet into it, with the properties that they carry',
  method: 'POST',
  path: '/planned-events/start',
  who: editors,
  input: period,
  output: z.object({ plannedEvents: z.array(plannedEvent) }),
  run: async (context, input) => {
    const plan = await context.read(readPlannedEvents);
    const days = daysOf(input, context);
    const names = plan.map(({ name }) => name);
    const found = await arrivingEvents(context, names, days, mostPlanned - plan.length);
    if (found.length === 0)
      throw new Failure('not_found', {
        en: `From ${days.from} to ${days.to} no event arrived that could be added to the plan. Choose more days.`,
        zh: `${days.from} 至 ${days.to} 没有收到可加入方案的事件。请选择更长的时间段。`,
      });
    return context
      .write('planned_event', async (transaction) => {
        if (found.length > (await roomIn(transaction)))
          throw new Failure('conflict', { en: 'Somebody changed the plan meanwhile. Try again.', zh: '其间有人修改了方案。请重试。' });
        const created = await transaction
          .insert(plannedEvents)
          .values(found.map((event) => ({ ...event, workspaceId: context.workspace.id, createdAt: context.now() })))
          .returning();
        const result = created.map(asPlannedEvent);
        return { id: result[0]!.id, before: null, after: result, result: { plannedEvents: result } };
      })
      .catch(taken());
  },
});

const changes = z.object({
  name: plannedEventFields.shape.name.optional(),
  description: plannedEventFields.shape.description.unwrap().optional(),
  owner: plannedEventFields.shape.owner.unwrap().optional(),
  properties: plannedProperties.optional(),
  version: z.int(),
});

export const updatePlannedEvent = operation({
  summary: 'Change an event of the tracking plan; names the version that was read',
  method: 'PATCH',
  path: '/planned-events/{plannedEvent}',
  who: editors,
  input: changes.extend(named.shape),
  output: plannedEvent,
  run: (context, { plannedEvent: id, version, ...fields }) =>
    context
      .write('planned_event', async (transaction) => {
        const before = await readPlannedEvent(transaction, id);
        const [row] = await transaction
          .update(plannedEvents)
          .set({ ...fields, version: sql`${plannedEvents.version} + 1`, updatedAt: context.now() })
          .where(and(eq(plannedEvents.id, id), eq(plannedEvents.version, version)))
          .returning();
        if (!row)
          throw new Failure(
            'conflict',
            {
              en: 'Somebody changed this planned event meanwhile. Load it again, then repeat your change.',
              zh: '其间有人修改了这个计划的事件。请重新载入后再修改。',
            },
            {
              current: before,
            },
          );
        const result = asPlannedEvent(row);
        return { id, before, after: result, result };
      })
      .catch(taken(fields.name)),
});

export const deletePlannedEvent = operation({
  summary: 'Take an event out of the tracking plan; it can be restored for 30 days',
  method: 'DELETE',
  path: '/planned-events/{plannedEvent}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('planned_event', async (transaction) => {
      const before = await readPlannedEvent(transaction, input.plannedEvent);
      await transaction
        .update(plannedEvents)
        .set({ deletedAt: context.now() })
        .where(and(eq(plannedEvents.id, before.id), isNull(plannedEvents.deletedAt)));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restorePlannedEvent = operation({
  summary: 'Restore a planned event deleted in the last 30 days',
  method: 'POST',
  path: '/planned-events/{plannedEvent}/restore',
  who: editors,
  input: named,
  output: plannedEvent,
  run: (context, { plannedEvent: id }) =>
    context
      .write('planned_event', async (transaction) => {
        await roomIn(transaction);
        const [row] = await transaction
          .update(plannedEvents)
          .set({ deletedAt: null })
          .where(
            and(
              eq(plannedEvents.id, id),
              sql`${plannedEvents.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`,
            ),
          )
          .returning();
        if (!row)
          throw new Failure('not_found', {
            en: 'There is no planned event with that id that was deleted in the last 30 days.',
            zh: '最近 30 天内没有删除过具有此编号的计划的事件。',
          });
        const result = asPlannedEvent(row);
        return { id, before: null, after: result, result };
      })
      .catch(taken()),
});
