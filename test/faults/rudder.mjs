// RudderStack's own client, told only where to send and to try for long: node rudder.mjs <host> <write key> <count> <milliseconds between>
import { setTimeout as pause } from 'node:timers/promises';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [dataPlaneUrl, writeKey, count, between] = process.argv.slice(2);
const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl, flushAt: 5, flushInterval: 500, retryCount: 12 });
let kept = 0;
for (let n = 0; n < Number(count); n++) {
  analytics.track({ userId: `u${n % 41}`, event: 'Clicked', properties: { n } }, (error) =>
    error ? process.stdout.write(`wrong ${String(error).slice(0, 200).replaceAll('\n', ' ')}\n`) : kept++,
  );
  await pause(Number(between));
}
await new Promise((resolve) => analytics.flush(resolve));
for (const until = Date.now() + 60_000; kept < Number(count) && Date.now() < until;) await pause(100);
process.stdout.write(`done ${count} ${kept}\n`);
process.exit(0);
