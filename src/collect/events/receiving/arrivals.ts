import { createHash, randomUUID } from 'node:crypto';
import type { Arrival, FailureReason } from '../schema.ts';
import { type Moment, storeTime } from './clock.ts';
import { type Body, isObject } from './json.ts';
import { type Reading, startReading } from './reading.ts';

/** Whose events they are, and when they came. */
export type Sender = { workspace: string; key: string; receivedAt: number };

/** What becomes of a request: the lines to keep, and which of its events are kept apart because they cannot be counted. */
export type Received = { lines: string[]; failed: { index: number; code: FailureReason }[] };

/** One event as a protocol reads it. */
export type Told = Pick<Arrival, 'name'> & { kind: Exclude<Arrival['kind'], 'failed'>; message: unknown; moment: Moment } & Partial<
    Pick<Arrival, 'user' | 'anonymous' | 'account' | 'previous' | 'properties' | 'traits'>
  >;
export type Fault = { reason: FailureReason; detail: string };

type Batch = {
  body: Body;
  items: readonly unknown[];
  /** The items as they were sent, in the same order. */
  texts: () => string[];
  largestBytes: number;
  read: (item: Record<string, unknown>, reading: Reading) => Told | Fault;
};

const longestMessage = 255;

const messageOf = (given: unknown): string => {
  if ((typeof given !== 'string' && typeof given !== 'number') || given === '') return randomUUID();
  const text = String(given).toWellFormed().replaceAll('\0', '\uFFFD');
  return text.length <= longestMessage ? text : createHash('sha256').update(text).digest('hex');
};

const hasAny = (record: Record<string, string> | undefined) => {
  for (const _ in record) return true;
  return false;
};

/** Empty fields are left out. */
const lineOf = ({ workspace, key }: Sender, receivedAt: string, told: Told, reading: Reading): string => {
  const { kind, name, user, anonymous, account, previous, moment, traits } = told;
  const properties = hasAny(reading.notes) ? Object.assign(told.properties ?? {}, reading.notes) : told.properties;
  return JSON.stringify({
    workspace,
    key,
    received_at: receivedAt,
    kind,
    message: messageOf(told.message),
    name,
    at: storeTime(moment.at),
    clock: moment.clock || undefined,
    user: user || undefined,
    anonymous: anonymous || undefined,
    account: account || undefined,
    previous: previous || undefined,
    properties: hasAny(properties) ? properties : undefined,
    traits: hasAny(traits) ? traits : undefined,
  });
};

const failedLine = ({ workspace, key, receivedAt }: Sender, { reason, detail }: Fault, message: unknown, raw: string): string => {
  const time = storeTime(receivedAt);
  return JSON.stringify({
    workspace,
    key,
    received_at: time,
    kind: 'failed',
    message: messageOf(message),
    at: time,
    reason,
    detail: detail.toWellFormed().replaceAll('\0', '\uFFFD'),
    raw,
  });
};

/** Reads the items of a request. One that cannot be read never holds up the others: it is kept as it was sent, with the reason. */
export const receiveItems = ({ body, items, texts, largestBytes, read }: Batch, sender: Sender): Received => {
  let known: string[] | undefined;
  const textOfItem = (index: number) => (known ??= texts())[index] ?? '';
  const mayBeTooLarge = Buffer.byteLength(body.text) > largestBytes;
  const readItem = (item: unknown, index: number, reading: Reading): Told | Fault => {
    if (!isObject(item)) return { reason: 'not_an_object', detail: 'An event is an object.' };
    const size = mayBeTooLarge ? Buffer.byteLength(textOfItem(index)) : 0;
    if (size > largestBytes) return { reason: 'too_large', detail: `It has ${size} bytes; ${largestBytes} are the most.` };
    const told = read(item, reading);
    return reading.fault ?? told;
  };
  const failed: Received['failed'] = [];
  const receivedAt = storeTime(sender.receivedAt);
  const lines = items.map((item, index) => {
    const reading = startReading(body.isOdd);
    const told = readItem(item, index, reading);
    if (!('reason' in told)) return lineOf(sender, receivedAt, told, reading);
    failed.push({ index, code: told.reason });
    return failedLine(sender, told, isObject(item) ? (item.messageId ?? item.uuid) : undefined, textOfItem(index));
  });
  return { lines, failed };
};
