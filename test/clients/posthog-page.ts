import client, { type PostHog } from 'posthog-js';

// A page of a product that uses PostHog's client from its package; only api_host is not PostHog's.
const posthog = client as unknown as PostHog; // its types do not know how this module is resolved
const { host, writeKey } = (globalThis as unknown as { landfall: { host: string; writeKey: string } }).landfall;
posthog.init(writeKey, { api_host: host, person_profiles: 'identified_only', capture_pageview: true });
posthog.capture('Exported', { plan: { name: 'Pro' } });
posthog.identify('u1', { email: 'ada@example.com' });
posthog.group('company', 'g1', { name: 'Acme' });
posthog.capture('Shared');
