import { asc, eq } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readPeople } from './people.ts';
import { type BusinessFunction, type Charter, functions, usualParts } from './schema.ts';
import { charterMembers, charters } from './tables.ts';
import { en as charterEn, zh as charterZh } from './messages.ts';

/** The charter of the workspace. */
export const readCharter = async (transaction: Transaction): Promise<Charter> => {
  const people = await readPeople(transaction);
  const places = await transaction.select().from(charterMembers).orderBy(asc(charterMembers.memberId));
  const [kept] = await transaction.select().from(charters);
  const membersOf = (wanted: BusinessFunction) =>
    places.filter((place) => place.function === wanted).map(({ memberId, approves }) => ({ ...people.find(memberId), approves }));
  return {
    functions: functions.map((each) => ({ function: each, members: membersOf(each) })),
    parts: kept?.parts ?? usualParts,
    people: people.present,
    version: kept?.version ?? 0,
  };
};

/** The functions that the caller may sign for: where they approve, and, as an owner, where nobody does. */
export const signableBy = async (transaction: Transaction, { actor }: Pick<Context, 'actor'>): Promise<BusinessFunction[]> => {
  const people = await readPeople(transaction);
  const approvers = (await transaction.select().from(charterMembers).where(eq(charterMembers.approves, true))).filter(
    ({ memberId }) => !people.find(memberId).gone,
  );
  return functions.filter((each) => {
    const own = approvers.filter((place) => place.function === each);
    return own.some(({ memberId }) => memberId === actor.id) || (own.length === 0 && actor.role === 'owner');
  });
};

/** Refuses whoever may not sign for a function. */
export const requireApprover = async (
  transaction: Transaction,
  context: Pick<Context, 'actor'>,
  wanted: BusinessFunction,
): Promise<void> => {
  if ((await signableBy(transaction, context)).includes(wanted)) return;
  throw new Failure('forbidden', {
    en: `You may not sign for ${charterEn.functions[wanted].toLowerCase()}. Ask one of those who approve for it, or an owner to name you in the role charter.`,
    zh: `你不能代表${charterZh.functions[wanted]}签字。请联系为其签字的人，或请所有者在角色章程中指定你。`,
  });
};

/** Who becomes the owner of what a function does: the first who signs for it, else the first of it. */
export const ownerFor = (charter: Charter, wanted: BusinessFunction): string | null => {
  const members = (charter.functions.find((one) => one.function === wanted)?.members ?? []).filter(({ gone }) => !gone);
  return (members.find(({ approves }) => approves) ?? members[0])?.id ?? null;
};
