// npm test: installs what is missing (a Chromium too), builds, checks, and runs every test.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { platform } from 'node:process';
import { ensureBuild, ensurePackages, run } from './prepare.mjs';

const known = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const findChromium = () => [process.env.LANDFALL_TEST_CHROMIUM, ...(known[platform] ?? [])].find((path) => path && existsSync(path));

const installChromium = () => {
  if (platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    return spawnSync(command, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  };
  process.stdout.write('Installing Chromium from the packages of the system...\n');
  if (!apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')) {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  }
};

ensurePackages();
if (!findChromium()) installChromium();
const chromium = findChromium();
if (!chromium) {
  process.stderr.write('The tests of the pages need Chromium or Chrome. Install one, or name it in LANDFALL_TEST_CHROMIUM.\n');
  process.exit(1);
}
await ensureBuild();

const asked = process.argv.slice(2);
const vitest = (files, environment) =>
  run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files], {
    env: { ...process.env, LANDFALL_TEST_CHROMIUM: chromium, LANDFALL_TEST_POSTGRES_URL: '', ...environment },
  });

if (asked.length === 0) run('npm', ['run', '--silent', 'check']);
vitest(asked, {});
// What keeps something in the records store, once more on a Postgres server: the slices that have tables.
const postgres = process.env.LANDFALL_TEST_POSTGRES_URL;
const withTables = readdirSync('src', { recursive: true })
  .filter((path) => basename(path) === 'tables.ts')
  .map((path) => `src/${dirname(path).replaceAll('\\', '/')}/`);
const onStores = ['src/platform', 'src/workspace', 'src/launch', 'src/impact/examples', 'test/access', 'test/faults/kills', ...withTables];
if (postgres) vitest(asked.length > 0 ? asked : onStores, { LANDFALL_TEST_POSTGRES_URL: postgres });
