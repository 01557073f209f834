import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type People, readPeople } from '../charters/people.ts';
import { ownerFor, readCharter } from '../charters/queries.ts';
import { lettingThrough } from './decided.ts';
import type { Kept } from './judging.ts';
import { type Decision, type DecidedCriterion, type FollowUp, type GatePlan, type GateStage, gateStages, type Waiver } from './schema.ts';
import { criteria, decisions, followUps, gates, waivers } from './tables.ts';

const asWaiver = (row: typeof waivers.$inferSelect): Waiver => ({
  reason: row.reason,
  by: row.waivedBy,
  role: row.waivedByRole,
  at: row.waivedAt.toISOString(),
});

const asDecision = (row: typeof decisions.$inferSelect): Decision => ({
  id: row.id,
  number: row.number,
  outcome: row.outcome,
  note: row.note,
  criteria: row.criteria,
  stageBefore: row.stageBefore,
  stageAfter: row.stageAfter,
  positioningVersion: row.positioningVersion,
  by: row.decidedBy,
  role: row.decidedByRole,
  at: row.decidedAt.toISOString(),
});

const asFollowUp = (row: typeof followUps.$inferSelect, people: People): FollowUp => ({
  id: row.id,
  decisionId: row.decisionId,
  text: row.text,
  owner: row.ownerId ? people.find(row.ownerId) : null,
  dueOn: row.dueOn,
  doneBy: row.doneBy,
  doneAt: row.doneAt?.toISOString() ?? null,
  version: row.version,
});

/** The waivers of a launch, the oldest first: which criterion was let be, how it stood, who let it and why. */
export const readWaivers = async (
  transaction: Transaction,
  launchId: string,
): Promise<(Waiver & { stage: GateStage; criterion: DecidedCriterion })[]> =>
  (
    await transaction
      .select({ waiver: waivers, stage: gates.stage })
      .from(waivers)
      .innerJoin(gates, eq(gates.id, waivers.gateId))
      .where(eq(gates.launchId, launchId))
      .orderBy(asc(waivers.waivedAt), asc(waivers.id))
  ).map(({ waiver, stage }) => ({ ...asWaiver(waiver), stage, criterion: waiver.criterion }));

/** The decisions of a launch at all its gates, the newest first. */
export const readDecisions = async (transaction: Transaction, launchId: string): Promise<(Decision & { stage: GateStage })[]> =>
  (
    await transaction
      .select({ decision: decisions, stage: gates.stage })
      .from(decisions)
      .innerJoin(gates, eq(gates.id, decisions.gateId))
      .where(eq(gates.launchId, launchId))
      .orderBy(desc(decisions.decidedAt), desc(decisions.number))
  ).map(({ decision, stage }) => ({ ...asDecision(decision), stage }));

/** What is kept of all gates of some launches, in the order of the stages. */
export const readKeptOf = async (transaction: Transaction, launchIds: string[]): Promise<{ kept: Kept[]; people: People }> => {
  const people = await readPeople(transaction);
  const rows = await transaction.select().from(gates).where(inArray(gates.launchId, launchIds));
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { kept: [], people };
  const listed = await transaction
    .select()
    .from(criteria)
    .where(and(inArray(criteria.gateId, ids), isNull(criteria.deletedAt)))
    .orderBy(asc(criteria.position), asc(criteria.id));
  const waived = await transaction.select().from(waivers).where(inArray(waivers.gateId, ids));
  const decided = await transaction.select().from(decisions).where(inArray(decisions.gateId, ids)).orderBy(desc(decisions.number));
  const tracked = await transaction
    .select()
    .from(followUps)
    .where(inArray(followUps.gateId, ids))
    .orderBy(asc(followUps.dueOn), asc(followUps.text), asc(followUps.id));
  const kept = rows
    .toSorted((one, other) => gateStages.indexOf(one.stage) - gateStages.indexOf(other.stage))
    .map((gate) => ({
      gate,
      criteria: listed.filter(({ gateId }) => gateId === gate.id),
      waivers: new Map(waived.filter(({ gateId }) => gateId === gate.id).map((row) => [row.criterionId, asWaiver(row)])),
      decisions: decided.filter(({ gateId }) => gateId === gate.id).map(asDecision),
      followUps: tracked.filter(({ gateId }) => gateId === gate.id).map((row) => asFollowUp(row, people)),
    }));
  return { kept, people };
};

/** What is kept of all gates of a launch. */
export const readKept = (transaction: Transaction, launchId: string): Promise<{ kept: Kept[]; people: People }> =>
  readKeptOf(transaction, [launchId]);

/** The gate with that id, locked for the rest of the transaction: of two who decide at once, the second sees what the first decided. */
export const lockGate = async (transaction: Transaction, id: string): Promise<typeof gates.$inferSelect> => {
  const [row] = await transaction.select().from(gates).where(eq(gates.id, id)).for('update');
  if (!row) throw noGate();
  return row;
};

export const noGate = () =>
  new Failure('not_found', {
    en: 'There is no such gate in this workspace. List the gates of the launch to see those there are.',
    zh: '此工作区中没有这个关卡。请列出该发布的关卡查看。',
  });

/** The gate and the launch that a criterion belongs to. */
export const placeOf = async (transaction: Transaction, criterionId: string): Promise<{ gateId: string; launchId: string }> => {
  const [row] = await transaction
    .select({ gateId: gates.id, launchId: gates.launchId })
    .from(criteria)
    .innerJoin(gates, eq(gates.id, criteria.gateId))
    .where(eq(criteria.id, criterionId));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such criterion in this workspace. List the gates of the launch to see those there are.',
      zh: '此工作区中没有这项条件。请列出该发布的关卡查看。',
    });
  return row;
};

type Inserted = { gates: number; criteria: number };

/** The gates of some plans, and what of their criteria is not there yet, owned by their function in the role charter. A gate that was passed stays as it is. */
export const insertGates = async (
  transaction: Transaction,
  { workspaceId, launchId, plans }: { workspaceId: string; launchId: string; plans: readonly GatePlan[] },
): Promise<Inserted> => {
  const inserted: Inserted = { gates: 0, criteria: 0 };
  const charter = await readCharter(transaction);
  for (const { stage, leadDays, criteria: planned } of plans) {
    const made = await transaction.insert(gates).values({ workspaceId, launchId, stage, leadDays }).onConflictDoNothing().returning();
    inserted.gates += made.length;
    const { kept } = await readKept(transaction, launchId);
    const { gate, criteria: there, decisions: decided } = kept.find((each) => each.gate.stage === stage)!;
    if (decided[0] && lettingThrough.includes(decided[0].outcome)) continue;
    const missing = planned.filter(({ kind, text }) => !there.some((each) => each.kind === kind && each.text === text));
    const last = Math.max(0, ...there.map(({ position }) => position));
    if (missing.length === 0) continue;
    await transaction.insert(criteria).values(
      missing.map((criterion, place) => ({
        ...criterion,
        ownerId: ownerFor(charter, criterion.function),
        workspaceId,
        gateId: gate.id,
        position: last + place + 1,
      })),
    );
    inserted.criteria += missing.length;
  }
  return inserted;
};
