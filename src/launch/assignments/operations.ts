import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { readPeople } from '../charters/people.ts';
import { readAssignments } from './queries.ts';
import { assignments } from './schema.ts';

export const listAssignments = operation({
  summary: 'List what waits for a member over all launches: work, signatures, reviews, criteria, follow-ups, steps of the day',
  method: 'GET',
  path: '/assignments',
  who: everyone,
  input: z.object({
    member: z.uuid().optional().describe('Another member than the caller'),
    launch: z.string().min(1).max(120).optional().describe('Only what is of this launch, by key or id'),
  }),
  output: assignments,
  run: async (context, input) => {
    const id = input.member ?? (context.actor.kind === 'member' ? context.actor.id : null);
    if (!id && !input.launch)
      throw new Failure('invalid', {
        en: 'A key has nothing to do by itself. Name the member whose work you ask for.',
        zh: '密钥本身没有待办。请指明要查询哪位成员的工作。',
      });
    const { find } = await context.read(readPeople);
    const member = id ? find(id) : null;
    if (member?.gone && member.name === '')
      throw new Failure('not_found', {
        en: 'There is no such member in this workspace. List the members to see those there are.',
        zh: '此工作区中没有这位成员。请列出成员查看。',
      });
    return { member, ...(await readAssignments(context, { me: id, launch: input.launch })) };
  },
});
