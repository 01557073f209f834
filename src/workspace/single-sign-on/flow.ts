import * as openid from 'openid-client';
import { z } from 'zod';
import type { DoorContext } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { giveCookie, startSession } from '../sessions/queries.ts';
import { memberOf, type Proven } from './member.ts';
import { asRefusal, providerOf } from './provider.ts';

/** What the browser keeps in a cookie while it is away at the provider: only it can finish what it began. */
const flowShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });
type Flow = z.output<typeof flowShape>;

const pack = (flow: Flow) => Buffer.from(JSON.stringify(flow)).toString('base64url');

const unpack = (packed: string | undefined): Flow => {
  try {
    return flowShape.parse(JSON.parse(Buffer.from(packed ?? '', 'base64url').toString()));
  } catch {
    throw new Failure('unauthenticated', {
      en: 'This sign-in was begun in another browser, or more than 10 minutes ago. Start again from the sign-in page.',
      zh: '此次登录始于另一个浏览器，或已超过 10 分钟。请从登录页重新开始。',
    });
  }
};

/** A path of our own: a link must not send somebody who just signed in to another site. */
const ownPath = (path: string | undefined): string => {
  if (!path?.startsWith('/')) return '/';
  const { origin, pathname, search, hash } = new URL(path, 'http://landfall.invalid');
  return origin === 'http://landfall.invalid' && !pathname.startsWith('//') ? pathname + search + hash : '/';
};

const callbackOf = (context: DoorContext) => `${context.publicUrl}/auth/oidc/callback`;
const flowMilliseconds = 10 * 60 * 1000;

/** Where to send the browser, and what to keep in its cookie meanwhile (HttpOnly, SameSite=Lax, path /). */
export const beginOidc = async (
  context: DoorContext,
  asked: { returnTo?: string },
): Promise<{ redirectTo: string; flow: string; expiresAt: Date }> => {
  const provider = await providerOf(context.application.config, context.now());
  const verifier = openid.randomPKCECodeVerifier();
  const flow: Flow = { state: openid.randomState(), nonce: openid.randomNonce(), verifier, returnTo: ownPath(asked.returnTo) };
  const redirectTo = openid.buildAuthorizationUrl(provider, {
    redirect_uri: callbackOf(context),
    scope: 'openid email profile',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { redirectTo: redirectTo.href, flow: pack(flow), expiresAt: new Date(context.now().getTime() + flowMilliseconds) };
};

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const prove = async (context: DoorContext, search: string, flow: Flow): Promise<Proven> => {
  const provider = await providerOf(context.application.config, context.now());
  try {
    const tokens = await openid.authorizationCodeGrant(provider, new URL(callbackOf(context) + search), {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    // Providers may keep e-mail and name out of the ID token.
    const more =
      claims.email || !provider.serverMetadata().userinfo_endpoint
        ? {}
        : await openid.fetchUserInfo(provider, tokens.access_token, claims.sub);
    const all: Record<string, unknown> = { ...more, ...claims };
    const isVerified = all.email_verified === true || all.email_verified === 'true';
    const email = text(all.email);
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email,
      verifiedEmail: isVerified ? email : undefined,
      name: text(all.name) ?? email ?? claims.sub,
    };
  } catch (error) {
    context.application.log.info(
      { requestId: context.requestId, reason: error instanceof Error ? error.message : 'unknown' },
      'single sign-on refused',
    );
    throw asRefusal(error);
  }
};

/** Signs in whom the provider proved; `search` is the callback's query with its "?", `flow` what the cookie kept. */
export const finishOidc = async (
  context: DoorContext,
  given: { search: string; flow: string | undefined },
): Promise<{ returnTo: string }> => {
  const flow = unpack(given.flow);
  const memberId = await memberOf(context, await prove(context, given.search, flow));
  const session = await context.application.records.unbounded((transaction) =>
    startSession(transaction, { memberId, now: context.now(), oldToken: context.session.token }),
  );
  giveCookie(context, session);
  context.application.log.info({ requestId: context.requestId, member: memberId }, 'signed in through single sign-on');
  return { returnTo: ownPath(flow.returnTo) };
};
