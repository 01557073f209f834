import { current } from '../../collect/objects/queries.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readAllDeliverables } from '../deliverables/queries.ts';
import type { Deliverable } from '../deliverables/schema.ts';
import { readGoalsOf } from '../goals/queries.ts';
import type { Goal } from '../goals/schema.ts';
import { readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { readCurrentPositionings, readStatementsOf } from '../positionings/queries.ts';
import { readStandings } from '../tiers/queries.ts';
import type { TierStanding } from '../tiers/schema.ts';
import type { Facts } from './checks/facts.ts';

/** How many accounts each of some segments has now. */
export const segmentAccounts = (segments: readonly string[]): Query => ({
  sql: `SELECT segment, toUInt32(count()) AS accounts FROM ${current('account')}
    WHERE segment IN ({segments:Array(String)}) GROUP BY segment`,
  params: { segments },
});

/** How many accounts the segments of some launches have, by segment. Asked before a transaction begins: nothing waits for ClickHouse inside one. */
export const countAccountsOf = async (context: Context, launches: Launch[]): Promise<Facts['accountsBySegment']> => {
  const segments = [...new Set(launches.flatMap(({ eligibility }) => eligibility.segments))];
  if (segments.length === 0) return new Map();
  const counted = await context.events.ask<{ segment: string; accounts: number }>(segmentAccounts(segments));
  return new Map(counted.map(({ segment, accounts }) => [segment, accounts]));
};

export const countAccounts = async (context: Context, key: string): Promise<Facts['accountsBySegment']> =>
  countAccountsOf(context, [await context.read((transaction) => readLaunch(transaction, key))]);

/** What nobody has to sign is as good as signed once it is approved. */
const asRequired = ({ name, status, signOffs, isSigned }: Deliverable): Facts['deliverables'][number] => ({
  name,
  isSigned: signOffs.length > 0 ? isSigned : status === 'approved' || status === 'shipped',
  isDropped: status === 'dropped',
});

/** Drafts count as well: "go" before the market date registers them. */
const asGoals = (goals: Goal[]): Facts['goals'] => {
  const judged = goals.filter(({ metric, withdrawn }) => metric && !withdrawn);
  return { registered: judged.length, withBaseline: judged.filter(({ baseline }) => baseline).length };
};

const asTier = ({ approvals }: TierStanding): Facts['tier'] => ({
  needed: approvals.length,
  missing: approvals.filter(({ at }) => at === null).map((each) => each.function),
});

/** What the criteria of some launches are checked against, in the order of the launches. */
export const readFactsOf = async (
  context: Context,
  transaction: Transaction,
  launches: Launch[],
  accountsBySegment: Facts['accountsBySegment'],
): Promise<Facts[]> => {
  const ids = launches.map(({ id }) => id);
  const today = dayIn(context.now(), context.workspace.timeZone);
  const positionings = await readCurrentPositionings(transaction, ids);
  const statements = await readStatementsOf(transaction, ids);
  const goals = await readGoalsOf(transaction, launches, context.workspace.timeZone);
  const standings = await readStandings(transaction, launches);
  const deliverables = (await readAllDeliverables(transaction, ids)).map(({ deliverable }) => deliverable);
  return launches.map((launch) => ({
    launch,
    today,
    positioning: positionings.get(launch.id) ?? null,
    statements: statements.filter(({ launchId }) => launchId === launch.id).map(({ statement }) => statement),
    accountsBySegment,
    goals: asGoals(goals.filter(({ launchId }) => launchId === launch.id)),
    tier: asTier(standings.get(launch.id)!),
    deliverables: deliverables.filter(({ launchId, required }) => required && launchId === launch.id).map(asRequired),
  }));
};
