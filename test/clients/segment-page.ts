import { AnalyticsBrowser } from '@segment/analytics-next';

// A page of a product that uses Segment's client from its package; only cdnURL is not Segment's.
const { host, writeKey, batching } = (globalThis as unknown as { landfall: { host: string; writeKey: string; batching: boolean } })
  .landfall;
const integrations = batching
  ? { 'Segment.io': { deliveryStrategy: { strategy: 'batching' as const, config: { size: 10, timeout: 300 } } } }
  : {};
const analytics = AnalyticsBrowser.load({ writeKey, cdnURL: host }, { integrations });
const run = async () => {
  await analytics.page('Pricing');
  await analytics.track('Exported', { plan: { name: 'Pro' } });
  await analytics.identify('u1', { email: 'ada@example.com' });
  await analytics.group('g1', { name: 'Acme' });
  await analytics.screen('Home');
  await analytics.alias('u2');
};
Object.assign(globalThis, { run: run() });
