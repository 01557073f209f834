import { and, asc, eq, isNull } from 'drizzle-orm';
import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readPeople } from '../charters/people.ts';
import type { Launch } from '../launches/schema.ts';
import { momentOf } from './moment.ts';
import type { RunStep } from './schema.ts';
import { runSteps } from './tables.ts';

/** The run sheet of a launch, in the order of the clock. */
export const readRunSteps = async (
  transaction: Transaction,
  { id, marketDate }: Pick<Launch, 'id' | 'marketDate'>,
  timeZone: string,
): Promise<RunStep[]> => {
  const people = await readPeople(transaction);
  const rows = await transaction
    .select()
    .from(runSteps)
    .where(and(eq(runSteps.launchId, id), isNull(runSteps.deletedAt)))
    .orderBy(asc(runSteps.dayOffset), asc(runSteps.atTime), asc(runSteps.createdAt), asc(runSteps.id));
  return rows.map((row) => {
    const day = addDays(marketDate, row.dayOffset);
    return {
      id: row.id,
      dayOffset: row.dayOffset,
      day,
      atTime: row.atTime,
      at: momentOf(day, row.atTime, timeZone).toISOString(),
      text: row.text,
      owner: row.ownerId ? people.find(row.ownerId) : null,
      url: row.url,
      state: row.state,
      note: row.note,
      checkedBy: row.checkedBy,
      checkedAt: row.checkedAt?.toISOString() ?? null,
      version: row.version,
    };
  });
};

export const readRunStep = async (transaction: Transaction, id: string): Promise<typeof runSteps.$inferSelect> => {
  const [row] = await transaction
    .select()
    .from(runSteps)
    .where(and(eq(runSteps.id, id), isNull(runSteps.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such step in this workspace. List the run sheet of the launch to see its steps.',
      zh: '此工作区中没有这个步骤。请列出该发布的执行表查看。',
    });
  return row;
};
