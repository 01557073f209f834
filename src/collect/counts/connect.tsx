import { useState } from 'react';
import { KeyRound } from 'lucide-react';
import { ButtonLink, Segmented } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { en, zh } from './messages.ts';

const clients = {
  curl: {
    name: 'curl',
    write: (host: string) =>
      `curl -u lw_...: -H 'Content-Type: application/json' ${host}/v1/batch \\\n  -d '{"batch":[{"type":"track","event":"Signed up","userId":"u1"}]}'`,
  },
  segment_web: {
    name: 'Segment, browser',
    write: (host: string) =>
      `const analytics = AnalyticsBrowser.load({ writeKey: 'lw_...', cdnURL: '${host}' });\nanalytics.track('Signed up');`,
  },
  segment_node: {
    name: 'Segment, Node',
    write: (host: string) =>
      `const analytics = new Analytics({ writeKey: 'lw_...', host: '${host}' });\nanalytics.track({ userId: 'u1', event: 'Signed up' });`,
  },
  rudderstack: {
    name: 'RudderStack',
    write: (host: string) =>
      `const analytics = new RudderAnalytics('lw_...', { dataPlaneUrl: '${host}' });\nanalytics.track({ userId: 'u1', event: 'Signed up' });`,
  },
  posthog_web: {
    name: 'PostHog, browser',
    write: (host: string) => `posthog.init('lw_...', { api_host: '${host}' });\nposthog.capture('Signed up');`,
  },
  posthog_node: {
    name: 'PostHog, Node',
    write: (host: string) =>
      `const posthog = new PostHog('lw_...', { host: '${host}' });\nposthog.capture({ distinctId: 'u1', event: 'Signed up' });`,
  },
};
type ClientKey = keyof typeof clients;

/** How a product sends its events here: what to write for each client, and where the key comes from. */
export function Connect() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const [client, setClient] = useState<ClientKey>('curl');
  const mayMake = role === 'owner' || role === 'pmm';
  return (
    <div className="stack">
      <p className="ink2">{words.connectNote}</p>
      <Segmented
        label={words.client}
        name="client"
        value={client}
        choices={(Object.keys(clients) as ClientKey[]).map((value) => ({ value, label: clients[value].name }))}
        onChange={setClient}
      />
      {/* A long line is scrolled with the keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="sql" tabIndex={0} aria-label={words.snippet(clients[client].name)}>
        <code>{clients[client].write(location.origin)}</code>
      </pre>
      <p className="meta">{mayMake ? words.putKey : `${words.putKey} ${words.askKey}`}</p>
      {mayMake ? (
        <div className="actions">
          <ButtonLink kind="primary" icon={KeyRound} to="/settings/keys">
            {words.makeKey}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}
