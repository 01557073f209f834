import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmbedded } from './embedded.ts';

test('the engine of a server that was killed is waited for: its files are locked until it has ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-locked-'));
  mkdirSync(join(folder, 'events'));
  const left = spawn(process.execPath, ['src/platform/events/chdb-child.mjs', join(folder, 'events'), join(folder, 'left.sock')], {
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  await new Promise((resolve) => left.once('message', resolve));
  let hasEnded = false;
  left.once('exit', () => (hasEnded = true));
  const starting = startEmbedded(folder);
  setTimeout(() => left.kill('SIGKILL'), 1500);
  const engine = await starting;
  expect(hasEnded).toBe(true);
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);
