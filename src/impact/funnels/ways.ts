import { addDays } from '../../platform/days.ts';
import { events } from '../../collect/events/queries.ts';
import { type Doing, doingSql, namesOf, readsProperties } from '../questions/behaviours.ts';
import { withValue } from '../questions/breakdowns.ts';
import { type Values, behaves } from '../questions/filters.ts';
import type { Days } from '../trends/periods.ts';
import { type FunnelAsked, millisecondsOf } from './schema.ts';

/**
 * How each unit went. A way is the sorted list of its events as numbers: the millisecond and, in the bits below, which steps the event
 * is, so that in one millisecond earlier steps come first. One pass over all ways for each step carries the latest start from which the
 * step can be reached (as windowFunnel does); the first place where the deepest step is reached then gives the entry: the earliest start
 * within the window before it. All passes are array functions over whole columns; a way is never walked twice.
 */
export type Way = Omit<FunnelAsked, 'steps' | 'exclusions'> & { steps: Doing[]; exclusions: Doing[]; days: Days; now: Date };

const dayMilliseconds = 86_400_000;
const bits = 11;
const start = 512;
const excluded = 1024;
const other = 256;

/** Whether one event may be several steps: a step then has to be another event than the one before. */
const mayOverlap = ({ steps }: Way): boolean => {
  const names = steps.flatMap(namesOf);
  return names.includes(null) || new Set(names).size < names.length;
};

/** What has to be read at all: named events first narrow by the order of the table. */
const anySql = (doings: readonly Doing[], { bind }: Values): string => {
  const names = doings.flatMap(namesOf);
  return names.includes(null) ? '1' : `name IN ${bind([...new Set(names)], 'Array(String)')}`;
};

/** Events that are steps or exclusions, or stand between (strict), with which they are. */
const marked = (way: Way, values: Values): string => {
  const { steps, exclusions, order, days, breakdown } = way;
  const { bind } = values;
  const started = `day <= ${bind(days.to, 'Date')}`;
  const only = (index: number) => (index === 0 && order !== 'any' ? ` AND ${started}` : '');
  const matched = steps.map((step, index) => `bitShiftLeft(toUInt64(${doingSql(step, values)}${only(index)}), ${index})`).join(' + ');
  const ends = exclusions.map((step) => `(${doingSql(step, values)})`).join(' OR ') || '0';
  const needed = order === 'strict' ? behaves : anySql([...steps, ...exclusions], values);
  const last = addDays(days.to, Math.ceil(millisecondsOf(way.window) / dayMilliseconds) + 1);
  const span = `day BETWEEN ${bind(days.from, 'Date')} AND ${bind(last, 'Date')} AND at <= fromUnixTimestamp64Milli(${bind(way.now.getTime(), 'Int64')}, 'UTC')`;
  const filtered = [...steps, ...exclusions].some(readsProperties) || breakdown?.by === 'property';
  const value = breakdown?.by === 'property' ? `, properties[${bind(breakdown.name, 'String')}] AS value` : '';
  const begins = order === 'any' ? ` + if(steps != 0 AND ${started}, ${start}, 0)` : '';
  return `(SELECT person, account, bitShiftLeft(toUInt64(toUnixTimestamp64Milli(at)), ${bits}) + if(${ends}, ${excluded}, if(steps = 0, ${order === 'strict' ? other : 0}, steps${begins})) AS element${value}
    FROM (SELECT *, ${matched} AS steps FROM ${events(`${needed} AND ${span}`, ['name', 'at', 'day', ...(filtered ? ['properties'] : [])])}))`;
};

const has = (element: string, bit: number): string => `bitAnd(${element}, ${bit}) != 0`;
const at = (element: string): string => `toInt64(bitShiftRight(${element}, ${bits}))`;
const filled = (list: string): string => `arrayFill(x -> x != 0, ${list})`;
const before = (list: string): string => `arrayPopBack(arrayPushFront(${list}, toUInt64(0)))`;
const firstFrom = (after: string, bit: number): string => `arrayFirst(e -> e > ${after} AND ${has('e', bit)}, way)`;

/** For each kind of order: the passes, the depth, the place where it is first reached, the entry and the moments of the steps. */
type Reading = { passes: string[]; depth: string; place: string; entry: string; moments: string[]; open: string };

const carry = (way: Way, index: number, isStrict: boolean): string => {
  const from = isStrict || mayOverlap(way) ? before(`l${index - 1}`) : `l${index - 1}`;
  const carried = `arrayMap((e, s, x) -> if(${has('e', 2 ** index)} AND s > x AND ${at('e')} - ${at('s')} <= length, s, toUInt64(0)), way, ${from}, ends)`;
  return `${isStrict ? carried : filled(carried)} AS l${index}`;
};

const starts = (bit: number): string => `arrayMap(e -> if(${has('e', bit)}, e, toUInt64(0)), way)`;
const entryAt = (bit: number): string =>
  `arrayFirst(e -> ${has('e', bit)} AND e > ends[place] AND ${at('e')} >= ${at('way[place]')} - length, way)`;
const isOpen = `last > ends[-1] AND ${at('last')} + length > now`;

const inOrder = (way: Way): Reading => {
  const places = way.steps.map((_, index) => index);
  const moments = places
    .slice(1)
    .map((index) =>
      mayOverlap(way)
        ? `arrayFirstIndex((e, i) -> i > m${index - 1} AND ${has('e', 2 ** index)}, way, arrayEnumerate(way)) AS m${index}`
        : `${firstFrom(`m${index - 1}`, 2 ** index)} AS m${index}`,
    );
  const first = mayOverlap(way) ? 'indexOf(way, entry) AS m0' : 'entry AS m0';
  return {
    passes: [`${filled(starts(1))} AS l0`, ...places.slice(1).map((index) => carry(way, index, false)), 'l0[-1] AS last'],
    depth: places.map((index) => `(l${index}[-1] != 0)`).join(' + '),
    place: `countEqual([${places.map((index) => `l${index}`).join(', ')}][depth], 0) + 1`,
    entry: entryAt(1),
    moments: [first, ...moments, `[${places.map((index) => (mayOverlap(way) ? `way[m${index}]` : `m${index}`)).join(', ')}] AS moments`],
    open: isOpen,
  };
};

const strictly = (way: Way): Reading => {
  const places = way.steps.map((_, index) => index);
  const lists = `[${places.map((index) => `l${index}`).join(', ')}]`;
  return {
    passes: [`${starts(1)} AS l0`, ...places.slice(1).map((index) => carry(way, index, true))],
    depth: places.map((index) => `arrayExists(x -> x != 0, l${index})`).join(' + '),
    place: `arrayFirstIndex(x -> x != 0, ${lists}[depth])`,
    entry: 'way[place - depth + 1]',
    moments: [`arraySlice(way, place - depth + 1, depth) AS moments`],
    open: places
      .slice(0, -1)
      .map((index) => `(l${index}[-1] != 0 AND ${at(`l${index}[-1]`)} + length > now)`)
      .join(' OR '),
  };
};

const inAnyOrder = (way: Way): Reading => {
  const places = way.steps.map((_, index) => index);
  const lists = places.map((index) => `l${index}`);
  const near = (index: number) => `(f${index} > x AND ${at(`f${index}`)} >= ${at('e')} - length)`;
  const count = `if(s > x AND ${at('s')} >= ${at('e')} - length, ${places.map(near).join(' + ')}, 0)`;
  const firsts = places.map((index) => `arrayFirst(e -> e >= entry AND ${has('e', 2 ** index)}, way)`);
  return {
    passes: [
      ...places.map((index) => `${filled(starts(2 ** index))} AS l${index}`),
      `${filled(starts(start))} AS begun`,
      `arrayMap((e, s, x, ${places.map((index) => `f${index}`).join(', ')}) -> toUInt8(${count}), way, begun, ends, ${lists.join(', ')}) AS counts`,
      'begun[-1] AS last',
    ],
    depth: 'arrayMax(counts)',
    place: 'indexOf(counts, depth)',
    entry: entryAt(start),
    moments: [`arraySlice(arraySort(arrayFilter(x -> x != 0, [${firsts.join(', ')}])), 1, depth) AS moments`],
    open: isOpen,
  };
};

const readings = { ordered: inOrder, strict: strictly, any: inAnyOrder };

/**
 * One row for each unit with an entry: number, account, depth (steps reached), entered (ms), moments (ms of each step reached),
 * under_way, settled (its first entry is a whole window ago), value (of the breakdown).
 */
export const ways = (way: Way, values: Values): string => {
  const { unit, order, breakdown, steps } = way;
  const who = unit === 'people' ? 'person' : 'account';
  const { passes, depth, place, entry, moments, open } = readings[order](way);
  const byProperty = breakdown?.by === 'property';
  const bit = order === 'any' ? start : 1;
  const length = `toInt64(${values.bind(millisecondsOf(way.window), 'Int64')}) AS length`;
  const now = `toInt64(${values.bind(way.now.getTime(), 'Int64')}) AS now`;
  const ends = way.exclusions.length > 0 ? filled(starts(excluded)) : 'arrayResize(emptyArrayUInt64(), length(way), toUInt64(0))';
  const valued = byProperty ? `, arraySort(groupArrayIf((element, value), ${has('element', bit)})) AS values_at` : '';
  const value = byProperty ? `, arrayFirst(x -> x.1 = entry, values_at).2 AS value` : '';
  const found = `(SELECT number, of_account AS account, depth, ${at('entry')} AS entered, arrayMap(e -> ${at('e')}, arraySlice(moments, 1, depth)) AS moments,
      depth < ${steps.length} AND (${open}) AS under_way, ${at(`arrayFirst(e -> ${has('e', bit)}, way)`)} + length <= now AS settled${value}
    FROM (SELECT *, ${moments.join(', ')} FROM (SELECT *, ${entry} AS entry FROM (SELECT *, toUInt32(${place}) AS place FROM
      (SELECT *, ${length}, ${now}, ${ends} AS ends, ${passes.join(', ')}, toUInt8(${depth}) AS depth
      FROM (SELECT ${who} AS number, max(account) AS of_account, arraySort(groupArrayIf(element, ${has('element', 2047)})) AS way${valued}
        FROM ${marked(way, values)} WHERE ${who} != 0 GROUP BY number HAVING arrayExists(e -> ${has('e', bit)}, way))) WHERE depth > 0))))`;
  if (!breakdown || byProperty) return found;
  const named = `(SELECT *, number AS ${unit === 'people' ? 'person' : 'person_of'} FROM ${found})`;
  return withValue(named, breakdown, values);
};
