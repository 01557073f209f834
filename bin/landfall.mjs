#!/usr/bin/env node
// The command line: builds what is stale when it stands in a checkout, then runs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild, ensurePackages, home } from './prepare.mjs';

if (existsSync(join(home, 'src'))) {
  ensurePackages();
  await ensureBuild();
}
await import(pathToFileURL(join(home, 'dist', 'landfall.js')).href);
