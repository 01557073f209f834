import { atWork, type Account, type Person } from './accounts.ts';
import { dataEnd, dataStart, day, instant, type Day } from './calendar.ts';
import { chance } from './chance.ts';
import { launches, leavingAtRenewal, type PlantedLaunch } from './planted.ts';

/** When an account and its people adopt the feature of one launch. Nobody is in it who never does, as far as the data goes. */
export type Adoption = { account: Account; launch: PlantedLaunch; on: Day; people: Map<Person, Day> };

const knots = [1, 30, 60, 90, 240] as const;

/** Chance that an account still at work has adopted by the end of day `days` (1 is the market date, when it is still too early). */
export function adoptionChance(launch: PlantedLaunch, account: Account, days: number): number {
  const values = [0, ...(account.segment === 'regulated' ? launch.adoption.regulated : launch.adoption.others)];
  const factor = account.keen ? launch.keenness.keen : launch.keenness.others;
  if (days <= 1) return 0;
  if (days >= 240) return values[4]! * factor;
  const piece = knots.findLastIndex((knot) => knot <= days);
  const width = knots[piece + 1]! - knots[piece]!;
  return factor * (values[piece]! + ((days - knots[piece]!) / width) * (values[piece + 1]! - values[piece]!));
}

/** Whole days from the market date until `adoptionChance` passes a uniform draw; null when it never does. */
function drawnDay(launch: PlantedLaunch, account: Account, uniform: number): number | null {
  if (uniform >= adoptionChance(launch, account, 240)) return null;
  let low = 0;
  let high = 240;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (adoptionChance(launch, account, middle) > uniform) high = middle;
    else low = middle;
  }
  return low;
}

/** Whether the account is one that the feature is for; it has to be a customer before the market date. */
export function eligible(launch: PlantedLaunch, account: Account): boolean {
  const { plans, segments } = launch.eligibility;
  if (account.plan === null || !plans.includes(account.plan) || !segments.includes(account.segment)) return false;
  return account.createdAt < instant(day(launch.marketDate));
}

export function eligiblePeople(launch: PlantedLaunch, account: Account): Person[] {
  const market = instant(day(launch.marketDate));
  return account.people.filter((person) => person.createdAt < market);
}

/**
 * Draws the day on which each feature is adopted, then walks through the yearly renewals: who has adopted Smart Handoff
 * by then leaves less. An adoption that was still to come when the account left never happens.
 */
export function adoptAndRenew(seed: number, account: Account): Adoption[] {
  const from = chance(seed, `adoption/${account.id}`);
  const drawn = launches.map((launch) => {
    const after = drawnDay(launch, account, from.next());
    const { plans, segments } = launch.eligibility;
    const offered = account.plan !== null && plans.includes(account.plan) && segments.includes(account.segment);
    // A customer that came later may adopt as well; it must not count among the eligible.
    const start = Math.max(day(launch.marketDate), account.customerFrom! + 1);
    return { launch, on: offered && after !== null && start + after <= dataEnd ? start + after : null };
  });
  const smart = drawn[0]!.on;
  for (const renewal of renewals(account)) {
    const adopted = smart !== null && smart < renewal;
    if (account.leftOn === null && from.happens(leavingChance(account, adopted))) account.leftOn = renewal;
  }
  return drawn.flatMap(({ launch, on }) => {
    if (on === null || !atWork(account, on)) return [];
    return [{ account, launch, on, people: peopleWhoAdopt(seed, account, launch, on) }];
  });
}

export function renewals(account: Account): Day[] {
  const days: Day[] = [];
  for (let on = account.customerFrom! + 365; on <= dataEnd; on += 365) if (on >= dataStart) days.push(on);
  return days;
}

/** Nobody leaves in the trap accounts: the tests are no customers, and the giant carries the person figures. */
export function leavingChance(account: Account, adoptedSmartHandoff: boolean): number {
  if (account.segment === 'internal' || account.id === 'account-0001') return 0;
  const base = account.keen ? leavingAtRenewal.keen : leavingAtRenewal.others;
  return adoptedSmartHandoff ? base * launches[0]!.lift.leavingAtRenewal : base;
}

/** The two people of an account who make its first uses, and never enough of them to be adopters themselves. */
export function starters(launch: PlantedLaunch, account: Account): Person[] {
  if (launch.rule.times === 1) return [];
  return (eligible(launch, account) ? eligiblePeople(launch, account) : account.people).slice(0, 2);
}

/**
 * The people who were there before the market date (or the account's first day) each adopt with one chance, some days after
 * the account. Where a single use makes an adopter, the person who made the account's first use adopts with it.
 */
function peopleWhoAdopt(seed: number, account: Account, launch: PlantedLaunch, on: Day): Map<Person, Day> {
  const from = chance(seed, `people/${launch.key}/${account.id}`);
  const present = eligible(launch, account) ? eligiblePeople(launch, account) : account.people.slice(0, 4);
  const first = from.pick(present);
  const adopters = new Map<Person, Day>();
  const never = starters(launch, account);
  for (const person of present.filter((one) => !never.includes(one))) {
    const follows = from.happens(launch.person.share);
    const after = launch.rule.days - 1 + Math.max(1, Math.ceil(Math.log(1 - from.next()) / Math.log(1 - 1 / launch.person.meanDays)));
    const alone = launch.rule.times === 1 && person === first;
    const when = alone ? on : on + after;
    if ((alone || follows) && when <= dataEnd && atWork(account, when)) adopters.set(person, when);
  }
  return adopters;
}
