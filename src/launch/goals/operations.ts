import { isDeepStrictEqual } from 'node:util';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { readUsed } from '../features/queries.ts';
import { readLaunch } from '../launches/queries.ts';
import { currentText, findGoal, type Found, insertGoal, readGoal, readGoals, registerGoal, registerGoals } from './queries.ts';
import { type Amendment, type Entry, entry, type Goal, goal, goalFields, type GoalText } from './schema.ts';
import { goalAmendments, goals } from './tables.ts';

const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const named = z.object({ goal: z.uuid() });
const version = z.int().describe('The version of the goal that was read');
const reason = z.string().trim().min(3).max(2000);
const why = reason.optional().describe('Needed once the goal is registered: it is kept with the amendment and shown in the landing report');

const read = (context: Context, transaction: Transaction, id: string): Promise<Goal> =>
  readGoal(transaction, id, context.workspace.timeZone);

export const listGoals = operation({
  summary: 'List the goals of a launch, with what was registered and what was amended since',
  method: 'GET',
  path: '/launches/{launch}/goals',
  who: everyone,
  input: ofLaunch,
  output: z.object({ goals: z.array(goal) }),
  run: (context, input) =>
    context.read(async (transaction) => ({
      goals: await readGoals(transaction, await readLaunch(transaction, input.launch), context.workspace.timeZone),
    })),
});

export const getGoal = operation({
  summary: 'Read one goal',
  method: 'GET',
  path: '/goals/{goal}',
  who: everyone,
  input: named,
  output: goal,
  run: (context, input) => context.read((transaction) => read(context, transaction, input.goal)),
});

type Asked = Pick<z.output<typeof goalFields>, 'metric' | 'target' | 'parentId'>;

/** Refuses what could not be judged, and a goal that would serve itself. */
const requireSense = async (transaction: Transaction, { metric, target, parentId }: Asked, of: { launchId: string; id?: string }) => {
  if ((metric === null) !== (target === null))
    throw new Failure('invalid', {
      en: metric ? 'A goal with a metric needs a target: name the share to reach.' : 'A target needs a metric.',
      zh: metric ? '有指标的目标需要目标值：请填写要达到的比例。' : '目标值需要一个指标。',
    });
  if (metric?.kind === 'adoption' && metric.featureId) await readUsed(transaction, metric.featureId, metric.featureVersion);
  const seen = new Set(of.id ? [of.id] : []);
  for (let id = parentId; id !== null;) {
    if (seen.has(id))
      throw new Failure('invalid', {
        en: 'A goal cannot serve itself, or one that serves it. Choose another parent.',
        zh: '目标不能服务于自身，也不能服务于服务它的目标。请另选上级目标。',
      });
    seen.add(id);
    const { row } = await findGoal(transaction, id);
    if (row.launchId !== of.launchId)
      throw new Failure('invalid', {
        en: 'The parent is a goal of another launch. Choose one of this launch.',
        zh: '上级目标属于另一次发布。请选择此发布的目标。',
      });
    id = row.parentId;
  }
};

export const createGoal = operation({
  summary: 'Write a goal of a launch; it is a draft until it is registered',
  method: 'POST',
  path: '/launches/{launch}/goals',
  who: editors,
  input: ofLaunch.extend(goalFields.shape),
  output: goal,
  run: (context, { launch: key, ...fields }) =>
    context.write('goal', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      await requireSense(transaction, fields, { launchId: launch.id });
      const of = { workspaceId: context.workspace.id, launchId: launch.id };
      const id = await insertGoal(transaction, of, { ...fields, at: context.now() });
      const result = await read(context, transaction, id);
      return { id, before: null, after: result, result };
    }),
});

const conflict = (current: Goal) =>
  new Failure(
    'conflict',
    {
      en: 'Somebody changed this goal meanwhile. Load it again, then repeat your change.',
      zh: '此期间有人修改了这个目标。请重新载入，再重复你的修改。',
    },
    { current },
  );

/** Writes a change of a goal that was read in that version. */
const write = async (context: Context, transaction: Transaction, before: Goal, set: Partial<typeof goals.$inferInsert>, of: number) => {
  const written = await transaction
    .update(goals)
    .set({ ...set, updatedAt: context.now(), version: sql`${goals.version} + 1` })
    .where(and(eq(goals.id, before.id), eq(goals.version, of)))
    .returning({ id: goals.id });
  if (written.length === 0) throw conflict(before);
};

type Amended = { kind: Amendment['kind']; before: GoalText; after: GoalText | null; reason: string };

const amend = (context: Context, transaction: Transaction, goalId: string, amended: Amended) =>
  transaction
    .insert(goalAmendments)
    .values({ workspaceId: context.workspace.id, goalId, ...amended, by: context.actor.name, at: context.now() });

const done = {
  change: { en: 'change it', zh: '修改' },
  withdraw: { en: 'withdraw it', zh: '撤回' },
  restore: { en: 'restore it', zh: '恢复' },
  register_again: { en: 'register it again', zh: '重新登记' },
};

/** What was registered is changed by those who answer for it, and never without a reason. */
const requireReason = (context: Context, given: string | undefined, what: keyof typeof done): string => {
  const { role } = context.actor;
  const { en, zh } = done[what];
  if (!marketers.includes(role))
    throw new Failure('forbidden', {
      en: `This goal is registered. Your role (${role}) may not ${en}; ask an owner or a marketer.`,
      zh: `此目标已登记。你的角色（${role}）不能${zh}它；请联系所有者或产品营销。`,
    });
  if (!given)
    throw new Failure('invalid', {
      en: `This goal is registered. Say why you ${en}, with "reason"; the landing report shows it as an amendment.`,
      zh: `此目标已登记。请用 reason 写明为何${zh}；落地报告会将其显示为修订。`,
    });
  return given;
};

type Changes<Fields> = Partial<Fields> & { goal: string; version: number; reason?: string };

// Defaults would overwrite what a change leaves out, so the fields are taken without them.
const changeFields = named.extend({
  ...Object.fromEntries(
    Object.entries(goalFields.shape).map(([name, shape]) => [name, (shape instanceof z.ZodDefault ? shape.unwrap() : shape).optional()]),
  ),
  version,
  reason: why,
}) as unknown as z.ZodType<Changes<z.output<typeof goalFields>>, Changes<z.input<typeof goalFields>>>;

/** A baseline is of a metric over a time; of another it says nothing. */
const keptBaseline = ({ row }: Found, fields: Partial<z.output<typeof goalFields>>) => {
  const isOther = (name: 'metric' | 'horizonDays') => fields[name] !== undefined && !isDeepStrictEqual(fields[name], row[name]);
  return isOther('metric') || isOther('horizonDays') ? { baseline: null } : {};
};

const change = async (
  context: Context,
  transaction: Transaction,
  { goal: id, version: of, reason: given, ...fields }: Changes<z.output<typeof goalFields>>,
) => {
  const found = await findGoal(transaction, id);
  const before = await read(context, transaction, id);
  if (before.version !== of) throw conflict(before);
  await requireSense(transaction, { ...before, ...fields }, { launchId: before.launchId, id });
  const said = before.registered ? requireReason(context, given, 'change') : null;
  const textBefore = await currentText(transaction, found);
  await write(context, transaction, before, { ...fields, ...keptBaseline(found, fields) }, of);
  const after = await currentText(transaction, await findGoal(transaction, id));
  if (said && !isDeepStrictEqual(textBefore, after))
    await amend(context, transaction, id, { kind: 'changed', before: textBefore, after, reason: said });
  const result = await read(context, transaction, id);
  return { id, before, after: result, result };
};

export const updateGoal = operation({
  summary: 'Change a goal; once it is registered only with a reason, and the report judges by what was registered',
  method: 'PATCH',
  path: '/goals/{goal}',
  who: editors,
  input: changeFields,
  output: goal,
  run: (context, input) => context.write('goal', (transaction) => change(context, transaction, input)),
});

export const deleteGoal = operation({
  summary: 'Delete a draft, or withdraw a registered goal with a reason; a withdrawn one is judged all the same',
  method: 'DELETE',
  path: '/goals/{goal}',
  who: editors,
  input: named.extend({ version: z.coerce.number().int().describe('The version of the goal that was read'), reason: why }),
  output: z.object({ id: z.uuid() }),
  run: (context, { goal: id, version: of, reason: given }) =>
    context.write('goal', async (transaction) => {
      const found = await findGoal(transaction, id);
      const before = await read(context, transaction, id);
      if (before.registered) {
        const said = requireReason(context, given, 'withdraw');
        await amend(context, transaction, id, {
          kind: 'withdrawn',
          before: await currentText(transaction, found),
          after: null,
          reason: said,
        });
      }
      await write(context, transaction, before, { deletedAt: context.now() }, of);
      return { id, before, after: null, result: { id } };
    }),
});

export const restoreGoal = operation({
  summary: 'Restore a goal that was deleted or withdrawn in the last 30 days',
  method: 'POST',
  path: '/goals/{id}/restore',
  who: editors,
  input: z.object({ id: z.uuid(), reason: why }),
  output: goal,
  run: (context, { id, reason: given }) =>
    context.write('goal', async (transaction) => {
      const restored = await transaction
        .update(goals)
        .set({ deletedAt: null, version: sql`${goals.version} + 1` })
        .where(and(eq(goals.id, id), sql`${goals.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`))
        .returning({ id: goals.id });
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: 'There is no goal with that id that was deleted in the last 30 days.',
          zh: '没有此 ID 的目标在过去 30 天内被删除。',
        });
      const result = await read(context, transaction, id);
      if (result.registered) {
        const text = await currentText(transaction, await findGoal(transaction, id));
        await amend(context, transaction, id, {
          kind: 'restored',
          before: text,
          after: text,
          reason: requireReason(context, given, 'restore'),
        });
      }
      const after = await read(context, transaction, id);
      return { id, before: null, after, result: after };
    }),
});

export const registerOneGoal = operation({
  summary: 'Register a goal: from now on it is judged by what it says now; again only with a reason',
  method: 'POST',
  path: '/goals/{goal}/register',
  who: marketers,
  refuses: 'assistants',
  input: named.extend({ version, reason: why }),
  output: goal,
  run: (context, { goal: id, version: of, reason: given }) =>
    context.write('goal', async (transaction) => {
      const found = await findGoal(transaction, id);
      const before = await read(context, transaction, id);
      if (before.version !== of) throw conflict(before);
      const said = before.registered ? requireReason(context, given, 'register_again') : null;
      const text = await registerGoal(transaction, found, { by: context.actor.name, at: context.now() });
      if (said)
        await amend(context, transaction, id, { kind: 'registered_again', before: before.registered!.text, after: text, reason: said });
      const result = await read(context, transaction, id);
      return { id, before, after: result, result };
    }),
});

export const registerAllGoals = operation({
  summary: 'Register every draft among the goals of a launch',
  method: 'POST',
  path: '/launches/{launch}/goals/register',
  who: marketers,
  refuses: 'assistants',
  input: ofLaunch,
  output: z.object({ registered: z.array(z.uuid()), goals: z.array(goal) }),
  run: (context, { launch: key }) =>
    context.write('goal', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      const signed = { workspaceId: context.workspace.id, launchId: launch.id, by: context.actor.name, at: context.now() };
      const registered = await registerGoals(transaction, signed);
      if (registered.length === 0)
        throw new Failure('conflict', {
          en: 'No goal of this launch is a draft: there is nothing to register. Write a goal first.',
          zh: '此发布没有草稿目标，没有可登记的。请先写一个目标。',
        });
      const result = { registered, goals: await readGoals(transaction, launch, context.workspace.timeZone) };
      return { id: launch.id, before: null, after: { registered }, result };
    }),
});

const baselineOf = ({ count, of, day, at }: Entry): Goal['baseline'] => {
  const estimate = shareInterval(count, of);
  if ('refused' in estimate) return null;
  return { count, of, ...estimate, from: day, to: day, measuredAt: at };
};

export const enterGoal = operation({
  summary: 'Enter what was measured outside of Landfall for a goal: before the launch as its baseline, after it as its result',
  method: 'POST',
  path: '/goals/{goal}/entries',
  who: editors,
  input: named
    .extend({ version, when: z.enum(['before', 'after']).describe('before: the baseline, only while the goal is a draft') })
    .extend(entry.omit({ by: true, at: true }).shape),
  output: goal,
  run: (context, { goal: id, version: of, when, ...measured }) =>
    context.write('goal', async (transaction) => {
      const { row } = await findGoal(transaction, id);
      const before = await read(context, transaction, id);
      if (row.metric?.kind !== 'outside')
        throw new Failure('invalid', {
          en: 'This goal is measured from data. Only a goal whose metric is measured outside takes numbers by hand.',
          zh: '此目标由数据测量。只有在外部测量指标的目标才接受手工填写的数字。',
        });
      if (measured.count > measured.of)
        throw new Failure('invalid', {
          en: `${measured.count} of ${measured.of} cannot be. Exchange the two numbers.`,
          zh: `${measured.of} 中有 ${measured.count} 不可能。请对调两个数字。`,
        });
      if (measured.day > dayIn(context.now(), context.workspace.timeZone))
        throw new Failure('invalid', {
          en: 'That day has not come yet. Enter the day on which it was measured.',
          zh: '那一天还没有到。请填写实际测量的日期。',
        });
      if (when === 'before' && before.registered)
        throw new Failure(
          'conflict',
          {
            en: 'The baseline was fixed when the goal was registered. Enter what was measured afterwards.',
            zh: '基线已在登记目标时固定。请填写之后测得的数字。',
          },
          {
            current: before,
          },
        );
      const entered = { ...measured, by: context.actor.name, at: context.now().toISOString() };
      const outside = { ...row.outside, [when]: entered };
      await write(context, transaction, before, { outside, ...(when === 'before' && { baseline: baselineOf(entered) }) }, of);
      const result = await read(context, transaction, id);
      return { id, before, after: result, result };
    }),
});
