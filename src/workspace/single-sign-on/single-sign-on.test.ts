import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Application } from '../../platform/context.ts';
import { bringIn, jonas, maya, openBrowser, welcomeMaya } from '../visitor.fixture.ts';
import { beginOidc, finishOidc } from './flow.ts';
import { clientId, clientSecret, type Forged, signInAtProvider, startForger, startProvider } from './providers.fixture.ts';

let app: TestApplication;
let provider: Awaited<ReturnType<typeof startProvider>>;
let forger: Awaited<ReturnType<typeof startForger>>;
let application: Application;
let owner: Awaited<ReturnType<typeof welcomeMaya>>['browser'];
beforeAll(async () => {
  app = await openTestApplication();
  provider = await startProvider({
    maya: { email: 'MAYA@weftwork.example', email_verified: true, name: 'Maya L.' },
    impostor: { email: maya.email, email_verified: true, name: 'Another Maya' },
    unverified: { email: jonas.email, email_verified: false, name: 'Jonas?' },
    yutong: { email: 'yutong@weftwork.example', email_verified: true, name: '林雨桐' },
    stranger: { email: 'stranger@elsewhere.example', email_verified: true, name: 'Stranger' },
  });
  forger = await startForger();
  ({ browser: owner } = await welcomeMaya(app.application));
});
afterAll(async () => {
  await Promise.all([app.close(), provider.close(), forger.close()]);
});

const configured = (issuer: string): Application => {
  const settings = { LANDFALL_OIDC_ISSUER: issuer, LANDFALL_OIDC_CLIENT_ID: clientId, LANDFALL_OIDC_CLIENT_SECRET: clientSecret };
  return { ...app.application, config: { ...app.application.config, ...settings } };
};
const refused = (code: string, text = '') => ({ code, message: expect.stringContaining(text) });

const signIn = async (login: string, returnTo?: string) => {
  const browser = openBrowser(application);
  const begun = await beginOidc(await browser.context(), { returnTo });
  const search = await signInAtProvider(begun.redirectTo, login);
  const finished = await finishOidc(await browser.context(), { search, flow: begun.flow });
  return { browser, begun, search, finished };
};

describe('with a real provider', () => {
  beforeEach(() => void (application = configured(provider.issuer)));

  test('a member is matched once by verified e-mail, and from then on by issuer and subject', async () => {
    const { browser, begun, finished } = await signIn('maya', '/launches?sort=-name');
    const asked = new URL(begun.redirectTo).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      code_challenge_method: 'S256',
      response_type: 'code',
      scope: 'openid email profile',
    });
    expect(asked.get('state')!.length).toBeGreaterThanOrEqual(22);
    expect(asked.get('nonce')!.length).toBeGreaterThanOrEqual(22);
    expect(finished.returnTo).toBe('/launches?sort=-name');
    expect((await browser.client.sessions.get({})).member).toMatchObject({ name: maya.name, email: maya.email });
    expect(await browser.client.profile.get({})).toMatchObject({ singleSignOn: true });
    const again = await signIn('maya');
    expect((await again.browser.client.sessions.get({})).member?.name).toBe(maya.name);
    expect((await owner.client.welcome.get({})).singleSignOn).toBe(false);
    expect((await browser.client.welcome.get({})).singleSignOn).toBe(true);
  });

  test('another identity with the same e-mail is refused, and so is an e-mail that was not verified', async () => {
    await expect(signIn('impostor')).rejects.toMatchObject(refused('forbidden', 'somebody else'));
    await bringIn(app.application, owner, jonas, 'reader');
    await expect(signIn('unverified')).rejects.toMatchObject(refused('forbidden', 'not verified'));
  });

  test('somebody invited comes in with an account of their own; a stranger does not', async () => {
    await owner.client.invitations.create({ email: 'yutong@weftwork.example', role: 'pmm' });
    const { browser } = await signIn('yutong');
    expect(await browser.client.sessions.get({})).toMatchObject({ member: { name: '林雨桐' }, role: 'pmm' });
    expect(await browser.client.profile.get({})).toMatchObject({ hasPassword: false, singleSignOn: true });
    await expect(signIn('stranger')).rejects.toMatchObject(refused('forbidden', 'Nobody has invited'));
    const { rows } = await app.application.records.pool.query(`SELECT count(*)::int AS number FROM member WHERE email LIKE 'stranger%'`);
    expect(rows).toEqual([{ number: 0 }]);
  });

  test('a disabled member is refused here too', async () => {
    const { members } = await owner.client.members.list({});
    const { id } = members.find(({ name }) => name === '林雨桐')!;
    await owner.client.members.disable({ member: id });
    await expect(signIn('yutong')).rejects.toMatchObject(refused('forbidden', 'switched off'));
  });

  test('a wrong state, another browser, and a code used twice are refused', async () => {
    const { search, begun } = await signIn('maya');
    const browser = openBrowser(application);
    const finish = async (given: { search: string; flow: string | undefined }) => finishOidc(await browser.context(), given);
    await expect(finish({ search, flow: begun.flow })).rejects.toMatchObject(refused('unauthenticated'));
    await expect(finish({ search, flow: undefined })).rejects.toMatchObject(refused('unauthenticated', 'another browser'));
    const other = await beginOidc(await browser.context(), {});
    const fresh = await signInAtProvider((await beginOidc(await browser.context(), {})).redirectTo, 'maya');
    await expect(finish({ search: fresh, flow: other.flow })).rejects.toMatchObject(refused('unauthenticated'));
    await expect(finish({ search: fresh.replace(/state=[^&]*/, 'state=made-up'), flow: other.flow })).rejects.toMatchObject(
      refused('unauthenticated'),
    );
    expect(browser.jar.token).toBeUndefined();
  });

  test('a code begun with another verifier is refused', async () => {
    const context = await openBrowser(application).context();
    const begun = await beginOidc(context, {});
    const search = await signInAtProvider(begun.redirectTo, 'maya');
    const flow = JSON.parse(Buffer.from(begun.flow, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...flow, verifier: 'v'.repeat(43) })).toString('base64url');
    await expect(finishOidc(context, { search, flow: changed })).rejects.toMatchObject(refused('unauthenticated'));
  });

  test('somebody who refuses at the provider is told so', async () => {
    const context = await openBrowser(application).context();
    const { flow, redirectTo } = await beginOidc(context, {});
    const search = `?error=access_denied&error_description=Denied&state=${new URL(redirectTo).searchParams.get('state')}&iss=${encodeURIComponent(provider.issuer)}`;
    await expect(finishOidc(context, { search, flow })).rejects.toMatchObject(refused('unauthenticated', 'Denied'));
  });

  test('a link cannot send whoever signed in to another site', async () => {
    const context = await openBrowser(application).context();
    for (const returnTo of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/..//evil.example',
    ]) {
      const { flow } = await beginOidc(context, { returnTo });
      expect(JSON.parse(Buffer.from(flow, 'base64url').toString()).returnTo, returnTo).toBe('/');
    }
  });
});

describe('with a provider that lies', () => {
  beforeEach(() => void (application = configured(forger.issuer)));

  const finish = async (forged: Forged | ((nonce: string) => Forged)) => {
    const browser = openBrowser(application);
    const context = await browser.context();
    const begun = await beginOidc(context, {});
    const asked = new URL(begun.redirectTo).searchParams;
    forger.forge.next = typeof forged === 'function' ? forged(asked.get('nonce')!) : forged;
    return finishOidc(context, { search: `?code=x&state=${asked.get('state')}`, flow: begun.flow });
  };
  const right = (nonce: string) => ({ nonce, email: 'forged@weftwork.example', email_verified: true });

  test('an ID token that is right in every other way shows that the next ones are refused for their one fault', async () => {
    await expect(finish((nonce) => ({ claims: right(nonce) }))).rejects.toMatchObject(refused('forbidden', 'Nobody has invited'));
  });

  test.each<[string, (nonce: string) => Forged]>([
    ['another nonce', () => ({ claims: right('another') })],
    ['no nonce', () => ({ claims: { email: 'forged@weftwork.example' } })],
    ['another issuer', (nonce) => ({ claims: { ...right(nonce), iss: 'https://evil.example' } })],
    ['another audience', (nonce) => ({ claims: { ...right(nonce), aud: 'somebody-else' } })],
    ['an expiry in the past', (nonce) => ({ claims: { ...right(nonce), exp: Math.floor(Date.now() / 1000) - 60 } })],
    ['no signature', (nonce) => ({ claims: right(nonce), header: { alg: 'none' } })],
    ['the signature of another key', (nonce) => ({ claims: right(nonce), key: forger.otherKey })],
  ])('an ID token with %s is refused', async (_fault, forged) => {
    await expect(finish(forged)).rejects.toMatchObject(refused('unauthenticated', 'could not be trusted'));
  });

  test('a provider that fails or does not answer is unavailable, not a refusal', async () => {
    await expect(finish({ status: 503 })).rejects.toMatchObject(refused('unavailable'));
    application = configured('http://127.0.0.1:9');
    await expect(
      openBrowser(application)
        .context()
        .then((context) => beginOidc(context, {})),
    ).rejects.toMatchObject(refused('unavailable'));
    application = configured('http://provider.example');
    await expect(
      openBrowser(application)
        .context()
        .then((context) => beginOidc(context, {})),
    ).rejects.toMatchObject(refused('invalid', 'https'));
  });

  test('without settings there is no single sign-on', async () => {
    await expect(beginOidc(await owner.context(), {})).rejects.toMatchObject(refused('not_found', 'not set up'));
  });
});
