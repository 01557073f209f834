import { day, instant } from '../../../examples/weftwork/calendar.ts';
import { recall } from '../../../examples/weftwork/planted.ts';
import { recallWaves } from '../../../examples/weftwork/recall.ts';
import { plannedPrograms, plannedRecall } from '../../../examples/weftwork/work/programs.ts';
import { eq } from 'drizzle-orm';
import { programs } from '../../launch/programs/tables.ts';
import type { Player, Who } from '../../launch/stories/schema.ts';
import type { Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { recallSurveys, recallWaves as waves } from '../recall-surveys/tables.ts';

type Scene = { context: Pick<Context, 'workspace' | 'application'>; transaction: Transaction; cast: ReadonlyMap<Who, Player> };

/** What people near the boards of the example company said before, during and after them, with a target that was registered in time. */
export const insertRecall = async ({ context, transaction, cast }: Scene, seed: number): Promise<void> => {
  const [program] = await transaction.select({ id: programs.id }).from(programs).where(eq(programs.key, recall.program));
  const workspaceId = context.workspace.id;
  const { owner } = plannedPrograms.find(({ key }) => key === recall.program)!;
  const createdBy = cast.get(owner)?.name ?? '';
  const written = { workspaceId, createdBy, createdAt: context.application.now() };
  const registered = {
    ...recall.target,
    at: new Date(instant(day(recall.registeredOn), 600)).toISOString(),
    by: cast.get('amelie')?.name ?? '',
  };
  const [survey] = await transaction
    .insert(recallSurveys)
    .values({ ...plannedRecall, programId: program!.id, target: { ...registered, words: plannedRecall }, ...written })
    .returning({ id: recallSurveys.id });
  await transaction.insert(waves).values(
    recallWaves(seed).map(({ moment, startsOn, endsOn, exposed, notExposed }) => ({
      surveyId: survey!.id,
      moment,
      startsOn,
      endsOn,
      exposedAsked: exposed.asked,
      exposedRecalled: exposed.recalled,
      notExposedAsked: notExposed.asked,
      notExposedRecalled: notExposed.recalled,
      ...written,
    })),
  );
};
