// Only the host is not RudderStack's: node rudder-node.mjs <host> <write key>
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [host, writeKey] = process.argv.slice(2);
const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: host, flushAt: 20 });
analytics.track({ userId: 'u1', event: 'Exported', properties: { plan: { name: 'Pro' } }, context: { groupId: 'g1' } });
analytics.identify({ userId: 'u1', anonymousId: 'a1', traits: { email: 'ada@example.com' } });
analytics.group({ userId: 'u1', groupId: 'g1', traits: { name: 'Acme' } });
analytics.page({ userId: 'u1', name: 'Pricing', properties: { url: 'https://w.example/pricing' } });
analytics.screen({ userId: 'u1', name: 'Home' });
analytics.alias({ userId: 'u1', previousId: 'a2' });
await new Promise((resolve) => analytics.flush(resolve));
