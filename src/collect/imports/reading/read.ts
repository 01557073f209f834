import { bounded, counted, gunzipped, peek, type ByteTally } from './unpack.ts';
import { decoded, type DecodingTally, type Encoding } from './decoding.ts';
import { delimitedReader, type Row } from './delimited.ts';
import { jsonLinesReader } from './json-lines.ts';
import { columnNames, detectDelimiter, looksLikeHeader, type Delimiter } from './layout.ts';
import { defaultLimits, refuse, type ReadingLimits } from './limits.ts';
import { detectKind, isGzip, type FileKind } from './kinds.ts';
import { readParquet } from './parquet.ts';

export type ReadingOptions = { encoding?: Encoding; delimiter?: Delimiter; limits?: Partial<ReadingLimits> };

/** What is known about a file; the counts grow while its batches are read, and are final after the last one. */
export type Reading = {
  kind: FileKind;
  gzip: boolean;
  delimiter: Delimiter | null;
  /** Whether the first row holds the names of the columns. It is among the rows all the same, so that this can be changed later. */
  header: boolean;
  columns: () => string[];
  bytes: ByteTally;
  text: DecodingTally;
  batches: AsyncGenerator<Row[]>;
};

const sampleBytes = 64 * 1024;

/** Bytes in, rows of text out. Holds one batch at a time, whatever the size of the file. */
export async function readFile(source: AsyncIterable<Uint8Array>, options: ReadingOptions = {}): Promise<Reading> {
  const limits = { ...defaultLimits, ...options.limits };
  const bytes: ByteTally = { packed: 0, unpacked: 0 };
  const text: DecodingTally = { encoding: options.encoding ?? 'utf-8', replaced: 0 };
  const outer = await peek(source, 4);
  const gzip = isGzip(outer.head);
  const packed = counted(outer.all, bytes, 'packed');
  const plain = bounded(gzip ? gunzipped(packed, bytes, limits) : packed, bytes, limits);
  const inner = await peek(plain, sampleBytes);
  const kind = detectKind(inner.head);
  const shared = { kind, gzip, bytes, text };
  if (kind === 'parquet') {
    const { columns, batches } = await readParquet(inner.all, limits, text);
    return { ...shared, delimiter: null, header: false, columns: () => columns, batches };
  }
  const characters = decoded(inner.all, text, options.encoding);
  if (kind === 'json_lines') {
    const reader = jsonLinesReader(limits, text);
    return { ...shared, delimiter: null, header: false, columns: reader.columns, batches: rowBatches(characters, reader) };
  }
  return readDelimited(characters, shared, limits, options.delimiter);
}

async function readDelimited(
  characters: AsyncGenerator<string>,
  shared: Pick<Reading, 'kind' | 'gzip' | 'bytes' | 'text'>,
  limits: ReadingLimits,
  asked?: Delimiter,
): Promise<Reading> {
  const { sample, all } = await peekText(characters);
  refuseBinary(sample, shared.text);
  const delimiter = asked ?? detectDelimiter(sample);
  const skipped = /^sep=.\r?\n/i.exec(sample)?.[0] ?? '';
  const reader = delimitedReader(delimiter, limits, skipped ? 2 : 1);
  const rows = rowBatches(skipFirst(all, skipped.length), reader);
  const first = await rows.next();
  if (first.done)
    throw refuse('empty_file', {
      en: 'The file holds no rows. Export it again and import the new file.',
      zh: '文件中没有行。请重新导出并导入新文件。',
    });
  const names = first.value[0]!.cells;
  const header = looksLikeHeader(names);
  const columns = columnNames(names, header);
  async function* batches(): AsyncGenerator<Row[]> {
    yield judged(first.value as Row[], columns.length);
    for await (const batch of rows) yield judged(batch, columns.length);
  }
  return { ...shared, delimiter, header, columns: () => columns, batches: batches() };
}

/** A row with more or fewer cells than the first one is not guessed into place. */
function judged(rows: Row[], width: number): Row[] {
  for (const row of rows) if (row.cells.length !== width) row.problem ??= 'ragged';
  return rows;
}

type Reader = { read: (text: string) => Row[]; end: () => Row[] };

async function* rowBatches(characters: AsyncGenerator<string>, reader: Reader): AsyncGenerator<Row[]> {
  for await (const text of characters) {
    const rows = reader.read(text);
    if (rows.length) yield rows;
  }
  const rest = reader.end();
  if (rest.length) yield rest;
}

async function peekText(characters: AsyncGenerator<string>): Promise<{ sample: string; all: AsyncGenerator<string> }> {
  let sample = '';
  let ended = false;
  while (sample.length < sampleBytes / 4 && !ended) {
    const next = await characters.next();
    if (next.done) ended = true;
    else sample += next.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield sample;
    if (!ended) yield* characters;
  }
  return { sample, all: all() };
}

async function* skipFirst(characters: AsyncGenerator<string>, length: number): AsyncGenerator<string> {
  let left = length;
  for await (const text of characters) {
    yield left ? text.slice(left) : text;
    left = Math.max(0, left - text.length);
  }
}

function refuseBinary(sample: string, text: DecodingTally): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const strange = (sample.match(/[\u0001-\u0008\u000e-\u001f\uFFFD]/g) ?? []).length;
  if (strange > 32 && strange > sample.length * 0.05) {
    throw refuse('binary', {
      en: `The file is not text (read as ${text.encoding}). Landfall imports CSV, TSV, JSON Lines and Parquet, also packed with gzip. If it is text in another encoding, choose the encoding and import it again.`,
      zh: `文件不是文本（按 ${text.encoding} 读取）。Landfall 可导入 CSV、TSV、JSON Lines 和 Parquet，也可用 gzip 压缩。如果是其他编码的文本，请选择编码后重新导入。`,
    });
  }
}
