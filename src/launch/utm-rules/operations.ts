import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { readUtmRule } from './queries.ts';
import { utmRule, utmRuleFields } from './schema.ts';
import { utmRules } from './tables.ts';

export const getUtmRule = operation({
  summary: 'Read how UTM parameters are named in this workspace',
  method: 'GET',
  path: '/utm-rule',
  who: everyone,
  input: z.object({}),
  output: utmRule,
  run: (context) => context.read(readUtmRule),
});

export const updateUtmRule = operation({
  summary: 'Set how UTM parameters are named; new links follow it, links that are out stay as they are',
  method: 'PUT',
  path: '/utm-rule',
  who: marketers,
  input: utmRuleFields.extend({ version: z.int().describe('The version that was read; 0 for the first time') }),
  output: utmRule,
  run: (context, { version, ...fields }) =>
    context.write('utm rule', async (transaction) => {
      const workspaceId = context.workspace.id;
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`utm rule ${workspaceId}`}, 0))`);
      const before = await readUtmRule(transaction);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed the naming rule meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人修改了命名规则。请重新载入，再重复你的修改。',
          },
          {
            current: before,
          },
        );
      const result = { ...fields, version: version + 1 };
      await transaction
        .insert(utmRules)
        .values({ workspaceId, ...result })
        .onConflictDoUpdate({ target: utmRules.workspaceId, set: result });
      return { id: workspaceId, before, after: result, result };
    }),
});
