import { detectableDifference } from '../../methods/lift/detectable-difference.ts';
import { type Drawn, randomAssignment } from '../../methods/lift/random-assignment.ts';
import { unitsPerGroup } from '../../methods/lift/sample-size.ts';
import { steppedWedgeError } from '../../methods/lift/stepped-wedge-error.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import type { Context } from '../../platform/context.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { asking, lastDayOf } from '../questions/asking.ts';
import { type EligibleAccount, eligibleAccounts } from './queries.ts';
import { type Assigned, type Basis, mostAccounts, type RolloutPlan } from './schema.ts';

type Base = NonNullable<Basis['base']>;

const treatedAndHeld = (arms: Basis['arms']): [number, number] => [
  arms.filter(({ wave }) => wave > 0).reduce((sum, { accounts }) => sum + accounts, 0),
  arms.find(({ wave }) => wave === 0)?.accounts ?? 0,
];

/** How much what an account did in one period goes with what it did in the one before (phi, not below none). */
const likenessOf = (accounts: readonly EligibleAccount[]): number | null => {
  const share = (of: (account: EligibleAccount) => boolean) => accounts.filter(of).length / accounts.length;
  const [now, before] = [share(({ times }) => times > 0), share(({ didBefore }) => didBefore > 0)];
  const spread = Math.sqrt(now * (1 - now) * before * (1 - before));
  if (!(spread > 0)) return null;
  return Math.min(0.99, Math.max(0, (share(({ times, didBefore }) => times > 0 && didBefore > 0) - now * before) / spread));
};

const detectableOf = ({ lot }: RolloutPlan, base: Base, arms: Basis['arms'], likeness: number | null): number | null => {
  if (lot === 'stepped_wedge') {
    const waves = arms.map(({ accounts }) => accounts);
    const found = steppedWedgeError({ waves, variance: base.share * (1 - base.share), likeness: likeness ?? 0 });
    return 'refused' in found ? null : found.detectable;
  }
  const found = detectableDifference({ base: base.share, trials: treatedAndHeld(arms) });
  return 'refused' in found ? null : found.difference;
};

const neededOf = (plan: RolloutPlan, { share }: Base): number | null => {
  const changed = share + plan.worthHaving;
  const found = share > 0 && changed < 1 ? unitsPerGroup({ base: share, changed }) : null;
  return typeof found === 'number' ? found : null;
};

const strataOf = (drawn: readonly Drawn[]): Basis['strata'] =>
  [...new Set(drawn.map(({ group }) => group))].map((name) => {
    const own = drawn.filter(({ group }) => group === name);
    const treated = own.filter(({ wave }) => wave > 0).length;
    return { name, treated, held: own.length - treated };
  });

type Weighed = { accounts: readonly EligibleAccount[]; drawn: readonly Drawn[]; days: { from: string; to: string } | null };

/** What the lot can tell of the goal: the base, what shows, and what stands in the way. */
const weigh = (plan: RolloutPlan, { accounts, drawn, days }: Weighed): Basis => {
  const did = new Map(accounts.map(({ id, times }) => [id, times > 0]));
  const waves = [...new Set(drawn.map(({ wave }) => wave))].sort((one, two) => one - two);
  const arms = waves.map((wave) => {
    const own = drawn.filter((one) => one.wave === wave);
    return { wave, accounts: own.length, did: own.filter(({ key }) => did.get(key)).length };
  });
  const count = accounts.filter(({ times }) => times > 0).length;
  const share = shareInterval(count, accounts.length);
  const base = days && !('refused' in share) ? { count, of: accounts.length, ...share, ...days } : null;
  const likeness = plan.lot === 'stepped_wedge' && accounts.length > 0 ? likenessOf(accounts) : null;
  const detectable = base && drawn.length > 0 ? detectableOf(plan, base, arms, likeness) : null;
  const isEnough = detectable !== null && detectable <= plan.worthHaving;
  const why = (): Basis['why'] => {
    if (accounts.length === 0) return 'no_eligible';
    if (drawn.length === 0) return 'too_few';
    if (base === null) return 'no_events';
    if (detectable === null) return base.share === 0 || base.share === 1 ? 'no_variation' : 'too_few';
    return isEnough ? null : 'change_too_small';
  };
  return {
    eligible: accounts.length,
    leftOut: drawn.length > 0 ? accounts.length - drawn.length : 0,
    arms,
    strata: plan.lot === 'stratified' ? strataOf(drawn) : [],
    base,
    likeness,
    detectable,
    needed: base && plan.lot !== 'stepped_wedge' ? neededOf(plan, base) : null,
    answerable: isEnough ? 'yes' : 'no',
    why: why(),
  };
};

const draw = (plan: RolloutPlan, accounts: readonly EligibleAccount[]): Drawn[] => {
  const units = accounts.map((account) => ({ key: account.id, stratum: account[plan.by], score: account.times }));
  const drawn = randomAssignment(units, plan.lot === 'pairs' ? { ...plan, treatedShare: 0.5 } : plan);
  return 'refused' in drawn ? [] : drawn;
};

const assignedOf = (accounts: readonly EligibleAccount[], drawn: readonly Drawn[]): Assigned[] => {
  const known = new Map(accounts.map((account) => [account.id, account]));
  return drawn.map(({ key, wave, group }) => {
    const { name, sourceId, times } = known.get(key)!;
    return { account: key, sourceId, name, wave, stratum: group, did: times > 0 };
  });
};

/** Draws the lot for the accounts that are eligible now, and says what it could tell. Nothing is stored. */
export const drawLot = async (context: Context, plan: RolloutPlan) => {
  const last = await lastDayOf(context);
  const to = last ?? dayIn(context.now(), context.workspace.timeZone);
  const from = addDays(to, 1 - plan.days);
  const days = { before: addDays(from, -plan.days), from, to, zone: context.workspace.timeZone };
  let assigned: Assigned[] = [];
  const { facts, ...basis } = await asking(context, { from, to }, async (ask) => {
    const accounts = await ask<EligibleAccount>(eligibleAccounts(plan, days));
    if (accounts.length > mostAccounts)
      throw new Failure('too_large', {
        en: `More than ${mostAccounts} accounts are eligible. Narrow them by plan, segment or property.`,
        zh: `符合条件的账户超过 ${mostAccounts} 个。请用套餐、细分或属性缩小范围。`,
      });
    const drawn = draw(plan, accounts);
    assigned = assignedOf(accounts, drawn);
    return weigh(plan, { accounts, drawn, days: last === null ? null : { from, to } });
  });
  return { basis, facts, assigned };
};
