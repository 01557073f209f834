import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { readQuestions, readQuestionsOf } from '../questions/queries.ts';
import { type Dashboard, dashboard, dashboardFields, dashboardLine } from './schema.ts';
import { dashboards } from './tables.ts';

const named = z.object({ dashboard: z.uuid() });
type Row = typeof dashboards.$inferSelect;

const common = (row: Row) => ({
  id: row.id,
  name: row.name,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const whole = async (transaction: Transaction, row: Row): Promise<Dashboard> => ({
  ...common(row),
  questions: await readQuestionsOf(transaction, row.questions),
});

const read = async (transaction: Transaction, id: string): Promise<Dashboard> => {
  const [row] = await transaction
    .select()
    .from(dashboards)
    .where(and(eq(dashboards.id, id), isNull(dashboards.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such dashboard in this workspace. List the dashboards to see those there are.',
      zh: '此工作区中没有这个看板。请列出以查看现有的看板。',
    });
  return whole(transaction, row);
};

const taken = (name?: string) => (error: unknown) => {
  if (isUniqueViolation(error))
    throw new Failure('conflict', {
      en: `There is already a dashboard ${name === undefined ? 'of this name' : `named "${name}"`}. Choose another name.`,
      zh: `已有${name === undefined ? '同名' : `名为“${name}”`}的看板。请换一个名称。`,
    });
  throw error;
};

/** Every question of a board must be one of this workspace. */
const checkQuestions = async (transaction: Transaction, ids: readonly string[] = []) => {
  if ((await readQuestionsOf(transaction, ids)).length < ids.length)
    throw new Failure('not_found', {
      en: 'One of these questions is not in this workspace. List the questions to see those there are.',
      zh: '其中有问题不在此工作区中。请列出以查看现有的问题。',
    });
};

/** Deleted questions of a board: nobody sees them, but when they are restored they stand on it again. */
const deletedOn = async (transaction: Transaction, { id, questions }: Dashboard): Promise<string[]> => {
  const [row] = await transaction.select({ all: dashboards.questions }).from(dashboards).where(eq(dashboards.id, id));
  const seen = new Set(questions.map((question) => question.id));
  return (row?.all ?? []).filter((one) => !seen.has(one));
};

export const listDashboards = operation({
  summary: 'List the dashboards',
  method: 'GET',
  path: '/dashboards',
  who: everyone,
  input: z.object({}),
  output: z.object({ dashboards: z.array(dashboardLine) }),
  run: (context) =>
    context.read(async (transaction) => {
      const rows = await transaction.select().from(dashboards).where(isNull(dashboards.deletedAt)).orderBy(asc(dashboards.name));
      const there = new Set((await readQuestions(transaction)).map(({ id }) => id));
      return { dashboards: rows.map((row) => ({ ...common(row), questions: row.questions.filter((id) => there.has(id)).length })) };
    }),
});

export const getDashboard = operation({
  summary: 'Read one dashboard and the questions on it',
  method: 'GET',
  path: '/dashboards/{dashboard}',
  who: everyone,
  input: named,
  output: dashboard,
  run: (context, input) => context.read((transaction) => read(transaction, input.dashboard)),
});

export const createDashboard = operation({
  summary: 'Make a dashboard of kept questions',
  method: 'POST',
  path: '/dashboards',
  who: editors,
  input: dashboardFields,
  output: dashboard,
  run: (context, input) =>
    context
      .write('dashboard', async (transaction) => {
        await checkQuestions(transaction, input.questions);
        const [row] = await transaction
          .insert(dashboards)
          .values({ ...input, workspaceId: context.workspace.id, createdAt: context.now() })
          .returning();
        const result = await whole(transaction, row!);
        return { id: result.id, before: null, after: result, result };
      })
      .catch(taken(input.name)),
});

export const updateDashboard = operation({
  summary: 'Change the name of a dashboard, or what stands on it and in which order; names the version that was read',
  method: 'PATCH',
  path: '/dashboards/{dashboard}',
  who: editors,
  input: named.extend({
    name: dashboardFields.shape.name.optional(),
    questions: dashboardFields.shape.questions.unwrap().optional(),
    version: z.int(),
  }),
  output: dashboard,
  run: (context, { dashboard: id, version, ...fields }) =>
    context
      .write('dashboard', async (transaction) => {
        const before = await read(transaction, id);
        await checkQuestions(transaction, fields.questions);
        const questions = fields.questions && [...fields.questions, ...(await deletedOn(transaction, before))];
        const [row] = await transaction
          .update(dashboards)
          .set({ ...fields, ...(questions && { questions }), version: sql`${dashboards.version} + 1`, updatedAt: context.now() })
          .where(and(eq(dashboards.id, id), eq(dashboards.version, version)))
          .returning();
        if (!row)
          throw new Failure(
            'conflict',
            {
              en: 'Somebody changed this dashboard meanwhile. Load it again, then repeat your change.',
              zh: '其间有人修改了此看板。请重新载入后再修改。',
            },
            {
              current: before,
            },
          );
        const result = await whole(transaction, row);
        return { id, before, after: result, result };
      })
      .catch(taken(fields.name)),
});

export const deleteDashboard = operation({
  summary: 'Delete a dashboard; its questions stay, and it can be restored for 30 days',
  method: 'DELETE',
  path: '/dashboards/{dashboard}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('dashboard', async (transaction) => {
      const before = await read(transaction, input.dashboard);
      await transaction.update(dashboards).set({ deletedAt: context.now() }).where(eq(dashboards.id, before.id));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restoreDashboard = operation({
  summary: 'Restore a dashboard deleted in the last 30 days',
  method: 'POST',
  path: '/dashboards/{dashboard}/restore',
  who: editors,
  input: named,
  output: dashboard,
  run: (context, { dashboard: id }) =>
    context
      .write('dashboard', async (transaction) => {
        const [row] = await transaction
          .update(dashboards)
          .set({ deletedAt: null })
          .where(
            and(eq(dashboards.id, id), sql`${dashboards.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`),
          )
          .returning();
        if (!row)
          throw new Failure('not_found', {
            en: 'There is no dashboard with that id that was deleted in the last 30 days.',
            zh: '最近 30 天内没有删除过具有此编号的看板。',
          });
        const result = await whole(transaction, row);
        return { id, before: null, after: result, result };
      })
      .catch(taken()),
});
