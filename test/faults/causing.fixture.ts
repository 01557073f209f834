import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { expect } from 'vitest';
import { fill } from './disk.fixture.ts';
import { engineOf, type Running, signal } from './server.fixture.ts';

/**
 * What happens at a moment: the server is killed, its engine is, both are, the engine stalls for a while, an operator restarts, the disk of
 * the spool is full for a while (and the server may be killed meanwhile), the Postgres server lets nobody in for a while.
 */
export const faults = ['server', 'engine', 'both', 'stalled', 'stopping', 'full', 'cut'] as const;
export type Fault = (typeof faults)[number];
/** How many of a hundred. */
const shares: Record<Fault, number> = { server: 42, engine: 15, both: 10, stalled: 8, stopping: 8, full: 9, cut: 8 };

export type Scene = {
  server: () => Running;
  /** Starts the next server when the last one has ended. */
  restart: () => Promise<void>;
  /** The disk of the spool, where one of its own could be mounted. */
  spoolDisk?: string;
  /** Where the records are on a Postgres server. */
  database?: { name: string; server: string };
};

/** Which of them can happen here. */
export const possible = ({ spoolDisk, database }: Pick<Scene, 'spoolDisk' | 'database'>): Fault[] =>
  faults.filter((fault) => (fault !== 'full' || spoolDisk) && (fault !== 'cut' || database));

export const chooseFault = (chance: number, from: readonly Fault[]): Fault => {
  let left = chance * from.reduce((sum, fault) => sum + shares[fault], 0);
  return from.find((fault) => (left -= shares[fault]) < 0) ?? 'server';
};

const killServer = async ({ server, restart }: Scene) => {
  server().signal('SIGKILL');
  await server().ended;
  await restart();
};

const cutDatabase = async ({ name, server }: NonNullable<Scene['database']>, milliseconds: number) => {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const allow = (answer: boolean) => admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS ${answer}`);
  try {
    await allow(false);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await pause(milliseconds);
  } finally {
    await allow(true);
    await admin.end();
  }
};

/** Lets it happen; answers how many processes were killed. */
export const cause = async (fault: Fault, scene: Scene, random: () => number): Promise<number> => {
  const { server, restart } = scene;
  const engine = engineOf(server().pid);
  switch (fault) {
    case 'server':
      await killServer(scene);
      return 1;
    case 'engine':
      signal(engine, 'SIGKILL');
      return 1;
    case 'both':
      signal(engine, 'SIGKILL');
      await killServer(scene);
      return 2;
    case 'stalled':
      signal(engine, 'SIGSTOP');
      await pause(2500);
      signal(engine, 'SIGCONT');
      return 0;
    case 'stopping': {
      const startedAt = Date.now();
      server().signal('SIGTERM');
      const code = await server().ended;
      // A machine that is busy with other things may not come to the end in time: then it ends itself.
      if (Date.now() - startedAt < 9000) expect(code, server().output()).toBe(0);
      await restart();
      return 0;
    }
    case 'full': {
      const free = await fill(scene.spoolDisk!);
      try {
        await pause(Math.floor(random() * 1500));
        if (random() < 0.5) return 0;
        await killServer(scene);
        return 1;
      } finally {
        free();
      }
    }
    case 'cut':
      await cutDatabase(scene.database!, Math.floor(random() * 2500));
      expect(server().isRunning(), server().output()).toBe(true);
      return 0;
  }
};
