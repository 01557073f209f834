import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { signableBy } from '../charters/queries.ts';
import type { BusinessFunction, MemberRef } from '../charters/schema.ts';
import { readAllDeliverables } from '../deliverables/queries.ts';
import { isOpen } from '../deliverables/schema.ts';
import type { Facts } from '../gates/checks/facts.ts';
import { countAccounts } from '../gates/facts.ts';
import { readGates } from '../gates/changing.ts';
import { gates } from '../gates/tables.ts';
import { readLaunches } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { readRunSteps } from '../run-steps/queries.ts';
import { readStanding } from '../tiers/queries.ts';
import type { Assignment } from './schema.ts';

type Found = Assignment & { owner: MemberRef | null };
type Given = Partial<Assignment> & Pick<Assignment, 'kind' | 'id' | 'launch' | 'dueOn'> & { owner?: MemberRef | null };

const asFound =
  (today: string) =>
  ({ owner = null, ...given }: Given): Found => ({
    what: '',
    criterionKind: null,
    function: null,
    ...given,
    owner,
    isLate: given.dueOn !== null && given.dueOn < today,
  });
type Make = ReturnType<typeof asFound>;

/** The work on deliverables, and the signatures and reviews that it waits for: `signable` are the functions that whoever asks may sign for. */
const ofDeliverables = async (transaction: Transaction, make: Make, me: string, signable: BusinessFunction[]) => {
  const all = await readAllDeliverables(transaction);
  const owned: Found[] = [];
  const asked: Found[] = [];
  for (const { deliverable: one, launch } of all) {
    const { id, name: what, dueOn } = one;
    if (isOpen(one) && one.owner) owned.push(make({ kind: 'deliver', id, launch, what, dueOn, owner: one.owner }));
    if (one.status !== 'in_review') continue;
    const waited = one.signOffs.filter((sign) => sign.state === 'waiting' && signable.includes(sign.function));
    for (const sign of waited) asked.push(make({ kind: 'sign', id, launch, what, dueOn, function: sign.function }));
    if (one.reviewers.some((reviewer) => reviewer.id === me)) asked.push(make({ kind: 'review', id, launch, what, dueOn }));
  }
  return { owned, asked };
};

/** Criteria that are not ready at gates that are still ahead, and follow-ups that are not done. */
const ofGates = async (context: Context, transaction: Transaction, make: Make, launch: Launch, accounts: Facts['accountsBySegment']) => {
  const { gates: all } = await readGates(context, transaction, launch.key, accounts);
  const criteria = all
    .filter(({ standing }) => standing !== 'passed')
    .flatMap((gate) => gate.criteria)
    .filter(({ standing }) => standing === 'waits' || standing === 'fails')
    .map(({ id, text: what, kind: criterionKind, dueOn, owner }) =>
      make({ kind: 'criterion', id, launch, what, criterionKind, dueOn, owner }),
    );
  const followUps = all
    .flatMap((gate) => gate.followUps)
    .filter(({ doneAt }) => doneAt === null)
    .map(({ id, text: what, dueOn, owner }) => make({ kind: 'follow_up', id, launch, what, dueOn, owner }));
  return [...criteria, ...followUps].filter(({ owner }) => owner !== null);
};

const ofTier = async (transaction: Transaction, make: Make, launch: Launch, signable: BusinessFunction[]): Promise<Found[]> => {
  const { approvals, scores } = await readStanding(transaction, launch);
  return scores === null
    ? []
    : approvals
        .filter((each) => each.at === null && signable.includes(each.function))
        .map((each) =>
          make({ kind: 'approve_tier', id: launch.id, launch, what: String(launch.tier), dueOn: null, function: each.function }),
        );
};

const byDay = (one: Assignment, other: Assignment): number =>
  (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999') || one.launch.name.localeCompare(other.launch.name);

const withoutOwner = ({ owner: _owner, ...rest }: Found): Assignment => rest;

/** Launches that go on, and how many accounts the segments of those with gates have: asked before a transaction waits for it. */
const readAhead = async (context: Context) => {
  const { launches, withGates } = await context.read(async (transaction) => ({
    launches: (await readLaunches(transaction)).filter(({ state }) => state === 'planned'),
    withGates: new Set((await transaction.selectDistinct({ id: gates.launchId }).from(gates)).map(({ id }) => id)),
  }));
  const accounts = new Map<string, Facts['accountsBySegment']>();
  for (const { id, key } of launches) if (withGates.has(id)) accounts.set(id, await countAccounts(context, key));
  return { launches, accounts };
};

/** Everything that waits for a member, over all launches; and what belongs to somebody who is gone. */
export const readAssignments = async (context: Context, me: string) => {
  const { launches, accounts } = await readAhead(context);
  const make = asFound(dayIn(context.now(), context.workspace.timeZone));
  return context.read(async (transaction) => {
    // Signatures are asked of whoever calls; of somebody else only what is theirs is known.
    const signable = me === context.actor.id ? await signableBy(transaction, context) : [];
    const { owned, asked } = await ofDeliverables(transaction, make, me, signable);
    const found = [...owned];
    for (const launch of launches) {
      const here = { key: launch.key, name: launch.name };
      if (accounts.has(launch.id)) found.push(...(await ofGates(context, transaction, make, launch, accounts.get(launch.id)!)));
      asked.push(...(await ofTier(transaction, make, launch, signable)));
      const steps = await readRunSteps(transaction, launch, context.workspace.timeZone);
      found.push(
        ...steps
          .filter(({ state, owner }) => state === 'waiting' && owner)
          .map(({ id, text: what, day: dueOn, owner }) => make({ kind: 'run_step', id, launch: here, what, dueOn, owner })),
      );
    }
    const mine = [...found.filter(({ owner }) => owner?.id === me), ...asked];
    return {
      waiting: mine.map(withoutOwner).toSorted(byDay),
      ownerless: found.flatMap((one) => (one.owner?.gone ? [{ ...one, owner: one.owner }] : [])).toSorted(byDay),
    };
  });
};
