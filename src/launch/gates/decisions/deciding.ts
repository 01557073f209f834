import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { Failure } from '../../../platform/failure.ts';
import { requirePresent } from '../../charters/people.ts';
import { registerGoals } from '../../goals/queries.ts';
import { type Launch, stages } from '../../launches/schema.ts';
import { launches } from '../../launches/tables.ts';
import type { Locked } from '../changing.ts';
import { lettingThrough } from '../decided.ts';
import { type Criterion, decidedCriterion, type followUpFields, type Gate, marketStage, nextStage, type Outcome } from '../schema.ts';
import { decisions, followUps } from '../tables.ts';
import { zh as gateZh } from '../messages.ts';
import { zh as launchZh } from '../../launches/messages.ts';

type Wanted = {
  version: number;
  outcome: Outcome;
  note: string;
  followUps: z.output<typeof followUpFields>[];
};

const place = (stage: Launch['stage']): number => stages.indexOf(stage);

/** Of two who decide at the same moment, the second is told what the first decided. */
const requireVersion = async ({ transaction, gate }: Locked, version: number): Promise<void> => {
  if (gate.version === version) return;
  const [newest] = gate.decisions;
  const [row] = newest
    ? await transaction.select({ gateVersion: decisions.gateVersion }).from(decisions).where(eq(decisions.id, newest.id))
    : [];
  const isDecided = newest !== undefined && (row?.gateVersion ?? 0) > version;
  throw new Failure(
    'conflict',
    isDecided
      ? {
          en: `${newest.by} decided "${newest.outcome}" at this gate meanwhile. Read that decision, then decide again if you must.`,
          zh: `${newest.by} 在此期间对这个关卡作出了“${gateZh.outcomes[newest.outcome]}”决定。请先阅读该决定，仍有必要再作决定。`,
        }
      : {
          en: 'Something that this decision rests on changed meanwhile. Read the gate again, then decide.',
          zh: '此期间，这项决定所依据的内容有改动。请重新读取关卡，再作决定。',
        },
    { current: gate, decision: isDecided ? newest : null },
  );
};

/** "Go" needs all that is required to be ready; with follow-ups, what is at risk may be finished later. */
const standsInTheWay = ({ required, standing, result }: Criterion, outcome: Outcome): boolean =>
  required && standing !== 'waived' && (outcome === 'go' ? result.state !== 'ready' : result.state === 'not_ready');

const requireClear = ({ facts: { launch }, gate, all }: Locked, outcome: Outcome): void => {
  if (gate.standing === 'passed')
    throw new Failure('conflict', {
      en: `${gate.decisions[0]?.by} let the launch through this gate already.`,
      zh: `${gate.decisions[0]?.by} 已让发布通过此关卡。`,
    });
  if (launch.state === 'cancelled')
    throw new Failure('conflict', {
      en: `${launch.name} is cancelled. Take that back before you decide "go".`,
      zh: `${launch.name} 已取消。请先撤销取消，再作出“放行”决定。`,
    });
  const earlier = all.find(
    (each) => each.standing !== 'passed' && place(each.stage) < place(gate.stage) && place(each.stage) >= place(launch.stage),
  );
  if (earlier)
    throw new Failure('conflict', {
      en: `The gate of ${earlier.stage} comes first, and nobody has decided "go" there yet.`,
      zh: `须先通过${launchZh.stages[earlier.stage]}关卡，而那里还没有人作出“放行”决定。`,
    });
  const failing = gate.criteria.filter((criterion) => standsInTheWay(criterion, outcome));
  if (failing.length === 0) return;
  const one = failing.length === 1;
  throw new Failure(
    'conflict',
    {
      en: `Not clear to launch: ${failing.length} required ${one ? 'criterion is' : 'criteria are'} not ready (${failing.map(nameOf).join(', ')}). Make ${one ? 'it' : 'them'} ready, or have ${one ? 'it' : 'them'} waived with a reason.`,
      zh: `不能发布：${failing.length} 项必需条件未就绪（${failing.map(({ text, kind }) => text || gateZh.kinds[kind]).join('、')}）。请使其就绪，或说明理由后豁免。`,
    },
    { criteria: failing.map((criterion) => decidedCriterion.parse(criterion)) },
  );
};

const nameOf = ({ text, kind }: Criterion): string => text || kind.replaceAll('_', ' ');

const requireWhole = ({ facts: { today } }: Locked, { outcome, note, followUps: left }: Wanted): void => {
  if (outcome === 'go_with_followups' && left.length === 0)
    throw new Failure('invalid', {
      en: 'Say what is left to do, by whom and by when, or decide "go".',
      zh: '请写明还有哪些事、由谁、何时完成；否则请决定“放行”。',
    });
  if (outcome !== 'go_with_followups' && left.length > 0)
    throw new Failure('invalid', {
      en: 'Only "go with follow-ups" leaves something to do. Decide that, or leave the follow-ups out.',
      zh: '只有“放行，有待办”会留下待办。请选择该决定，或去掉待办。',
    });
  if (!lettingThrough.includes(outcome) && note.length < 10)
    throw new Failure('invalid', { en: 'Say in at least 10 characters why it does not go on.', zh: '请用至少 10 个字符说明为何不继续。' });
  const past = left.find(({ dueOn }) => dueOn < today);
  if (past)
    throw new Failure('invalid', {
      en: `${past.dueOn} is over: nothing can still be done by then. Name a day from today on.`,
      zh: `${past.dueOn} 已过，不可能在那之前完成。请填写今天或之后的日期。`,
    });
};

/** Where the launch is afterwards: on, where it was, or back when "go" is taken back. */
const stageAfter = (launch: Launch, gate: Gate, outcome: Outcome): Launch['stage'] => {
  const next = nextStage[gate.stage];
  if (lettingThrough.includes(outcome)) return next && place(launch.stage) < place(next) ? next : launch.stage;
  return gate.standing === 'passed' && launch.stage === next ? gate.stage : launch.stage;
};

const insert = async (context: Context, { transaction, gate, facts }: Locked, { outcome, note, followUps: left }: Wanted) => {
  const workspaceId = context.workspace.id;
  const after = {
    gateId: gate.id,
    number: gate.decisions.length + 1,
    gateVersion: gate.version + 1,
    outcome,
    note,
    criteria: gate.criteria.map((criterion) => decidedCriterion.parse(criterion)),
    stageBefore: facts.launch.stage,
    stageAfter: stageAfter(facts.launch, gate, outcome),
    positioningVersion: facts.positioning?.version ?? null,
    decidedBy: context.actor.name,
    decidedByRole: context.actor.role,
    decidedAt: context.now(),
  };
  const [row] = await transaction
    .insert(decisions)
    .values({ ...after, workspaceId })
    .returning({ id: decisions.id });
  if (left.length > 0)
    await transaction.insert(followUps).values(left.map((each) => ({ ...each, workspaceId, gateId: gate.id, decisionId: row!.id })));
  return after;
};

/** What was decided, by whom, with how every criterion stood; the launch moves with it. */
export const decide = async (context: Context, locked: Locked, wanted: Wanted) => {
  const { transaction, gate, facts } = locked;
  await requireVersion(locked, wanted.version);
  requireWhole(locked, wanted);
  if (lettingThrough.includes(wanted.outcome)) requireClear(locked, wanted.outcome);
  await requirePresent(
    transaction,
    wanted.followUps.map(({ ownerId }) => ownerId),
  );
  const decided = await insert(context, locked, wanted);
  if (decided.stageAfter !== decided.stageBefore)
    await transaction
      .update(launches)
      .set({ stage: decided.stageAfter, version: sql`${launches.version} + 1`, updatedAt: context.now() })
      .where(eq(launches.id, facts.launch.id));
  if (lettingThrough.includes(wanted.outcome) && gate.stage === marketStage)
    await registerGoals(transaction, {
      workspaceId: context.workspace.id,
      launchId: facts.launch.id,
      by: context.actor.name,
      at: context.now(),
    });
  return {
    before: { stage: facts.launch.stage, standing: gate.standing },
    after: { ...decided, followUps: wanted.followUps },
  };
};
