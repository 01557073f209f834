// npm start: installs what is missing, builds what is stale, and runs the server.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild, ensurePackages, home } from './prepare.mjs';

ensurePackages();
await ensureBuild();
process.argv.splice(2, 0, 'start');
await import(pathToFileURL(join(home, 'dist', 'landfall.js')).href);
