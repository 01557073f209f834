/** The definition of retention, said plainly and slowly: what the statement is held against. Days are those of the workspace. */
export type Done = { day: string; at: number; name: string; plan: string };
export type Definition = {
  /** Null: whatever happened. */
  begins: ((done: Done) => boolean) | null;
  returns: (done: Done) => boolean;
  by: 'day' | 'week' | 'month';
  periods: number;
  kind: 'on' | 'onOrAfter';
  from: string;
  to: string;
  lastDay: string;
};

const dayAfter = (day: string, days = 1) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The period that a day is in, as a text that all its days share: its first day. */
export const periodOf = (day: string, by: Definition['by']): string => {
  if (by === 'day') return day;
  let first = day;
  while (by === 'week' ? new Date(first).getUTCDay() !== 1 : !first.endsWith('-01')) first = dayAfter(first, -1);
  return first;
};

/** How many periods begin after the first day's, up to that of the second: walked day by day. */
export const placeOf = (first: string, day: string, by: Definition['by']): number => {
  let place = 0;
  for (let one = first; one < day; one = dayAfter(one)) if (periodOf(dayAfter(one), by) !== periodOf(one, by)) place += 1;
  return place;
};

export type Stands = { start: string; cohort: string; plan: string; came: boolean[]; over: boolean[] };

/** How one unit stands, from everything that it ever did; null when it does not begin in the range. */
export const stand = (all: readonly Done[], { begins, returns, by, periods, kind, from, to, lastDay }: Definition): Stands | null => {
  const first = all
    .filter((done) => !begins || begins(done))
    .toSorted((a, b) => a.at - b.at || (a.plan < b.plan ? -1 : 1))
    .at(0);
  if (!first || first.day < from || first.day > to) return null;
  const returned = all.filter((done) => returns(done) && done.day >= first.day).map((done) => placeOf(first.day, done.day, by));
  const places = Array.from({ length: periods + 1 }, (_, place) => place);
  return {
    start: first.day,
    cohort: periodOf(first.day, by),
    plan: first.plan,
    came: places.map((place) => returned.some((one) => (kind === 'on' ? one === place : one >= place))),
    over: places.map((place) => placeOf(first.day, dayAfter(lastDay), by) > place),
  };
};
