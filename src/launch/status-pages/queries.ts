import { and, count, desc, eq, inArray, isNull, max, ne, sql } from 'drizzle-orm';
import { dayIn } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { hashToken } from '../../platform/tokens.ts';
import { workspaces } from '../../workspace/workspaces/tables.ts';
import { isPublicAt } from '../announcements/queries.ts';
import { announcements } from '../announcements/tables.ts';
import { addressOf } from '../changelogs/queries.ts';
import { changelogs } from '../changelogs/tables.ts';
import { deliverables } from '../deliverables/tables.ts';
import { lettingThrough } from '../gates/decided.ts';
import { gateStages } from '../gates/schema.ts';
import { decisions, gates } from '../gates/tables.ts';
import { readLaunch } from '../launches/queries.ts';
import { launches } from '../launches/tables.ts';
import { readRunSteps } from '../run-steps/queries.ts';
import type { LaunchStatus } from './schema.ts';
import { statusPages } from './tables.ts';

type Reading = { now: Date; publicUrl: string };

const finished = sql<number>`count(*) FILTER (WHERE ${inArray(deliverables.status, ['approved', 'shipped'])})`.mapWith(Number);

/** Each gate with the moment at which it was passed; one that was held afterwards is not. */
const readGates = async (transaction: Transaction, launchId: string) => {
  const found = await transaction
    .selectDistinctOn([gates.id], { stage: gates.stage, outcome: decisions.outcome, at: decisions.decidedAt })
    .from(gates)
    .leftJoin(decisions, eq(decisions.gateId, gates.id))
    .where(eq(gates.launchId, launchId))
    .orderBy(gates.id, desc(decisions.number));
  const decided = found.map(({ stage, outcome, at }) => ({ stage, passedAt: outcome && lettingThrough.includes(outcome) ? at : null, at }));
  return decided.toSorted((one, other) => gateStages.indexOf(one.stage) - gateStages.indexOf(other.stage));
};

const readPublished = async (transaction: Transaction, launchId: string, { now, publicUrl }: Reading) => {
  const [changelog] = await transaction.select().from(changelogs);
  const found = await transaction
    .select({ slug: announcements.slug, title: announcements.title, category: announcements.category, at: announcements.publishAt })
    .from(announcements)
    .where(and(eq(announcements.launchId, launchId), isPublicAt(now)))
    .orderBy(desc(announcements.publishAt))
    .limit(50);
  return found.map(({ slug, title, category, at }) => ({
    title,
    category,
    publishedAt: at!.toISOString(),
    url: changelog?.isPublic ? `${addressOf(publicUrl, changelog.name)}/${slug}` : null,
  }));
};

/** What the page behind an address says, or nothing: a wrong address, a revoked one and that of a deleted launch are the same from outside. */
export const readStatus = async (transaction: Transaction, token: string, reading: Reading): Promise<LaunchStatus | undefined> => {
  const [found] = await transaction
    .select({ launchId: statusPages.launchId, timeZone: workspaces.timeZone })
    .from(statusPages)
    .innerJoin(workspaces, eq(workspaces.id, statusPages.workspaceId))
    .innerJoin(launches, eq(launches.id, statusPages.launchId))
    .where(
      and(
        eq(statusPages.tokenHash, hashToken(token)),
        isNull(statusPages.revokedAt),
        isNull(workspaces.deletedAt),
        isNull(launches.deletedAt),
      ),
    );
  if (!found) return undefined;
  const { launchId, timeZone } = found;
  const launch = await readLaunch(transaction, launchId);
  const passed = await readGates(transaction, launchId);
  const [needed] = await transaction
    .select({ finished, of: count(), changedAt: max(deliverables.updatedAt) })
    .from(deliverables)
    .where(
      and(
        eq(deliverables.launchId, launchId),
        eq(deliverables.required, true),
        ne(deliverables.status, 'dropped'),
        isNull(deliverables.deletedAt),
      ),
    );
  const steps = await readRunSteps(transaction, launch, timeZone);
  const published = await readPublished(transaction, launchId, reading);
  const changes = [
    launch.updatedAt,
    needed?.changedAt?.toISOString(),
    ...passed.map(({ at }) => at?.toISOString()),
    ...steps.map(({ checkedAt }) => checkedAt),
    ...published.map(({ publishedAt }) => publishedAt),
  ];
  const { name, stage, state, readyDate, marketDate } = launch;
  return {
    launch: { name, stage, state, readyDate, marketDate },
    timeZone,
    today: dayIn(reading.now, timeZone),
    gates: passed.map(({ stage, passedAt }) => ({ stage, passedAt: passedAt?.toISOString() ?? null })),
    deliverables: { finished: needed?.finished ?? 0, of: needed?.of ?? 0 },
    steps: steps.map(({ id, dayOffset, day, atTime, at, text, state, checkedAt }) => ({
      id,
      dayOffset,
      day,
      atTime,
      at,
      text,
      state,
      checkedAt,
    })),
    announcements: published,
    changedAt: changes
      .flatMap((one) => one ?? [])
      .toSorted()
      .at(-1)!,
  };
};
