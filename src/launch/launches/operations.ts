import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { requirePresent } from '../charters/people.ts';
import { readFeatures, readUsed } from '../features/queries.ts';
import { gates } from '../gates/tables.ts';
import { adoptionOf } from '../goals/queries.ts';
import { markdownOf } from './markdown.ts';
import { changeLaunch, eligibilityChoices, insertLaunch, readLaunch, readLaunches, readMoves } from './queries.ts';
import { choices, type Launch, launch, launchFields, move, stages } from './schema.ts';
import { launches, launchMoves } from './tables.ts';
import { zh as launchZh } from './messages.ts';

const named = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });

export const listLaunches = operation({
  summary: 'List the launches, the latest market date first',
  method: 'GET',
  path: '/launches',
  who: everyone,
  input: z.object({}),
  output: z.object({ launches: z.array(launch) }),
  run: async (context) => ({ launches: await context.read(readLaunches) }),
});

export const getLaunch = operation({
  summary: 'Read one launch',
  method: 'GET',
  path: '/launches/{launch}',
  who: everyone,
  input: named,
  output: launch,
  run: (context, input) => context.read((transaction) => readLaunch(transaction, input.launch)),
});

type Named = Partial<Pick<z.output<typeof launchFields>, 'productOwnerId' | 'marketingOwnerId' | 'moreFeatureIds'>>;

/** Refuses owners who are not here, and features that there are not. */
const requireNamed = async (transaction: Transaction, named: Named, before?: Launch): Promise<void> => {
  const { productOwnerId, marketingOwnerId, moreFeatureIds = [] } = named;
  if (productOwnerId || marketingOwnerId)
    await requirePresent(transaction, [productOwnerId, marketingOwnerId], [before?.productOwner?.id, before?.marketingOwner?.id]);
  if (moreFeatureIds.length === 0) return;
  const there = new Set((await readFeatures(transaction)).map(({ id }) => id));
  if (!moreFeatureIds.every((id) => there.has(id)))
    throw new Failure('invalid', {
      en: 'A feature that is named here is not in this workspace. List the features to see those there are.',
      zh: '这里写到的某项功能不在此工作区中。请列出功能查看。',
    });
};

export const createLaunch = operation({
  summary: 'Create a launch; a goal given with it is registered at once',
  method: 'POST',
  path: '/launches',
  who: editors,
  input: launchFields,
  output: launch,
  run: (context, input) =>
    context.write('launch', async (transaction) => {
      await requireNamed(transaction, input);
      const { goal, featureVersion, ...fields } = input;
      if (fields.featureId) await readUsed(transaction, fields.featureId, featureVersion ?? null);
      const given = goal ? [adoptionOf(goal, featureVersion ?? null)] : [];
      const signed = { by: context.actor.name, at: context.now() };
      const result = await insertLaunch(transaction, context.workspace.id, fields, { goals: given, ...signed });
      return { id: result.id, before: null, after: result, result };
    }),
});

/** Where a stage ends with a gate, its decision is what leads on. */
const requireNoGate = async (transaction: Transaction, { id, stage }: Launch, to: Launch['stage']): Promise<void> => {
  const there = await transaction.select({ stage: gates.stage }).from(gates).where(eq(gates.launchId, id));
  const passedBy = stages.slice(stages.indexOf(stage), Math.max(stages.indexOf(to), stages.indexOf(stage) + 1));
  const shut = passedBy.find((each) => there.some((gate) => gate.stage === each));
  if (shut)
    throw new Failure('conflict', {
      en: `The stage "${shut}" of this launch ends with a gate. Decide it there; "go" leads to the next stage.`,
      zh: `此发布的${launchZh.stages[shut]}阶段以关卡结束。请在关卡处决定，“放行”会进入下一阶段。`,
    });
};

const change = async (context: Context, transaction: Transaction, key: string, changes: z.output<typeof changeFields>) => {
  const before = await readLaunch(transaction, key);
  const { version, ...fields } = changes;
  await requireNamed(transaction, fields, before);
  if (fields.featureId) await readUsed(transaction, fields.featureId, null);
  if (fields.stage && fields.stage !== before.stage) await requireNoGate(transaction, before, fields.stage);
  const result = await changeLaunch(transaction, before, { version, now: context.now(), set: fields });
  return { id: result.id, before, after: result, result };
};

type Changes<Fields> = Partial<Fields> & { version: number };

const changeable = launchFields.omit({ marketDate: true, tier: true, goal: true, featureVersion: true });

// Defaults would overwrite what a change leaves out, so the fields are taken without them.
const changeFields = z.object({
  ...Object.fromEntries(
    Object.entries(changeable.shape).map(([name, shape]) => [name, (shape instanceof z.ZodDefault ? shape.unwrap() : shape).optional()]),
  ),
  version: z.int(),
}) as unknown as z.ZodType<Changes<z.output<typeof changeable>>, Changes<z.input<typeof changeable>>>;

export const updateLaunch = operation({
  summary: 'Change a launch; names the version that was read. The market date is moved, and the tier decided, by operations of their own',
  method: 'PATCH',
  path: '/launches/{launch}',
  who: editors,
  input: z.intersection(named, changeFields),
  output: launch,
  run: (context, { launch: key, ...changes }) => context.write('launch', (transaction) => change(context, transaction, key, changes)),
});

const version = z.int().describe('The version of the launch that was read');
const reason = z.string().trim().min(3).max(2000);

export const moveLaunch = operation({
  summary: 'Move the market date of a launch, and say why; due days that follow from it move along',
  method: 'POST',
  path: '/launches/{launch}/move',
  who: marketers,
  input: named.extend({ marketDate: launchFields.shape.marketDate, reason: reason.describe('Kept with the move'), version }),
  output: launch,
  run: (context, { launch: key, marketDate, reason: why, version: read }) =>
    context.write('launch', async (transaction) => {
      const before = await readLaunch(transaction, key);
      if (before.marketDate === marketDate)
        throw new Failure('invalid', {
          en: `The market date is ${marketDate} already. Name another day.`,
          zh: `上市日期已是 ${marketDate}。请填写另一天。`,
        });
      const result = await changeLaunch(transaction, before, { version: read, now: context.now(), set: { marketDate } });
      await transaction.insert(launchMoves).values({
        workspaceId: context.workspace.id,
        launchId: before.id,
        fromDate: before.marketDate,
        toDate: marketDate,
        reason: why,
        movedBy: context.actor.name,
        movedAt: context.now(),
      });
      return { id: result.id, before, after: result, result };
    }),
});

export const listMoves = operation({
  summary: 'List when the market date of a launch was moved, by whom and why',
  method: 'GET',
  path: '/launches/{launch}/moves',
  who: everyone,
  input: named,
  output: z.object({ moves: z.array(move) }),
  run: (context, input) =>
    context.read(async (transaction) => ({ moves: await readMoves(transaction, (await readLaunch(transaction, input.launch)).id) })),
});

export const exportLaunch = operation({
  summary: 'Export a launch as one text in Markdown: what it is, positioning, bill of materials, decisions; sales gets what is approved',
  method: 'GET',
  path: '/launches/{launch}/markdown',
  who: everyone,
  input: named.extend({ locale: z.enum(['en', 'zh']).default('en') }),
  output: z.object({ fileName: z.string(), markdown: z.string() }),
  run: (context, { launch: key, locale }) =>
    context.read(async (transaction) => {
      const found = await readLaunch(transaction, key);
      const { timeZone, currency } = context.workspace;
      const asked = { locale, timeZone, currency, isSales: context.actor.role === 'sales' };
      return { fileName: `${found.key}.md`, markdown: await markdownOf(transaction, found, asked) };
    }),
});

export const cancelLaunch = operation({
  summary: 'Cancel a launch and say why; it stays to be read, and can be planned again',
  method: 'POST',
  path: '/launches/{launch}/cancel',
  who: marketers,
  input: named.extend({ reason, version }),
  output: launch,
  run: (context, { launch: key, reason: stateReason, version: read }) =>
    context.write('launch', async (transaction) => {
      const before = await readLaunch(transaction, key);
      if (before.state === 'cancelled')
        throw new Failure('conflict', { en: 'This launch is cancelled already.', zh: '此发布已经取消。' }, { current: before });
      const set = { state: 'cancelled' as const, stateReason };
      const result = await changeLaunch(transaction, before, { version: read, now: context.now(), set });
      return { id: result.id, before, after: result, result };
    }),
});

export const resumeLaunch = operation({
  summary: 'Plan a cancelled launch again',
  method: 'POST',
  path: '/launches/{launch}/resume',
  who: marketers,
  input: named.extend({ version }),
  output: launch,
  run: (context, { launch: key, version: read }) =>
    context.write('launch', async (transaction) => {
      const before = await readLaunch(transaction, key);
      if (before.state === 'planned')
        throw new Failure('conflict', { en: 'This launch is not cancelled.', zh: '此发布并未取消。' }, { current: before });
      const set = { state: 'planned' as const, stateReason: '' };
      const result = await changeLaunch(transaction, before, { version: read, now: context.now(), set });
      return { id: result.id, before, after: result, result };
    }),
});

export const deleteLaunch = operation({
  summary: 'Delete a launch; it can be restored for 30 days',
  method: 'DELETE',
  path: '/launches/{launch}',
  who: marketers,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('launch', async (transaction) => {
      const before = await readLaunch(transaction, input.launch);
      await transaction.update(launches).set({ deletedAt: context.now() }).where(eq(launches.id, before.id));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restoreLaunch = operation({
  summary: 'Restore a launch deleted in the last 30 days',
  method: 'POST',
  path: '/launches/{id}/restore',
  who: marketers,
  input: z.object({ id: z.uuid() }),
  output: launch,
  run: (context, { id }) =>
    context.write('launch', async (transaction) => {
      const restored = await transaction
        .update(launches)
        .set({ deletedAt: null })
        .where(and(eq(launches.id, id), sql`${launches.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`))
        .returning({ id: launches.id });
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: 'There is no launch with that id that was deleted in the last 30 days.',
          zh: '没有此 ID 的发布在过去 30 天内被删除。',
        });
      const result = await readLaunch(transaction, id);
      return { id, before: null, after: result, result };
    }),
});

export const listChoices = operation({
  summary: 'List the plans and segments of the accounts, to say who is eligible',
  method: 'GET',
  path: '/launch-choices',
  who: everyone,
  input: z.object({}),
  output: choices,
  run: async (context) => {
    const found = await context.events.ask<{ kind: string; value: string; accounts: number }>(eligibilityChoices());
    const of = (kind: string) => found.filter((each) => each.kind === kind).map(({ value, accounts }) => ({ value, accounts }));
    return { plans: of('plan'), segments: of('segment') };
  },
});
