import { and, eq, gt, max } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Said } from '../../../platform/language.ts';
import { operation } from '../../../platform/operation.ts';
import { editors, marketers } from '../../../platform/roles.ts';
import { requirePresent } from '../../charters/people.ts';
import { evidence } from '../../positionings/schema.ts';
import { requirePast } from '../../positionings/queries.ts';
import { changeGate, type Locked, requireOpen } from '../changing.ts';
import { placeOf } from '../queries.ts';
import { type Criterion, criterionPlan, criterionStates, gate } from '../schema.ts';
import { criteria } from '../tables.ts';

const dayMilliseconds = 86_400_000;
const ofCriterion = z.object({ criterion: z.uuid() });
const ofVersion = ofCriterion.extend({ version: z.int().describe('The version of the criterion that was read') });
const fixedDay = z.iso.date().nullable().describe('Due on this day, whatever becomes of the market date');

const requireCriterion = ({ criteria: all }: Locked['gate'], id: string): Criterion => {
  const found = all.find((each) => each.id === id);
  if (!found)
    throw new Failure('not_found', {
      en: 'This criterion was removed. List the gates of the launch to see those there are.',
      zh: '此条件已被移除。请列出该发布的关卡查看。',
    });
  return found;
};

/** A write to one criterion of a gate that is not passed yet. */
const changeCriterion = async (
  context: Context,
  { criterion: id, version }: { criterion: string; version?: number },
  change: (locked: Locked, before: Criterion) => Promise<Partial<typeof criteria.$inferSelect>>,
) => {
  const { gateId } = await context.read((transaction) => placeOf(transaction, id));
  return changeGate(context, gateId, async (locked) => {
    requireOpen(locked.gate);
    const before = requireCriterion(locked.gate, id);
    if (version !== undefined && before.version !== version)
      throw new Failure(
        'conflict',
        {
          en: 'Somebody changed this criterion meanwhile. Load it again, then repeat your change.',
          zh: '此期间有人修改了这项条件。请重新载入，再重复你的修改。',
        },
        {
          current: before,
        },
      );
    const after = await change(locked, before);
    await locked.transaction
      .update(criteria)
      .set({ ...after, version: before.version + 1 })
      .where(eq(criteria.id, id));
    return { before, after: { id, ...after } };
  });
};

export const addCriterion = operation({
  summary: 'Add a criterion to a gate',
  method: 'POST',
  path: '/gates/{gate}/criteria',
  who: marketers,
  input: z.object({ gate: z.uuid(), ...criterionPlan.shape, fixedDay: fixedDay.default(null), ownerId: z.uuid().nullable().default(null) }),
  output: gate,
  run: (context, { gate: gateId, fixedDay: dueOn, ...fields }) =>
    changeGate(context, gateId, async ({ transaction, gate: before }) => {
      requireOpen(before);
      if (before.criteria.length >= 50)
        throw new Failure('too_many', {
          en: 'A gate has at most 50 criteria. Remove one first.',
          zh: '一个关卡最多有 50 项条件。请先移除一项。',
        });
      if (fields.kind === 'manual' && !fields.text)
        throw new Failure('invalid', { en: 'Say in words what must be so.', zh: '请用文字写明须满足什么。' });
      await requirePresent(transaction, [fields.ownerId]);
      const [last] = await transaction
        .select({ position: max(criteria.position) })
        .from(criteria)
        .where(eq(criteria.gateId, gateId));
      const [row] = await transaction
        .insert(criteria)
        .values({ ...fields, dueOn, gateId, workspaceId: context.workspace.id, position: (last?.position ?? 0) + 1 })
        .returning();
      return { before: null, after: row };
    }),
});

export const updateCriterion = operation({
  summary: 'Change a criterion: its words, owner, day or threshold; names the version that was read',
  method: 'PATCH',
  path: '/gate-criteria/{criterion}',
  who: marketers,
  input: ofVersion.extend({
    function: criterionPlan.shape.function.optional(),
    text: criterionPlan.shape.text.unwrap().optional(),
    required: z.boolean().optional(),
    leadDays: criterionPlan.shape.leadDays.optional(),
    fixedDay: fixedDay.optional(),
    ownerId: z.uuid().nullable().optional(),
    threshold: criterionPlan.shape.threshold.unwrap().optional(),
  }),
  output: gate,
  run: (context, { criterion, version, fixedDay: dueOn, ...fields }) =>
    changeCriterion(context, { criterion, version }, async ({ transaction }, before) => {
      if (before.kind === 'differentiator' && fields.required === false) throw keepDifferentiator();
      if (before.kind === 'manual' && fields.text === '')
        throw new Failure('invalid', { en: 'Say in words what must be so.', zh: '请用文字写明须满足什么。' });
      await requirePresent(transaction, [fields.ownerId], [before.owner?.id]);
      return { ...fields, ...(dueOn !== undefined && { dueOn }) };
    }),
});

const keepDifferentiator = () =>
  new Failure('conflict', {
    en: 'No differentiator, no launch: this criterion stays. Name what only you have, with evidence, or ask an owner to waive it with a reason.',
    zh: '没有差异点，就不发布：此条件保留。请写明只有我们才有的东西并附上证据，或请所有者说明理由后豁免。',
  });

export const removeCriterion = operation({
  summary: 'Remove a criterion from a gate; it can be restored for 30 days',
  method: 'DELETE',
  path: '/gate-criteria/{criterion}',
  who: marketers,
  input: ofCriterion,
  output: gate,
  run: (context, input) =>
    changeCriterion(context, input, async (_, { kind, waiver }) => {
      if (kind === 'differentiator') throw keepDifferentiator();
      if (waiver)
        throw new Failure('conflict', {
          en: `${waiver.by} has waived this criterion, and that is to be seen, so it stays.`,
          zh: `${waiver.by} 已豁免此条件，豁免须可见，因此保留。`,
        });
      return { deletedAt: context.now() };
    }),
});

export const restoreCriterion = operation({
  summary: 'Restore a criterion removed in the last 30 days',
  method: 'POST',
  path: '/gate-criteria/{criterion}/restore',
  who: marketers,
  input: ofCriterion,
  output: gate,
  run: async (context, { criterion: id }) => {
    const { gateId } = await context.read((transaction) => placeOf(transaction, id));
    return changeGate(context, gateId, async ({ transaction, gate: before }) => {
      requireOpen(before);
      const since = new Date(context.now().getTime() - 30 * dayMilliseconds);
      const [row] = await transaction
        .update(criteria)
        .set({ deletedAt: null })
        .where(and(eq(criteria.id, id), gt(criteria.deletedAt, since)))
        .returning();
      if (!row)
        throw new Failure('not_found', {
          en: 'There is no such criterion that was removed in the last 30 days.',
          zh: '没有这样的条件在过去 30 天内被移除。',
        });
      return { before: null, after: row };
    });
  },
});

const stateFields = ofVersion.extend({
  state: z.enum(criterionStates).optional().describe('Not for field readiness, which is judged by its counts'),
  counted: z.int().min(0).max(1_000_000).optional().describe('Field readiness: how many are certified'),
  countedOf: z.int().min(1).max(1_000_000).optional().describe('Field readiness: of how many'),
  evidence: z.array(evidence).max(30).optional().describe('What it rests on; stays as it is if not given'),
});

/** Words for what a state was asked for that the criterion does not take. */
const whether: Said = { en: 'Say whether it is ready, at risk or not ready.', zh: '请写明是就绪、有风险还是未就绪。' };

const refusal = ({ kind, checksItself }: Criterion, given: z.output<typeof stateFields>): Said | null => {
  if (checksItself)
    return {
      en: 'This criterion checks itself from what Landfall holds. Change that, and the criterion follows.',
      zh: '此条件由 Landfall 中的内容自行检查。请修改那些内容，条件会随之变化。',
    };
  const { state, counted, countedOf } = given;
  if (kind === 'field_readiness') {
    if (state !== undefined)
      return {
        en: 'Field readiness is judged by its counts: say how many are certified, of how many.',
        zh: '一线就绪度按人数判断：请写明多少人中有多少人已认证。',
      };
    if (counted === undefined || countedOf === undefined)
      return { en: 'Say how many are certified, and of how many.', zh: '请写明多少人中有多少人已认证。' };
    return counted > countedOf
      ? {
          en: `${counted} of ${countedOf} cannot be: fewer are there than are certified.`,
          zh: `${countedOf} 人中有 ${counted} 人不可能：总人数少于已认证人数。`,
        }
      : null;
  }
  if (counted !== undefined || countedOf !== undefined)
    return {
      en: `Only field readiness takes counts. ${whether.en}`,
      zh: `只有一线就绪度按人数填写。${whether.zh}`,
    };
  return state === undefined ? whether : null;
};

export const setCriterionState = operation({
  summary: 'Say how a criterion stands, and on what evidence; one that checks itself cannot be set',
  method: 'PUT',
  path: '/gate-criteria/{criterion}/state',
  who: editors,
  refuses: 'assistants',
  input: stateFields,
  output: gate,
  run: (context, input) => {
    return changeCriterion(context, input, async ({ facts }, before) => {
      const words = refusal(before, input);
      if (words) throw new Failure('invalid', words);
      requirePast(input.evidence ?? [], facts.today);
      const { criterion: _, version: __, ...fields } = input;
      return { ...fields, setBy: context.actor.name, setAt: context.now() };
    });
  },
});
