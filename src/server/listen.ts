import type { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Failure } from '../platform/failure.ts';

type Options = {
  fetch: Parameters<typeof createAdaptorServer>[0]['fetch'];
  createServer: typeof createServer;
  port: number;
  host: string;
};

const mostNotAccepted = 4096; // connections that the kernel holds; beyond it they try again after a second
const keepAliveMilliseconds = 75_000; // longer than proxies hold theirs, so that none sends on a connection that is being closed

export const listen = ({ port, host, ...options }: Options): Promise<{ server: Server; port: number }> =>
  new Promise((resolve, reject) => {
    const server = createAdaptorServer(options) as Server;
    server.keepAliveTimeout = keepAliveMilliseconds;
    server.listen({ port, host, backlog: mostNotAccepted }, () => resolve({ server, port: (server.address() as AddressInfo).port }));
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Failure('conflict', `Port ${port} is in use. Stop what listens there, or choose another with LANDFALL_PORT.`)
          : error,
      ),
    );
  });
