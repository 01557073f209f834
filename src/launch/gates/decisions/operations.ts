import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../../platform/failure.ts';
import { operation } from '../../../platform/operation.ts';
import { editors, marketers } from '../../../platform/roles.ts';
import { changeGate } from '../changing.ts';
import { placeOf } from '../queries.ts';
import { decidedCriterion, followUpFields, gate, outcomes } from '../schema.ts';
import { followUps, waivers } from '../tables.ts';
import { decide } from './deciding.ts';
import { said } from '../../../platform/language.ts';

export const waiveCriterion = operation({
  summary: 'Let a criterion be that is not ready, with a reason that stays; that of the differentiator only by an owner',
  method: 'POST',
  path: '/gate-criteria/{criterion}/waiver',
  who: marketers,
  refuses: 'machines',
  input: z.object({
    criterion: z.uuid(),
    reason: z
      .string()
      .trim()
      .min(10, { error: said({ en: 'needs at least 10 characters: the landing report shows it', zh: '至少 10 个字符：落地报告会显示' }) })
      .max(1000),
  }),
  output: gate,
  run: async (context, { criterion: id, reason }) => {
    const { gateId } = await context.read((transaction) => placeOf(transaction, id));
    return changeGate(context, gateId, async ({ transaction, gate: before }) => {
      const criterion = before.criteria.find((each) => each.id === id);
      if (!criterion)
        throw new Failure('not_found', {
          en: 'This criterion was removed, so there is nothing to waive.',
          zh: '此条件已被移除，没有可豁免的。',
        });
      if (criterion.kind === 'differentiator' && context.actor.role !== 'owner')
        throw new Failure('forbidden', {
          en: 'No differentiator, no launch: only an owner of the workspace can waive this. Ask one of them.',
          zh: '没有差异点，就不发布：只有工作区的所有者可以豁免此条件。请联系其中一位。',
        });
      if (criterion.waiver)
        throw new Failure(
          'conflict',
          { en: `${criterion.waiver.by} has waived this criterion already.`, zh: `${criterion.waiver.by} 已豁免此条件。` },
          { current: criterion.waiver },
        );
      if (criterion.result.state === 'ready' || !criterion.required)
        throw new Failure('conflict', {
          en: 'This criterion stands in nobody’s way, so there is nothing to waive.',
          zh: '此条件没有阻碍任何人，无需豁免。',
        });
      if (before.standing === 'passed')
        throw new Failure('conflict', { en: 'This gate is passed, so there is nothing to waive.', zh: '此关卡已通过，无需豁免。' });
      const after = {
        gateId,
        criterionId: id,
        reason,
        criterion: decidedCriterion.parse(criterion),
        waivedBy: context.actor.name,
        waivedByRole: context.actor.role,
        waivedAt: context.now(),
      };
      await transaction.insert(waivers).values({ ...after, workspaceId: context.workspace.id });
      return { before: null, after };
    });
  },
});

export const decideGate = operation({
  summary: 'Decide at a gate: go, go with follow-ups, hold or no-go; it stays, with how every criterion stood',
  method: 'POST',
  path: '/gates/{gate}/decisions',
  who: marketers,
  refuses: 'machines',
  input: z.object({
    gate: z.uuid(),
    version: z.int().describe('The version of the gate that was read; a decision made meanwhile is named, not overwritten'),
    outcome: z.enum(outcomes),
    note: z.string().trim().max(4000).default('').describe('Why; needed for "hold" and "no_go"'),
    followUps: z.array(followUpFields).max(30).default([]).describe('What is still to do, by whom and when: with "go_with_followups"'),
  }),
  output: gate,
  run: (context, input) => changeGate(context, input.gate, (locked) => decide(context, locked, input)),
});

export const closeFollowUp = operation({
  summary: 'Note that what a decision left to do is done, or is open again',
  method: 'PUT',
  path: '/gate-follow-ups/{followUp}',
  who: editors,
  input: z.object({ followUp: z.uuid(), version: z.int().describe('The version that was read'), done: z.boolean().default(true) }),
  output: gate,
  run: async (context, { followUp: id, version, done }) => {
    const [row] = await context.read((transaction) =>
      transaction.select({ gateId: followUps.gateId }).from(followUps).where(eq(followUps.id, id)),
    );
    if (!row)
      throw new Failure('not_found', {
        en: 'There is no such follow-up in this workspace. List the gates of the launch to see those there are.',
        zh: '此工作区中没有这项待办。请列出该发布的关卡查看。',
      });
    return changeGate(context, row.gateId, async ({ transaction, gate: { followUps: all } }) => {
      const before = all.find((each) => each.id === id)!;
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed this follow-up meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人修改了这项待办。请重新载入，再重复你的修改。',
          },
          {
            current: before,
          },
        );
      const after = { doneBy: done ? context.actor.name : null, doneAt: done ? context.now() : null, version: version + 1 };
      await transaction.update(followUps).set(after).where(eq(followUps.id, id));
      return { before, after: { id, ...after } };
    });
  },
});
