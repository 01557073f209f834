import { atWork, workingMinute, type Account, type Person } from './accounts.ts';
import { starters, type Adoption } from './adoption.ts';
import { dataEnd, day, instant, type Day } from './calendar.ts';
import { chance, type Chance } from './chance.ts';
import type { PlantedLaunch } from './planted.ts';

export type Use = { person: Person; at: number; eventName: string; properties: Record<string, string> };
type Place = (person: Person, on: Day, minute?: number) => void;

/** The two minutes that catch a report which counts days in UTC, or as 24 hours from the market date (the clock changes). */
export const edgeMinutes = { lastMinutes: 23 * 60 + 40, firstMinutes: 20 };

/**
 * Every use of a launch's feature by one account. The account's own adoption is made by people who do not adopt themselves, so
 * that both are met on exactly the drawn days: an account by its third hand-off whoever makes it, a person by their own third.
 */
export function featureUses(seed: number, account: Account, launch: PlantedLaunch, adoption: Adoption | undefined): Use[] {
  const from = chance(seed, `use/${launch.key}/${account.id}`);
  const uses: Use[] = [];
  const properties = Object.fromEntries(launch.rule.properties.map((filter) => [filter.name, filter.value]));
  const { eventName } = launch.rule;
  const place: Place = (person, on, minute) =>
    uses.push({ person, at: instant(on, minute ?? workingMinute(account, from)), eventName, properties });
  if (adoption === undefined) tries(account, launch, from, place);
  else {
    startOfAccount(adoption, from, place);
    for (const [person, on] of adoption.people) useOfPerson(adoption, person, on, from, place);
  }
  return uses;
}

/** The rule is first met on the drawn day: its last use falls there, the others before it and after the market date. */
function startOfAccount({ account, launch, on, people }: Adoption, from: Chance, place: Place): void {
  const minute = edgeMinute(on - day(launch.marketDate)) ?? workingMinute(account, from);
  const alone = [...people.keys()].find((person) => people.get(person) === on);
  if (launch.rule.times === 1) return place(alone!, on, minute);
  const [one, two] = starters(launch, account);
  const earliest = Math.max(day(launch.marketDate), account.customerFrom! + 1, on - 12);
  usesBefore(launch, earliest, on, from).forEach((when, use) =>
    place(use % 2 === 0 ? one! : two!, when, when === on ? from.below(minute) : undefined),
  );
  place(launch.rule.times % 2 === 0 ? two! : one!, on, minute);
}

function edgeMinute(dayNumber: number): number | undefined {
  if (dayNumber === 29 || dayNumber === 59 || dayNumber === 89) return edgeMinutes.lastMinutes;
  if (dayNumber === 30 || dayNumber === 60 || dayNumber === 90) return edgeMinutes.firstMinutes;
  return undefined;
}

/** The days of all uses but the last: the first of them on an earlier day, so that the rule's two days are met. */
function usesBefore(launch: PlantedLaunch, earliest: Day, on: Day, from: Chance): Day[] {
  return Array.from({ length: launch.rule.times - 1 }, (_, use) => earliest + from.below(on - earliest + (use === 0 ? 0 : 1)));
}

function useOfPerson({ account, launch, on: accountOn }: Adoption, person: Person, on: Day, from: Chance, place: Place): void {
  if (on > accountOn) {
    const minute = workingMinute(account, from);
    const earliest = Math.max(accountOn + 1, on - 12);
    for (const when of usesBefore(launch, earliest, on, from)) place(person, when, when === on ? from.below(minute) : undefined);
    place(person, on, minute);
  }
  for (let next = on; ;) {
    next += Math.max(1, Math.round(from.exponential(7 / launch.weeklyUse)));
    if (next > dataEnd || !atWork(account, next)) return;
    place(person, next);
  }
}

/** Accounts that never adopt: some try it less often than the rule asks, some often enough but all on one day. */
function tries(account: Account, launch: PlantedLaunch, from: Chance, place: Place): void {
  const start = Math.max(day(launch.marketDate), account.customerFrom! + 1);
  const offered =
    account.plan !== null && launch.eligibility.plans.includes(account.plan) && launch.eligibility.segments.includes(account.segment);
  if (!offered || launch.rule.times === 1) return;
  const kind = from.next();
  if (kind > 0.34) return;
  const oneDay = kind < 0.08;
  const times = oneDay ? launch.rule.times + 3 : launch.rule.times - 1;
  let on = start + from.below(45);
  for (let use = 0; use < times; use += 1) {
    if (on <= dataEnd && atWork(account, on)) place(account.people[use % 2]!, on);
    if (!oneDay) on += 1 + from.below(3);
  }
}
