import type { Entry, Room } from './arriving.ts';
import { readLine, type Shown } from './lines.ts';
import { isProblem, type LiveAsked, type LiveEvent, mostShown } from './schema.ts';
import { type Plan, standingOf, withLikeness } from './standing.ts';

/** So many events are read for one message at most; those before them are left out. */
const mostRead = 500;

/** What a reader sees with: the names of the keys, the plan, and whether they may see what failed as it was sent. */
export type Sight = { keyNames: Map<string, string>; plan: Plan; mayReadRaw: boolean };
export type News = { rows: LiveEvent[]; received: number; leftOut: number };

const shownOf = (entry: Entry): Shown => {
  entry.shown ??= readLine(entry.line);
  entry.line = '';
  return entry.shown;
};

const instant = (stored: string) => `${stored.replace(' ', 'T')}Z`;

const eventOf = (shown: Shown, id: string, sight: Sight): LiveEvent => ({
  id,
  receivedAt: instant(shown.received_at),
  kind: shown.kind,
  name: shown.name ?? '',
  user: shown.user ?? '',
  anonymous: shown.anonymous ?? '',
  account: shown.account ?? '',
  reason: shown.reason || null,
  detail: shown.detail ?? '',
  keyName: sight.keyNames.get(shown.key) ?? null,
  key: shown.key,
  at: instant(shown.at),
  clock: shown.clock ?? '',
  message: shown.message,
  previous: shown.previous ?? '',
  properties: shown.properties ?? {},
  traits: shown.traits ?? {},
  raw: sight.mayReadRaw ? (shown.raw ?? '') : '',
  isCut: shown.isCut,
  ...standingOf(shown, sight.plan),
});

const isAsked = (event: LiveEvent, { key, name, problems }: LiveAsked) => {
  if (key && event.key !== key) return false;
  if (problems && !isProblem(event)) return false;
  return name === '' || (event.reason === null ? event.name : event.raw).toLowerCase().includes(name.toLowerCase());
};

/**
 * What came from the entry `from` on that is asked for, in order. The newest are read first: of too many, the oldest are left out, and so is
 * what the room does not hold any more.
 */
export const newsOf = (room: Room, from: number, asked: LiveAsked, sight: Sight, limit = mostShown): News => {
  const fresh = room.entries.filter(({ number }) => number >= from);
  const rows: LiveEvent[] = [];
  let read = 0;
  for (const entry of fresh.toReversed()) {
    if (read === mostRead || rows.length === limit) break;
    read++;
    const event = eventOf(shownOf(entry), `${room.epoch}-${entry.number}`, sight);
    if (isAsked(event, asked)) rows.push(event);
  }
  sight.plan.begin();
  const received = room.next - from;
  return { rows: rows.toReversed().map((event) => withLikeness(event, sight.plan)), received, leftOut: received - read };
};
