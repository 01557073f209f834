import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { requireApprover } from '../charters/queries.ts';
import { changeLaunch, readLaunch } from '../launches/queries.ts';
import { readRule, readStanding } from './queries.ts';
import { approvedTiers, approvingFunctions, scores, tierRule, tierStanding } from './schema.ts';
import { suggestTier } from './suggestion.ts';
import { tierApprovals, tierRules } from './tables.ts';
import { zh as tierZh } from './messages.ts';

const named = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const ruleWithVersion = z.object({ rule: tierRule, version: z.int() });

export const getTierRule = operation({
  summary: 'Read what a tier is made of in this workspace: criteria, weights, and where the tiers begin',
  method: 'GET',
  path: '/tier-rule',
  who: everyone,
  input: z.object({}),
  output: ruleWithVersion,
  run: (context) => context.read(readRule),
});

export const updateTierRule = operation({
  summary: 'Change what a tier is made of; tiers that were decided stay as they are',
  method: 'PUT',
  path: '/tier-rule',
  who: marketers,
  input: ruleWithVersion,
  output: ruleWithVersion,
  run: (context, { rule, version }) =>
    context.write('tier rule', async (transaction) => {
      const workspaceId = context.workspace.id;
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`tier rule ${workspaceId}`}, 0))`);
      const before = await readRule(transaction);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed the criteria meanwhile. Load them again, then repeat your change.',
            zh: '此期间有人修改了评分条件。请重新载入，再重复你的修改。',
          },
          {
            current: before,
          },
        );
      const after = { rule, version: version + 1 };
      await transaction
        .insert(tierRules)
        .values({ workspaceId, ...after })
        .onConflictDoUpdate({ target: tierRules.workspaceId, set: after });
      return { id: workspaceId, before, after, result: after };
    }),
});

export const getTier = operation({
  summary: 'Read how a launch came to its tier: points, the tier they suggest, and who has approved it',
  method: 'GET',
  path: '/launches/{launch}/tier',
  who: everyone,
  input: named,
  output: tierStanding,
  run: (context, input) => context.read(async (transaction) => readStanding(transaction, await readLaunch(transaction, input.launch))),
});

export const decideTier = operation({
  summary: 'Score a launch and decide its tier; another tier than the points suggest needs a comment',
  method: 'PUT',
  path: '/launches/{launch}/tier',
  who: editors,
  input: named.extend({
    scores,
    tier: z.int().min(1).max(3).nullish().describe('Without it, the tier that the points suggest'),
    comment: z.string().trim().max(2000).default('').describe('Why another tier than the points suggest'),
    version: z.int().describe('The version of the launch that was read'),
  }),
  output: tierStanding,
  run: (context, { launch: key, scores: given, tier, comment, version }) =>
    context.write('launch', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      const { rule } = await readRule(transaction);
      const missing = rule.criteria.filter(({ key: criterion }) => given[criterion] === undefined);
      if (missing.length > 0)
        throw new Failure('invalid', {
          en: `Give points to every criterion; ${missing.map((one) => one.name || one.key.replaceAll('_', ' ')).join(', ')} has none.`,
          zh: `请为每项条件打分；${missing.map((one) => one.name || tierZh.criteria[one.key] || one.key).join('、')}还没有。`,
        });
      const before = await readStanding(transaction, launch);
      const suggested = suggestTier(rule, given).tier;
      const chosen = tier ?? suggested;
      if (chosen !== suggested && comment.length < 10)
        throw new Failure('invalid', {
          en: `The points suggest tier ${suggested}. Say in a sentence why it is tier ${chosen} all the same.`,
          zh: `得分建议 ${suggested} 级。请用一句话说明为何仍定为 ${chosen} 级。`,
        });
      const set = { tier: chosen, tierScores: given, tierComment: chosen === suggested ? '' : comment };
      const changed = await changeLaunch(transaction, launch, { version, now: context.now(), set });
      const result = await readStanding(transaction, changed);
      return { id: launch.id, before, after: result, result };
    }),
});

export const approveTier = operation({
  summary: 'Approve the tier of a launch for product or for product marketing; only persons who approve for it in the role charter',
  method: 'POST',
  path: '/launches/{launch}/tier/approvals',
  who: everyone,
  refuses: 'machines',
  input: named.extend({ function: z.enum(approvingFunctions), tier: z.int().describe('The tier that was read') }),
  output: tierStanding,
  run: (context, { launch: key, function: wanted, tier }) =>
    context
      .write('launch', async (transaction) => {
        const launch = await readLaunch(transaction, key);
        await requireApprover(transaction, context, wanted);
        const before = await readStanding(transaction, launch);
        if (launch.tier !== tier)
          throw new Failure(
            'conflict',
            {
              en: `It is tier ${launch.tier} by now. Look at why, then approve that.`,
              zh: `现在是 ${launch.tier} 级。请先看原因，再批准。`,
            },
            { current: before },
          );
        if (!approvedTiers.includes(tier))
          throw new Failure('invalid', { en: `Tier ${tier} needs no approval.`, zh: `${tier} 级无需批准。` });
        await transaction.insert(tierApprovals).values({
          workspaceId: context.workspace.id,
          launchId: launch.id,
          function: wanted,
          tier,
          memberId: context.actor.kind === 'member' ? context.actor.id : null,
          memberName: context.actor.name,
          at: context.now(),
        });
        const result = await readStanding(transaction, launch);
        return { id: launch.id, before, after: result, result };
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error))
          throw new Failure('conflict', {
            en: 'Somebody approved this for the same function a moment ago.',
            zh: '刚才已有人代表同一职能批准。',
          });
        throw error;
      }),
});
