import type { Journey } from '../../methods/attribution/credit-table.ts';
import { type CodedPaths, readPaths } from '../../methods/attribution/path-texts.ts';
import type { Touched } from '../../methods/attribution/credit-placebo.ts';
import type { DealRow, JourneyRow, NullRow } from './queries.ts';

const day = 86_400_000;

/** The last touch at or before a moment, both as milliseconds before the conversion; nothing where no touch was so early. */
export const lastBefore = (before: readonly number[], moment: number | null): number | undefined => {
  if (moment === null) return undefined;
  const place = before.findLastIndex((one) => one >= moment);
  return place < 0 ? undefined : place;
};

/** One deal as a journey; its money counts in one currency only. */
export function journeyOf(deal: Pick<DealRow, 'labels' | 'before' | 'lead' | 'opened'>, cents: number): Journey {
  const { labels, before, lead, opened } = deal;
  const stages = { lead: lastBefore(before, lead), opportunity: lastBefore(before, opened) };
  const known = Object.fromEntries(Object.entries(stages).filter(([, at]) => at !== undefined));
  return {
    touches: labels,
    daysBefore: before.map((milliseconds) => milliseconds / day),
    ...known,
    conversions: 1,
    value: cents,
    nulls: 0,
  };
}

export const nullJourney = ({ labels, units }: NullRow): Journey => ({
  touches: labels,
  daysBefore: labels.map(() => 0),
  conversions: 0,
  value: 0,
  nulls: units,
});

export type CountedJourneys = { journeys: Journey[]; paths: CodedPaths };

/** Files write "ad > fair > ad"; the texts are taken apart once, and those without a touch left out. Value in cents. */
export function countedJourneys(rows: readonly JourneyRow[]): CountedJourneys {
  const touched = rows.filter(({ path }) => /[^>\s]/.test(path));
  const paths = readPaths(touched.map(({ path }) => path));
  const { channels, starts, codes } = paths;
  const journeys = touched.map(({ conversions, value, nulls }, place) => ({
    touches: Array.from(codes.subarray(starts[place], starts[place + 1]), (code) => channels[code]!),
    conversions,
    value: value * 100,
    nulls,
  }));
  return { journeys, paths };
}

const mostStrata = 8;
const touchedBy = (touches: Iterable<string>, places: ReadonlyMap<string, number>, isConverted: boolean): Touched => {
  const channels = [...new Set(touches)].map((touch) => places.get(touch)!);
  return { channels, isConverted, stratum: Math.min(mostStrata, channels.length) };
};

/** One customer each: an account with several deals is one, with all that touched it. */
export function customersOf(deals: readonly DealRow[], nulls: readonly NullRow[], channels: readonly string[]): Touched[] {
  const places = new Map(channels.map((channel, place) => [channel, place]));
  const units = new Map<string, string[]>();
  for (const { unit, labels } of deals) if (labels.length > 0) units.set(unit, [...(units.get(unit) ?? []), ...labels]);
  return [
    ...[...units.values()].map((labels) => touchedBy(labels, places, true)),
    ...nulls.flatMap(({ labels, units: count }) => Array.from({ length: count }, () => touchedBy(labels, places, false))),
  ];
}

/** Counted journeys one by one; null where they are too many for that, or not whole. */
export function customersOfJourneys(journeys: readonly Journey[], channels: readonly string[]): Touched[] | null {
  const all = journeys.reduce((sum, { conversions, nulls }) => sum + conversions + nulls, 0);
  if (all > 200_000 || journeys.some(({ conversions, nulls }) => !Number.isInteger(conversions) || !Number.isInteger(nulls))) return null;
  const places = new Map(channels.map((channel, place) => [channel, place]));
  return journeys.flatMap(({ touches, conversions, nulls }) => {
    const [yes, no] = [touchedBy(touches, places, true), touchedBy(touches, places, false)];
    return [...Array.from({ length: conversions }, () => yes), ...Array.from({ length: nulls }, () => no)];
  });
}
