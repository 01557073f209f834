import type { Format } from '../format.ts';
import type { Period } from './data.ts';

export type Axis = {
  /** Black and white blocks, from and to in places of the list of days. */
  blocks: [from: number, to: number][];
  ticks: { at: number; label: string }[];
};

type Block = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const blocksOf: Record<Exclude<Period, 'since'>, Block[]> = {
  hour: ['hour', 'day'],
  day: ['day', 'week', 'month', 'quarter', 'year'],
  week: ['week', 'month', 'quarter', 'year'],
  month: ['month', 'quarter', 'year'],
};

const keyOf = (at: string, block: Block): string | number => {
  if (block === 'hour' || block === 'day') return at;
  // Day 0 of the count was a Thursday; weeks start on Monday.
  if (block === 'week') return Math.floor((Date.parse(`${at}T00:00:00Z`) / 86_400_000 + 3) / 7);
  if (block === 'month') return at.slice(0, 7);
  return block === 'year' ? at.slice(0, 4) : `${at.slice(0, 4)}${Math.floor((Number(at.slice(5, 7)) - 1) / 3)}`;
};

const startsOf = (ats: string[], block: Block): number[] =>
  ats.flatMap((at, index) => (index === 0 || keyOf(at, block) !== keyOf(ats[index - 1]!, block) ? [index] : []));

/** The time axis of these days in this many pixels: the finest blocks whose labels have room. */
export const timeAxis = (ats: string[], by: Period, room: number, format: Format, since: (periods: string) => string = String): Axis => {
  if (by === 'since') return agesAxis(ats, room, (age) => since(format.number(age)));
  const pixel = room / Math.max(1, ats.length - 1);
  const roomOf = (block: Block) => (block === 'month' || block === 'quarter' || block === 'year' ? 46 : 54);
  // The days of hours are those of the reader's clock.
  const keys = (block: Block) => (by === 'hour' && block === 'day' ? ats.map((at) => format.date(at, { year: true })) : ats);
  const fits = (block: Block) => startsOf(keys(block), block).length * roomOf(block) <= room + roomOf(block);
  const block = blocksOf[by].find(fits) ?? blocksOf[by].at(-1)!;
  const starts = startsOf(keys(block), block);
  const blocks = starts.map((from, index): [number, number] => [from, starts[index + 1] ?? ats.length - 1]);
  // Even the coarsest blocks may have no room for all of their labels: then every second one has, or every third.
  const every = Math.max(1, Math.ceil((starts.length * roomOf(block)) / (room + roomOf(block))));
  const spaced = starts.filter((_, index) => index % every === 0);
  const kept = spaced.filter((start, index) => index > 0 || (spaced[1] ?? Infinity) * pixel - start * pixel >= roomOf(block));
  return {
    blocks: blocks.filter(([from, to]) => to > from),
    ticks: kept.map((at) => ({ at, label: write(ats[at]!, block, at === 0, format) })),
  };
};

/** Ticks at every so many periods, as many as have room. */
const agesAxis = (ats: string[], room: number, write: (age: number) => string): Axis => {
  const most = Math.max(1, Math.floor(room / 76));
  const step = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 480, 960, 1920].find((size) => ats.length / size <= most) ?? 3840;
  const starts = ats.flatMap((at, place) => (Number(at) % step === 0 ? [place] : []));
  return {
    blocks: starts.map((from, index): [number, number] => [from, starts[index + 1] ?? ats.length - 1]).filter(([from, to]) => to > from),
    ticks: starts.map((at) => ({ at, label: write(Number(ats[at])) })),
  };
};

const write = (at: string, block: Block, isFirst: boolean, format: Format): string => {
  if (block === 'hour') return format.time(at);
  if (block === 'year') return at.slice(0, 4);
  if (block === 'day' || block === 'week' || (isFirst && !at.endsWith('-01') && block === 'month')) return format.date(at, { year: false });
  return at.slice(5, 7) === '01' ? at.slice(0, 4) : format.month(at);
};

/** The place of any day among the days of the list, between two of them if need be; null outside. */
export const placeOf = (ats: string[], day: string): number | null => {
  const [first, last] = [ats[0], ats.at(-1)];
  if (first === undefined || last === undefined || day < first || day > last) return null;
  const after = ats.findIndex((at) => at >= day);
  if (ats[after] === day || after === 0) return after;
  const [from, to] = [Date.parse(ats[after - 1]!), Date.parse(ats[after]!)];
  return after - 1 + (Date.parse(day) - from) / (to - from);
};
