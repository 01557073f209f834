import { randomUUID } from 'node:crypto';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { catalogue, identify } from '../catalogue.ts';
import { enterWorkspace, insideDoor, openApplication, type RunningApplication } from '../platform/application.ts';
import type { Config } from '../platform/config.ts';
import type { Context, DoorContext } from '../platform/context.ts';
import { asFailure } from '../platform/operation.ts';
import type { Connection } from './connection.ts';

type Verbs = Record<string, Record<string, (input: unknown) => Promise<unknown>>>;

/** Standard output belongs to the answer, so the log goes to standard error, and only what went wrong. */
export const openQuietly = (config: Config): Promise<RunningApplication> =>
  openApplication(config, {
    log: pino({ level: config.LANDFALL_LOG_LEVEL === 'silent' ? 'silent' : 'error' }, pino.destination({ dest: 2, sync: true })),
  });

/** Whoever may read the data folder may do everything in it. */
export const enterLocally = async (
  application: RunningApplication,
  door: 'cli' | 'mcp',
  workspace?: string,
): Promise<DoorContext | Context> => {
  const secret = randomUUID();
  const found = await identify(application, { cookieToken: undefined, bearer: secret, workspace, localSecret: secret });
  const context: DoorContext = { ...insideDoor(application, door), member: found.member };
  return found.workspace && found.actor ? enterWorkspace(context, found.workspace, found.actor) : context;
};

/** Calls operations on the stores, when no server runs. Answers look as they do over HTTP. */
export const openLocal = async (config: Config, workspace?: string): Promise<Connection> => {
  const application = await openQuietly(config);
  try {
    const context = await enterLocally(application, 'cli', workspace);
    return {
      call: async ({ noun, verb, meta }, input, body) => {
        const client = createRouterClient(catalogue, { context: { ...context, body } }) as unknown as Verbs;
        try {
          const answer = await client[noun]![verb]!(input);
          return meta.watch || meta.file ? answer : (JSON.parse(JSON.stringify(answer)) as unknown);
        } catch (error) {
          throw asFailure(error) ?? error;
        }
      },
      close: application.close,
    };
  } catch (error) {
    await application.close();
    throw error;
  }
};
