import { addDays } from '../../platform/days.ts';
import { events } from '../../collect/events/queries.ts';
import { rows } from '../../platform/events/sources.ts';
import { behaves, stepSql, type Values } from '../questions/filters.ts';
import { mostNames, type PathsAsked } from './schema.ts';

/**
 * The paths that were taken. All events of a unit are one sorted list of numbers: the millisecond, in the bits below the place of the
 * name among all names by alphabet, in the last bits what the event is for the question. The list is cut at the gaps; of each session
 * the anchor is looked for, then its end; then what is left out goes, and the same name in a row becomes one.
 */
export type Taking = PathsAsked & { days: { from: string; to: string }; now: Date };

const nameBits = 18;
const flagBits = 4;
const [anchor, end, hidden, within] = [1, 2, 4, 8];
const mostKnown = 2 ** nameBits - 2;

/** All names by alphabet, after one that stands for those beyond the largest: what names are written as inside. */
const known = `(SELECT arrayPushFront(groupArray(toString(name)), '') FROM (SELECT name FROM ${rows('event')} GROUP BY name ORDER BY name LIMIT ${mostKnown})) AS known`;
export const other = 1;

const has = (element: string, bit: number): string => `bitAnd(${element}, ${bit}) != 0`;
const at = (element: string): string => `toInt64(bitShiftRight(${element}, ${nameBits + flagBits}))`;
const nameOf = (element: string): string => `toUInt32(bitAnd(bitShiftRight(${element}, ${flagBits}), ${2 ** nameBits - 1}))`;

const marked = (taking: Taking, values: Values): string => {
  const { from, to, leaveOut, days } = taking;
  const { bind } = values;
  const flag = (condition: string, bit: number) => `if(${condition}, ${bit}, 0)`;
  const isHidden = `name IN ${bind(leaveOut, 'Array(String)')}`;
  const ofStep = (step: PathsAsked['from'] | undefined, bit: number) =>
    step ? ` + ${flag(`NOT is_hidden AND ${stepSql(step, values)}`, bit)}` : '';
  const inPeriod = `day BETWEEN ${bind(days.from, 'Date')} AND ${bind(days.to, 'Date')}`;
  const flags = `${flag('is_hidden', hidden)} + ${flag(inPeriod, within)}${ofStep(from, anchor)}${ofStep(to, end)}`;
  const span = `day BETWEEN ${bind(addDays(days.from, -1), 'Date')} AND ${bind(addDays(days.to, 1), 'Date')} AND at <= fromUnixTimestamp64Milli(${bind(taking.now.getTime(), 'Int64')}, 'UTC')`;
  const filtered = [from, to].some((step) => (step?.filters.length ?? 0) > 0);
  const read = events(`${behaves} AND ${span}`, ['name', 'at', 'day', ...(filtered ? ['properties'] : [])]);
  return `(SELECT person, account, ${isHidden} AS is_hidden, bitShiftLeft(toUInt64(toUnixTimestamp64Milli(at)), ${nameBits + flagBits})
      + bitShiftLeft(toUInt64(transform(toString(name), known, arrayEnumerate(known), toUInt32(${other}))), ${flagBits}) + toUInt64(${flags}) AS element
    FROM ${read})`;
};

/** Lists of those with an anchor, or of all, cut at the gaps, each session in the direction in which it is read. */
const sessions = (taking: Taking, values: Values): string => {
  const who = taking.unit === 'people' ? 'person' : 'account';
  const gap = values.bind(taking.gap * 60_000, 'Int64');
  const begins = taking.from ? `arrayExists(e -> ${has('e', anchor)}, way)` : `arrayExists(e -> ${has('e', within)}, way)`;
  const cut = `arraySplit((e, is_new) -> is_new, way, arrayMap((e, p) -> ${at('e')} - ${at('p')} > ${gap}, way, arrayPushFront(arrayPopBack(way), way[1])))`;
  const session = `arrayJoin(${cut})`;
  return `(SELECT number, of_account, ${taking.direction === 'before' ? `arrayReverse(${session})` : session} AS session
    FROM (SELECT ${who} AS number, max(account) AS of_account, arraySort(groupArray(element)) AS way
      FROM ${marked(taking, values)} WHERE ${who} != 0 GROUP BY number HAVING ${begins}))`;
};

/**
 * One row for each path: number, cluster, entered (ms), steps (names as numbers, no more than are shown), is_over (no more than those
 * steps), has_arrived, took (ms to what ends it). The statement begins with `WITH ${known}`.
 */
const taken = (taking: Taking, values: Values): string => {
  const { from, to, depth, unit } = taking;
  const cluster = unit === 'people' ? 'if(of_account != 0, toUInt64(of_account), toUInt64(number) + 4294967296)' : 'toUInt64(number)';
  const place = from ? `toUInt32(arrayFirstIndex(e -> ${has('e', anchor)}, session))` : 'toUInt32(0)';
  const first = from ? 'session[place]' : 'session[1]';
  const found = to ? `toUInt32(arrayFirstIndex(e -> ${has('e', end)}, rest))` : 'toUInt32(0)';
  const shown = `arrayMap(e -> ${nameOf('e')}, arrayFilter(e -> NOT (${has('e', hidden)}), if(found > 0, arraySlice(rest, 1, found), rest)))`;
  const before = from ? nameOf('first') : 'toUInt32(0)';
  // What ends a path is a step of it also where it has the name of the first event.
  const folded = to ? `if(length(compact) = 0 AND found > 0, [${nameOf('rest[found]')}], compact)` : 'compact';
  const took = to ? `if(found > 0, abs(${at('rest[found]')} - ${at('first')}), 0)` : '0';
  return `(SELECT number, cluster, entered, arraySlice(tail, 1, ${depth}) AS steps, length(tail) <= ${depth} AS is_over, has_arrived, took
    FROM (SELECT number, ${cluster} AS cluster, ${at('first')} AS entered, ${folded} AS tail, found > 0 AS has_arrived,
        toInt64(${took}) AS took
      FROM (SELECT *, arrayPopFront(arrayCompact(arrayPushFront(${shown}, ${before}))) AS compact
        FROM (SELECT *, ${found} AS found
          FROM (SELECT number, of_account, ${first} AS first, arraySlice(session, place + 1) AS rest
            FROM (SELECT *, ${place} AS place FROM ${sessions(taking, values)}) WHERE ${from ? 'place > 0 AND ' : ''}${has('first', within)})))
      ) ${from ? '' : 'WHERE length(tail) > 0'})`;
};

/** Of each position the largest names, and how many there are. */
const largest = (taking: Taking, values: Values): string =>
  `(SELECT groupArray((names, different)) FROM (SELECT place, arrayMap(x -> x.2, arraySlice(arraySort(groupArray((-toInt64(n), name))), 1, ${mostNames})) AS names, toUInt32(count()) AS different
    FROM (SELECT place, name, count() AS n FROM ${taken(taking, values)} ARRAY JOIN steps AS name, arrayEnumerate(steps) AS place GROUP BY place, name)
    GROUP BY place ORDER BY place)) AS largest`;

/** What a statement about paths begins with: the names, and the largest of each position. */
export const beginning = (taking: Taking, values: Values): string => `WITH ${known}, ${largest(taking, values)}`;

/** The rows of `taken`, with the steps as they are shown: those beyond the largest are `other`. The statement begins with `beginning`. */
export const shownPaths = (taking: Taking, values: Values): string =>
  `(SELECT *, arrayMap((name, place) -> if(has(largest[place].1, name), name, toUInt32(${other})), steps, arrayEnumerate(steps)) AS shown FROM ${taken(taking, values)})`;
