import { tableRows, type EventRow } from './rows.ts';
import type { Company } from './generate.ts';
import { timeZone } from './calendar.ts';
import type { PlantedLaunch } from './planted.ts';

const wallDate = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** Day 1 is the market date, by the machine's own time zone tables and not by the generator's calendar. */
export function dayNumber(marketDate: string, at: string): number {
  const local = wallDate.format(new Date(`${at.replace(' ', 'T')}Z`));
  return Math.round((Date.parse(local) - Date.parse(marketDate)) / 86_400_000) + 1;
}

/** The same by the date in UTC: wrong at the edges, on purpose. */
export function dayNumberInUtc(marketDate: string, at: string): number {
  return Math.round((Date.parse(at.slice(0, 10)) - Date.parse(marketDate)) / 86_400_000) + 1;
}

/** Counts adoption from the rows alone, the plain way: who met the rule by the end of which day. */
export function recount(company: Company, launch: PlantedLaunch, events: readonly EventRow[], dayOf = dayNumber) {
  const { account, person } = tableRows(company);
  const { plans, segments } = launch.eligibility;
  const eligible = account.filter(
    (one) => plans.includes(one.plan ?? '') && segments.includes(one.segment) && dayOf(launch.marketDate, one.created_at) < 1,
  );
  const ids = new Set<string | null>(eligible.map((one) => one.id));
  const people = person.filter((one) => ids.has(one.account_id));
  const matching = events.filter(
    (one) => one.name === launch.rule.eventName && launch.rule.properties.every(({ name, value }) => one.properties[name] === value),
  );
  const byAccount = adoptedDays(launch, matching, (one) => one.account_id, dayOf);
  const byPerson = adoptedDays(launch, matching, (one) => one.person_id, dayOf);
  const until = (days: ReadonlyMap<string, number>, units: readonly { id: string }[], day: number) =>
    units.filter((unit) => (days.get(unit.id) ?? Infinity) <= day).length;
  return (day: number) => ({
    accounts: { eligible: eligible.length, adopted: until(byAccount, eligible, day) },
    people: { eligible: people.length, adopted: until(byPerson, people, day) },
  });
}

function adoptedDays(
  launch: PlantedLaunch,
  events: readonly EventRow[],
  unit: (event: EventRow) => string,
  dayOf: typeof dayNumber,
): Map<string, number> {
  const uses = new Map<string, number[]>();
  for (const event of events) {
    const day = dayOf(launch.marketDate, event.at);
    if (day >= 1) uses.set(unit(event), [...(uses.get(unit(event)) ?? []), day]);
  }
  const adopted = new Map<string, number>();
  for (const [id, days] of uses) {
    const sorted = days.toSorted((one, other) => one - other);
    const met = sorted.findIndex((_, index) => {
      const used = sorted.slice(0, index + 1);
      return used.length >= launch.rule.times && new Set(used).size >= launch.rule.days;
    });
    if (met >= 0) adopted.set(id, sorted[met]!);
  }
  return adopted;
}
