import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ClickHouseError } from '@clickhouse/client';
import type { Application, Context } from '../../platform/context.ts';
import { workspacesWith } from '../../platform/events/sources.ts';
import type { Segment } from '../../platform/spool.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { recountDays } from './recount.ts';
import { contextOf, contextsOf, forgetChunk, settleArrived, settleChunk, whileSettling } from './settle.ts';
import { carried, forgetHidden } from './settling.ts';

/** What came of the events of one chunk. */
export type Settled = { stored: number; duplicate: number; failed: number; seconds: number };
type Options = { onSettled?: (settled: Settled) => void };

const sealAfterMilliseconds = 700;
const idleMilliseconds = 150;
const longestWaitMilliseconds = 10_000;
const recountMilliseconds = 2000;

/** A line that the store does not take is kept as a failed event, so that it does not hold up the others. */
const asFailed = (line: string): string => {
  const { workspace, key, chunk, receipt, received_at } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify({ workspace, key, chunk, receipt, received_at, kind: 'failed', reason: 'refused_by_store', raw: line });
};

// What a store in trouble answers: no memory, no space, too many parts, a statement that was stopped, files that cannot be written or read.
const troubles = new Set([
  23, 24, 74, 75, 76, 77, 159, 160, 164, 173, 198, 201, 202, 203, 209, 210, 236, 241, 242, 243, 252, 279, 319, 394, 439, 499, 999, 1000,
  1001, 1002,
]);
const isOfTheLine = (error: unknown) => error instanceof ClickHouseError && !troubles.has(Number(error.code));

const insertLines = async (application: Application, lines: readonly string[]): Promise<void> => {
  await application.events.client.command({ query: `INSERT INTO arrival FORMAT JSONEachRow\n${lines.join('\n')}` });
};

const arrive = async (application: Application, lines: readonly string[]): Promise<void> => {
  if (lines.length === 0) return;
  try {
    await insertLines(application, lines);
  } catch (error) {
    if (!isOfTheLine(error)) throw error;
    if (lines.length === 1) return insertLines(application, [asFailed(lines[0]!)]);
    const middle = lines.length >> 1;
    await arrive(application, lines.slice(0, middle));
    await arrive(application, lines.slice(middle));
  }
};

/** Takes one file of the spool into the store, whatever was done of it before a crash; answers where somebody may be somebody else now. */
const settleSegment = (application: Application, { chunk, path }: Segment): Promise<Context[]> =>
  whileSettling(application, async () => {
    // Somebody who could not wait for the loop (`settleNow`) may have taken it in the meantime.
    if (!(await application.spool.sealed(Infinity)).some((one) => one.chunk === chunk)) return [];
    await application.events.client.command({ query: forgetChunk(chunk).sql });
    await arrive(application, (await readFile(path, 'utf8')).split('\n').filter(Boolean));
    const changed = await settleArrived(application, chunk);
    await application.spool.remove(chunk);
    return changed;
  });

/** Works out who is who where it may have changed, but spends no more than a fifth of its time on it. */
const identityKeeper = (application: Application) => {
  const waiting = new Map<string, Context>();
  let nextAt = 0;
  return {
    add: (contexts: readonly Context[]) => contexts.forEach((context) => waiting.set(context.workspace.id, context)),
    isWaiting: () => waiting.size > 0,
    run: async (force = false) => {
      if (waiting.size === 0 || (!force && performance.now() < nextAt)) return;
      const startedAt = performance.now();
      for (const [id, context] of waiting) {
        await whileSettling(application, () => refreshIdentities(context));
        waiting.delete(id);
      }
      nextAt = performance.now() + 4 * (performance.now() - startedAt);
    },
  };
};

/** Events that lie in `arrival` without a file in the spool: those of an earlier version, carried over by a migration. */
export const settleCarried = (application: Application): Promise<Context[]> =>
  whileSettling(application, async () => {
    const contexts: Context[] = [];
    for (const context of await contextsOf(application, carried)) {
      await context.events.command(forgetHidden(carried));
      await settleChunk(context.events, carried, context.workspace.timeZone);
      contexts.push(context);
    }
    await application.events.client.command({ query: forgetChunk(carried).sql });
    return contexts;
  });

/** Who is who is worked out after a chunk is settled; what a process that ended did not come to is done by the next one. */
const contextsWithLinks = async (application: Application): Promise<Context[]> => {
  const found = await application.events.client.query({ query: workspacesWith('link'), format: 'JSONEachRow' });
  const workspaces = await found.json<{ workspace: string }>();
  return Promise.all(workspaces.map(({ workspace }) => contextOf(application, workspace)));
};

/** Settles all that is in the spool now, and says when it is done. */
export const settleNow = async (application: Application): Promise<void> => {
  const identities = identityKeeper(application);
  for (const segment of await application.spool.sealed(0)) identities.add(await settleSegment(application, segment));
  await identities.run(true);
};

/** Takes what is in the spool into the store for as long as the process runs. A store that is down is waited for; the spool keeps growing. */
export const keepSettling = (application: Application, { onSettled }: Options = {}): void =>
  application.background('settle events', async (signal) => {
    const identities = identityKeeper(application);
    let wait = idleMilliseconds;
    let isBegun = false;
    let recountAt = 0;
    while (!signal.aborted) {
      try {
        if (performance.now() >= recountAt) {
          // What cannot be recounted now is tried again; it holds nobody up.
          await recountDays(application).catch((error: unknown) =>
            application.log.error({ err: error }, 'days wait for their new time zone'),
          );
          recountAt = performance.now() + recountMilliseconds;
        }
        if (!isBegun) identities.add([...(await settleCarried(application)), ...(await contextsWithLinks(application))]);
        isBegun = true;
        for (const segment of await application.spool.sealed(sealAfterMilliseconds)) {
          if (signal.aborted) return;
          const startedAt = performance.now();
          identities.add(await settleSegment(application, segment));
          onSettled?.({ ...(await countsOf(application, segment.chunk)), seconds: (performance.now() - startedAt) / 1000 });
        }
        await identities.run();
        wait = idleMilliseconds;
      } catch (error) {
        application.log.warn({ err: error }, 'events wait in the spool: they could not be stored');
        wait = Math.min(longestWaitMilliseconds, wait * 2);
      }
      await pause(wait, undefined, { signal }).catch(() => {});
    }
  });

const countsOf = async ({ events }: Application, chunk: number): Promise<Omit<Settled, 'seconds'>> => {
  const query = `SELECT toUInt32(sum(stored)) AS stored, toUInt32(sum(duplicate)) AS duplicate, toUInt32(sum(failed)) AS failed FROM ingest FINAL WHERE chunk = {chunk:UInt64}`;
  const found = await events.client.query({ query, query_params: { chunk }, format: 'JSONEachRow' });
  return (await found.json<Omit<Settled, 'seconds'>>())[0]!;
};
