import { existsSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** One headline of a test: how often it was shown and clicked; winner is what the editors chose. */
export type Headline = { impressions: number; clicks: number; winner: boolean };
export type HeadlineTest = { week: number; headlines: Headline[] };

const path = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'upworthy/upworthy_clean.parquet');
export const hasUpworthy = existsSync(path);

/** The exploratory headline tests of the Upworthy Research Archive (Matias and others 2021, CC BY 4.0): packages that were shown by lot. */
export async function upworthyTests(): Promise<HeadlineTest[]> {
  const descriptor = openSync(path, 'r');
  const file = {
    byteLength: statSync(path).size,
    slice: (start: number, end = statSync(path).size) => {
      const bytes = new Uint8Array(end - start);
      readSync(descriptor, bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
  };
  const columns = ['clickability_test_id', 'impressions', 'clicks', 'winner', 'test_week'];
  const rows = await parquetReadObjects({ file, columns, compressors });
  const tests = new Map<string, HeadlineTest>();
  for (const row of rows) {
    const id = String(row.clickability_test_id);
    const test = tests.get(id) ?? { week: Number(row.test_week), headlines: [] };
    tests.set(id, test);
    test.headlines.push({ impressions: Number(row.impressions), clicks: Number(row.clicks), winner: row.winner === true });
  }
  return [...tests.values()];
}
