import { asc, isNull } from 'drizzle-orm';
import { daysBetween } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readLaunches } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { type Calendar, type Collision, type FreezePeriod, usualCollisionDays } from './schema.ts';
import { calendarSettings, freezePeriods } from './tables.ts';

export const readSetting = async (transaction: Transaction): Promise<Pick<Calendar, 'collisionDays' | 'version'>> => {
  const [row] = await transaction.select().from(calendarSettings);
  return { collisionDays: row?.collisionDays ?? usualCollisionDays, version: row?.version ?? 0 };
};

export const readFreezes = async (transaction: Transaction): Promise<FreezePeriod[]> => {
  const rows = await transaction.select().from(freezePeriods).where(isNull(freezePeriods.deletedAt)).orderBy(asc(freezePeriods.fromDay));
  return rows.map(({ id, name, fromDay, toDay }) => ({ id, name, from: fromDay, to: toDay }));
};

/** The audience that two launches share: none, some segments, or everybody. */
const sharedBy = (one: Launch, other: Launch): string[] | null => {
  const [first, second] = [one.eligibility.segments, other.eligibility.segments];
  if (first.length === 0 || second.length === 0) return first.length === 0 ? second : first;
  const shared = first.filter((segment) => second.includes(segment));
  return shared.length > 0 ? shared : null;
};

const asNamed = ({ key, name, marketDate }: Launch): Collision['first'] => ({ key, name, marketDate });

/** Pairs that are closer than so many days, for the same audience. `launches` go by market date. */
export const collisionsOf = (launches: Launch[], within: number): Collision[] =>
  launches.flatMap((first, index) =>
    launches.slice(index + 1).flatMap((second) => {
      const daysApart = daysBetween(first.marketDate, second.marketDate);
      const segments = daysApart < within ? sharedBy(first, second) : null;
      return segments ? [{ first: asNamed(first), second: asNamed(second), daysApart, segments }] : [];
    }),
  );

/** Launches that go on, by market date. */
export const readPlanned = async (transaction: Transaction): Promise<Launch[]> =>
  (await readLaunches(transaction))
    .filter(({ state }) => state === 'planned')
    .toSorted((one, other) => one.marketDate.localeCompare(other.marketDate) || one.name.localeCompare(other.name));

/** All launches of some days, with what stands in each other's way. */
export const readCalendar = async (transaction: Transaction, { from, to }: { from: string; to: string }): Promise<Calendar> => {
  const isWithin = (day: string | null) => day !== null && day >= from && day <= to;
  const setting = await readSetting(transaction);
  const freezes = (await readFreezes(transaction)).filter((freeze) => freeze.to >= from && freeze.from <= to);
  const planned = await readPlanned(transaction);
  const collisions = collisionsOf(planned, setting.collisionDays).filter(
    ({ first, second }) => isWithin(first.marketDate) || isWithin(second.marketDate),
  );
  const launches = planned
    .filter(({ readyDate, marketDate }) => isWithin(readyDate) || isWithin(marketDate))
    .map(({ key, name, tier, stage, readyDate, marketDate, eligibility }) => ({
      key,
      name,
      tier,
      stage,
      readyDate,
      marketDate,
      segments: eligibility.segments,
      frozenBy: freezes.filter((freeze) => freeze.from <= marketDate && freeze.to >= marketDate).map((freeze) => freeze.name),
    }));
  return { from, to, launches, freezes, collisions, ...setting };
};
