import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type People, readPeople } from '../charters/people.ts';
import type { Launch } from '../launches/schema.ts';
import { momentOf } from './moment.ts';
import type { RunStep } from './schema.ts';
import { runSteps } from './tables.ts';

type OfDay = Pick<Launch, 'id' | 'marketDate'>;

const asRunStep = (row: typeof runSteps.$inferSelect, { marketDate }: OfDay, timeZone: string, people: People): RunStep => {
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
};

/** The run sheets of some launches, each in the order of the clock. */
export const readRunSheets = async <Of extends OfDay>(
  transaction: Transaction,
  launches: Of[],
  timeZone: string,
): Promise<{ launch: Of; steps: RunStep[] }[]> => {
  const people = await readPeople(transaction);
  const ids = launches.map(({ id }) => id);
  const rows = await transaction
    .select()
    .from(runSteps)
    .where(and(inArray(runSteps.launchId, ids), isNull(runSteps.deletedAt)))
    .orderBy(asc(runSteps.dayOffset), asc(runSteps.atTime), asc(runSteps.createdAt), asc(runSteps.id));
  return launches.map((launch) => ({
    launch,
    steps: rows.filter(({ launchId }) => launchId === launch.id).map((row) => asRunStep(row, launch, timeZone, people)),
  }));
};

/** The run sheet of a launch, in the order of the clock. */
export const readRunSteps = async (transaction: Transaction, launch: OfDay, timeZone: string): Promise<RunStep[]> =>
  (await readRunSheets(transaction, [launch], timeZone))[0]!.steps;

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
