// Events acknowledged in a second, each on disk before it is: npx tsx bench/ingest.ts [seconds] [callers] [events in a batch]
// The server and the sender are processes of their own; the event store takes the events out of the spool meanwhile.
import { setTimeout as pause } from 'node:timers/promises';
import { at, openSender } from './sending.ts';
import { startBenchServer } from './server.ts';

const [seconds, callers, size] = [process.argv[2] ?? 10, process.argv[3] ?? 20, process.argv[4] ?? 50].map(Number) as [
  number,
  number,
  number,
];
const server = await startBenchServer({ LANDFALL_INGEST_REQUESTS_PER_SECOND: '1000000' });
const sender = openSender(server, size);
await sender.closed(callers, 2);

const ages: number[] = [];
let isDone = false;
const watching = (async () => {
  for (; !isDone; await pause(250)) ages.push(await server.metric('landfall_spool_oldest_seconds'));
})();
const { statuses, milliseconds } = await sender.closed(callers, seconds);
const endedAt = performance.now();
isDone = true;
await watching;
while ((await server.metric('landfall_spool_bytes')) > 0) await pause(50);
const drained = (performance.now() - endedAt) / 1000;
const acknowledged = (statuses['200'] ?? 0) * size;
console.log(
  `${Math.round(acknowledged / seconds)} events/s acknowledged, ${callers} callers, batches of ${size}, ${seconds} s; answers ${JSON.stringify(statuses)}`,
);
console.log(
  `answer: median ${at(milliseconds, 0.5).toFixed(1)} ms, p95 ${at(milliseconds, 0.95).toFixed(1)} ms, p99 ${at(milliseconds, 0.99).toFixed(1)} ms, n ${milliseconds.length}`,
);
console.log(
  `the oldest event that waited: median ${at(ages, 0.5).toFixed(1)} s, most ${at(ages, 1).toFixed(1)} s, n ${ages.length}; all was stored ${drained.toFixed(1)} s after the last`,
);
console.log(`peak memory: ${server.peaks()}`);
await server.close();
process.exit(0);
