// node examples/weftwork/write-exports.mjs <folder>: the export files of the example company, about 110 MB, in a few seconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = process.argv[2];
if (!folder) {
  process.stderr.write('Name the folder to write to: node examples/weftwork/write-exports.mjs weftwork-exports\n');
  process.exit(2);
}
const built = mkdtempSync(join(tmpdir(), 'weftwork-'));
try {
  const outfile = join(built, 'write-exports.mjs');
  const entry = fileURLToPath(new URL('write-exports.ts', import.meta.url));
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'warning' });
  const { writeExports } = await import(pathToFileURL(outfile).href);
  for (const path of await writeExports(folder)) process.stdout.write(`${path}\n`);
} finally {
  rmSync(built, { recursive: true });
}
