/** What Segment's browser client loads first: where to send, and no destination beside us. */
export const segmentSettings = (writeKey: string, publicUrl: string) => {
  const { host, protocol, pathname } = new URL(publicUrl);
  const apiHost = `${host}${pathname.replace(/\/$/, '')}/v1`;
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        unbundledIntegrations: [],
        addBundledMetadata: false,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
        apiHost,
        protocol: protocol.replace(':', ''),
      },
    },
    plan: {
      track: { __default: { enabled: true, integrations: {} } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    // Without this the client tells Segment how it fares.
    metrics: { sampleRate: 0, host: apiHost },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
};

/** What PostHog's clients ask at the start: send events, and none of the other things. */
export const posthogConfig = (token: string) => ({
  token,
  supportedCompression: ['gzip', 'gzip-js'],
  analytics: { endpoint: '/i/v0/e/' },
  hasFeatureFlags: false,
  elementsChainAsString: true,
  defaultIdentifiedOnly: true,
  autocapture_opt_out: false,
  autocaptureExceptions: false,
  errorTracking: { autocaptureExceptions: false, suppressionRules: [] },
  captureDeadClicks: false,
  capturePerformance: false,
  sessionRecording: false,
  heatmaps: false,
  surveys: false,
  productTours: false,
  conversations: false,
  logs: { captureConsoleLogs: false },
  toolbarParams: {},
  isAuthenticated: false,
  siteApps: [],
});

export const posthogFlags = {
  flags: {},
  featureFlags: {},
  featureFlagPayloads: {},
  errorsWhileComputingFlags: false,
  quotaLimited: [],
};

/** The same as a script, for pages that load it before the client asks. */
export const posthogConfigScript = (token: string): string => {
  // A script in a page of others: what stands in the address must stay a text.
  const name = JSON.stringify(token).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  const config = JSON.stringify(posthogConfig('')).replace('"token":""', `"token":${name}`);
  return `(function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};window._POSTHOG_REMOTE_CONFIG[${name}]={config:${config},siteApps:[]}})();`;
};
