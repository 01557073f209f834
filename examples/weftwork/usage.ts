import { workingMinute, type Account } from './accounts.ts';
import type { Adoption } from './adoption.ts';
import { dataEnd, dataStart, day, instant, weekday, type Day } from './calendar.ts';
import { chance, type Chance } from './chance.ts';
import { launches, useOfKeenAccounts } from './planted.ts';
import type { Use } from './features.ts';

const kinds = [
  { name: 'task_created', weight: 36, properties: {} },
  { name: 'comment_added', weight: 20, properties: {} },
  { name: 'handoff_sent', weight: 15, properties: {} },
  { name: 'handoff_accepted', weight: 14, properties: { mode: 'manual' } },
  { name: 'lane_opened', weight: 15, properties: { audience: 'team' } },
] as const;

const weeks = Math.ceil((dataEnd - dataStart + 1) / 7);
const usesPerWeek = { median: 0.31, spread: 0.7 };

/** The whole company's year in one number a week: slow growth, a quiet August, and almost nobody at the end of December. */
function season(week: number): number {
  const on = dataStart + week * 7;
  const quiet = (from: string, to: string) => on >= day(from) && on < day(to);
  if (quiet('2025-12-20', '2026-01-03')) return 0.4;
  const growth = 1 + 0.002 * week;
  return quiet('2025-08-04', '2025-08-30') || quiet('2026-08-03', '2026-08-29') ? 0.8 * growth : growth;
}

/** The everyday use of the product by one account's people, before and beside the launches. */
export function everydayUses(seed: number, account: Account, smart: Adoption | undefined): Use[] {
  const from = chance(seed, `everyday/${account.id}`);
  const level = account.keen ? useOfKeenAccounts.keen : useOfKeenAccounts.others;
  const factors = Array.from({ length: weeks }, (_, week) => level * season(week) * from.lognormal(1, 0.15));
  const uses: Use[] = [];
  const last = Math.min(dataEnd, (account.leftOn ?? dataEnd + 1) - 1);
  const lifted: Lift = { from: smart?.on ?? Infinity, times: launches[0]!.lift.handoffsSent };
  const ceiling = Math.max(...factors) * lifted.times;
  for (const person of account.people) {
    const gap = 5 / (from.lognormal(usesPerWeek.median, usesPerWeek.spread) * ceiling);
    const first = Math.max(person.joined + 1, dataStart);
    let wait = from.exponential(gap);
    for (let on = first; ; wait += from.exponential(gap)) {
      on = first + workingDays(first, Math.floor(wait));
      if (on > last) break;
      const use = thinned(factors[Math.floor((on - dataStart) / 7)]! / ceiling, on, lifted, from);
      if (use) uses.push({ person, at: instant(on, workingMinute(account, from)), eventName: use.name, properties: use.properties });
    }
  }
  return uses;
}

/** Days to go from this day on for so many working days. */
function workingDays(first: Day, count: number): number {
  const position = Math.min(weekday(first), 5);
  const whole = position + count;
  return Math.floor(whole / 5) * 7 + (whole % 5) - weekday(first);
}

type Lift = { from: Day; times: number };

/** Keeps a drawn moment with the probability that its week and kind have against the ceiling. */
function thinned(kept: number, on: Day, lifted: Lift, from: Chance) {
  const uniform = from.next();
  if (uniform >= kept * lifted.times) return undefined;
  const kind = from.weighted(kinds);
  const lift = kind.name === 'handoff_sent' && on >= lifted.from ? lifted.times : 1;
  return uniform < kept * lift ? kind : undefined;
}
