// Only the host is not Segment's: node segment-node.mjs <host> <write key>
import { Analytics } from '@segment/analytics-node';

const [host, writeKey] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host, flushAt: 20 });
analytics.on('error', (error) => process.stderr.write(`${JSON.stringify(error)}\n`));
const timestamp = new Date(Date.now() - 60_000);
analytics.track({
  userId: 'u1',
  event: 'Exported',
  properties: { plan: { name: 'Pro' }, rows: 12 },
  timestamp,
  context: { groupId: 'g1' },
});
analytics.identify({ userId: 'u1', anonymousId: 'a1', traits: { email: 'ada@example.com' } });
analytics.group({ userId: 'u1', groupId: 'g1', traits: { name: 'Acme' } });
analytics.page({ userId: 'u1', name: 'Pricing', properties: { url: 'https://w.example/pricing' } });
analytics.screen({ userId: 'u1', name: 'Home' });
analytics.alias({ userId: 'u1', previousId: 'a2' });
await analytics.closeAndFlush();
