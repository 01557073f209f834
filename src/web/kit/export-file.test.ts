import { expect, test } from 'vitest';
import { safeName, writeCsv } from './export-file.ts';

test('a table as CSV quotes what must be, and keeps numbers whole', () => {
  const text = writeCsv(
    ['Step', 'People', 'Share'],
    [
      ['Sent, then "accepted"', 1284, 0.314],
      ['第一步\nline', null, Number.NaN],
    ],
  );
  expect(text).toBe('Step,People,Share\r\n"Sent, then ""accepted""",1284,0.314\r\n"第一步\nline",,\r\n');
});

test('a text that a spreadsheet would run stays a text; a negative number stays a number', () => {
  expect(writeCsv(['a', 'b'], [['=HYPERLINK("x")', -3]])).toBe('a,b\r\n"\'=HYPERLINK(""x"")",-3\r\n');
});

test('a file gets a name that every system takes', () => {
  expect(safeName('funnel: sign-up / "third" handoff.csv')).toBe('funnel- sign-up - -third- handoff.csv');
  expect(safeName('漏斗.png')).toBe('漏斗.png');
  expect(safeName(' \n ')).toBe('landfall');
});
