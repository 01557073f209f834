import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { hashToken } from '../../platform/tokens.ts';
import { workspaces } from '../workspaces/tables.ts';
import { keys } from './tables.ts';

export type WriteKey = { key: string; workspace: string };
/** `key` is null where the store said that this is none. */
type Known = { key: (WriteKey & { expiresAt: Date | null }) | null; askedAt: number };

const second = 1000;
const goodFor = 5 * second; // a revoked key is refused after that
const askAgainAfter = 2 * second;
const unknownFor = second;
/** Held of keys that are known, and of texts that are none; and how many texts that nobody asked for before are looked up at the same time. */
const bounds = { known: 10_000, unknown: 10_000, asking: 64 };
/** How long a sender waits for a store that does not answer, when the key is known and when it is not. */
const patience = { known: second, unknown: 5 * second };

const prefix = 'lw_';
const longestToken = 100;

const refuse = (token: string) =>
  new Failure(
    'unauthenticated',
    token.startsWith('lf_')
      ? {
          en: 'This is an API key. Events are sent with a write key (lw_...), made under Settings, Keys.',
          zh: '这是 API 密钥。发送事件须使用在“设置 → 密钥”中创建的写入密钥（lw_...）。',
        }
      : {
          en: 'This write key is not known here, or was revoked. Make one under Settings, Keys.',
          zh: '这里没有此写入密钥，或它已被撤销。请在“设置 → 密钥”中创建。',
        },
  );

const find = async (transaction: Transaction, token: string, now: Date): Promise<Known['key']> => {
  const [found] = await transaction
    .select({ key: keys.id, workspace: keys.workspaceId, expiresAt: keys.expiresAt })
    .from(keys)
    .innerJoin(workspaces, and(eq(workspaces.id, keys.workspaceId), isNull(workspaces.deletedAt)))
    .where(and(eq(keys.tokenHash, hashToken(token)), eq(keys.kind, 'write'), isNull(keys.revokedAt)));
  if (!found) return null;
  const aMinuteAgo = new Date(now.getTime() - 60 * second);
  await transaction
    .update(keys)
    .set({ lastUsedAt: now })
    .where(and(eq(keys.id, found.key), or(isNull(keys.lastUsedAt), lt(keys.lastUsedAt, aMinuteAgo))));
  return found;
};

const within = async <T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, milliseconds, undefined)));
  return Promise.race([work.catch(() => undefined), tooLate]).finally(() => clearTimeout(timer));
};

const busy = () =>
  new Failure(
    'unavailable',
    {
      en: 'More keys that are not known yet are asked for than can be looked up at this moment. Send it again.',
      zh: '此刻查询的未知密钥过多，无法查找。请重新发送。',
    },
    {
      retryAfterSeconds: 2,
    },
  );

const keep = (into: Map<string, Known>, token: string, entry: Known, most: number) => {
  into.delete(token);
  if (into.size >= most) into.delete(into.keys().next().value!);
  into.set(token, entry);
};

/**
 * Finds the workspace that a write key sends to. Answers are kept for seconds, so that events do not wait for Postgres. While Postgres
 * does not answer, a key that it knew before still counts, and one that nobody asked for before is `unavailable`, never refused. Made-up keys in any number neither push out those that are known nor
 * reach Postgres in any number at once.
 */
export const openWriteKeys = (application: Application, most = bounds) => {
  const known = new Map<string, Known>();
  const unknown = new Map<string, Known>();
  const asking = new Map<string, Promise<Known>>();

  const ask = (token: string): Promise<Known> => {
    const askedAt = performance.now();
    const answer = application.records
      .unbounded((transaction) => find(transaction, token, application.now()))
      .then((key) => {
        const entry = { key, askedAt };
        (key ? unknown : known).delete(token);
        keep(key ? known : unknown, token, entry, key ? most.known : most.unknown);
        return entry;
      })
      .finally(() => asking.delete(token));
    asking.set(token, answer);
    answer.catch((error: unknown) => application.log.error({ err: error }, 'could not look up a write key'));
    return answer;
  };
  const askOnce = (token: string) => asking.get(token) ?? ask(token);

  const lookUp = async (token: string): Promise<Known> => {
    const before = known.get(token) ?? unknown.get(token);
    const age = before ? performance.now() - before.askedAt : Infinity;
    if (before && age < (before.key ? goodFor : unknownFor)) {
      if (before.key && age > askAgainAfter) void askOnce(token).catch(() => {});
      return before;
    }
    if (!before?.key && !asking.has(token) && asking.size >= most.asking) throw busy();
    const answer = await within(askOnce(token), before?.key ? patience.known : patience.unknown);
    if (answer) return answer;
    if (before?.key) return before;
    throw new Failure('unavailable', {
      en: 'The records store (Postgres) does not answer, so the key cannot be looked up. Send it again.',
      zh: '记录存储（Postgres）没有响应，无法查找密钥。请重新发送。',
    });
  };

  return {
    held: () => ({ known: known.size, unknown: unknown.size, asking: asking.size }),
    find: async (token: string | undefined): Promise<WriteKey> => {
      if (!token)
        throw new Failure('unauthenticated', {
          en: 'There is no write key. Send it as the user of Basic authorization, or in the body.',
          zh: '没有写入密钥。请作为 Basic 认证的用户名或在正文中发送。',
        });
      if (!token.startsWith(prefix) || token.length > longestToken) throw refuse(token);
      const { key } = await lookUp(token);
      if (!key || (key.expiresAt && key.expiresAt <= application.now())) throw refuse(token);
      return { key: key.key, workspace: key.workspace };
    },
  };
};
