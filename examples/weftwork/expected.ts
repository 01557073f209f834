import { type Account } from './accounts.ts';
import { adoptionChance, eligible, eligiblePeople, leavingChance, renewals, starters } from './adoption.ts';
import { day, type Day } from './calendar.ts';
import type { Company } from './generate.ts';
import { launches, type PlantedLaunch } from './planted.ts';

/**
 * True chances, worked out from the planted figures without a draw: which accounts are eligible, which had left before the
 * market date and which are keen is taken as given, everything after the market date is chance.
 */
export function accountChance(company: Company, launch: PlantedLaunch, account: Account, days: number): number {
  const renewal = renewalAfter(launch, account, days);
  if (renewal === 'gone' || !company.drawn.includes(account)) return 0;
  const all = adoptionChance(launch, account, days);
  if (renewal === null) return all;
  const before = adoptionChance(launch, account, renewal);
  return before + (all - before) * (1 - leaving(company, launch, account, renewal, false));
}

/** The account adopts on day s, the person a geometric number of days after; a renewal in between may end it. */
export function personChance(company: Company, launch: PlantedLaunch, account: Account, days: number): number {
  const people = eligiblePeople(launch, account).length;
  const renewal = renewalAfter(launch, account, days);
  if (renewal === 'gone' || !company.drawn.includes(account)) return 0;
  const least = launch.rule.days - 1;
  const within = (span: number) => (span <= least ? 0 : 1 - (1 - 1 / launch.person.meanDays) ** (span - least));
  let followed = 0;
  for (let s = 0; s < days; s += 1) {
    const adopts = accountChance(company, launch, account, s + 1) - accountChance(company, launch, account, s);
    const last = days - 1 - s;
    if (renewal === null || s >= renewal) followed += adopts * within(last);
    else {
      const before = within(renewal - 1 - s);
      followed += adopts * (before + (within(last) - before) * (1 - leaving(company, launch, account, renewal, true)));
    }
  }
  const follows = launch.person.share * followed;
  if (launch.rule.times > 1) return (1 - starters(launch, account).length / people) * follows;
  return accountChance(company, launch, account, days) / people + (1 - 1 / people) * follows;
}

/** Days from the market date to the renewal within the span; null when there is none, 'gone' when the account left before. */
function renewalAfter(launch: PlantedLaunch, account: Account, days: number): number | null | 'gone' {
  const market = day(launch.marketDate);
  if (account.leftOn !== null && account.leftOn <= market) return 'gone';
  const next = account.customerFrom === null ? undefined : renewals(account).find((on) => on > market && on < market + days);
  return next === undefined ? null : next - market;
}

/** Who has adopted Smart Handoff leaves less. For the other launches it is a given whether the account has. */
function leaving(company: Company, launch: PlantedLaunch, account: Account, renewal: number, adopted: boolean): number {
  if (launch.key === 'smart-handoff') return leavingChance(account, adopted);
  const smart = company.adoptions.find((one) => one.account === account && one.launch.key === 'smart-handoff');
  return leavingChance(account, smart !== undefined && smart.on < day(launch.marketDate) + renewal);
}

export type LaunchFigures = { eligible: number; trueChance: number; adopted: number };

/** What a landing report must count (adopted of eligible) and what its interval should hold (the true chance), by `days`. */
export function accountFigures(
  company: Company,
  launch: PlantedLaunch,
  days: number,
  among?: (account: Account) => boolean,
): LaunchFigures {
  const accounts = company.accounts.filter((account) => eligible(launch, account) && (!among || among(account)));
  const until = day(launch.marketDate) + days;
  const sum = accounts.reduce((total, account) => total + accountChance(company, launch, account, days), 0);
  const adopted = company.adoptions.filter((one) => one.launch === launch && accounts.includes(one.account) && one.on < until);
  return { eligible: accounts.length, trueChance: sum / Math.max(1, accounts.length), adopted: adopted.length };
}

/**
 * The same for people. The base is everybody who belongs to an eligible account at the end of the data, as the report counts it;
 * of those only who was there before the market date can adopt, so that later joiners water the share down.
 */
export function personFigures(company: Company, launch: PlantedLaunch, days: number): LaunchFigures {
  const accounts = company.accounts.filter((account) => eligible(launch, account));
  const until = day(launch.marketDate) + days;
  const ids = new Set<string | null>(accounts.map((account) => account.id));
  const people = company.people.filter((person) => ids.has(person.accountId)).length;
  const sum = accounts.reduce(
    (total, account) => total + eligiblePeople(launch, account).length * personChance(company, launch, account, days),
    0,
  );
  const adoptions = company.adoptions.filter((one) => one.launch === launch && accounts.includes(one.account));
  const adopted = adoptions.reduce((total, one) => total + [...one.people.values()].filter((on: Day) => on < until).length, 0);
  return { eligible: people, trueChance: sum / Math.max(1, people), adopted };
}

export const measuredDays: Record<PlantedLaunch['key'], readonly number[]> = {
  'smart-handoff': [30, 60, 90],
  'guest-lanes': [30, 60, 90],
  'audit-export': [30],
};

export function figuresOf(company: Company) {
  return launches.map((launch) => ({
    launch: launch.key,
    marks: measuredDays[launch.key].map((days) => ({
      day: days,
      accounts: accountFigures(company, launch, days),
      people: personFigures(company, launch, days),
    })),
  }));
}
