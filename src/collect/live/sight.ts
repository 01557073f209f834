import { max } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { editors } from '../../platform/roles.ts';
import { readKeys } from '../../workspace/keys/queries.ts';
import { erasures } from '../erasures/tables.ts';
import { readPlannedEvents } from '../planned-events/queries.ts';
import type { Live } from './arriving.ts';
import type { Sight } from './news.ts';
import { readyPlan } from './standing.ts';

/** What a reader sees with now. What came before somebody was erased, on whichever server, is forgotten here. */
export const sightOf = async (context: Context, live: Live): Promise<Sight> => {
  const { keys, planned, erasedAt } = await context.read(async (transaction) => {
    const [erased] = await transaction.select({ at: max(erasures.createdAt) }).from(erasures);
    return { keys: await readKeys(transaction), planned: await readPlannedEvents(transaction), erasedAt: erased?.at ?? null };
  });
  if (erasedAt) live.forget(context.workspace.id, erasedAt.getTime());
  return {
    keyNames: new Map(keys.map(({ id, name }) => [id, name])),
    plan: readyPlan(planned),
    mayReadRaw: editors.includes(context.actor.role),
  };
};
