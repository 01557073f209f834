import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { readKeys } from '../../workspace/keys/queries.ts';
import { type CountRow, countsByHour, lastHours } from './queries.ts';
import { countsAsked, eventCounts, type KeyCount, type PeriodCount } from './schema.ts';
import { countWaiting } from './waiting.ts';

const day = 86_400_000;
type Counted = CountRow & { waiting: number };
const nothing = { received: 0, stored: 0, duplicate: 0, failed: 0, waiting: 0 };
const sum = (rows: readonly Omit<Counted, 'key' | 'hour'>[]) =>
  rows.reduce(
    (all, row) => ({
      received: all.received + row.received,
      stored: all.stored + row.stored,
      duplicate: all.duplicate + row.duplicate,
      failed: all.failed + row.failed,
      waiting: all.waiting + row.waiting,
    }),
    nothing,
  );

const periodsOf = (rows: readonly Counted[], nameOf: (hour: string) => string): PeriodCount[] => {
  const groups = new Map<string, Counted[]>();
  for (const row of rows) groups.set(nameOf(row.hour), [...(groups.get(nameOf(row.hour)) ?? []), row]);
  return [...groups].map(([at, inside]) => ({ at, ...sum(inside) })).toSorted((a, b) => (a.at < b.at ? -1 : 1));
};

const readCounts = async (context: Context, from: Date, to: Date, key?: string): Promise<{ read: Counted[]; isWhole: boolean }> => {
  const { waiting, isWhole } = await countWaiting(context);
  const rows = await context.events.ask<CountRow>(countsByHour(from, to, key));
  const coming = waiting
    .filter((each) => (!key || each.key === key) && new Date(each.hour) >= from && new Date(each.hour) < to)
    .map(({ key: sentWith, hour, count }) => ({ ...nothing, key: sentWith, hour, received: count, waiting: count }));
  return { read: [...rows.map((row) => ({ ...row, waiting: 0 })), ...coming], isWhole };
};

export const countEvents = operation({
  summary: 'Count what was received by write key and hour or day: received = stored + duplicate + failed + waiting, exactly',
  method: 'GET',
  path: '/events/counts',
  who: everyone,
  input: countsAsked,
  output: eventCounts,
  run: async (context, { by, from, to, key }) => {
    const inZone = (hour: string) => dayIn(new Date(hour), context.workspace.timeZone);
    const today = inZone(context.now().toISOString());
    const last = to ?? today;
    const first = from ?? new Date(Date.parse(last) - 29 * day).toISOString().slice(0, 10);
    // A day begins at most 14 hours from that of UTC: read a day more on both sides, then keep what lies inside.
    const { read, isWhole } = await readCounts(context, new Date(Date.parse(first) - day), new Date(Date.parse(last) + 2 * day), key);
    const rows = read.filter(({ hour }) => inZone(hour) >= first && inZone(hour) <= last);
    const names = new Map((await context.read(readKeys)).filter(({ kind }) => kind === 'write').map((each) => [each.id, each.name]));
    const lastOf = new Map((await context.events.ask<{ key: string; hour: string }>(lastHours())).map((each) => [each.key, each.hour]));
    for (const row of read) if (row.waiting > 0) lastOf.set(row.key, row.hour);
    const nameOf = by === 'day' ? inZone : (hour: string) => hour;
    const ofKey = (id: string): KeyCount => {
      const own = rows.filter((row) => row.key === id);
      return { key: id, name: names.get(id) ?? null, lastAt: lastOf.get(id) ?? null, ...sum(own), periods: periodsOf(own, nameOf) };
    };
    const all = key ? [key] : [...new Set([...names.keys(), ...rows.map((row) => row.key)])];
    return { ...sum(rows), isWhole, periods: periodsOf(rows, nameOf), keys: all.map(ofKey).toSorted((a, b) => b.received - a.received) };
  },
});
