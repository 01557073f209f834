import { and, eq, isNull } from 'drizzle-orm';
import { goals } from '../../launch/goals/tables.ts';
import { launches } from '../../launch/launches/tables.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { creditHoldouts } from '../credits/tables.ts';
import { type LiftAsked, liftAsked } from '../lifts/schema.ts';
import { questions } from '../questions/tables.ts';

const drawnByLot = (property: string): LiftAsked =>
  liftAsked.parse({
    unit: 'opportunity',
    design: { kind: 'holdout', property, treated: ['invited'], control: ['held out'] },
    outcome: { kind: 'won' },
    worthHaving: 0.02,
  });

/** What was asked of the feature whose use is only described: the launch goal registered no better comparison. */
const beforeAndAfter = (goal: string): LiftAsked =>
  liftAsked.parse({
    unit: 'account',
    design: { kind: 'before_after', on: '2026-05-12' },
    outcome: { kind: 'times', behaviour: { event: 'handoff_sent' }, from: '2026-02-12', to: '2026-08-10' },
    goal,
  });

type Written = { workspaceId: string; createdBy: string; createdAt: Date };

/** The comparisons that the example company keeps: one that works, one that does not, and one that cannot say. */
export const insertQuestions = async (transaction: Transaction, written: Written): Promise<void> => {
  const [guestLanes] = await transaction
    .select({ goal: goals.id })
    .from(goals)
    .innerJoin(launches, eq(launches.id, goals.launchId))
    .where(and(eq(launches.key, 'guest-lanes'), isNull(goals.deletedAt)))
    .orderBy(goals.position)
    .limit(1);
  const kept = [
    { name: 'Handoff Live: invited against held out', asked: drawnByLot('handoff_live') },
    { name: 'Supper Series: invited against held out', asked: drawnByLot('supper_series') },
    { name: 'Guest Lanes: handoffs before and after', asked: beforeAndAfter(guestLanes!.goal) },
  ];
  const rows = await transaction
    .insert(questions)
    .values(kept.map((question) => ({ kind: 'lifts' as const, ...question, ...written })))
    .returning({ id: questions.id, name: questions.name });
  // Beside what attribution says of the same two programs, by their campaign and by the channel that carries each.
  await transaction.insert(creditHoldouts).values(
    [
      { campaign: 'Handoff Live', channel: 'webinar' },
      { campaign: 'Supper Series', channel: 'dinner' },
    ].flatMap(({ campaign, channel }) => {
      const beside = { workspaceId: written.workspaceId, questionId: rows.find(({ name }) => name.startsWith(campaign))!.id };
      return [
        { ...beside, label: 'campaign' as const, name: campaign },
        { ...beside, label: 'channel' as const, name: channel },
      ];
    }),
  );
};
