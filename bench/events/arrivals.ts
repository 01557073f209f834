import { chunksOf, happenings, isAnonymous, isRenamed, tellings, undone, workspaceSql, type World } from './world.ts';

const chunkBase = 1000;
export const chunkNumber = (index: number): number => chunkBase + index;

const columns = `workspace, chunk, receipt, import, received_at, kind, message, name, at, user, anonymous, account, previous, properties`;
const userOf = `multiIf(${isAnonymous} AND NOT known, '', ${isRenamed} AND NOT known, concat('old', toString(p)), concat('u', toString(p)))`;
const properties = `CAST(mapFromArrays(arrayConcat(['plan', 'button', 'url'], if(amount > 0, ['amount'], []), if(channel != '', ['channel'], [])),
  arrayConcat([plan, button, url], if(amount > 0, [toString(amount)], []), if(channel != '', [channel], []))), 'Map(String, String)')`;
const sent = (source: string, receipt: string, received: string, at: string, chunk: number): string =>
  `SELECT ${workspaceSql}, ${chunk}, toUInt32(${receipt}), if(imported = 1, toUUID('${undone}'), toUUID('00000000-0000-0000-0000-000000000000')),
    ${received}, 'track', concat('m', toString(i)), name, ${at}, ${userOf}, if(${isAnonymous}, concat('a', toString(p)), ''),
    if(${userOf} = '', '', concat('acc', toString(a))), '', ${properties} FROM ${source}`;

/** Which chunk brings the second copy of a message: the same one, or one of the two that follow. */
const copyIn = ({ chunkRows }: World, last: number): string =>
  `least(${last}, intDiv(number, ${chunkRows}) + cityHash64(number, 'copy') % 3)`;

/** One chunk as it arrives: the events of its part of the year, second copies of 2 % of the messages, and who is who. */
export const arrivalOf = (world: World, index: number): string => {
  const [rows, last] = [world.chunkRows, chunksOf(world) - 1];
  const [from, count] = [index * rows, Math.min(rows, world.events - index * rows)];
  const before = Math.max(0, index - 2) * rows;
  const copies = happenings(
    world,
    before,
    from + count - before,
    `cityHash64(number, 'twice') % 50 = 0 AND ${copyIn(world, last)} = ${index}`,
  );
  const told = tellings(world, from / world.events, (from + count) / world.events);
  const chunk = chunkNumber(index);
  return `INSERT INTO arrival (${columns})
    ${sent(happenings(world, from, count), `i - ${from}`, 'arrived', 'at', chunk)}
    UNION ALL ${sent(copies, `${rows} + i - ${before}`, `arrived + toIntervalHour(1 + i % 40)`, `at + toIntervalMillisecond(1 + i % 900)`, chunk)}
    UNION ALL SELECT ${workspaceSql}, ${chunk}, toUInt32(${4 * rows} + rowNumberInAllBlocks()), toUUID('00000000-0000-0000-0000-000000000000'), at, kind,
      concat(kind, toString(p)), name, at, concat('u', toString(p)), if(kind = 'identify', concat('a', toString(p)), ''),
      if(kind = 'group', concat('acc', toString(a)), ''), if(kind = 'alias', concat('old', toString(p)), ''), CAST(map(), 'Map(String, String)') FROM ${told}`;
};
