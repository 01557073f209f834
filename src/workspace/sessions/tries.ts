import { createHash, randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { count, eq, inArray, lt, min, or, sql } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { signInTries } from './tables.ts';

const mostTries = 10;
const windowMilliseconds = 15 * 60 * 1000;

/** An IPv6 customer holds at least a /64: counting single addresses would let one caller try from 2^64 of them. */
const network = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, zeros)).fill('0'), ...groups(tail)];
  return all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
};

// Hashed: what people typed into an e-mail field does not belong into the store in the clear.
const subjectOf = (kind: 'account' | 'address', value: string) => createHash('sha256').update(`${kind}:${value}`).digest('hex');

export type Try = { id: string; account: string };

/**
 * Takes one of the 10 tries that an account, and an address, have in any 15 minutes. It is taken before the password is
 * looked at, under a lock, so that a hundred tries at once are still ten.
 */
export const takeTry = async (transaction: Transaction, who: { account: string; address: string }, now: Date): Promise<Try> => {
  const id = randomUUID();
  const account = subjectOf('account', who.account.toLowerCase());
  const subjects = [account, subjectOf('address', network(who.address))].toSorted();
  for (const subject of subjects) await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`);
  await transaction.delete(signInTries).where(lt(signInTries.at, new Date(now.getTime() - windowMilliseconds)));
  const used = await transaction
    .select({ oldest: min(signInTries.at), tries: count() })
    .from(signInTries)
    .where(inArray(signInTries.subject, subjects))
    .groupBy(signInTries.subject);
  const full = used.filter(({ tries }) => tries >= mostTries);
  if (full.length > 0) {
    const freeAt = Math.max(...full.map(({ oldest }) => oldest!.getTime())) + windowMilliseconds;
    const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000));
    throw new Failure(
      'too_many',
      {
        en: `There were ${mostTries} wrong tries in 15 minutes. Wait ${Math.ceil(retryAfterSeconds / 60)} minutes, then try again.`,
        zh: `15 分钟内已有 ${mostTries} 次错误尝试。请等待 ${Math.ceil(retryAfterSeconds / 60)} 分钟后重试。`,
      },
      { retryAfterSeconds },
    );
  }
  await transaction.insert(signInTries).values(subjects.map((subject) => ({ id, subject, at: now })));
  return { id, account };
};

/** The try succeeded: it no longer counts, nor do earlier ones on this account. */
export const forgiveTries = async (transaction: Transaction, { id, account }: Try): Promise<void> => {
  await transaction.delete(signInTries).where(or(eq(signInTries.id, id), eq(signInTries.subject, account)));
};
