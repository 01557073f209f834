import { expect, test } from 'vitest';
import { momentOf } from './moment.ts';

test('a day and time of the workspace becomes a moment, through both changes of the clocks', () => {
  expect(momentOf('2026-06-01T09:00', 'Europe/Berlin')).toBe('2026-06-01T07:00:00.000Z');
  expect(momentOf('2026-01-15T09:00', 'Asia/Shanghai')).toBe('2026-01-15T01:00:00.000Z');
  expect(momentOf('2026-01-15T09:00', 'America/New_York')).toBe('2026-01-15T14:00:00.000Z');
  expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  expect(momentOf('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(momentOf('2026-10-25T03:30', 'Europe/Berlin')).toBe('2026-10-25T02:30:00.000Z');
  expect(momentOf('tomorrow', 'UTC')).toBeNull();
});
