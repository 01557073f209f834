// What every command in bin/ needs first: the packages of the lock file, and a build that is no older than the source.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const home = dirname(dirname(fileURLToPath(import.meta.url)));

const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

export const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, { cwd: home, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (error) fail(`${command} did not start: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
};

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) fail(`Landfall needs Node 20.19 or later; this is ${process.versions.node}.`);
};

/** Installs when the lock file is not the one that node_modules was made from. */
export const ensurePackages = () => {
  checkNode();
  const lock = readFileSync(join(home, 'package-lock.json'), 'utf8');
  const marker = join(home, 'node_modules', '.landfall-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  process.stdout.write('Installing packages (once, about a minute)...\n');
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, lock);
};

const newestOf = (path) => {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestOf(join(path, name))));
};

const sources = ['src', 'examples', 'migrations', 'index.html', 'vite.config.ts', 'package-lock.json', 'bin/build.mjs'];

/** Builds when a source is newer than the last build. */
export const ensureBuild = async () => {
  const marker = join(home, 'dist', 'built');
  const newest = Math.max(...sources.map((name) => (existsSync(join(home, name)) ? newestOf(join(home, name)) : 0)));
  if (existsSync(marker) && statSync(marker).mtimeMs > newest) return;
  process.stdout.write('Building...\n');
  run(process.execPath, [join(home, 'bin', 'build.mjs')]);
};
