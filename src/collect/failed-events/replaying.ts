import { eq } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { forgetChunk, newChunk, settleChunk, whileSettling } from '../events/settle.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { type FailedRow, listFailed, noteReplayed, placesOf, replayedBy } from './queries.ts';
import { isFor, itemOf, resend, type Resent } from './resending.ts';
import type { FixRule } from './schema.ts';
import { replays } from './tables.ts';

/** So many failed events, the newest, are looked at and sent again at once. */
export const mostAtOnce = 10_000;

/** What a rule makes of the failed events that it is for. */
export const tryRule = async (context: Context, rule: FixRule): Promise<{ row: FailedRow; resent: Resent }[]> => {
  const { reason, key } = rule;
  const found = await context.events.ask<FailedRow>(listFailed({ reason, key }, mostAtOnce, 0));
  return found.flatMap((row) => {
    const item = itemOf(row);
    return item && isFor(rule, row, item) ? [{ row, resent: resend(row, item, rule, context.workspace.id) }] : [];
  });
};

const arriveAgain = async (context: Context, chunk: number, rule: FixRule): Promise<void> => {
  const { events, workspace } = context;
  const rows = await events.ask<FailedRow>(replayedBy(chunk));
  const lines = rows.flatMap((row, receipt) => {
    const { line } = resend(row, itemOf(row) ?? {}, rule, workspace.id);
    return line ? [{ ...line, chunk, receipt }] : [];
  });
  await events.command(forgetChunk(chunk));
  if (lines.length > 0) await events.insert('arrival', lines);
  await settleChunk(events, chunk, workspace.timeZone);
  await events.command(forgetChunk(chunk));
};

/** Ends what a crash left in the middle; each step can be done again and changes nothing then. */
const finish = async (context: Context, replay: typeof replays.$inferSelect): Promise<void> => {
  await arriveAgain(context, replay.chunk, replay.rule);
  await context.read((transaction) => transaction.update(replays).set({ state: 'done' }).where(eq(replays.id, replay.id)));
};

/**
 * Sends again what a rule puts right. First it is written down (the replay, then which events), then they arrive through the same
 * statements as all events; so a crash at any point is made good by the next replay.
 */
export const replayRule = (context: Context, fixRuleId: string, name: string, rule: FixRule): Promise<number> =>
  whileSettling(context.application, async () => {
    for (const left of await context.read((transaction) => transaction.select().from(replays).where(eq(replays.state, 'running'))))
      await finish(context, left);
    const fixed = (await tryRule(context, rule)).filter(({ resent }) => resent.line !== null);
    if (fixed.length === 0) return 0;
    const chunk = newChunk();
    const values = { workspaceId: context.workspace.id, fixRuleId, rule, chunk, events: fixed.length, createdAt: context.now() };
    const replay = await context.write('fix_rule', async (transaction) => {
      const [result] = await transaction.insert(replays).values(values).returning();
      return { id: fixRuleId, before: null, after: { name, rule, events: fixed.length }, result: result! };
    });
    await context.events.command(noteReplayed(placesOf(fixed.map(({ row }) => row.id)), chunk));
    await finish(context, replay);
    await refreshIdentities(context);
    return fixed.length;
  });
