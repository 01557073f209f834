import type { Arrival } from '../schema.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
// Before this nobody sent events: the clock of the device was never set.
const earliest = Date.UTC(2000, 0, 1);

const iso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Milliseconds since 1970 of a time as clients write it, and whether it says its zone; without one it is taken for UTC. */
export const readTime = (given: unknown): { at: number; hasZone: boolean } | undefined => {
  if (typeof given === 'number' && Number.isFinite(given)) return { at: Math.abs(given) < 1e11 ? given * 1000 : given, hasZone: true };
  if (typeof given !== 'string') return undefined;
  const found = iso.exec(given.trim());
  if (!found) return undefined;
  const text = given.trim().replace(' ', 'T').replace(',', '.');
  const at = Date.parse(found[1] ? text : text.length === 10 ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : { at, hasZone: Boolean(found[1]) };
};

export type Moment = { at: number; clock: Arrival['clock'] };

/**
 * When it happened, by our clock: received - (sent - stated). A client whose clock is wrong is wrong in both of its times. What lies more
 * than a day ahead, or before anybody sent events, counts when it was received. The trip of less than a minute is no correction.
 */
export const timeOf = (times: { stated: unknown; sentAt: unknown; receivedAt: number }): Moment => {
  const { receivedAt } = times;
  const stated = readTime(times.stated);
  if (!stated) return { at: receivedAt, clock: 'missing' };
  const sent = readTime(times.sentAt);
  const at = sent?.hasZone ? receivedAt - (sent.at - stated.at) : stated.at;
  if (at > receivedAt + day) return { at: receivedAt, clock: 'future' };
  if (at < earliest) return { at: receivedAt, clock: 'past' };
  return { at, clock: Math.abs(at - stated.at) < minute ? '' : 'corrected' };
};

/** As the event store reads it: UTC, `2026-06-01 12:00:00.000`. */
export const storeTime = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('T', ' ').slice(0, -1);
