import { chunksOf, happenings, isErased, systemNames, tellings, type World } from './world.ts';

/**
 * The events as they ought to be counted: each message once, nobody's erased, nothing undone, everybody as who they are. Made from the world
 * itself, not from what was settled, so that an equal answer says something of settling too.
 */
export const plainTable = `CREATE TABLE plain (ws UInt8, i UInt64, p UInt32, a UInt32, name LowCardinality(String), at DateTime64(3, 'UTC'), day Date, known UInt8,
  plan LowCardinality(String), button LowCardinality(String), url LowCardinality(String), amount UInt32, channel LowCardinality(String))
  ENGINE = MergeTree ORDER BY (ws, at)`;

export const fillPlain = (world: World): string[] => [
  ...Array.from({ length: chunksOf(world) }, (_, index) => {
    const from = index * world.chunkRows;
    const source = happenings(world, from, Math.min(world.chunkRows, world.events - from));
    return `INSERT INTO plain SELECT ws, i, p, a, name, at, toDate(at), known, plan, button, url, amount, channel FROM ${source} WHERE imported = 0 AND NOT (${isErased})`;
  }),
  `INSERT INTO plain SELECT ws, ${world.events * 2} + p * 4 + length(kind) % 4, p, a, name, at, toDate(at), 1, '', '', '', 0, '' FROM ${tellings(world, 0, 1)} WHERE NOT (${isErased})`,
];

export const mine = `(SELECT * FROM plain WHERE ws = 1)`;
export const doings = `(SELECT * FROM plain WHERE ws = 1 AND name NOT IN ${systemNames})`;
