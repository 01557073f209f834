import client, { type PostHog } from 'posthog-js';

// A page of a product that uses PostHog's client from its package; only api_host is not PostHog's.
const posthog = client as unknown as PostHog; // its types do not know how this module is resolved
type Asked = { host: string; writeKey: string; count: number; between: number };
const { host, writeKey, count, between } = (globalThis as unknown as { landfall: Asked }).landfall;
posthog.init(writeKey, { api_host: host, capture_pageview: false, autocapture: false });
const run = async () => {
  for (let n = 0; n < count; n++) {
    posthog.capture('Clicked', { n });
    await new Promise((resolve) => setTimeout(resolve, between));
  }
};
Object.assign(globalThis, { run: run() });
