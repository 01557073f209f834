import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';

type FromWorker = { ready?: true; closed?: true; connection?: number; bytes?: Uint8Array };
const terminate = 0x58;

/** A connection to the worker that the ordinary `pg` driver takes for a socket. */
const openConnection = (worker: Worker, connection: number): Duplex => {
  const send = (bytes: Uint8Array) => {
    // The protocol's Terminate would end the one session that all connections share.
    const isTerminate = bytes[0] === terminate && bytes.length === 5;
    if (!isTerminate) worker.postMessage({ connection, bytes });
  };
  const receive = (message: FromWorker) => {
    if (message.connection === connection && message.bytes) stream.push(Buffer.from(message.bytes));
  };
  const stream = new Duplex({
    read() {},
    write(chunk: Uint8Array, _encoding, done) {
      send(chunk);
      done();
    },
    writev(chunks, done) {
      send(Buffer.concat(chunks.map((each) => each.chunk as Uint8Array)));
      done();
    },
    final(done) {
      worker.off('message', receive);
      stream.push(null);
      done();
    },
  });
  worker.on('message', receive);
  const nothing = () => stream;
  return Object.assign(stream, {
    connect: () => (queueMicrotask(() => stream.emit('connect')), stream),
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  });
};

export type Pglite = { openStream: () => Duplex; close: () => Promise<void> };

/** Starts the in-process Postgres on `folder`; `template` is a saved, empty data folder that spares the 4 s of initdb. */
export const startPglite = async (folder: string, template: string | undefined): Promise<Pglite> => {
  const worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), { workerData: { folder, template } });
  worker.setMaxListeners(0);
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      resolve();
    });
  });
  // A Postgres that is gone in the middle of its work is opened again from its files, by a process that starts anew: an error ends this
  // one because nobody listens to it, and so does an end that nobody asked for.
  const goneAway = () => {
    throw new Error('The in-process Postgres ended. Start Landfall again: what was written is there.');
  };
  worker.once('exit', goneAway);
  let connections = 0;
  return {
    openStream: () => openConnection(worker, ++connections),
    close: () =>
      new Promise<void>((resolve) => {
        worker.off('exit', goneAway);
        worker.once('exit', () => resolve());
        worker.postMessage({ close: true });
      }),
  };
};
