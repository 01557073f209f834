import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFile } from './reading/read.ts';
import { asWritten, toCsv } from '../../platform/csv.ts';

test('no text of an export runs as a formula, in the head neither, and numbers stay numbers', () => {
  expect(
    toCsv([
      ['=name', 'n'],
      ['=1+1', -5],
      ['+49 30', 1.5],
      ['-x', 2],
      ['@SUM(A1)', 3],
      ['\tx', 4],
      ['＝1', 5],
      ["'=x", 6],
      ['plain', null],
    ]),
  ).toBe("\uFEFF'=name,n\r\n'=1+1,-5\r\n'+49 30,1.5\r\n'-x,2\r\n'@SUM(A1),3\r\n'\tx,4\r\n'＝1,5\r\n''=x,6\r\nplain,\r\n");
});

test('what was exported is read back as it was', async () => {
  const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', 'a', '中', '👩', ' '), maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), async (table) => {
      const reading = await readFile(Readable.from([Buffer.from(toCsv([['a', 'b'], ...table]))]), { delimiter: ',' });
      const read = [];
      for await (const batch of reading.batches) read.push(...batch.map(({ cells }) => cells.map(asWritten)));
      expect(read.slice(1)).toEqual(table);
    }),
    { numRuns: 200, seed: 3 },
  );
});
