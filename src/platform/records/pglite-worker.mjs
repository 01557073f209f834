// The in-process Postgres lives in this worker thread: in the main thread a 1.5 s query stalls HTTP for 1.5 s.
// Each message carries the number of the connection that sent it, so that a late answer never reaches the next one.
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const { folder, template } = workerData;
const loadDataDir = template ? new Blob([await readFile(template)]) : undefined;
const database = await PGlite.create({ dataDir: folder, loadDataDir });
parentPort.postMessage({ ready: true });

let queue = Promise.resolve();
parentPort.on('message', ({ connection, bytes, close }) => {
  queue = queue.then(async () => {
    if (close) {
      await database.close();
      parentPort.postMessage({ closed: true });
      parentPort.close();
      return;
    }
    await database.execProtocolRawStream(bytes, {
      onRawData: (data) => parentPort.postMessage({ connection, bytes: data.slice() }),
    });
  });
});
