import * as openid from 'openid-client';
import type { Config } from '../../platform/config.ts';
import { Failure } from '../../platform/failure.ts';

const hour = 60 * 60 * 1000;
const known = new Map<string, { until: number; provider: Promise<openid.Configuration> }>();

const settingsOf = (config: Config) => {
  const { LANDFALL_OIDC_ISSUER: issuer, LANDFALL_OIDC_CLIENT_ID: clientId, LANDFALL_OIDC_CLIENT_SECRET: secret } = config;
  if (!issuer || !clientId || !secret)
    throw new Failure('not_found', {
      en: 'Single sign-on is not set up here. Sign in with e-mail and password, or set LANDFALL_OIDC_ISSUER.',
      zh: '这里没有设置单点登录。请用邮箱和密码登录，或设置 LANDFALL_OIDC_ISSUER。',
    });
  return { issuer: new URL(issuer), clientId, secret };
};

const isThisMachine = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** How the client proves itself: by header, as the standard assumes, unless the provider lists only the form. */
const proof = (secret: string): openid.ClientAuth => {
  const [header, form] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const offered = server.token_endpoint_auth_methods_supported;
    const byForm = offered?.includes('client_secret_post') && !offered.includes('client_secret_basic');
    (byForm ? form : header)(server, ...rest);
  };
};

const discover = async ({ issuer, clientId, secret }: ReturnType<typeof settingsOf>) => {
  if (issuer.protocol === 'http:' && !isThisMachine(issuer))
    throw new Failure('invalid', {
      en: 'LANDFALL_OIDC_ISSUER must be https; plain http is for a provider on this machine.',
      zh: 'LANDFALL_OIDC_ISSUER 须为 https；http 仅用于本机的身份提供方。',
    });
  // The signature of the ID token is checked although it came over TLS: what stands between may not be ours.
  const execute = [openid.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [])];
  const provider = await openid.discovery(issuer, clientId, undefined, proof(secret), { execute, timeout: 10 });
  provider.timeout = 10;
  return provider;
};

/** The provider's own description of itself, read once an hour. */
export const providerOf = async (config: Config, now: Date): Promise<openid.Configuration> => {
  const settings = settingsOf(config);
  const name = `${settings.issuer.href} ${settings.clientId} ${settings.secret}`;
  let entry = known.get(name);
  if (!entry || entry.until < now.getTime()) known.set(name, (entry = { until: now.getTime() + hour, provider: discover(settings) }));
  try {
    return await entry.provider;
  } catch (error) {
    known.delete(name);
    throw asRefusal(error);
  }
};

const cannotReach = () =>
  new Failure('unavailable', {
    en: 'The sign-in provider does not answer. Try again in a moment, or sign in with e-mail and password.',
    zh: '身份提供方没有响应。请稍后重试，或用邮箱和密码登录。',
  });

/** A provider that is away is told apart from one that says no, or says something that cannot be trusted. */
export const asRefusal = (error: unknown): unknown => {
  if (error instanceof Failure) return error;
  if (error instanceof openid.AuthorizationResponseError)
    return new Failure('unauthenticated', {
      en: `The sign-in provider refused: ${error.error_description ?? error.error}. Try again.`,
      zh: `身份提供方拒绝了登录：${error.error_description ?? error.error}。请重试。`,
    });
  const code = error instanceof openid.ClientError ? error.code : undefined;
  const { cause } = error as { cause?: unknown };
  const status = cause instanceof Response ? cause.status : error instanceof openid.ResponseBodyError ? error.status : 0;
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || status >= 500 || (error instanceof TypeError && !code)) return cannotReach();
  return new Failure('unauthenticated', {
    en: 'The answer of the sign-in provider could not be trusted, so nobody was signed in. Start again from the sign-in page.',
    zh: '无法信任身份提供方的答复，因此没有登录。请从登录页重新开始。',
  });
};
