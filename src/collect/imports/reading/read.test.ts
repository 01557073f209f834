import { deflateRawSync, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../platform/failure.ts';
import { readFile, type ReadingOptions } from './read.ts';
import type { Row } from './delimited.ts';

type Bytes = Buffer | string;
async function read(bytes: Bytes, options?: ReadingOptions, chunk = 65_536) {
  const buffer = Buffer.from(bytes as string);
  const chunks = Array.from({ length: Math.ceil(buffer.length / chunk) }, (_, index) =>
    buffer.subarray(index * chunk, (index + 1) * chunk),
  );
  const reading = await readFile(Readable.from(chunks), options);
  const rows: Row[] = [];
  for await (const batch of reading.batches) rows.push(...batch);
  return { ...reading, names: reading.columns(), rows, cells: rows.map((row) => row.cells) };
}
async function refusal(bytes: Bytes, options?: ReadingOptions) {
  const failure = await read(bytes, options).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  const { code, message, details } = failure as Failure;
  return { code, message, ...(details as { reason: string; line?: number }) };
}
function utf16be(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
}

describe('text is read as it was written', () => {
  const text = 'name,city\nZoë,São Paulo\n李雷,北京\nسارة,القاهرة\n👩‍🔬,e\u0301\n';
  const wanted = [
    ['name', 'city'],
    ['Zoë', 'São Paulo'],
    ['李雷', '北京'],
    ['سارة', 'القاهرة'],
    ['👩‍🔬', 'e\u0301'],
  ];
  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a mark', utf16be(text), 'utf-16be'],
  ])('%s, in pieces of 1 and of 7 bytes', async (_name, bytes, encoding) => {
    for (const chunk of [1, 7, 65_536]) {
      const result = await read(bytes, {}, chunk);
      expect(result.cells).toEqual(wanted);
      expect(result.text).toEqual({ encoding, replaced: 0 });
    }
  });
  test('UTF-16 without a mark is told by its zeros', async () => {
    expect((await read(Buffer.from('name,city\nAda,London\n', 'utf16le'))).cells).toEqual([
      ['name', 'city'],
      ['Ada', 'London'],
    ]);
  });
  test('Latin-1 and windows-1252, also when the first accent comes late', async () => {
    const ascii = 'name,note\n' + 'Ada,plain\n'.repeat(20_000);
    const result = await read(Buffer.concat([Buffer.from(ascii), Buffer.from('Jos\xe9,\x93quoted\x94 \x80 5\n', 'latin1')]));
    expect(result.text.encoding).toBe('windows-1252');
    expect(result.cells.at(-1)).toEqual(['José', '“quoted” € 5']);
  });
  test('GB18030 when asked for', async () => {
    const bytes = Buffer.concat([Buffer.from('name\n'), Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x0a])]);
    expect((await read(bytes, { encoding: 'gb18030' })).cells).toEqual([['name'], ['中文']]);
  });
  test('NUL and lone halves become U+FFFD and are counted', async () => {
    const wide = Buffer.from('a,b\nx\uD800y,\0\n', 'utf16le');
    const result = await read(Buffer.concat([Buffer.from([0xff, 0xfe]), wide]));
    expect(result.cells[1]).toEqual(['x\uFFFDy', '\uFFFD']);
    expect(result.text.replaced).toBe(2);
    const json = await read('{"a":"x\\ud800y","b":"\\u0000"}\n');
    expect(json.cells).toEqual([['x\uFFFDy', '\uFFFD']]);
    expect(json.text.replaced).toBe(2);
  });
});

describe('rows keep the line that an editor shows', () => {
  test.each(['\n', '\r\n', '\r'])('line ends %j, blank lines and newlines in quotes', async (end) => {
    const text = ['a,b', '1,2', '', `3,"x`, `y ""z"""`, '4,5', ''].join(end);
    const { rows } = await read(text);
    expect(rows.map((row) => row.line)).toEqual([1, 2, 4, 6]);
    expect(rows[2]!.cells).toEqual(['3', `x${end}y "z"`]);
  });
  test('mixed line ends', async () => {
    expect((await read('a,b\n1,"2"\r\n3,4\r\n5,6\n')).cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });
  test('a row with too few or too many cells is kept out, with its line', async () => {
    const { rows } = await read('a,b\n1\n1,2\n1,2,3\n');
    expect(rows.map((row) => [row.line, row.problem])).toEqual([
      [1, undefined],
      [2, 'ragged'],
      [3, undefined],
      [4, 'ragged'],
    ]);
  });
  test('a quote inside a quoted cell keeps the row out, a quote inside a plain cell is text', async () => {
    const { rows } = await read('a,b\n"say "hi" there",5\n5" disk,6\n7,8\n');
    expect(rows.map((row) => row.problem)).toEqual([undefined, 'stray_quote', undefined, undefined]);
    expect(rows[2]!.cells).toEqual(['5" disk', '6']);
  });
  test('a cell beyond the limit keeps its row out and nothing else', async () => {
    const { rows } = await read(`a,b\n1,"${'x'.repeat(2000)}"\n3,4\n`, { limits: { cellLength: 1000 } }, 100);
    expect(rows.map((row) => row.problem)).toEqual([undefined, 'cell_too_large', undefined]);
  });
  test('agrees with csv-parse on every well-formed file, however it is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', 'é', '中', '👩', ';'), maxLength: 6 });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, chunk) => {
        const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n') + '\n';
        const result = await read(text, { delimiter: ',' }, chunk);
        expect(result.cells).toEqual(parse(text));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('columns', () => {
  test.each([
    ['a;b;c\n1;2,5;3\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['a,b\n"x;y;z",2\n', ','],
    ['sep=;\na;b\n1;2\n', ';'],
  ])('separator of %j', async (text, delimiter) => {
    const result = await read(text);
    expect(result.delimiter).toBe(delimiter);
    expect(result.cells[0]![0]).toBe('a');
  });
  test('repeated and empty names get names of their own', async () => {
    expect((await read('Name,Create Date,,Create Date,name\n1,2,3,4,5\n')).names).toEqual([
      'Name',
      'Create Date',
      'Column 3',
      'Create Date (2)',
      'name (2)',
    ]);
  });
  test('a file without a header row is told by its first row', async () => {
    expect(await read('"200812","1278"\n"200901","4724"\n')).toMatchObject({ header: false, names: ['Column 1', 'Column 2'] });
    expect(await read('name,2019,2020\nx,1,2\n')).toMatchObject({ header: true });
  });
  test('JSON Lines: nested objects become dotted columns, ids above 2^53 keep their digits', async () => {
    const result = await read(
      '{"event":"Paid","properties":{"id":9007199254740993,"tags":["a"],"note":"say: 12345678901234567"}}\n\n{"event":"Left","at":null}\nnot json\n',
    );
    expect(result.names).toEqual(['event', 'properties.id', 'properties.tags', 'properties.note', 'at']);
    expect(result.cells[0]).toEqual(['Paid', '9007199254740993', '["a"]', 'say: 12345678901234567']);
    expect(result.rows.map((row) => [row.line, row.problem])).toEqual([
      [1, undefined],
      [3, undefined],
      [4, 'not_json'],
    ]);
  });
});

describe('a file that cannot be read is refused as a whole, with the reason', () => {
  test('10,000 columns, in less than a second', async () => {
    const started = performance.now();
    const header = Array.from({ length: 10_000 }, (_, index) => `column ${index}`).join(',');
    expect(await refusal(`${header}\n${header}\n`)).toMatchObject({ code: 'invalid', reason: 'too_many_columns', line: 1 });
    expect(performance.now() - started).toBeLessThan(1000);
  });
  test('an unclosed quote names the line that opened it', async () => {
    expect(await refusal('a,b\n1,2\n3,"open\n4,5\n6,7\n')).toMatchObject({ code: 'invalid', reason: 'unclosed_quote', line: 3 });
  });
  test.each<[string, Bytes, string]>([
    ['nothing', '', 'empty_file'],
    ['only blank lines', '\n\n', 'empty_file'],
    ['an Excel workbook', Buffer.from('PK\x03\x04....[Content_Types].xml....', 'latin1'), 'spreadsheet'],
    ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'spreadsheet'],
    ['a ZIP archive', Buffer.concat([Buffer.from('PK\x03\x04'), deflateRawSync('x')]), 'archive'],
    ['a gzip of a ZIP archive', gzipSync(Buffer.from('PK\x03\x04 more')), 'archive'],
    ['a PDF', '%PDF-1.7\n...', 'document'],
    ['a sign-in page', '\n<!DOCTYPE html><html>', 'web_page'],
    ['one JSON document', '[\n {"a":1}\n]', 'json_document'],
    ['pretty JSON', '{\n  "a": 1\n}\n', 'json_document'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image'],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3)) % 256 || 1)), 'binary'],
    ['a gzip that was cut off', gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 40), 'truncated'],
    ['a gzip with a wrong sum', Buffer.concat([gzipSync('a,b\n1,2\n').subarray(0, -8), Buffer.alloc(8, 1)]), 'damaged'],
    ['Parquet that was cut off', 'PAR1 and no end', 'damaged'],
  ])('%s', async (_name, bytes, reason) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'invalid', reason });
  });
  test('a zip bomb is stopped early', async () => {
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024, 'a,b\n'));
    expect(await refusal(bomb, { limits: { ratioFromBytes: 1024 * 1024 } })).toMatchObject({ code: 'too_large', reason: 'zip_bomb' });
  });
  test('more bytes than allowed', async () => {
    expect(await refusal('a,b\n1,2\n'.repeat(1000), { limits: { unpackedBytes: 4000 } })).toMatchObject({
      code: 'too_large',
      reason: 'too_large',
    });
  });
});

test('gzip is read whatever the name says, and what is in it decides', async () => {
  const result = await read(gzipSync('a,b\n1,2\n'));
  expect(result).toMatchObject({
    gzip: true,
    kind: 'delimited',
    cells: [
      ['a', 'b'],
      ['1', '2'],
    ],
  });
  expect(result.bytes.unpacked).toBe(8);
});
