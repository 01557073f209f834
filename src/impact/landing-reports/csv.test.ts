import { expect, it } from 'vitest';
import { toCsv } from './csv.ts';

it('keeps numbers, quotes what needs it, and disarms what a spreadsheet would run', () => {
  const rows = [
    { name: '=HYPERLINK("x")', days: -1.18 },
    { name: 'Müller, "A"\nGmbH', days: null },
    { name: '@sum', days: 3 },
    { name: '中文', days: 0 },
  ];
  expect(toCsv(['name', 'days'], rows)).toBe(
    '\uFEFFname,days\r\n"\'=HYPERLINK(""x"")",-1.18\r\n"Müller, ""A""\nGmbH",\r\n\'@sum,3\r\n中文,0\r\n',
  );
});
