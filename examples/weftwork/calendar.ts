/** Local days of the company's time zone (America/New_York), as whole days since 1 January 1970. */
export type Day = number;

export const timeZone = 'America/New_York';
export const minutesPerDay = 1440;
const hour = 3_600_000;
const dayLength = 24 * hour;

/** The changes of the clock within the data, written out so that no machine's time zone tables can alter the company. */
const clockChanges = [
  { from: Date.UTC(2025, 2, 9, 7), hours: -4 },
  { from: Date.UTC(2025, 10, 2, 6), hours: -5 },
  { from: Date.UTC(2026, 2, 8, 7), hours: -4 },
];

export function day(text: string): Day {
  return Date.parse(`${text}T00:00:00Z`) / dayLength;
}

export function dayText(value: Day): string {
  return new Date(value * dayLength).toISOString().slice(0, 10);
}

/** Monday is 0. */
export function weekday(value: Day): number {
  return (value + 3) % 7;
}

function hoursFromUtc(instant: number): number {
  let hours = -5;
  for (const change of clockChanges) if (instant >= change.from) hours = change.hours;
  return hours;
}

/** The instant, in milliseconds, at which the clock on the wall shows this local day and minute. */
export function instant(local: Day, minute = 0): number {
  const wall = local * dayLength + Math.round(minute * 60_000);
  return wall - hoursFromUtc(wall + 5 * hour) * hour;
}

export function localDay(at: number): Day {
  return Math.floor((at + hoursFromUtc(at) * hour) / dayLength);
}

export const dataStart = day('2025-05-01');
/** The last day with data. */
export const dataEnd = day('2026-10-31');
export const dataEndInstant = instant(dataEnd + 1);
