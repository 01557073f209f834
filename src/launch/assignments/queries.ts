import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { signableBy } from '../charters/queries.ts';
import type { BusinessFunction, MemberRef } from '../charters/schema.ts';
import { readAllDeliverables, type WithLaunch } from '../deliverables/queries.ts';
import { isOpen } from '../deliverables/schema.ts';
import { readGatesOf } from '../gates/changing.ts';
import { countAccountsOf } from '../gates/facts.ts';
import type { Gates } from '../gates/schema.ts';
import { readLaunch, readLaunches } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { readRunSheets } from '../run-steps/queries.ts';
import type { RunStep } from '../run-steps/schema.ts';
import { readStandings } from '../tiers/queries.ts';
import type { TierStanding } from '../tiers/schema.ts';
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
const ofDeliverables = (all: WithLaunch[], make: Make, me: string | null, signable: BusinessFunction[]) => {
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
const ofGates = (make: Make, { launch, gates: all }: Gates): Found[] => {
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

const ofTier = (make: Make, launch: Launch, { approvals, scores }: TierStanding, signable: BusinessFunction[]): Found[] =>
  scores === null
    ? []
    : approvals
        .filter((each) => each.at === null && signable.includes(each.function))
        .map((each) =>
          make({ kind: 'approve_tier', id: launch.id, launch, what: String(launch.tier), dueOn: null, function: each.function }),
        );

const ofDay = (make: Make, launch: Launch, steps: RunStep[]): Found[] =>
  steps
    .filter(({ state, owner }) => state === 'waiting' && owner)
    .map(({ id, text: what, day: dueOn, owner }) => make({ kind: 'run_step', id, launch, what, dueOn, owner }));

/** Who answers for the two dates of a launch has nothing to do by them; it matters once they are gone. */
const ofDates = (make: Make, launch: Launch): Found[] => [
  make({ kind: 'ready_date', id: launch.id, launch, dueOn: launch.readyDate, owner: launch.productOwner }),
  make({ kind: 'market_date', id: launch.id, launch, dueOn: launch.marketDate, owner: launch.marketingOwner }),
];

const byDay = (one: Assignment, other: Assignment): number =>
  (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999') || one.launch.name.localeCompare(other.launch.name);

const withoutOwner = ({ owner: _owner, ...rest }: Found): Assignment => rest;

const launchesAhead = async (transaction: Transaction, key: string | undefined): Promise<Launch[]> =>
  key ? [await readLaunch(transaction, key)] : (await readLaunches(transaction)).filter(({ state }) => state === 'planned');

/**
 * Everything that waits for a member, over all launches or in one; and what belongs to somebody who is gone. However many launches there are,
 * the statements are the same few.
 */
export const readAssignments = async (context: Context, { me, launch: key }: { me: string | null; launch?: string }) => {
  const launches = await context.read((transaction) => launchesAhead(transaction, key));
  const accounts = await countAccountsOf(context, launches);
  const make = asFound(dayIn(context.now(), context.workspace.timeZone));
  const ids = launches.map(({ id }) => id);
  return context.read(async (transaction) => {
    // Signatures are asked of whoever calls; of somebody else only what is theirs is known.
    const signable = me === context.actor.id ? await signableBy(transaction, context) : [];
    const { owned, asked } = ofDeliverables(await readAllDeliverables(transaction, ids), make, me, signable);
    const gates = await readGatesOf(context, transaction, launches, accounts);
    const sheets = await readRunSheets(transaction, launches, context.workspace.timeZone);
    const standings = await readStandings(transaction, launches);
    const found = [
      ...owned,
      ...gates.flatMap((each) => ofGates(make, each)),
      ...sheets.flatMap((each) => ofDay(make, each.launch, each.steps)),
    ];
    asked.push(...launches.flatMap((launch) => ofTier(make, launch, standings.get(launch.id)!, signable)));
    const mine = me === null ? [] : [...found.filter(({ owner }) => owner?.id === me), ...asked];
    return {
      waiting: mine.map(withoutOwner).toSorted(byDay),
      ownerless: [...found, ...launches.flatMap((launch) => ofDates(make, launch))]
        .flatMap((one) => (one.owner?.gone ? [{ ...one, owner: one.owner }] : []))
        .toSorted(byDay),
    };
  });
};
