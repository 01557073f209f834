import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { Context, DoorContext } from '../platform/context.ts';
import { makeMcpServer, throughMcp } from './server.ts';

/** The protocol on standard input and output, on the stores of this process; resolves when the other side has gone. */
export const serveMcpOnStdio = (caller: DoorContext | Context, readOnly: boolean): Promise<void> => {
  const context = throughMcp(caller, readOnly);
  const transport = new StdioServerTransport();
  return new Promise((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve);
    serveStdio(() => makeMcpServer(context, readOnly), { transport });
  });
};
