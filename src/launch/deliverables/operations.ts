import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { requireApprover } from '../charters/queries.ts';
import { businessFunction } from '../charters/schema.ts';
import { readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { changeDeliverables, removeDeliverable, requireOrder } from './changing.ts';
import { insertDeliverables } from './inserting.ts';
import { previewOf } from './preview.ts';
import { launchOf, readAllDeliverables, readDeliverables, readRows } from './queries.ts';
import { type Deliverable, deliverable, deliverableChange, deliverableFields, movePreview } from './schema.ts';
import { deliverables, signOffs } from './tables.ts';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';

const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const named = z.object({ deliverable: z.uuid() });
const list = z.object({ deliverables: z.array(deliverable) });

const momentOf = (context: Context) => ({ now: context.now(), today: dayIn(context.now(), context.workspace.timeZone) });

/** Sales reads what is approved; the rest is work under way. */
const readableBy = ({ actor }: Context, all: Deliverable[]): Deliverable[] =>
  actor.role === 'sales' ? all.filter(({ status }) => status === 'approved' || status === 'shipped') : all;

export const listDeliverables = operation({
  summary: 'List the bill of materials of a launch; sales sees what is approved or shipped',
  method: 'GET',
  path: '/launches/{launch}/deliverables',
  who: everyone,
  input: ofLaunch,
  output: list,
  run: (context, input) =>
    context.read(async (transaction) => {
      const launch = await readLaunch(transaction, input.launch);
      return { deliverables: readableBy(context, await readDeliverables(transaction, launch)) };
    }),
});

export const createDeliverable = operation({
  summary: 'Add a deliverable to a launch, within the package of its tier or beside it',
  method: 'POST',
  path: '/launches/{launch}/deliverables',
  who: editors,
  input: ofLaunch.extend(deliverableFields.shape),
  output: deliverable,
  run: (context, { launch: key, ...fields }) =>
    context.write('deliverable', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      const [id] = await insertDeliverables(transaction, launch, [fields], { workspaceId: context.workspace.id, now: context.now() });
      const result = (await readDeliverables(transaction, launch)).find((one) => one.id === id)!;
      return { id: result.id, before: null, after: result, result };
    }),
});

const launchOfDeliverable = async (transaction: Transaction, id: string): Promise<Launch> =>
  readLaunch(transaction, await launchOf(transaction, id));

export const updateDeliverable = operation({
  summary: 'Change a deliverable; names the version that was read',
  method: 'PATCH',
  path: '/deliverables/{deliverable}',
  who: editors,
  input: deliverableChange,
  output: deliverable,
  run: (context, change) =>
    context.write('deliverable', async (transaction) => {
      const launch = await launchOfDeliverable(transaction, change.deliverable);
      const { before, after } = await changeDeliverables(transaction, launch, [change], momentOf(context));
      return { id: change.deliverable, before: before[0], after: after[0], result: after[0]! };
    }),
});

export const updateDeliverables = operation({
  summary: 'Change several deliverables of a launch, all or none; the same with the old values takes it back',
  method: 'PATCH',
  path: '/launches/{launch}/deliverables',
  who: editors,
  input: ofLaunch.extend({ changes: z.array(deliverableChange).min(1).max(500) }),
  output: list.extend({ before: z.array(deliverable).describe('What they were, to take it back') }),
  run: (context, { launch: key, changes }) =>
    context.write('deliverable', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      const { before, after } = await changeDeliverables(transaction, launch, changes, momentOf(context));
      return { id: launch.id, before, after, result: { deliverables: after, before } };
    }),
});

export const deleteDeliverable = operation({
  summary: 'Take a deliverable out of a launch; it can be restored for 30 days',
  method: 'DELETE',
  path: '/deliverables/{deliverable}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { deliverable: id }) =>
    context.write('deliverable', async (transaction) => {
      const launch = await launchOfDeliverable(transaction, id);
      const before = (await readDeliverables(transaction, launch)).find((one) => one.id === id)!;
      await removeDeliverable(transaction, launch, id, context.now());
      return { id, before, after: null, result: { id } };
    }),
});

export const restoreDeliverable = operation({
  summary: 'Restore a deliverable that was taken out in the last 30 days',
  method: 'POST',
  path: '/deliverables/{deliverable}/restore',
  who: editors,
  input: named,
  output: deliverable,
  run: (context, { deliverable: id }) =>
    context.write('deliverable', async (transaction) => {
      const [row] = await transaction
        .update(deliverables)
        .set({ deletedAt: null })
        .where(
          and(eq(deliverables.id, id), sql`${deliverables.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`),
        )
        .returning();
      if (!row)
        throw new Failure('not_found', {
          en: 'There is no deliverable with that id that was taken out in the last 30 days.',
          zh: '没有此 ID 的物料在过去 30 天内被移出。',
        });
      const launch = await readLaunch(transaction, row.launchId);
      const rows = await readRows(transaction, launch.id);
      // What it needed may be gone, or need it by now.
      const there = new Set(rows.map((one) => one.id));
      const needs = row.needs.filter((need) => there.has(need));
      requireOrder(rows.map((one) => (one.id === id ? { ...one, needs } : one)));
      await transaction.update(deliverables).set({ needs }).where(eq(deliverables.id, id));
      const result = (await readDeliverables(transaction, launch)).find((one) => one.id === id)!;
      return { id, before: null, after: result, result };
    }),
});

/** The last signature approves what is in review; changes asked for bring it back to its owner. */
const statusAfter = (one: Deliverable): Deliverable['status'] => {
  if (one.signOffs.some(({ state }) => state === 'changes_asked')) return one.status === 'shipped' ? 'shipped' : 'drafting';
  return one.isSigned && one.status === 'in_review' ? 'approved' : one.status;
};

export const signDeliverable = operation({
  summary: 'Sign a deliverable for a function, or ask for changes; only persons who approve for it in the role charter',
  method: 'POST',
  path: '/deliverables/{deliverable}/sign-offs',
  who: everyone,
  refuses: 'machines',
  input: named.extend({
    function: businessFunction.describe('For which function'),
    decision: z.enum(['signed', 'changes_asked']),
    comment: z.string().trim().max(2000).default('').describe('Needed when changes are asked for'),
    content: z.int().describe('What was looked at: the content of the deliverable as it was read'),
  }),
  output: deliverable,
  run: (context, { deliverable: id, function: wanted, decision, comment, content }) =>
    context.write('deliverable', async (transaction) => {
      const launch = await launchOfDeliverable(transaction, id);
      await requireApprover(transaction, context, wanted);
      await transaction.execute(sql`SELECT id FROM deliverable WHERE id = ${id} FOR UPDATE`);
      const find = async () => (await readDeliverables(transaction, launch)).find((one) => one.id === id)!;
      const before = await find();
      if (before.content !== content)
        throw new Failure(
          'conflict',
          {
            en: 'This was changed since you read it. Look at what it is now, then sign that.',
            zh: '你读取之后内容有改动。请先看现在的内容，再签字。',
          },
          { current: before },
        );
      if (!before.signOffs.some((one) => one.function === wanted))
        throw new Failure('invalid', {
          en: `"${before.name}" does not ask ${charterEn.functions[wanted].toLowerCase()} for a signature.`,
          zh: `“${before.name}”不需要${charterZh.functions[wanted]}签字。`,
        });
      if (decision === 'changes_asked' && !comment)
        throw new Failure('invalid', { en: 'Say which changes you ask for.', zh: '请写明要求做哪些修改。' });
      await transaction.insert(signOffs).values({
        workspaceId: context.workspace.id,
        deliverableId: id,
        function: wanted,
        decision,
        comment,
        content,
        memberId: context.actor.kind === 'member' ? context.actor.id : null,
        memberName: context.actor.name,
        at: context.now(),
      });
      const status = statusAfter(await find());
      await transaction
        .update(deliverables)
        .set({ status, version: sql`${deliverables.version} + 1`, updatedAt: context.now() })
        .where(eq(deliverables.id, id));
      const result = await find();
      return { id, before, after: result, result };
    }),
});

export const previewMove = operation({
  summary: 'Say what another market date would do: what moves, what becomes late, who is overbooked',
  method: 'GET',
  path: '/launches/{launch}/move-preview',
  who: everyone,
  input: ofLaunch.extend({ marketDate: z.iso.date() }),
  output: movePreview,
  run: (context, { launch: key, marketDate }) =>
    context.read(async (transaction) => {
      const launch = await readLaunch(transaction, key);
      return previewOf(launch, marketDate, await readAllDeliverables(transaction), momentOf(context).today);
    }),
});
