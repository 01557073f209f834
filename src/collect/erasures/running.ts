import { inArray, or } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
import { withoutOldParts } from '../../platform/events/cleaning.ts';
import { forgetOldRows, rewriteTexts } from '../../platform/records/rewrite.ts';
import { whileSettling } from '../events/settle.ts';
import { settleNow } from '../events/settler.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { identitySplits } from '../identities/tables.ts';
import { liveOf } from '../live/arriving.ts';
import { eraseExamples } from './examples.ts';
import { keepTombstones, storedTombstones, tombstoneOf } from './kept-tombstones.ts';
import { findErased, findPerson, numbersOf, soughtKeys, soughtTexts } from './queries.ts';
import { claimUnfinished, end, findErasure, knownByTombstones, lease, note, retryAt } from './records.ts';
import { type Column, countOf, erasuresByTable, mutationOf, type TableErasure } from './statements.ts';
import type { ErasureRow } from './tables.ts';
import { appendTombstones } from './tombstone-file.ts';
import { refuseErasedArrivals } from './tombstones.ts';

const renewMilliseconds = 8000;
const running = new Map<string, Promise<void>>();

const textColumns = `SELECT table, name, type, is_in_sorting_key AS isKey FROM system.columns
  WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND position(type, 'String') > 0 ORDER BY table, position`;

const planOf = async (context: Context, erasure: string): Promise<TableErasure[]> => {
  const { events, workspace } = context;
  const texts = await events.ask<{ value: string }>(soughtTexts(erasure));
  const numbers = await events.ask<{ number: number }>(numbersOf(erasure));
  const sought = { workspace: workspace.id, erasure, numbers: numbers.map(({ number }) => number), texts: texts.length };
  const tables = erasuresByTable(sought, []).map(({ table }) => table);
  return erasuresByTable(sought, await events.ask<Column>({ sql: textColumns, params: { tables } }));
};

const countRows = async ({ events, workspace }: Context, plan: readonly TableErasure[]): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const one of plan) {
    const [counted] = await events.ask<{ n: number }>({ sql: countOf(workspace.id, one) });
    if (counted!.n > 0) found[one.table] = counted!.n;
  }
  return found;
};

const overwrite = (texts: readonly string[]) => {
  const escaped = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // Not within a longer word: u-10000001 is nobody of u-100000012.
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return (text: string): string => text.replaceAll(any, 'erased');
};

/** What people decided about their keys, short ones too, that no search of texts would find. */
const eraseDecisions = async (context: Context, erasure: string): Promise<Record<string, number>> => {
  const sought = await context.events.ask<{ value: string }>(soughtKeys(erasure));
  const values = sought.map(({ value }) => value);
  const { keyValue, user, person, id } = identitySplits;
  const gone = await context.read((transaction) =>
    transaction
      .delete(identitySplits)
      .where(or(inArray(keyValue, values), inArray(user, values), inArray(person, values)))
      .returning({ id }),
  );
  return gone.length === 0 ? {} : { identity_split: gone.length };
};

/** What people wrote; of the erasures only their own end takes the id away. */
const eraseRecords = async (context: Context, erasure: string): Promise<Record<string, number>> => {
  const texts = (await context.events.ask<{ value: string }>(soughtTexts(erasure))).map(({ value }) => value);
  return texts.length === 0 ? {} : rewriteTexts(context.application.records, context.workspace.id, texts, overwrite(texts), ['erasure']);
};

/** Refuses from now on whatever comes of the person, and keeps that beside the stores before anything is taken out of them. */
const keepOut = async (context: Context, row: ErasureRow, person: string): Promise<string | null> => {
  const { events, workspace, application } = context;
  await events.command(keepTombstones(row.id, context.now()));
  const hash = person === knownByTombstones ? row.hash : (await events.ask<{ hash: string }>(tombstoneOf(person)))[0]!.hash;
  const kept = (await storedTombstones(events)).filter(({ erasure }) => erasure === row.id);
  const lines = kept.map((one) => ({ workspace: workspace.id, hash, ...one }));
  await appendTombstones(application.config.LANDFALL_DATA, lines);
  await refuseErasedArrivals(events);
  return hash;
};

const eraseEvents = async (context: Context, row: ErasureRow, person: string): Promise<void> => {
  const { events, workspace } = context;
  await refreshIdentities(context);
  const find = person === knownByTombstones ? findErased(row.id) : findPerson(row.id, person);
  // What is known by a key that is found may be known by further ones.
  for (const query of [...find, ...find]) await events.command(query);
  const hash = await keepOut(context, row, person);
  const plan = await planOf(context, row.id);
  const found = row.found ?? (await countRows(context, plan));
  await note(context, row.id, { found, hash });
  const tables = [...plan.map(({ table }) => table), 'arrival'];
  await withoutOldParts(context.application.events, tables, async () => {
    for (const one of plan) {
      const [left] = await events.ask<{ n: number }>({ sql: countOf(workspace.id, one) });
      if (left!.n > 0) await events.command({ sql: mutationOf(workspace.id, one) });
    }
  });
  await refreshIdentities(context);
};

const findAndErase = async (context: Context, row: ErasureRow, person: string): Promise<void> => {
  await settleNow(context.application);
  await whileSettling(context.application, () => eraseEvents(context, row, person));
  const decisions = await eraseDecisions(context, row.id);
  await eraseExamples(context, row.id);
  const rewritten = { ...(await eraseRecords(context, row.id)), ...decisions };
  const { found } = await context.read((transaction) => findErasure(transaction, row.id));
  await note(context, row.id, { found: { ...rewritten, ...found } });
  const dropped = { sql: `ALTER TABLE erasing DROP PARTITION '${row.id}'` };
  await withoutOldParts(context.application.events, ['erasing'], () => context.events.command(dropped));
  liveOf(context.application).forget(context.workspace.id);
  await note(context, row.id, { person: null });
};

/** Each step can be done again: what an interrupted run had found is still kept, and what it took away is not there any more. */
const erase = async (context: Context, row: ErasureRow): Promise<void> => {
  if (row.person !== null) await findAndErase(context, row, row.person);
  // A run that was interrupted may have written over rows that this one does not find any more.
  await forgetOldRows(context.application.records);
  await end(context, await context.read((transaction) => findErasure(transaction, row.id)));
};

const problemOf = (error: unknown): Said =>
  error instanceof Failure
    ? error.said
    : {
        en: 'The erasure stopped because of a fault in Landfall or its store. It is tried again at the next start, or when the erasures are listed a minute later.',
        zh: '抹除因 Landfall 或其存储的故障而中止。下次启动时，或一分钟后列出抹除记录时会重试。',
      };

const run = async (context: Context, row: ErasureRow, signal: AbortSignal): Promise<void> => {
  const timer = setInterval(() => void note(context, row.id, { leaseUntil: lease as never }).catch(() => {}), renewMilliseconds);
  try {
    await erase(context, row);
  } catch (error) {
    if (signal.aborted) return;
    context.application.log.error({ err: error, erasure: row.id }, 'an erasure failed');
    await note(context, row.id, { state: 'failed', problem: JSON.stringify(problemOf(error)), leaseUntil: retryAt as never });
  } finally {
    clearInterval(timer);
    running.delete(row.id);
  }
};

/** Erases after the call was answered; one that this process does already goes on. */
export const eraseInBackground = (context: Context, row: ErasureRow): Promise<void> => {
  const here = running.get(row.id);
  if (here) return here;
  const ended = new Promise<void>((resolve) =>
    context.application.background('erase person', (signal) => {
      const work = run(context, row, signal);
      return work.finally(resolve);
    }),
  );
  running.set(row.id, ended);
  return ended;
};

type Resumed = { isAgain: boolean; ended: Promise<void> };

/** Goes on with what a server that is gone left in the middle; `isAgain` where that was done once before. */
export const resumeErasures = async (context: Context): Promise<Resumed[]> => {
  const unfinished = await claimUnfinished(context, [...running.keys()]);
  return unfinished
    .filter(({ id }) => !running.has(id))
    .map((row) => ({ isAgain: row.person === knownByTombstones, ended: eraseInBackground(context, row) }));
};
