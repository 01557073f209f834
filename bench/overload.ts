// Ten times as much as can be taken: npx tsx bench/overload.ts [seconds of each part] [most requests under way]
// First as fast as it is answered, then ten times that, then as before: how much is kept meanwhile, how it is refused, and when it is normal again.
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answers, at, openSender } from './sending.ts';
import { startBenchServer } from './server.ts';

const seconds = Number(process.argv[2] ?? 15);
const mostAtOnce = Number(process.argv[3] ?? 2000);
const size = 50;
const load = () => loadavg()[0]!.toFixed(1);
console.log(`load before: ${load()}`);
// Many keys send: what one key may send in a second is not what is measured.
const server = await startBenchServer({ LANDFALL_INGEST_REQUESTS_PER_SECOND: '1000000' });
const sender = openSender(server, size);
const times = (milliseconds: number[]) =>
  `median ${at(milliseconds, 0.5).toFixed(0)} ms, p99 ${at(milliseconds, 0.99).toFixed(0)} ms, n ${milliseconds.length}`;
const say = (name: string, { statuses, milliseconds, refusedMilliseconds, withoutRetryAfter, seconds: took }: Answers, more = '') => {
  const perSecond = Math.round(((statuses['200'] ?? 0) * size) / took);
  const sent = Object.values(statuses).reduce((sum, each) => sum + each, 0);
  console.log(
    `${name}: ${perSecond} events/s kept of ${Math.round((sent * size) / took)} sent, in ${took.toFixed(1)} s; answers ${JSON.stringify(statuses)}`,
  );
  console.log(`  kept: ${times(milliseconds)}`);
  console.log(`  refused: ${times(refusedMilliseconds)}, ${withoutRetryAfter} without a time${more}`);
  return perSecond;
};
await sender.closed(20, 5);
const usedFirst = server.processorSeconds();
const before = await sender.closed(20, seconds);
const most = say('as fast as answered', before);
const pages: number[] = [];
let isOver = false;
const reading = (async () => {
  for (; !isOver; await pause(200)) {
    const startedAt = performance.now();
    await server.call('GET', '/events/names').catch((error: unknown) => console.log(String(error)));
    pages.push(performance.now() - startedAt);
  }
})();
const [usedBefore, loaderBefore] = [server.processorSeconds(), process.cpuUsage()];
const perProcessorSecond = ({ statuses }: Answers, seconds: number) => Math.round(((statuses['200'] ?? 0) * size) / seconds);
const alone = perProcessorSecond(before, usedBefore[0] - usedFirst[0]);
const overload = await sender.open((most / size) * 10, seconds, mostAtOnce);
const endedAt = performance.now();
const [used, loader] = [server.processorSeconds(), process.cpuUsage(loaderBefore)];
const during = say('ten times as much', overload, `, ${overload.unsent} not sent, as ${mostAtOnce} were under way`);
isOver = true;
await reading;
console.log(
  `kept meanwhile: ${Math.round((during / most) * 100)} % of the most; a page of names p95 ${at(pages, 0.95).toFixed(0)} ms, n ${pages.length}`,
);
console.log(
  `in a second of the server's processor: ${perProcessorSecond(overload, used[0] - usedBefore[0])} events kept, ${alone} as fast as answered`,
);
console.log(
  `processors meanwhile: server ${(used[0] - usedBefore[0]).toFixed(1)} s, engine ${(used[1] - usedBefore[1]).toFixed(1)} s, senders ${((loader.user + loader.system) / 1e6).toFixed(1)} s; load ${load()}`,
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
