import { expect, test } from 'vitest';
import { readFile } from './read.ts';

// Half a minute of one core, so only when asked for: LANDFALL_LOAD=1 npx vitest run src/collect/imports/reading/large-file.test.ts
const asked = process.env.LANDFALL_LOAD === '1';
const chunk = Buffer.from('0f3a9c,2018-01-01 10:00:00,São Paulo,12.50,some other text,"quoted, cell",42\n'.repeat(800));
const wantedBytes = 1024 ** 3;

async function* oneGigabyte() {
  for (let sent = 0; sent < wantedBytes; sent += chunk.length) yield chunk;
}

test.skipIf(!asked)('a file of 1 GB is read in less than 300 MB of further memory', { timeout: 300_000 }, async () => {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  let peak = 0;
  let rows = 0;
  const reading = await readFile(oneGigabyte());
  for await (const batch of reading.batches) {
    rows += batch.length;
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const grown = (peak - before) / 1024 ** 2;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `${rows} rows, ${(reading.bytes.unpacked / 1024 ** 2).toFixed(0)} MB in ${seconds.toFixed(1)} s, memory grew by ${grown.toFixed(0)} MB\n`,
  );
  expect(rows).toBe(Math.ceil(wantedBytes / chunk.length) * 800);
  expect(grown).toBeLessThan(300);
});
