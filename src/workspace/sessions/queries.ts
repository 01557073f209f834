import { and, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import type { DoorContext, Member } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { members } from '../members/tables.ts';
import { sessions } from './tables.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

const day = 24 * 60 * 60 * 1000;
export const sessionLifeMilliseconds = 30 * day;
export const sessionIdleMilliseconds = 7 * day;

export type NewSession = { token: string; expiresAt: Date };

/** Starts a session under a new id; the one that the browser held before ends. */
export const startSession = async (
  transaction: Transaction,
  { memberId, now, oldToken }: { memberId: string; now: Date; oldToken?: string | null },
): Promise<NewSession> => {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + sessionLifeMilliseconds);
  if (oldToken) await endSession(transaction, oldToken);
  await transaction.delete(sessions).where(lt(sessions.expiresAt, now));
  await transaction.insert(sessions).values({ tokenHash: hashToken(token), memberId, createdAt: now, lastSeenAt: now, expiresAt });
  return { token, expiresAt };
};

export const endSession = async (transaction: Transaction, token: string): Promise<void> => {
  await transaction.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)));
};

/** Ends every session of a member, or every one but `exceptToken`. */
export const endSessionsOf = async (transaction: Transaction, memberId: string, exceptToken?: string): Promise<void> => {
  const others = exceptToken ? ne(sessions.tokenHash, hashToken(exceptToken)) : undefined;
  await transaction.delete(sessions).where(and(eq(sessions.memberId, memberId), others));
};

/** Hands the session to the browser. After the transaction: a cookie must not outlive a rollback. */
export const giveCookie = (context: DoorContext, { token, expiresAt }: NewSession): void => context.session.set(token, expiresAt);

const minute = 60 * 1000;

/** The member behind a session that still lasts; noting that it was used, at most once in 5 minutes. */
export const findSessionMember = async (transaction: Transaction, token: string, now: Date): Promise<Member | undefined> => {
  const tokenHash = hashToken(token);
  const [found] = await transaction
    .select({ id: members.id, email: members.email, name: members.name, locale: members.locale, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .innerJoin(members, eq(members.id, sessions.memberId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, new Date(now.getTime() - sessionIdleMilliseconds)),
        isNull(members.disabledAt),
      ),
    );
  if (!found) return undefined;
  const { lastSeenAt, ...member } = found;
  if (now.getTime() - lastSeenAt.getTime() > 5 * minute)
    await transaction.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.tokenHash, tokenHash));
  return member;
};
