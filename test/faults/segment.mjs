// Segment's own client, told only where to send: node segment.mjs <host> <write key> <count> <milliseconds between>. It says what was delivered.
import { setTimeout as pause } from 'node:timers/promises';
import { Analytics } from '@segment/analytics-node';

const [host, writeKey, count, between] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host, flushAt: 20, flushInterval: 200, maxRetries: 1000 });
analytics.on('error', ({ reason }) => process.stdout.write(`wrong ${String(reason).slice(0, 200).replaceAll('\n', ' ')}\n`));
let delivered = 0;
const told = (messageId) => (error) => {
  if (!error) process.stdout.write(`kept ${messageId}\n`);
  delivered++;
};
for (let n = 0; n < Number(count); n++) {
  const messageId = `s${n}`;
  analytics.track({ messageId, userId: `u${n % 41}`, event: 'Clicked', properties: { n } }, told(messageId));
  await pause(Number(between));
}
await analytics.closeAndFlush({ timeout: 90_000 });
process.stdout.write(`done ${count} ${delivered}\n`);
process.exit(0);
