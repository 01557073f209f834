const wallTime = (instant: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return Date.parse(`${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:00Z`);
};

/**
 * The moment at which clocks of a time zone show a day and time (`YYYY-MM-DDTHH:MM`), or null. An hour that is skipped in spring is taken as
 * if the clocks had not been put forward yet; of one that comes twice in autumn, the first is meant.
 */
export const momentOf = (local: string, timeZone: string): string | null => {
  const [day] = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(local) ?? [];
  const wanted = day ? Date.parse(`${day}:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) return null;
  const hour = 3_600_000;
  const offsetAt = (instant: number) => wallTime(instant, timeZone) - instant;
  // The offset a day before is the one that holds before a change of the clocks near the moment.
  const before = wanted - offsetAt(wanted - 24 * hour);
  if (wallTime(before, timeZone) === wanted) return new Date(before).toISOString();
  const after = wanted - offsetAt(wanted + 24 * hour);
  return new Date(wallTime(after, timeZone) === wanted ? after : before).toISOString();
};
