// PostHog's own client, told only where to send and to try for long: node posthog.mjs <host> <write key> <count> <milliseconds between>
import { setTimeout as pause } from 'node:timers/promises';
import { PostHog } from 'posthog-node';

const [host, writeKey, count, between] = process.argv.slice(2);
const posthog = new PostHog(writeKey, { host, flushAt: 5, flushInterval: 500, fetchRetryCount: 60, fetchRetryDelay: 1000 });
for (let n = 0; n < Number(count); n++) {
  posthog.capture({ distinctId: `u${n % 41}`, event: 'Clicked', properties: { n } });
  await pause(Number(between));
}
await posthog.shutdown(90_000);
process.stdout.write(`done ${count} ${count}\n`);
