import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Asked, Row } from './store.ts';

export type Figure = { milliseconds: number; runs: number; readRows: number; readBytes: number; equal: boolean };

/** Rows as text, whatever the store calls its numbers. */
export const textOf = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map((row) => Object.values(row).map((value) => (typeof value === 'number' || typeof value === 'bigint' ? `${value}` : value))),
  );
export const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;

const slowMilliseconds = 4000;

export type Asking = { who: string; ask: () => Promise<Asked> };

/** One warm-up of each, then in turn, so that a busy moment of the machine is shared. What takes seconds is measured by its warm-up. */
export const measure = async (askings: readonly Asking[], truth: string, runs: number): Promise<Map<string, Figure>> => {
  const figures = new Map<string, Figure & { times: number[] }>();
  for (const { who, ask } of askings) {
    const answer = await ask().catch((error: Error) => process.stderr.write(`${who} FAILED: ${error.message.slice(0, 400)}\n`));
    if (typeof answer !== 'object') continue;
    const { rows, milliseconds, readRows, readBytes } = answer;
    figures.set(who, {
      milliseconds,
      runs: 1,
      readRows,
      readBytes,
      equal: textOf(rows) === truth,
      times: milliseconds > slowMilliseconds ? [milliseconds] : [],
    });
  }
  for (let run = 0; run < runs; run++)
    for (const { who, ask } of askings) {
      const figure = figures.get(who);
      if (!figure || figure.milliseconds > slowMilliseconds) continue;
      figure.times.push((await ask()).milliseconds);
    }
  for (const figure of figures.values()) Object.assign(figure, { milliseconds: median(figure.times), runs: figure.times.length });
  return figures;
};

/** Writes a page of figures; what people wrote about them, from its first heading on, stays. */
export const writePage = (path: string, figures: string): void => {
  const notes = existsSync(path) ? (/\n## [^]*$/.exec(readFileSync(path, 'utf8'))?.[0] ?? '') : '';
  writeFileSync(path, `${figures.trimEnd()}\n${notes}`);
};
