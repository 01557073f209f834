import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Config, readConfig } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import type { ListedOperation } from '../platform/operations.ts';

/** A way to call operations: over the network, through the running server, or on the stores themselves. */
export type Connection = {
  call: (operation: ListedOperation, input: Record<string, unknown>, body?: Readable) => Promise<unknown>;
  close: () => Promise<void>;
};

export type ConnectOptions = { environment: Record<string, string | undefined>; workspace?: string };

export type ServerNote = { pid: number; url: string; secret: string };

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The server that runs on this data folder, if one does. A note left behind by a killed one is passed over. */
export const findServer = ({ LANDFALL_DATA }: Config): ServerNote | undefined => {
  const file = join(LANDFALL_DATA, 'server.json');
  if (!existsSync(file)) return undefined;
  try {
    const note = JSON.parse(readFileSync(file, 'utf8')) as ServerNote;
    return isAlive(note.pid) ? note : undefined;
  } catch {
    return undefined;
  }
};

const remoteUrl = (text: string): string => {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new Failure('invalid', `LANDFALL_URL must start with http:// or https://, not "${text}".`);
  return text.replace(/\/+$/, '');
};

export type Target = { url: string; bearer: string; isThisMachine: boolean };

/** The server to speak to: the one that LANDFALL_URL and LANDFALL_KEY name, else the one on this machine, if it runs. */
export const target = (environment: ConnectOptions['environment']): Target | undefined => {
  const { LANDFALL_URL, LANDFALL_KEY } = environment;
  if (LANDFALL_URL) {
    if (!LANDFALL_KEY)
      throw new Failure('unauthenticated', 'LANDFALL_URL is set but LANDFALL_KEY is not. Make a key under Settings, Keys, and set it.');
    return { url: remoteUrl(LANDFALL_URL), bearer: LANDFALL_KEY, isThisMachine: false };
  }
  const server = findServer(readConfig(environment));
  return server && { url: server.url, bearer: server.secret, isThisMachine: true };
};

/** Connects to that server; where there is none, to the stores. */
export const connect = async ({ environment, workspace }: ConnectOptions): Promise<Connection> => {
  const server = target(environment);
  if (server) {
    const { openRemote } = await import('./remote.ts');
    const connection = openRemote({ ...server, workspace });
    return server.isThisMachine ? onThisMachine(connection) : connection;
  }
  const { openLocal } = await import('./local.ts');
  return onThisMachine(await openLocal(readConfig(environment), workspace));
};

/** Whoever is on this machine is known; what is missing then is a workspace, not a sign-in. */
const onThisMachine = (connection: Connection): Connection => ({
  ...connection,
  call: (...given) =>
    connection.call(...given).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'unauthenticated')
        throw new Failure(
          'not_found',
          'There is no workspace yet. Run "landfall start" and open its address in a browser to make the first one.',
        );
      throw error;
    }),
});
