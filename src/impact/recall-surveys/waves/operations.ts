import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { dayIn } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import { operation } from '../../../platform/operation.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { editors, everyone } from '../../../platform/roles.ts';
import { asEntered, changedMeanwhile, objectionTo, type Wave } from '../changing.ts';
import { readSurvey } from '../records.ts';
import { importedWaves, type ImportedWaves, mostWaves, recallSurvey, type RecallSurvey, waveFields } from '../schema.ts';
import { recallWaves } from '../tables.ts';
import { readWaves, writeWaves } from './file.ts';

const named = z.object({ survey: z.uuid().describe('Id of the recall survey') });
const one = named.extend({ wave: z.uuid() });

/** Waves of a survey are written one after another: their days must not meet. */
const lockWaves = (transaction: Transaction, survey: string) =>
  transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`recall waves ${survey}`}, 0))`);

const todayOf = (context: Context) => dayIn(context.now(), context.workspace.timeZone);

const requireSense = (context: Context, wave: Wave, others: RecallSurvey['waves']): void => {
  const objection = objectionTo(wave, others, todayOf(context));
  if (objection) throw new Failure(objection.code, objection.said);
};

const requireRoom = (waves: number): void => {
  if (waves > mostWaves)
    throw new Failure('too_many', {
      en: `A recall survey holds ${mostWaves} waves at most. Plan another survey for the next ones.`,
      zh: `一项品牌回忆调查最多 ${mostWaves} 轮。请为后续轮次另建调查。`,
    });
};

const asRow = ({ moment, startsOn, endsOn, exposed, notExposed }: Wave) => ({
  moment,
  startsOn,
  endsOn,
  exposedAsked: exposed?.asked ?? null,
  exposedRecalled: exposed?.recalled ?? null,
  notExposedAsked: notExposed?.asked ?? null,
  notExposedRecalled: notExposed?.recalled ?? null,
});

const insertWave = (context: Context, transaction: Transaction, surveyId: string, wave: Wave) =>
  transaction.insert(recallWaves).values({
    ...asRow(wave),
    workspaceId: context.workspace.id,
    surveyId,
    createdBy: context.actor.name,
    createdAt: context.now(),
  });

const waveOf = ({ waves }: RecallSurvey, id: string) => {
  const found = waves.find((wave) => wave.id === id);
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such wave in this recall survey. Read the survey to see those there are.',
      zh: '此品牌回忆调查中没有这一轮。请读取该调查查看现有的。',
    });
  return found;
};

export const enterRecallWave = operation({
  summary: 'Enter a wave of a recall survey: how many were asked and how many recalled it, exposed and not exposed',
  method: 'POST',
  path: '/recall-surveys/{survey}/waves',
  who: editors,
  input: named.extend(waveFields.shape),
  output: recallSurvey,
  run: (context, { survey: id, ...fields }) =>
    context.write('recall survey', async (transaction) => {
      await lockWaves(transaction, id);
      const before = await readSurvey(context, transaction, id);
      const wave = asEntered(fields);
      requireSense(context, wave, before.waves);
      requireRoom(before.waves.length + 1);
      await insertWave(context, transaction, id, wave);
      const result = await readSurvey(context, transaction, id);
      return { id, before, after: result, result };
    }),
});

export const updateRecallWave = operation({
  summary: 'Correct a wave of a recall survey; names the version of the wave that was read',
  method: 'PUT',
  path: '/recall-surveys/{survey}/waves/{wave}',
  who: editors,
  input: one.extend({ ...waveFields.shape, version: z.int().describe('The version of the wave that was read') }),
  output: recallSurvey,
  run: (context, { survey: id, wave: waveId, version, ...fields }) =>
    context.write('recall survey', async (transaction) => {
      await lockWaves(transaction, id);
      const before = await readSurvey(context, transaction, id);
      if (waveOf(before, waveId).version !== version) throw changedMeanwhile(before);
      const wave = asEntered(fields);
      requireSense(
        context,
        wave,
        before.waves.filter((other) => other.id !== waveId),
      );
      await transaction
        .update(recallWaves)
        .set({ ...asRow(wave), version: version + 1 })
        .where(eq(recallWaves.id, waveId));
      const result = await readSurvey(context, transaction, id);
      return { id, before, after: result, result };
    }),
});

export const deleteRecallWave = operation({
  summary: 'Delete a wave of a recall survey; to have it back, enter it again',
  method: 'DELETE',
  path: '/recall-surveys/{survey}/waves/{wave}',
  who: editors,
  input: one,
  output: recallSurvey,
  run: (context, { survey: id, wave: waveId }) =>
    context.write('recall survey', async (transaction) => {
      await lockWaves(transaction, id);
      const before = await readSurvey(context, transaction, id);
      waveOf(before, waveId);
      await transaction.delete(recallWaves).where(and(eq(recallWaves.id, waveId), eq(recallWaves.surveyId, id)));
      const result = await readSurvey(context, transaction, id);
      return { id, before, after: result, result };
    }),
});

type Compared = { created: Wave[]; changed: Wave[]; unchanged: number; faults: ImportedWaves['faults'] };

/** What a file would do to the waves of a survey; a wave is known by its first day. */
const compare = async (context: Context, { waves: held }: RecallSurvey, csv: string): Promise<Compared> => {
  const { waves, faults } = await readWaves(csv, context.language);
  const found: Compared = { created: [], changed: [], unchanged: 0, faults: [...faults] };
  const inFile = new Set(waves.map(({ wave }) => wave.startsOn));
  const stay = held.filter(({ startsOn }) => !inFile.has(startsOn));
  const taken: Wave[] = [];
  for (const { line, wave } of waves) {
    const objection = objectionTo(wave, [...stay, ...taken], todayOf(context));
    if (objection) found.faults.push({ line, message: objection.said[context.language] });
    taken.push(wave);
    const before = held.find(({ startsOn }) => startsOn === wave.startsOn);
    if (!before) found.created.push(wave);
    else if (isSame(asRow(before), asRow(wave))) found.unchanged += 1;
    else found.changed.push(wave);
  }
  return { ...found, faults: found.faults.toSorted((a, b) => a.line - b.line) };
};

const isSame = (before: ReturnType<typeof asRow>, after: ReturnType<typeof asRow>): boolean =>
  (Object.keys(after) as (keyof typeof after)[]).every((column) => before[column] === after[column]);

const answerOf = ({ created, changed, unchanged, faults }: Compared, done: boolean): ImportedWaves => ({
  done,
  created: created.length,
  changed: changed.length,
  unchanged,
  faults,
});

export const importRecallWaves = operation({
  summary:
    'Import waves of a recall survey from CSV (wave, first day, last day, exposed asked, exposed recalled, not exposed asked, not exposed recalled); first as a dry run',
  method: 'POST',
  path: '/recall-surveys/{survey}/waves/import',
  who: editors,
  input: named.extend({
    csv: z.string().min(1).max(200_000).describe('With the names of the columns in its first row'),
    dryRun: z.boolean().default(true).describe('Only says what would come of it'),
  }),
  output: importedWaves,
  run: async (context, { survey: id, csv, dryRun }) => {
    const looked = await compare(context, await context.read((transaction) => readSurvey(context, transaction, id)), csv);
    if (dryRun || looked.faults.length > 0 || looked.created.length + looked.changed.length === 0)
      return answerOf(looked, !dryRun && looked.faults.length === 0);
    return context.write('recall survey', async (transaction) => {
      await lockWaves(transaction, id);
      const before = await readSurvey(context, transaction, id);
      const found = await compare(context, before, csv);
      if (found.faults.length > 0) throw changedMeanwhile(before);
      requireRoom(before.waves.length + found.created.length);
      for (const wave of found.created) await insertWave(context, transaction, id, wave);
      for (const wave of found.changed)
        await transaction
          .update(recallWaves)
          .set({ ...asRow(wave), version: sql`${recallWaves.version} + 1` })
          .where(and(eq(recallWaves.surveyId, id), eq(recallWaves.startsOn, wave.startsOn)));
      return { id, before, after: await readSurvey(context, transaction, id), result: answerOf(found, true) };
    });
  },
});

export const exportRecallWaves = operation({
  summary: 'Export the waves of a recall survey as CSV, with shares and 95% intervals; it can be imported again',
  method: 'GET',
  path: '/recall-surveys/{survey}/waves.csv',
  who: everyone,
  input: named,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: (context, { survey }) =>
    context.read(async (transaction) => {
      const { program, waves } = await readSurvey(context, transaction, survey);
      return { fileName: `recall-${program.key}.csv`, csv: writeWaves(waves) };
    }),
});
