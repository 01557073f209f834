import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { readPrograms } from '../../launch/programs/queries.ts';
import type { Program } from '../../launch/programs/schema.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { answerWave, caveatsOf, findingOf, stepsOf } from './answer.ts';
import { type RecallEvidence, recallEvidence, type RecallSurvey, type RecallWave, surveyFields } from './schema.ts';
import { recallSurveys, recallWaves } from './tables.ts';

type SurveyRow = typeof recallSurveys.$inferSelect;
type WaveRow = typeof recallWaves.$inferSelect;

const sample = (asked: number | null, recalled: number | null) => (asked === null || recalled === null ? null : { asked, recalled });

export const asWave = (row: WaveRow): RecallWave => ({
  id: row.id,
  moment: row.moment,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  exposed: sample(row.exposedAsked, row.exposedRecalled),
  notExposed: sample(row.notExposedAsked, row.notExposedRecalled),
  version: row.version,
  createdBy: row.createdBy,
});

const asSurvey = (row: SurveyRow, waves: readonly RecallWave[], program: Program, timeZone: string): RecallSurvey => {
  const fields = surveyFields.parse(row);
  const asked = { fields, target: row.target, waves, timeZone };
  return {
    ...fields,
    id: row.id,
    program: { id: program.id, key: program.key, name: program.name },
    target: row.target,
    finding: findingOf(asked),
    caveats: caveatsOf(asked, program),
    waves: waves.map(answerWave),
    steps: stepsOf(waves),
    version: row.version,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
};

const answered = async (context: Context, transaction: Transaction, rows: readonly SurveyRow[]): Promise<RecallSurvey[]> => {
  if (rows.length === 0) return [];
  const programs = new Map((await readPrograms(transaction)).map((program) => [program.id, program]));
  const waves = await transaction
    .select()
    .from(recallWaves)
    .where(
      inArray(
        recallWaves.surveyId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(recallWaves.startsOn));
  return rows.flatMap((row) => {
    const program = programs.get(row.programId);
    if (!program) return [];
    const own = waves.filter(({ surveyId }) => surveyId === row.id).map(asWave);
    return [asSurvey(row, own, program, context.workspace.timeZone)];
  });
};

/** Surveys of these programs, or of all, the newest first; those of deleted programs are not among them. */
export const readSurveys = async (context: Context, transaction: Transaction, programs?: readonly string[]): Promise<RecallSurvey[]> => {
  const rows = await transaction
    .select()
    .from(recallSurveys)
    .where(and(isNull(recallSurveys.deletedAt), programs ? inArray(recallSurveys.programId, [...programs]) : undefined))
    .orderBy(desc(recallSurveys.createdAt), asc(recallSurveys.id));
  return answered(context, transaction, rows);
};

export const readSurvey = async (context: Context, transaction: Transaction, id: string): Promise<RecallSurvey> => {
  const rows = await transaction
    .select()
    .from(recallSurveys)
    .where(and(eq(recallSurveys.id, id), isNull(recallSurveys.deletedAt)));
  const [found] = await answered(context, transaction, rows);
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such recall survey in this workspace. List the recall surveys to see those there are.',
      zh: '此工作区中没有这项品牌回忆调查。请列出以查看现有的。',
    });
  return found;
};

/** What surveys say, without their waves: to stand beside other figures, and never in them. */
export const evidenceOf = (surveys: readonly RecallSurvey[]): RecallEvidence[] => surveys.map((survey) => recallEvidence.parse(survey));
