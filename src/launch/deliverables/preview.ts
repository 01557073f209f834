import { criticalPath } from '../../methods/planning/critical-path.ts';
import { addDays, daysBetween } from '../../platform/days.ts';
import type { Launch } from '../launches/schema.ts';
import type { WithLaunch } from './queries.ts';
import { type Deliverable, isOpen, type MovePreview } from './schema.ts';

/** Days of work that fit into a week. */
const fullWeek = 5;

const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const isWorkday = (day: string): boolean => weekdayOf(day) < 5;
const mondayOf = (day: string): string => addDays(day, -weekdayOf(day));

/** Workdays after the first day, up to and with the last; negative when it lies before. */
const workdaysBetween = (from: string, to: string): number => {
  if (to < from) return -workdaysBetween(to, from);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day)) count += 1;
  return count;
};

/** The workdays that something due on a day takes: that many, the last of them the day itself or the workday before it. */
const workOf = (dueOn: string, workDays: number): string[] => {
  const days: string[] = [];
  for (let day = dueOn; days.length < workDays; day = addDays(day, -1)) if (isWorkday(day)) days.push(day);
  return days;
};

type Load = Map<string, Map<string, number>>;

/** Days of work for each member and week, from today on. */
const loadOf = (all: Deliverable[], today: string): Load => {
  const load: Load = new Map();
  for (const { owner, dueOn, workDays } of all) {
    if (!owner) continue;
    const weeks = load.get(owner.id) ?? new Map<string, number>();
    load.set(owner.id, weeks);
    for (const day of workOf(dueOn, workDays).filter((one) => one >= today)) {
      const week = mondayOf(day);
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
    }
  }
  return load;
};

const overbookedIn = (before: Deliverable[], after: Deliverable[], today: string): MovePreview['overbooked'] => {
  const [was, would] = [loadOf(before, today), loadOf(after, today)];
  const owners = new Map(after.flatMap(({ owner }) => (owner ? [[owner.id, owner] as const] : [])));
  return [...would].flatMap(([id, weeks]) =>
    [...weeks]
      .map(([week, workDays]) => ({ member: owners.get(id)!, week, workDays, before: was.get(id)?.get(week) ?? 0 }))
      .filter(({ workDays, before: had }) => workDays > fullWeek && workDays > had)
      .toSorted((one, other) => one.week.localeCompare(other.week)),
  );
};

/** Open ones that cannot be finished by their day, when work on all that is open begins today. */
const tightIn = (open: Deliverable[], today: string): MovePreview['tight'] => {
  const ids = new Set(open.map(({ id }) => id));
  const path = criticalPath(open.map(({ id, workDays, needs }) => ({ id, days: workDays, needs: needs.filter((need) => ids.has(need)) })));
  if ('refused' in path) return []; // no such bill of materials can be written
  const ends = new Map(path.activities.map(({ id, end }) => [id, end]));
  return open
    .filter(({ dueOn }) => dueOn >= today)
    .map(({ id, name, dueOn }) => ({ id, name, dueOn, daysShort: ends.get(id)! - workdaysBetween(addDays(today, -1), dueOn) }))
    .filter(({ daysShort }) => daysShort > 0)
    .toSorted((one, other) => other.daysShort - one.daysShort);
};

/** What another market date would do: what moves, what becomes late, who is overbooked. `all` are the deliverables of all launches. */
export const previewOf = (launch: Launch, to: string, all: WithLaunch[], today: string): MovePreview => {
  const by = daysBetween(launch.marketDate, to);
  const open = all.map(({ deliverable }) => deliverable).filter(isOpen);
  const shift = (one: Deliverable): Deliverable =>
    one.launchId === launch.id && !one.isFixed ? { ...one, dueOn: addDays(one.dueOn, by) } : one;
  const shifted = open.map(shift);
  const own = open.filter(({ launchId }) => launchId === launch.id);
  const ownShifted = own.map(shift);
  const named = ({ id, name, dueOn }: Deliverable) => ({ id, name, dueOn });
  return {
    from: launch.marketDate,
    to,
    moved: own.flatMap((one, index) =>
      one.isFixed ? [] : [{ id: one.id, name: one.name, from: one.dueOn, to: ownShifted[index]!.dueOn }],
    ),
    late: ownShifted.filter(({ dueOn }) => dueOn < today).map(named),
    tight: tightIn(ownShifted, today),
    fixed: own.filter(({ isFixed }) => isFixed).map(named),
    overbooked: overbookedIn(open, shifted, today),
    warnings: [
      ...(launch.readyDate && to < launch.readyDate ? (['before_ready'] as const) : []),
      ...(to < today ? (['in_the_past'] as const) : []),
    ],
  };
};
