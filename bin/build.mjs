// Builds dist/: the web app, the program as one file with its two workers beside it, and an empty Postgres folder.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { build as bundle } from 'esbuild';
import { build as buildWeb } from 'vite';
import { home } from './prepare.mjs';

const dist = join(home, 'dist');
mkdirSync(dist, { recursive: true });
rmSync(join(dist, 'built'), { force: true });

const compressAssets = () => {
  const folder = join(dist, 'web', 'assets');
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const content = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
  }
};

// initdb takes 4 s; a folder saved once spares it at every first start.
const makeRecordsTemplate = async () => {
  const file = join(dist, 'records-template.tar.gz');
  if (existsSync(file)) return;
  const database = await PGlite.create();
  const dump = await database.dumpDataDir('gzip');
  await database.close();
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
};

if (existsSync(join(home, 'index.html'))) {
  await buildWeb({ root: home, logLevel: 'warn' });
  compressAssets();
}
await bundle({
  entryPoints: { landfall: join(home, 'src', 'cli', 'main.ts') },
  outdir: dist,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  splitting: true,
  chunkNames: '[name]-[hash]',
  packages: 'external',
  sourcemap: true,
  jsx: 'automatic',
  logLevel: 'warning',
  loader: { '.css': 'text' },
});
for (const worker of ['records/pglite-worker.mjs', 'events/chdb-child.mjs'])
  copyFileSync(join(home, 'src', 'platform', worker), join(dist, worker.split('/')[1]));
await makeRecordsTemplate();
writeFileSync(join(dist, 'built'), new Date().toISOString());
