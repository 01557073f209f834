#!/usr/bin/env node
// The command line: in a checkout it installs and builds what is stale first, then runs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const home = dirname(here);

if (existsSync(join(home, 'src'))) {
  // Standard output belongs to the answer of the command, so what the build says goes to standard error.
  const prepare = JSON.stringify(pathToFileURL(join(here, 'prepare.mjs')).href);
  const program = `import { ensureBuild, ensurePackages } from ${prepare}; ensurePackages(); await ensureBuild();`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
await import(pathToFileURL(join(home, 'dist', 'landfall.js')).href);
