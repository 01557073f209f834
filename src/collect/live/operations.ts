import { z } from 'zod';
import { operation, watchOperation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { liveOf } from './arriving.ts';
import { newsOf } from './news.ts';
import { keptMinutes, liveAsked, liveEvent, mostShown } from './schema.ts';
import { sightOf } from './sight.ts';
import { watchArrivals } from './watching.ts';

export const watchLive = watchOperation({
  summary:
    'Watch the events that this server receives, as they come: with whom, and how they stand to the tracking plan, or why they failed',
  path: '/live',
  who: everyone,
  input: liveAsked,
  row: liveEvent,
  run: watchArrivals,
});

export const listLive = operation({
  summary: `List the newest events that this server received in the last ${keptMinutes} minutes, the newest first, also those that are not stored yet`,
  method: 'GET',
  path: '/live/events',
  who: everyone,
  input: liveAsked.extend({ limit: z.coerce.number().int().min(1).max(mostShown).default(20) }),
  output: z.object({
    events: z.array(liveEvent),
    since: z.iso.datetime().nullable().describe('When the oldest event came that was looked at; null when there is none'),
  }),
  run: async (context, { limit, ...asked }) => {
    const live = liveOf(context.application);
    const room = live.room(context.workspace.id);
    const sight = await sightOf(context, live);
    live.forgetOld();
    const [oldest] = room.entries;
    const { rows } = newsOf(room, oldest?.number ?? room.next, asked, sight, limit);
    return { events: rows.toReversed(), since: oldest ? new Date(oldest.receivedAt).toISOString() : null };
  },
});
