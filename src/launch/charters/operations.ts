import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone, owners } from '../../platform/roles.ts';
import { requirePresent } from './people.ts';
import { readCharter } from './queries.ts';
import { charter, charterFields } from './schema.ts';
import { charterMembers, charters } from './tables.ts';

export const getCharter = operation({
  summary: 'Read the role charter: who belongs to which function, who signs for it, and its part in what',
  method: 'GET',
  path: '/charter',
  who: everyone,
  input: z.object({}),
  output: charter,
  run: (context) => context.read(readCharter),
});

export const updateCharter = operation({
  summary: 'Change the role charter; names the version that was read',
  method: 'PUT',
  path: '/charter',
  who: owners,
  input: charterFields.extend({
    version: z.int().describe('The version that was read; a change made meanwhile is refused, not overwritten'),
  }),
  output: charter,
  run: (context, { members, parts, version }) =>
    context.write('charter', async (transaction) => {
      const workspaceId = context.workspace.id;
      // One at a time: the row may not be there yet, so it is not the row that is locked.
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`charter ${workspaceId}`}, 0))`);
      const before = await readCharter(transaction);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed the role charter meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人修改了角色章程。请重新载入，再重复你的修改。',
          },
          {
            current: before,
          },
        );
      await requirePresent(
        transaction,
        members.map(({ memberId }) => memberId),
      );
      await transaction.delete(charterMembers);
      const places = new Map(members.map((member) => [`${member.function} ${member.memberId}`, { workspaceId, ...member }]));
      if (places.size > 0) await transaction.insert(charterMembers).values([...places.values()]);
      await transaction
        .insert(charters)
        .values({ workspaceId, parts, version: 1 })
        .onConflictDoUpdate({ target: charters.workspaceId, set: { parts, version: version + 1 } });
      const result = await readCharter(transaction);
      return { id: workspaceId, before, after: result, result };
    }),
});
