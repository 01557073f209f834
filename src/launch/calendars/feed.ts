import { and, eq, isNull } from 'drizzle-orm';
import ical from 'ical-generator';
import { addDays } from '../../platform/days.ts';
import type { Application } from '../../platform/context.ts';
import { hashToken } from '../../platform/tokens.ts';
import { workspaces } from '../../workspace/workspaces/tables.ts';
import type { Launch } from '../launches/schema.ts';
import { readFreezes, readPlanned } from './queries.ts';
import type { FreezePeriod } from './schema.ts';
import { calendarLinks } from './tables.ts';

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);

type Given = { name: string; launches: Launch[]; freezes: FreezePeriod[]; publicUrl: string; now: Date };

/** The dates of all launches in the format of RFC 5545. A day is a day, in whatever zone it is read; each entry keeps its name, so that it moves. */
const writeFeed = ({ name, launches, freezes, publicUrl, now }: Given): string => {
  const feed = ical({ name, prodId: '//Landfall//Launches//EN', timezone: 'UTC', ttl: 3600 });
  const add = (id: string, summary: string, [from, to]: [string, string], more: { url?: string; sequence?: number }) =>
    feed.createEvent({ id, summary, start: asDate(from), end: asDate(addDays(to, 1)), allDay: true, stamp: now, ...more });
  for (const { id, key, name: launch, marketDate, readyDate, version: sequence } of launches) {
    const more = { url: `${publicUrl}/launches/${encodeURIComponent(key)}`, sequence };
    add(`${id}-market@landfall`, launch, [marketDate, marketDate], more);
    if (readyDate) add(`${id}-ready@landfall`, `${launch}: ready`, [readyDate, readyDate], more);
  }
  for (const { id, name: freeze, from, to } of freezes) add(`${id}@landfall`, freeze, [from, to], {});
  return feed.toString();
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The feed behind a secret address, or null: a wrong one, a revoked one and none at all are the same from outside. */
export const openFeed = async (application: Application, token: string, publicUrl: string): Promise<string | null> => {
  const workspace = token.split('.')[0] ?? '';
  if (!uuid.test(workspace) || token.length > 200) return null;
  return application.records.within(workspace, async (transaction) => {
    const [found] = await transaction
      .select({ id: calendarLinks.id, name: workspaces.name })
      .from(calendarLinks)
      .innerJoin(workspaces, eq(workspaces.id, calendarLinks.workspaceId))
      .where(and(eq(calendarLinks.tokenHash, hashToken(token)), isNull(calendarLinks.revokedAt), isNull(workspaces.deletedAt)));
    if (!found) return null;
    const [launches, freezes] = [await readPlanned(transaction), await readFreezes(transaction)];
    return writeFeed({ name: found.name, launches, freezes, publicUrl, now: application.now() });
  });
};
