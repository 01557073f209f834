// Only the host is not PostHog's: node posthog-node.mjs <host> <write key>
import { PostHog } from 'posthog-node';

const [host, writeKey] = process.argv.slice(2);
const posthog = new PostHog(writeKey, { host, flushAt: 20, fetchRetryDelay: 200 });
posthog.on('error', (error) => process.stderr.write(`${error}\n`));
const timestamp = new Date(Date.now() - 60_000);
posthog.capture({ distinctId: 'u1', event: 'Exported', properties: { plan: { name: 'Pro' } }, groups: { company: 'g1' }, timestamp });
posthog.identify({ distinctId: 'u1', properties: { email: 'ada@example.com' } });
posthog.groupIdentify({ groupType: 'company', groupKey: 'g1', properties: { name: 'Acme' } });
posthog.capture({ distinctId: 'u1', event: '$pageview', properties: { $current_url: 'https://w.example/pricing' } });
posthog.alias({ distinctId: 'u1', alias: 'a2' });
await posthog.shutdown();
