import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Peer = { name: string; milliseconds: number; effect?: number; sums?: number[] };

/** The same problem in numpy and scipy, where python3 has them; null where it has not. The time is that of the arithmetic alone. */
export const peerOf = (kind: 'group_time' | 'simplex', values: Float64Array, numbers: readonly number[]): Peer | null => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  const path = join(folder, 'values');
  writeFileSync(path, values);
  const run = spawnSync('python3', [join(import.meta.dirname, 'lift-peer.py'), path, kind, ...numbers.map(String)], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return run.status === 0 ? (JSON.parse(run.stdout) as Peer) : null;
};
