import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { requirePresent } from '../charters/people.ts';
import { readLaunch } from '../launches/queries.ts';
import { readRunStep, readRunSteps } from './queries.ts';
import { mostSteps, type RunStep, runStep, runStepFields, states } from './schema.ts';
import { runSteps } from './tables.ts';

const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const named = z.object({ step: z.uuid() });
const version = z.int().describe('The version that was read; a change made meanwhile is refused, not overwritten');

const readOne = async (context: Context, transaction: Transaction, id: string): Promise<RunStep> => {
  const row = await readRunStep(transaction, id);
  const launch = await readLaunch(transaction, row.launchId);
  return (await readRunSteps(transaction, launch, context.workspace.timeZone)).find((one) => one.id === id)!;
};

type Set = Partial<typeof runSteps.$inferInsert>;

const change = async (context: Context, transaction: Transaction, { step, version: read }: { step: string; version: number }, set: Set) => {
  const before = await readOne(context, transaction, step);
  const updated = await transaction
    .update(runSteps)
    .set({ ...set, version: sql`${runSteps.version} + 1` })
    .where(and(eq(runSteps.id, step), eq(runSteps.version, read)))
    .returning({ id: runSteps.id });
  if (updated.length === 0)
    throw new Failure(
      'conflict',
      {
        en: 'Somebody changed this step meanwhile. Look at what it is now, then repeat your change.',
        zh: '此期间有人修改了这个步骤。请先看现在的内容，再重复你的修改。',
      },
      {
        current: before,
      },
    );
  const result = await readOne(context, transaction, step);
  return { id: step, before, after: result, result };
};

export const listRunSteps = operation({
  summary: 'List the run sheet of the launch day: when, what, who, and whether it is done',
  method: 'GET',
  path: '/launches/{launch}/run-steps',
  who: everyone,
  input: ofLaunch,
  output: z.object({ steps: z.array(runStep), timeZone: z.string() }),
  run: (context, input) =>
    context.read(async (transaction) => {
      const { timeZone } = context.workspace;
      return { steps: await readRunSteps(transaction, await readLaunch(transaction, input.launch), timeZone), timeZone };
    }),
});

export const createRunStep = operation({
  summary: 'Add a step to the run sheet of the launch day',
  method: 'POST',
  path: '/launches/{launch}/run-steps',
  who: editors,
  input: ofLaunch.extend(runStepFields.shape),
  output: runStep,
  run: (context, { launch: key, ownerId = null, url = null, ...fields }) =>
    context.write('run step', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      await requirePresent(transaction, [ownerId]);
      const there = await readRunSteps(transaction, launch, context.workspace.timeZone);
      if (there.length >= mostSteps)
        throw new Failure('too_large', {
          en: `A run sheet holds ${mostSteps} steps at most. Take some out first.`,
          zh: `执行表最多 ${mostSteps} 步。请先移出一些。`,
        });
      const values = { ...fields, ownerId, url, workspaceId: context.workspace.id, launchId: launch.id, createdAt: context.now() };
      const [row] = await transaction
        .insert(runSteps)
        .values({ ...values, state: 'waiting' })
        .returning();
      const result = await readOne(context, transaction, row!.id);
      return { id: result.id, before: null, after: result, result };
    }),
});

export const updateRunStep = operation({
  summary: 'Change a step of the run sheet; names the version that was read',
  method: 'PATCH',
  path: '/run-steps/{step}',
  who: editors,
  input: named.extend({ ...runStepFields.partial().shape, dayOffset: z.int().min(-30).max(60).optional(), version }),
  output: runStep,
  run: (context, { step, version: read, ...set }) =>
    context.write('run step', async (transaction) => {
      const before = await readOne(context, transaction, step);
      await requirePresent(transaction, [set.ownerId], [before.owner?.id]);
      return change(context, transaction, { step, version: read }, set);
    }),
});

export const checkRunStep = operation({
  summary: 'Say that a step of the run sheet is done, has failed, or waits again',
  method: 'POST',
  path: '/run-steps/{step}/check',
  who: editors,
  input: named.extend({ state: z.enum(states), note: z.string().trim().max(2000).default(''), version }),
  output: runStep,
  run: (context, { step, version: read, state, note }) =>
    context.write('run step', (transaction) => {
      const isChecked = state !== 'waiting';
      const set = { state, note, checkedBy: isChecked ? context.actor.name : null, checkedAt: isChecked ? context.now() : null };
      return change(context, transaction, { step, version: read }, set);
    }),
});

export const deleteRunStep = operation({
  summary: 'Take a step out of the run sheet',
  method: 'DELETE',
  path: '/run-steps/{step}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { step }) =>
    context.write('run step', async (transaction) => {
      const before = await readOne(context, transaction, step);
      await transaction.update(runSteps).set({ deletedAt: context.now() }).where(eq(runSteps.id, step));
      return { id: step, before, after: null, result: { id: step } };
    }),
});
