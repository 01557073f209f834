import { own } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

export type FailedRow = {
  id: string;
  key: string;
  receivedAt: string;
  message: string;
  reason: string;
  detail: string;
  raw: string;
  isReplayed: number;
};
export type FailedFilter = { reason?: string; key?: string; search?: string; replayed?: boolean; from?: string; to?: string };

const place = '(chunk, receipt)';
const replayed = `(SELECT chunk, receipt FROM ${own('failed_event_replayed')})`;

const where = ({ reason, key, search, replayed: done = false, from, to }: FailedFilter): string =>
  [
    `${place} ${done ? '' : 'NOT '}IN ${replayed}`,
    ...(reason ? ['reason = {reason:String}'] : []),
    ...(key ? ['key = {key:UUID}'] : []),
    ...(search ? ['(positionCaseInsensitiveUTF8(raw, {search:String}) > 0 OR message = {search:String})'] : []),
    ...(from ? ['received_at >= {from:Date}'] : []),
    ...(to ? ['received_at < {to:Date} + 1'] : []),
  ].join(' AND ');

const instant = (value: string): string => `formatDateTime(${value}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`;

const columns = `concat(toString(chunk), '-', toString(receipt)) AS id, toString(key) AS key, ${instant('received_at')} AS receivedAt, message, reason, detail, raw`;

export const listFailed = (filter: FailedFilter, limit: number, offset: number): Query => ({
  sql: `SELECT ${columns}, toUInt8(${place} IN ${replayed}) AS isReplayed FROM ${own('failed_event')} WHERE ${where(filter)}
    ORDER BY received_at DESC, chunk DESC, receipt DESC LIMIT {limit:UInt32} OFFSET {offset:UInt64} SETTINGS prefer_column_name_to_alias = 1`,
  params: { ...filter, limit, offset },
});

export const countFailed = (filter: FailedFilter): Query => ({
  sql: `SELECT reason, toUInt32(count()) AS count, ${instant('min(received_at)')} AS firstAt, ${instant('max(received_at)')} AS lastAt FROM ${own('failed_event')} WHERE ${where({ ...filter, reason: undefined })} GROUP BY reason ORDER BY count DESC, reason`,
  params: { ...filter },
});

type Places = readonly { chunk: number; receipt: number }[];
const bindPlaces = (places: Places) => ({ chunks: places.map(({ chunk }) => chunk), receipts: places.map(({ receipt }) => receipt) });

/** Failed events by the places that their ids name, whatever became of them. */
export const failedAt = (places: Places): Query => ({
  sql: `SELECT ${columns}, toUInt8(${place} IN ${replayed}) AS isReplayed FROM ${own('failed_event')}
    WHERE ${place} IN (SELECT arrayJoin(arrayZip({chunks:Array(UInt64)}, {receipts:Array(UInt32)})) AS one) ORDER BY chunk, receipt SETTINGS prefer_column_name_to_alias = 1`,
  params: bindPlaces(places),
});

/** Notes that these were sent again as a chunk of their own; noted again it changes nothing. */
export const noteReplayed = (places: Places, replay: number): Query => ({
  sql: `INSERT INTO failed_event_replayed (workspace, chunk, receipt, key, hour, replay)
    SELECT {workspace:UUID}, chunk, receipt, key, toStartOfHour(received_at), {replay:UInt64} FROM ${own('failed_event')}
    WHERE ${place} IN (SELECT arrayJoin(arrayZip({chunks:Array(UInt64)}, {receipts:Array(UInt32)})) AS one) AND ${place} NOT IN ${replayed}`,
  params: { ...bindPlaces(places), replay },
});

export const replayedBy = (replay: number): Query => ({
  sql: `SELECT ${columns}, 1 AS isReplayed FROM ${own('failed_event')} WHERE ${place} IN (SELECT chunk, receipt FROM ${own('failed_event_replayed')} WHERE replay = {replay:UInt64})
    ORDER BY chunk, receipt SETTINGS prefer_column_name_to_alias = 1`,
  params: { replay },
});

/** A mutation keeps no parameters; numbers are safe to write out. */
export const deleteFailed = (workspace: string, places: Places): Query => ({
  sql: `ALTER TABLE failed_event DELETE WHERE workspace = '${workspace.replaceAll(/[^\da-f-]/g, '')}'
    AND (chunk, receipt) IN (${places.map(({ chunk, receipt }) => `(${Math.trunc(chunk)}, ${Math.trunc(receipt)})`).join(', ')}) SETTINGS mutations_sync = 2`,
});

export const placesOf = (ids: readonly string[]): Places =>
  ids.map((id) => {
    const [chunk = '0', receipt = '0'] = id.split('-');
    return { chunk: Number(chunk), receipt: Number(receipt) };
  });
