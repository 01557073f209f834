import type { FailureReason } from '../schema.ts';
import { isObject } from './json.ts';

/** What is learnt about one event while it is read. */
export type Reading = {
  isOdd: boolean;
  /** What was set aside or put right; kept with the event as properties that begin with $. */
  notes: Record<string, string>;
  count: number;
  fault?: { reason: FailureReason; detail: string };
};

const deepest = 32;
const mostProperties = 1000;
const longestId = 255;

/** Without a prototype, so that a key such as __proto__ is a key like others. */
export const emptyRecord = (): Record<string, string> => Object.create(null) as Record<string, string>;

export const startReading = (isOdd: boolean): Reading => ({ isOdd, notes: emptyRecord(), count: 0 });

const refuse = (reading: Reading, reason: FailureReason, detail: string) => {
  reading.fault ??= { reason, detail };
};

/** A text that both stores take: halves of surrogate pairs and NUL become the replacement character. */
export const cleanText = (text: string, reading: Reading): string => {
  if (!reading.isOdd) return text;
  const clean = text.toWellFormed().replaceAll('\0', '\uFFFD');
  if (clean !== text) reading.notes.$cleaned = 'text';
  return clean;
};

/** A value as text: '' for what is none. */
export const textOf = (value: unknown, reading: Reading): string =>
  typeof value === 'string' ? cleanText(value, reading) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

const checkInside = (value: unknown, reading: Reading, path: string, depth: number): void => {
  if (depth > deepest) return refuse(reading, 'too_deep', `${path} is nested more than ${deepest} levels deep.`);
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse(reading, 'bad_number', `${path} is a number beyond all bounds.`);
  if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) checkInside(each, reading, path, depth + 1);
};

const listText = (list: unknown[], reading: Reading, path: string, depth: number): string => {
  checkInside(list, reading, path, depth);
  if (reading.fault) return '';
  return reading.isOdd
    ? JSON.stringify(list, (_, value: unknown) => (typeof value === 'string' ? cleanText(value, reading) : value))
    : JSON.stringify(list);
};

const put = (value: unknown, path: string, into: Record<string, string>, reading: Reading, depth: number): void => {
  if (value == null || reading.fault) return;
  if (isObject(value)) {
    if (depth >= deepest) return refuse(reading, 'too_deep', `${path.slice(0, 200)} is nested more than ${deepest} levels deep.`);
    for (const key in value) put(value[key], `${path}.${cleanText(key, reading)}`, into, reading, depth + 1);
    return;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse(reading, 'bad_number', `${path} is a number beyond all bounds.`);
  if (++reading.count > mostProperties)
    return refuse(reading, 'too_many_properties', `It has more than ${mostProperties} properties and traits.`);
  into[path] = Array.isArray(value) ? listText(value, reading, path, depth) : textOf(value, reading);
};

/** Puts the fields of an object into a flat record: nested names are joined with dots, lists are JSON, nulls are left out. */
export const flatten = (
  value: unknown,
  into: Record<string, string>,
  reading: Reading,
  rename: (key: string) => string | null = (key) => key,
): void => {
  if (!isObject(value)) return;
  for (const key in value) {
    const name = rename(cleanText(key, reading));
    if (name !== null) put(value[key], name, into, reading, 1);
  }
};

// What programs send that meant to send an id: words for nothing, and the names of the fields themselves.
const junk = new Set(
  `null undefined 0 nan anonymous guest [object|object] none nil -1 true false
  distinct_id distinctid userid user_id anonymousid not_authenticated unidentified $posthog_cookieless`
    .split(/\s+/)
    .map((each) => each.replace('|', ' ')),
).add('');

/** An id, or '' when nothing was given or what was given is known to name nobody; that is noted. */
export const idOf = (given: unknown, role: 'user' | 'anonymous' | 'account' | 'previous', reading: Reading): string => {
  if (given == null) return '';
  const text = typeof given === 'object' ? '[object Object]' : textOf(given, reading).trim();
  if (text.length <= longestId && !junk.has(text.toLowerCase())) return text;
  reading.notes[`$ignored_${role}`] = text.slice(0, longestId).toWellFormed();
  return '';
};
