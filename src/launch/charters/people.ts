import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readFormerMembers, readMembers } from '../../workspace/members/queries.ts';
import type { MemberRef } from './schema.ts';

export type People = {
  /** Those who can be given something to do. */
  present: MemberRef[];
  /** Somebody who was named once, whether still here or not. */
  find: (id: string) => MemberRef;
};

/** The members of the workspace, to put names to ids. */
export const readPeople = async (transaction: Transaction): Promise<People> => {
  const all = (await readMembers(transaction)).map(({ id, name, disabledAt }) => ({ id, name, gone: disabledAt !== null }));
  const former = (await readFormerMembers(transaction)).map((one) => ({ ...one, gone: true }));
  const byId = new Map([...former, ...all].map((member) => [member.id, member]));
  return { present: all.filter(({ gone }) => !gone), find: (id) => byId.get(id) ?? { id, name: '', gone: true } };
};

type Ids = readonly (string | null | undefined)[];

/**
 * Refuses ids of whoever is not here: nobody can be given something to do in a workspace that they cannot enter. What was theirs before they
 * left stays theirs, `before`, until somebody else has it.
 */
export const requirePresent = async (transaction: Transaction, ids: Ids, before: Ids = []): Promise<People> => {
  const people = await readPeople(transaction);
  for (const id of ids)
    if (id && !before.includes(id) && people.find(id).gone)
      throw new Failure('invalid', {
        en: 'Somebody who is named here is not a member of this workspace. Choose from its members, or invite them.',
        zh: '这里写到的某人不是此工作区的成员。请从成员中选择，或先邀请对方。',
      });
  return people;
};
