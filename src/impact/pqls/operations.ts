import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { lastDayOf } from '../questions/asking.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { leads } from './queries.ts';
import { readPql, readPqls } from './records.ts';
import { backTest, backTestAsked, leadsAsked, namedPql, pql, pqlFields } from './schema.ts';
import { pqls, pqlVersions } from './tables.ts';
import { testPql } from './testing.ts';

const taken = (name?: string) => (error: unknown) => {
  if (isUniqueViolation(error))
    throw new Failure('conflict', {
      en: `There is already a PQL definition ${name === undefined ? 'of this name' : `named "${name}"`}. Choose another name.`,
      zh: `已有${name === undefined ? '同名' : `名为“${name}”`}的 PQL 定义。请换一个名称。`,
    });
  throw error;
};

export const listPqls = operation({
  summary: 'List what makes a product-qualified lead (PQL)',
  method: 'GET',
  path: '/pqls',
  who: everyone,
  input: z.object({}),
  output: z.object({ pqls: z.array(pql) }),
  run: async (context) => ({ pqls: await context.read(readPqls) }),
});

export const getPql = operation({
  summary: 'Read one PQL definition with all its versions',
  method: 'GET',
  path: '/pqls/{pql}',
  who: everyone,
  input: namedPql,
  output: pql,
  run: (context, input) => context.read((transaction) => readPql(transaction, input.pql)),
});

export const createPql = operation({
  summary: 'Define a product-qualified lead: points for recent use, the line, and what it is to convert to',
  method: 'POST',
  path: '/pqls',
  who: editors,
  input: pqlFields,
  output: pql,
  run: (context, { name, definition }) =>
    context
      .write('pql', async (transaction) => {
        const common = { workspaceId: context.workspace.id, createdAt: context.now() };
        const [row] = await transaction
          .insert(pqls)
          .values({ ...common, name })
          .returning();
        await transaction.insert(pqlVersions).values({ ...common, pqlId: row!.id, version: 1, definition, createdBy: context.actor.name });
        const result = await readPql(transaction, row!.id);
        return { id: result.id, before: null, after: result, result };
      })
      .catch(taken(name)),
});

export const updatePql = operation({
  summary: 'Change a PQL definition; each change of it is a version of its own',
  method: 'PATCH',
  path: '/pqls/{pql}',
  who: editors,
  input: namedPql.extend({
    name: pqlFields.shape.name.optional(),
    definition: pqlFields.shape.definition.optional(),
    version: z.int(),
  }),
  output: pql,
  run: (context, { pql: id, name, definition, version }) =>
    context
      .write('pql', async (transaction) => {
        const before = await readPql(transaction, id);
        const next = definition ? version + 1 : version;
        const [row] = await transaction
          .update(pqls)
          .set({ ...(name !== undefined && { name }), version: next })
          .where(and(eq(pqls.id, id), eq(pqls.version, version)))
          .returning();
        if (!row)
          throw new Failure(
            'conflict',
            {
              en: 'Somebody changed this definition meanwhile. Load it again, then repeat your change.',
              zh: '其间有人修改了此定义。请重新载入后再修改。',
            },
            {
              current: before,
            },
          );
        if (definition)
          await transaction.insert(pqlVersions).values({
            workspaceId: context.workspace.id,
            pqlId: id,
            version: next,
            definition,
            createdBy: context.actor.name,
            createdAt: context.now(),
          });
        const result = await readPql(transaction, id);
        return { id, before, after: result, result };
      })
      .catch(taken(name)),
});

export const deletePql = operation({
  summary: 'Delete a PQL definition; it can be restored for 30 days',
  method: 'DELETE',
  path: '/pqls/{pql}',
  who: editors,
  input: namedPql,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('pql', async (transaction) => {
      const before = await readPql(transaction, input.pql);
      await transaction
        .update(pqls)
        .set({ deletedAt: context.now() })
        .where(and(eq(pqls.id, before.id), isNull(pqls.deletedAt)));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restorePql = operation({
  summary: 'Restore a PQL definition deleted in the last 30 days',
  method: 'POST',
  path: '/pqls/{pql}/restore',
  who: editors,
  input: namedPql,
  output: pql,
  run: (context, { pql: id }) =>
    context
      .write('pql', async (transaction) => {
        const [row] = await transaction
          .update(pqls)
          .set({ deletedAt: null })
          .where(and(eq(pqls.id, id), sql`${pqls.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`))
          .returning();
        if (!row)
          throw new Failure('not_found', {
            en: 'There is no PQL definition with that id that was deleted in the last 30 days.',
            zh: '最近 30 天内没有删除过具有此编号的 PQL 定义。',
          });
        const result = await readPql(transaction, id);
        return { id, before: null, after: result, result };
      })
      .catch(taken()),
});

export const backTestPql = operation({
  summary: 'Try a PQL definition on the past: who was above its line on a day, and who of them converted after it',
  method: 'POST',
  path: '/pqls/{pql}/back-test',
  reads: true,
  who: everyone,
  input: backTestAsked,
  output: backTest,
  run: testPql,
});

const listing = async (context: Context, { pql: id, day }: z.output<typeof leadsAsked>) => {
  const { definition } = await context.read((transaction) => readPql(transaction, id));
  const zone = context.workspace.timeZone;
  return leads(definition, { day: day ?? (await lastDayOf(context)) ?? dayIn(context.now(), zone), zone });
};

export const listLeads = operation({
  summary: 'List the leads: who is above the line and has not converted',
  method: 'POST',
  path: '/pqls/{pql}/leads',
  reads: true,
  who: everyone,
  input: leadsAsked.extend(rowsPage),
  output: unitRows,
  run: async (context, { offset, limit, ...asked }) => readListed(context, await listing(context, asked), { offset, limit }),
});

export const exportLeads = operation({
  summary: 'Export the leads as CSV',
  method: 'POST',
  path: '/pqls/{pql}/leads.csv',
  reads: true,
  who: everyone,
  input: leadsAsked,
  output: rowsFile,
  run: async (context, asked) => exportListed(context, await listing(context, asked), 'leads.csv'),
});
