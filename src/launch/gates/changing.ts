import { eq, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { People } from '../charters/people.ts';
import { readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import type { Facts } from './checks/facts.ts';
import { countAccounts, readFactsOf } from './facts.ts';
import { asDecided, judgeGate, judgeLaunch } from './judging.ts';
import { lockGate, noGate, readKeptOf } from './queries.ts';
import type { Gate, Gates } from './schema.ts';
import { gates } from './tables.ts';

type Judged = Gates & { facts: Facts; people: People };

/** All gates of some launches, judged in this moment, in the order of the launches. */
export const readGatesOf = async (
  context: Context,
  transaction: Transaction,
  launches: Launch[],
  accounts: Facts['accountsBySegment'],
): Promise<Judged[]> => {
  const all = await readFactsOf(context, transaction, launches, accounts);
  const { kept, people } = await readKeptOf(
    transaction,
    launches.map(({ id }) => id),
  );
  return all.map((facts) => {
    const own = kept.filter(({ gate }) => gate.launchId === facts.launch.id).map((each) => judgeGate(each, facts, people));
    return { ...judgeLaunch(facts, own), facts, people };
  });
};

/** All gates of a launch, judged in this moment. */
export const readGates = async (
  context: Context,
  transaction: Transaction,
  key: string,
  accounts: Facts['accountsBySegment'],
): Promise<Judged> => (await readGatesOf(context, transaction, [await readLaunch(transaction, key)], accounts))[0]!;

export type Locked = { transaction: Transaction; gate: Gate; all: Gate[]; facts: Facts; people: People };
type Change = { before: unknown; after: unknown };

const find = (all: Gate[], id: string): Gate => {
  const gate = all.find((each) => each.id === id);
  if (!gate) throw noGate();
  return gate;
};

/** A write to a gate, which is locked meanwhile: its version grows, and what comes back is the gate as it then stands. */
export const changeGate = async (context: Context, gateId: string, change: (locked: Locked) => Promise<Change>): Promise<Gate> => {
  const [place] = await context.read((transaction) =>
    transaction.select({ launchId: gates.launchId }).from(gates).where(eq(gates.id, gateId)),
  );
  if (!place) throw noGate();
  const accounts = await countAccounts(context, place.launchId);
  return context.write('gate', async (transaction) => {
    await lockGate(transaction, gateId);
    const { gates: all, facts, people } = await readGates(context, transaction, place.launchId, accounts);
    const { before, after } = await change({ transaction, gate: find(all, gateId), all, facts, people });
    await transaction
      .update(gates)
      .set({ version: sql`${gates.version} + 1` })
      .where(eq(gates.id, gateId));
    const now = await readGates(context, transaction, place.launchId, accounts);
    return { id: gateId, before, after, result: asDecided(find(now.gates, gateId)) };
  });
};

/** Who let a launch through did so by these criteria; they are not written anew afterwards. */
export const requireOpen = ({ standing, decisions: [newest] }: Gate): void => {
  if (standing === 'passed' && newest)
    throw new Failure('conflict', {
      en: `${newest.by} let the launch through this gate, so its criteria cannot be changed now. Decide "hold" at the gate first.`,
      zh: `${newest.by} 已让发布通过此关卡，现在不能更改其条件。请先在关卡作出“暂缓”决定。`,
    });
};
