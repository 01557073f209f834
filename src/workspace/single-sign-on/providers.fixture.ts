import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const clientId = 'landfall';
export const clientSecret = 'a secret between two programs';
const callback = 'https://landfall.example/auth/oidc/callback';

const listen = async (): Promise<{ server: Server; issuer: string; close: () => Promise<void> }> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
  return { server, issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};

type Person = { email?: string; email_verified?: boolean; name?: string };

/** A real provider that knows these people; anybody signs in by naming themselves. */
export const startProvider = async (people: Record<string, Person>) => {
  const { server, issuer, close } = await listen();
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    cookies: { keys: ['test'] },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    features: { devInteractions: { enabled: true } },
  });
  server.on('request', provider.callback());
  return { issuer, close };
};

/** A browser at the provider: signs in as `login`, consents, and gives the query that comes back to Landfall. */
export const signInAtProvider = async (redirectTo: string, login: string): Promise<string> => {
  const cookies = new Map<string, string>();
  const visit = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) cookies.set(name!, value);
      else cookies.delete(name!);
    }
    return response;
  };
  let url = redirectTo;
  let forms = ['login', 'consent'];
  for (let step = 0; step < 12; step++) {
    let response = await visit(url);
    if (response.status === 200) {
      const [prompt, ...rest] = forms;
      forms = rest;
      response = await visit(url, new URLSearchParams({ prompt: prompt!, login, password: 'any' }));
    }
    const next = new URL(response.headers.get('location')!, url);
    if (next.href.startsWith(callback)) return next.search;
    url = next.href;
  }
  throw new Error('The provider did not send the browser back.');
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export type Forged = { claims?: Record<string, unknown>; header?: Record<string, unknown>; key?: KeyObject; status?: number };

/** A provider that answers every code with the ID token that the test forges. */
export const startForger = async () => {
  const { server, issuer, close } = await listen();
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forge: { next: Forged } = { next: {} };
  const sign = ({ claims, header, key }: Forged) => {
    const now = Math.floor(Date.now() / 1000);
    const given = { alg: 'RS256', kid: 'one', ...header };
    const body = `${encode(given)}.${encode({ iss: issuer, aud: clientId, sub: 'forged', iat: now, exp: now + 300, ...claims })}`;
    const signature =
      given.alg === 'none'
        ? ''
        : createSign('sha256')
            .update(body)
            .sign(key ?? pair.privateKey, 'base64url');
    return `${body}.${signature}`;
  };
  const answers: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': () => ({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({ access_token: 'x', token_type: 'bearer', id_token: sign(forge.next) }),
  };
  server.on('request', (request, response) => {
    const path = new URL(request.url!, issuer).pathname;
    response.writeHead(path === '/token' ? (forge.next.status ?? 200) : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[path]?.() ?? {}));
  });
  return { issuer, close, forge, otherKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey };
};
