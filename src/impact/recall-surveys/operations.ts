import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { readFamily, readProgram } from '../../launch/programs/queries.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { changedMeanwhile, requireUnregistered } from './changing.ts';
import { readSurvey, readSurveys } from './records.ts';
import { mostSurveys, recallSurvey, type RegisteredTarget, surveyFields, targetFields } from './schema.ts';
import { recallSurveys } from './tables.ts';

const named = z.object({ survey: z.uuid().describe('Id of the recall survey') });
const version = z.int().describe('The version that was read');

export const listRecallSurveys = operation({
  summary: 'List brand recall surveys with what they say: who knew the brand before, during and after a program, exposed to it and not',
  method: 'GET',
  path: '/recall-surveys',
  who: everyone,
  input: z.object({ program: z.string().min(1).max(120).optional().describe('Only those of this program and its parts, by key or id') }),
  output: z.object({ surveys: z.array(recallSurvey) }),
  run: (context, { program }) =>
    context.read(async (transaction) => {
      const family = program ? await readFamily(transaction, program) : undefined;
      return {
        surveys: await readSurveys(
          context,
          transaction,
          family?.map(({ id }) => id),
        ),
      };
    }),
});

export const getRecallSurvey = operation({
  summary:
    'Read one brand recall survey: recall by wave and group with its interval, exposed against not exposed, how much further recall rose, and the verdict',
  method: 'GET',
  path: '/recall-surveys/{survey}',
  who: everyone,
  input: named,
  output: recallSurvey,
  run: (context, { survey }) => context.read((transaction) => readSurvey(context, transaction, survey)),
});

export const createRecallSurvey = operation({
  summary: 'Plan a brand recall survey for a program, such as a billboard: what is asked, of whom, and who counts as exposed',
  method: 'POST',
  path: '/recall-surveys',
  who: editors,
  input: surveyFields.extend({ program: z.string().min(1).max(120).describe('Key or id of the program') }),
  output: recallSurvey,
  run: (context, { program, ...fields }) =>
    context.write('recall survey', async (transaction) => {
      const { id: programId } = await readProgram(transaction, program);
      if ((await transaction.$count(recallSurveys, isNull(recallSurveys.deletedAt))) >= mostSurveys)
        throw new Failure('too_many', {
          en: `A workspace holds ${mostSurveys} recall surveys at most. Delete what is long over first.`,
          zh: `一个工作区最多 ${mostSurveys} 项品牌回忆调查。请先删除早已结束的。`,
        });
      const written = { createdBy: context.actor.name, createdAt: context.now() };
      const [row] = await transaction
        .insert(recallSurveys)
        .values({ ...fields, workspaceId: context.workspace.id, programId, ...written })
        .returning({ id: recallSurveys.id });
      const result = await readSurvey(context, transaction, row!.id);
      return { id: result.id, before: null, after: result, result };
    }),
});

// Without their defaults: what a change leaves out stays.
const { prompt, lot, samePeople, ...plain } = surveyFields.shape;
const changes = z.object({
  ...z.object(plain).partial().shape,
  prompt: prompt.unwrap().optional(),
  lot: lot.unwrap().optional(),
  samePeople: samePeople.unwrap().optional(),
});

export const updateRecallSurvey = operation({
  summary: 'Change the words of a recall survey that has no registered target yet; names the version that was read',
  method: 'PATCH',
  path: '/recall-surveys/{survey}',
  who: editors,
  input: named.extend({ ...changes.shape, version }),
  output: recallSurvey,
  run: (context, { survey: id, version: of, ...given }) =>
    context.write('recall survey', async (transaction) => {
      const before = await readSurvey(context, transaction, id);
      requireUnregistered(before);
      const updated = await transaction
        .update(recallSurveys)
        .set({ ...given, version: sql`${recallSurveys.version} + 1` })
        .where(and(eq(recallSurveys.id, id), eq(recallSurveys.version, of), isNull(recallSurveys.target)))
        .returning({ id: recallSurveys.id });
      if (updated.length === 0) throw changedMeanwhile(before);
      const result = await readSurvey(context, transaction, id);
      return { id, before, after: result, result };
    }),
});

export const registerRecallTarget = operation({
  summary: 'Register what a recall survey is to reach, with its words, before the first wave after the program; it is never changed',
  method: 'POST',
  path: '/recall-surveys/{survey}/target',
  who: marketers,
  refuses: 'assistants',
  input: named.extend({ ...targetFields.shape, version }),
  output: recallSurvey,
  run: (context, { survey: id, version: of, ...target }) =>
    context.write('recall survey', async (transaction) => {
      const before = await readSurvey(context, transaction, id);
      requireUnregistered(before);
      const begun = before.waves.find(({ moment }) => moment === 'after');
      if (begun)
        throw new Failure('conflict', {
          en: `People were already asked after the program (from ${begun.startsOn}), so a target now could be chosen to fit. The survey is described instead.`,
          zh: `已在项目之后进行过调查（自 ${begun.startsOn} 起），此时的目标可能是照结果选的。该调查仅作描述。`,
        });
      const registered: RegisteredTarget = {
        ...target,
        at: context.now().toISOString(),
        by: context.actor.name,
        words: surveyFields.parse(before),
      };
      const updated = await transaction
        .update(recallSurveys)
        .set({ target: registered, version: sql`${recallSurveys.version} + 1` })
        .where(and(eq(recallSurveys.id, id), eq(recallSurveys.version, of), isNull(recallSurveys.target)))
        .returning({ id: recallSurveys.id });
      if (updated.length === 0) throw changedMeanwhile(before);
      const result = await readSurvey(context, transaction, id);
      return { id, before, after: result, result };
    }),
});

export const deleteRecallSurvey = operation({
  summary: 'Delete a recall survey with its waves; it can be restored for 30 days',
  method: 'DELETE',
  path: '/recall-surveys/{survey}',
  who: marketers,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { survey: id }) =>
    context.write('recall survey', async (transaction) => {
      const before = await readSurvey(context, transaction, id);
      await transaction.update(recallSurveys).set({ deletedAt: context.now() }).where(eq(recallSurveys.id, id));
      return { id, before, after: null, result: { id } };
    }),
});

export const restoreRecallSurvey = operation({
  summary: 'Restore a recall survey deleted in the last 30 days',
  method: 'POST',
  path: '/recall-surveys/{survey}/restore',
  who: marketers,
  input: named,
  output: recallSurvey,
  run: (context, { survey: id }) =>
    context.write('recall survey', async (transaction) => {
      const recently = sql`${recallSurveys.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`;
      const restored = await transaction
        .update(recallSurveys)
        .set({ deletedAt: null })
        .where(and(eq(recallSurveys.id, id), recently))
        .returning({ id: recallSurveys.id });
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: 'There is no recall survey with that id that was deleted in the last 30 days.',
          zh: '没有此 ID 的品牌回忆调查在过去 30 天内被删除。',
        });
      const result = await readSurvey(context, transaction, id);
      return { id, before: null, after: result, result };
    }),
});
