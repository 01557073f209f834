import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const url = (shown: string, protocol: RegExp) => z.url({ protocol, error: `must be a URL that starts with ${shown}` });
const web = /^https?$/;

/** Every setting, its one place: the environment variable, the default, and what it does (the reference page is written from this). */
export const settings = {
  LANDFALL_DATA: {
    shape: z.string().min(1).default(join(homedir(), '.landfall')),
    shownDefault: '~/.landfall',
    about: 'Folder of the in-process stores and of the lock. One server at a time may hold it.',
  },
  LANDFALL_PORT: { shape: port.default(4380), shownDefault: '4380', about: 'Port to listen on; 0 takes any free one.' },
  LANDFALL_HOST: {
    shape: z.string().min(1).default('127.0.0.1'),
    shownDefault: '127.0.0.1',
    about: 'Address to listen on. 0.0.0.0 lets other machines in: put HTTPS in front.',
  },
  LANDFALL_PUBLIC_URL: {
    shape: url('http:// or https://', web).optional(),
    shownDefault: 'the address it listens on',
    about: 'Address under which browsers reach Landfall; https makes the session cookie Secure.',
  },
  LANDFALL_POSTGRES_URL: {
    shape: url('postgres://', /^postgres(ql)?$/).optional(),
    shownDefault: 'in-process Postgres in LANDFALL_DATA',
    about: 'Postgres server for what people write. Its role must be able to create the role landfall_app.',
  },
  LANDFALL_CLICKHOUSE_URL: {
    shape: url('http:// or https://', web).optional(),
    shownDefault: 'in-process ClickHouse in LANDFALL_DATA',
    about: 'ClickHouse server for what machines send, e.g. http://name:password@host:8123/database.',
  },
  LANDFALL_PROXY_HOPS: {
    shape: z.coerce.number().int().min(0).max(5).default(0),
    shownDefault: '0',
    about: 'How many proxies in front are trusted to name the caller in X-Forwarded-For.',
  },
  LANDFALL_LOG_LEVEL: {
    shape: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    shownDefault: 'info',
    about: 'How much is logged to standard output, as JSON lines.',
  },
  LANDFALL_METRICS: {
    shape: z.enum(['off', 'local', 'public']).default('local'),
    shownDefault: 'local',
    about: 'Who may read /metrics: nobody, this machine only, or everybody.',
  },
  LANDFALL_OIDC_ISSUER: {
    shape: url('http:// or https://', web).optional(),
    shownDefault: 'off',
    about: 'OpenID Connect issuer for single sign-on.',
  },
  LANDFALL_OIDC_CLIENT_ID: { shape: z.string().min(1).optional(), shownDefault: 'off', about: 'Client id registered at the issuer.' },
  LANDFALL_OIDC_CLIENT_SECRET: {
    shape: z.string().min(1).optional(),
    shownDefault: 'off',
    about: 'Client secret registered at the issuer.',
  },
  LANDFALL_SMTP_URL: {
    shape: url('smtp:// or smtps://', /^smtps?$/).optional(),
    shownDefault: 'off',
    about: 'Mail server through which notices go out, e.g. smtps://name:password@mail.example.com.',
  },
  LANDFALL_MAIL_FROM: {
    shape: z.string().min(3).max(320).optional(),
    shownDefault: 'off',
    about: 'Who notices come from, e.g. Landfall <landfall@example.com>.',
  },
  LANDFALL_WEBHOOK_PRIVATE: {
    shape: z.stringbool().default(false),
    shownDefault: 'false',
    about: 'Whether webhooks may go to private networks and without https. Whoever owns a workspace can then reach what this machine can.',
  },
  LANDFALL_IMPORT_MAX_BYTES: {
    shape: z.coerce
      .number()
      .int()
      .positive()
      .default(4 * 1024 ** 3),
    shownDefault: '4294967296',
    about: 'Largest import file, in bytes after unpacking.',
  },
  LANDFALL_SPOOL_MAX_BYTES: {
    shape: z.coerce
      .number()
      .int()
      .positive()
      .default(2 * 1024 ** 3),
    shownDefault: '2147483648',
    about:
      'How much of the events that the event store has not taken yet is kept in LANDFALL_DATA, in bytes. Beyond it, senders are told to wait.',
  },
  LANDFALL_INGEST_REQUESTS_PER_SECOND: {
    shape: z.coerce.number().int().positive().default(1000),
    shownDefault: '1000',
    about: 'How many requests with events one write key may send to one server in a second. Beyond it, the sender is told when to go on.',
  },
} as const;

export type SettingName = keyof typeof settings;
export type Config = { [name in SettingName]: z.output<(typeof settings)[name]['shape']> };

/** Reads the settings; throws a Failure that names every wrong one. */
export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const wrong: string[] = [];
  const config = Object.fromEntries(
    Object.entries(settings).map(([name, { shape }]) => {
      const parsed = shape.safeParse(environment[name] || undefined);
      if (!parsed.success) wrong.push(`${name}: ${parsed.error.issues[0]?.message}. It does: ${settings[name as SettingName].about}`);
      return [name, parsed.data];
    }),
  ) as Config;
  const oidc = [config.LANDFALL_OIDC_ISSUER, config.LANDFALL_OIDC_CLIENT_ID, config.LANDFALL_OIDC_CLIENT_SECRET].filter(Boolean).length;
  if (oidc % 3 !== 0) wrong.push('LANDFALL_OIDC_ISSUER, LANDFALL_OIDC_CLIENT_ID and LANDFALL_OIDC_CLIENT_SECRET: set all three or none.');
  if (!config.LANDFALL_SMTP_URL !== !config.LANDFALL_MAIL_FROM) wrong.push('LANDFALL_SMTP_URL and LANDFALL_MAIL_FROM: set both or none.');
  if (wrong.length > 0) throw new Failure('invalid', `These settings are wrong:\n  ${wrong.join('\n  ')}`);
  return { ...config, LANDFALL_DATA: resolve(config.LANDFALL_DATA) };
};
