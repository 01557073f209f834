import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { countListed, listedColumns, type Listing, pageListed } from './listed.ts';

const cell = z.union([z.string(), z.number(), z.null()]);

export const rowsPage = {
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

export const unitRows = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), cell)),
  total: z.int(),
  offset: z.int(),
});
export type UnitRows = z.output<typeof unitRows>;

export const mostRowsInFile = 100_000;
export const rowsFile = z.object({
  fileName: z.string(),
  csv: z.string(),
  total: z.int(),
  truncated: z.boolean().describe(`There are more rows than the file holds (${mostRowsInFile})`),
});

type Row = Record<string, string | number | null>;

/** A page of the people or accounts behind a figure, and how many there are. */
export const readListed = async (context: Context, listing: Listing, page: { offset: number; limit: number }): Promise<UnitRows> => {
  const [[counted], rows] = await Promise.all([
    context.events.ask<{ total: number }>(countListed(listing)),
    context.events.ask<Row>(pageListed(listing, page)),
  ]);
  return { columns: listedColumns(listing), rows, total: counted?.total ?? 0, offset: page.offset };
};

/** Rows that were read from the first on, as a file. */
export const asFile = ({ columns, rows, total }: UnitRows, fileName: string): z.output<typeof rowsFile> => ({
  fileName,
  csv: toCsv([columns, ...rows.map((row) => columns.map((column) => row[column]))]),
  total,
  truncated: total > rows.length,
});

/** The people or accounts behind a figure as a file, as many as it may hold. */
export const exportListed = async (context: Context, listing: Listing, fileName: string): Promise<z.output<typeof rowsFile>> =>
  asFile(await readListed(context, listing, { offset: 0, limit: mostRowsInFile }), fileName);
