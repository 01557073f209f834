import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { refuse, type ReadingLimits } from './limits.ts';
import type { Row } from './delimited.ts';
import { cleaned } from './decoding.ts';

export type ParquetReading = { columns: string[]; batches: AsyncGenerator<Row[]> };

/** Parquet keeps its directory at the end, so the file is laid down first; it is removed when the rows have been read. */
export async function readParquet(
  source: AsyncIterable<Buffer>,
  limits: ReadingLimits,
  tally: { replaced: number },
): Promise<ParquetReading> {
  const folder = await mkdtemp(join(tmpdir(), 'landfall-import-'));
  try {
    const path = join(folder, 'file.parquet');
    await pipeline(source, createWriteStream(path, { mode: 0o600 }));
    const file = await asyncBufferFromFile(path);
    const metadata = await readMetadata(file, limits);
    const columns = parquetSchema(metadata).children.map((column) => column.element.name);
    if (columns.length > limits.columns) {
      throw refuse(
        'too_many_columns',
        {
          en: `The file has ${columns.length} columns; at most ${limits.columns} can be imported. Write only the columns that are needed.`,
          zh: `文件有 ${columns.length} 列，最多可导入 ${limits.columns} 列。请只写入需要的列。`,
        },
        { line: 1 },
      );
    }
    return { columns, batches: batches(file, metadata, columns, folder, tally) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

type File = Awaited<ReturnType<typeof asyncBufferFromFile>>;

async function readMetadata(file: File, limits: ReadingLimits): Promise<FileMetaData> {
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch (cause) {
    throw refuse(
      'damaged',
      { en: 'The Parquet file is damaged or was cut off. Export it again.', zh: 'Parquet 文件已损坏或不完整。请重新导出。' },
      { cause: String(cause) },
    );
  }
  const unpacked = metadata.row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
  const largest = Math.max(0, ...metadata.row_groups.map((group) => Number(group.total_byte_size)));
  if (unpacked > limits.unpackedBytes || largest > 1024 ** 3) {
    throw refuse('too_large', {
      en: 'The Parquet file unpacks to more than can be read at once. Write it with smaller row groups, or split it.',
      zh: 'Parquet 文件解压后过大，无法一次读取。请用较小的行组写入，或拆分文件。',
    });
  }
  return metadata;
}

const batchRows = 5000;
const piece = { bytes: 64 * 1024 ** 2, rows: 150_000 };

/** Whole groups of rows, or parts of large ones: what is packed together is unpacked anew for each piece that is read of it. */
function* pieces({ row_groups }: FileMetaData): Generator<[from: number, to: number]> {
  let from = 0;
  for (const { num_rows, total_byte_size } of row_groups) {
    const end = from + Number(num_rows);
    const fits = Math.floor((Number(num_rows) * piece.bytes) / Math.max(1, Number(total_byte_size)));
    const step = Math.max(batchRows, Math.min(piece.rows, fits));
    for (; from < end; from += step) yield [from, Math.min(end, from + step)];
    from = end;
  }
}

async function* batches(
  file: File,
  metadata: FileMetaData,
  columns: string[],
  folder: string,
  tally: { replaced: number },
): AsyncGenerator<Row[]> {
  try {
    for (const [rowStart, rowEnd] of pieces(metadata)) {
      const objects = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd }).catch((cause: unknown) => {
        throw refuse(
          'damaged',
          {
            en: `The Parquet file cannot be read after row ${rowStart}. Export it again.`,
            zh: `Parquet 文件在第 ${rowStart} 行之后无法读取。请重新导出。`,
          },
          { cause: String(cause) },
        );
      });
      for (let from = 0; from < objects.length; from += batchRows)
        yield objects.slice(from, from + batchRows).map((object, index) => ({
          line: rowStart + from + index + 1,
          cells: columns.map((column) => cleaned(asText(object[column]), tally)),
        }));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'object')
    return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return `${value as number}`;
}
