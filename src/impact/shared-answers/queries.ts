import { eventsRevision } from '../../collect/events/queries.ts';
import { revision } from '../../collect/imports/queries.ts';
import type { Context } from '../../platform/context.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

type Period = { from: string; to: string };

/** From the sums that are stored with the events, whatever their number. */
const eventsIn = (period: Period): Query => ({
  sql: `SELECT count() AS events FROM ${rows('event')} WHERE day BETWEEN {from:Date} AND {to:Date}`,
  params: period,
});

/** What answers rest on: they are still true while this is the same. */
export const readRevision = async ({ read, events }: Context): Promise<string> => {
  const [imported, [received]] = await Promise.all([read(revision), events.ask<{ revision: string }>(eventsRevision)]);
  return `${imported} ${received?.revision ?? ''}`;
};

export const countEventsIn = async ({ events }: Context, { from, to }: Period): Promise<number> =>
  (await events.ask<{ events: number }>(eventsIn({ from, to })))[0]?.events ?? 0;
