import { current } from '../../collect/objects/queries.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readDeliverables } from '../deliverables/queries.ts';
import type { Deliverable } from '../deliverables/schema.ts';
import { readGoals } from '../goals/queries.ts';
import { readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { readPositioning, readStatements } from '../positionings/queries.ts';
import { readStanding } from '../tiers/queries.ts';
import type { Facts } from './checks/facts.ts';

/** How many accounts each of some segments has now. */
export const segmentAccounts = (segments: readonly string[]): Query => ({
  sql: `SELECT segment, toUInt32(count()) AS accounts FROM ${current('account')}
    WHERE segment IN ({segments:Array(String)}) GROUP BY segment`,
  params: { segments },
});

/** Asked before a transaction begins: nothing waits for ClickHouse inside one. */
export const countAccounts = async (context: Context, key: string): Promise<Facts['accountsBySegment']> => {
  const { segments } = (await context.read((transaction) => readLaunch(transaction, key))).eligibility;
  if (segments.length === 0) return new Map();
  const counted = await context.events.ask<{ segment: string; accounts: number }>(segmentAccounts(segments));
  return new Map(counted.map(({ segment, accounts }) => [segment, accounts]));
};

/** What nobody has to sign is as good as signed once it is approved. */
const asRequired = ({ name, status, signOffs, isSigned }: Deliverable): Facts['deliverables'][number] => ({
  name,
  isSigned: signOffs.length > 0 ? isSigned : status === 'approved' || status === 'shipped',
  isDropped: status === 'dropped',
});

/** Drafts count as well: "go" before the market date registers them. */
const countGoals = async (context: Context, transaction: Transaction, launch: Launch): Promise<Facts['goals']> => {
  const judged = (await readGoals(transaction, launch, context.workspace.timeZone)).filter(({ metric, withdrawn }) => metric && !withdrawn);
  return { registered: judged.length, withBaseline: judged.filter(({ baseline }) => baseline).length };
};

const readApprovals = async (transaction: Transaction, launch: Launch): Promise<Facts['tier']> => {
  const { approvals } = await readStanding(transaction, launch);
  return { needed: approvals.length, missing: approvals.filter(({ at }) => at === null).map((each) => each.function) };
};

/** What the criteria of a launch are checked against. */
export const readFacts = async (
  context: Context,
  transaction: Transaction,
  launch: Launch,
  accountsBySegment: Facts['accountsBySegment'],
): Promise<Facts> => ({
  launch,
  today: dayIn(context.now(), context.workspace.timeZone),
  positioning: await readPositioning(transaction, launch.id),
  statements: await readStatements(transaction, launch.id),
  accountsBySegment,
  goals: await countGoals(context, transaction, launch),
  tier: await readApprovals(transaction, launch),
  deliverables: (await readDeliverables(transaction, launch)).filter(({ required }) => required).map(asRequired),
});
