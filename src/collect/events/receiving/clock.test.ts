import { expect, test } from 'vitest';
import { readTime, storeTime, timeOf } from './clock.ts';

const today = (time: string) => `2026-06-01T${time}Z`;
const receivedAt = Date.parse(today('09:00:06'));
const told = (stated: unknown, sentAt?: unknown) => {
  const { at, clock } = timeOf({ stated, sentAt, receivedAt });
  return [storeTime(at), clock];
};

test('a wrong clock is corrected by the time at which it says that it sent', () => {
  expect(told(today('12:00:00'), today('12:00:05'))).toEqual(['2026-06-01 09:00:01.000', 'corrected']);
  expect(told('1970-01-01T00:00:05Z', '1970-01-01T00:00:10Z')).toEqual(['2026-06-01 09:00:01.000', 'corrected']);
});

test('the seconds that the way here takes are taken off, and are no correction', () => {
  expect(told(today('09:00:00'), today('09:00:05'))).toEqual(['2026-06-01 09:00:01.000', '']);
});

test('without the time of sending, or with one that says no zone, the time stands as it was said', () => {
  expect(told(today('08:00:00'))).toEqual(['2026-06-01 08:00:00.000', '']);
  expect(told(today('08:00:00'), '2026-06-01T12:00:05')).toEqual(['2026-06-01 08:00:00.000', '']);
  expect(told(today('08:00:00'), 'yesterday')).toEqual(['2026-06-01 08:00:00.000', '']);
});

test('an event of 90 days ago is of its own day', () => {
  expect(told('2026-03-03T10:00:00.123Z')).toEqual(['2026-03-03 10:00:00.123', '']);
});

test.each([
  ['up to a day ahead it is believed', '2026-06-02T09:00:06Z', '2026-06-02 09:00:06.000', ''],
  ['more than a day ahead counts when it was received', '2026-06-02T09:00:06.001Z', '2026-06-01 09:00:06.000', 'future'],
  ['the year 9999', '9999-12-31T23:59:59Z', '2026-06-01 09:00:06.000', 'future'],
  ['the year 1969', '1969-07-20T20:17:00Z', '2026-06-01 09:00:06.000', 'past'],
  ['a clock that was never set', 0, '2026-06-01 09:00:06.000', 'past'],
  ['a number beyond all calendars', -1e300, '2026-06-01 09:00:06.000', 'past'],
  ['nothing', undefined, '2026-06-01 09:00:06.000', 'missing'],
  ['a word', 'yesterday', '2026-06-01 09:00:06.000', 'missing'],
])('%s', (_, stated, at, clock) => {
  expect(told(stated)).toEqual([at, clock]);
});

test('times as clients write them mean the same in every time zone of the server', () => {
  const at = Date.UTC(2026, 5, 1, 10, 30);
  for (const written of [
    '2026-06-01T10:30:00Z',
    '2026-06-01 10:30:00',
    '2026-06-01T10:30',
    '2026-06-01T13:30:00+03:00',
    '2026-06-01T13:30:00,000+0300',
    at,
    at / 1000,
  ])
    expect(readTime(written)?.at, String(written)).toBe(at);
  expect(readTime('2026-06-01')).toEqual({ at: Date.UTC(2026, 5, 1), hasZone: false });
});
