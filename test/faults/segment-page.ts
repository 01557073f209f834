import { AnalyticsBrowser } from '@segment/analytics-next';

// A page of a product that uses Segment's client from its package; only cdnURL is not Segment's.
type Asked = { host: string; writeKey: string; count: number; between: number };
const { host, writeKey, count, between } = (globalThis as unknown as { landfall: Asked }).landfall;
const analytics = AnalyticsBrowser.load({ writeKey, cdnURL: host });
const run = async () => {
  for (let n = 0; n < count; n++) {
    void analytics.track('Clicked', { n });
    await new Promise((resolve) => setTimeout(resolve, between));
  }
};
Object.assign(globalThis, { run: run() });
