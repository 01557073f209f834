// Ten times as much as can be taken: npx tsx bench/overload.ts [seconds of each part]
// First as fast as it is answered, then ten times that, then as before: how much is kept meanwhile, how it is refused, and when it is normal again.
import { setTimeout as pause } from 'node:timers/promises';
import { type Answers, at, openSender } from './sending.ts';
import { startBenchServer } from './server.ts';

const seconds = Number(process.argv[2] ?? 15);
const size = 50;
const server = await startBenchServer();
const sender = openSender(server, size);
const say = (name: string, { statuses, milliseconds, withoutRetryAfter, seconds: took }: Answers, more = '') => {
  const perSecond = Math.round(((statuses['200'] ?? 0) * size) / took);
  console.log(
    `${name}: ${perSecond} events/s kept, answers ${JSON.stringify(statuses)}, median ${at(milliseconds, 0.5).toFixed(0)} ms, p99 ${at(milliseconds, 0.99).toFixed(0)} ms, ${withoutRetryAfter} refused without a time${more}`,
  );
  return perSecond;
};
await sender.closed(20, 3);
const before = await sender.closed(20, seconds);
const most = say('as fast as answered', before);
const pages: number[] = [];
let isOver = false;
const reading = (async () => {
  for (; !isOver; await pause(500)) {
    const startedAt = performance.now();
    await server.call('GET', '/events/names').catch((error: unknown) => console.log(String(error)));
    pages.push(performance.now() - startedAt);
  }
})();
const overload = await sender.open((most / size) * 10, seconds, 4000);
const endedAt = performance.now();
const during = say('ten times as much', overload, `, ${overload.unsent} not sent, as 4,000 were under way`);
isOver = true;
await reading;
console.log(
  `kept meanwhile: ${Math.round((during / most) * 100)} % of the most; a page of names p95 ${at(pages, 0.95).toFixed(0)} ms, n ${pages.length}`,
);
const normal = at(before.milliseconds, 0.99);
for (;;) {
  const { milliseconds, statuses } = await sender.closed(20, 1);
  if (Object.keys(statuses).join() === '200' && at(milliseconds, 0.99) <= normal * 1.5) break;
  if (performance.now() - endedAt > 120_000) break;
}
console.log(`answers as before after ${((performance.now() - endedAt) / 1000).toFixed(0)} s`);
while ((await server.metric('landfall_spool_bytes')) > 0) await pause(100);
console.log(`all stored after ${((performance.now() - endedAt) / 1000).toFixed(0)} s; peak memory: ${server.peaks()}`);
await server.close();
process.exit(0);
