/** How far the clock of a time zone is ahead of UTC at a moment, in milliseconds. */
const aheadAt = (moment: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - moment;
};

/**
 * The moment at which the clock of a time zone shows a time on a day. A time that it shows twice means the first; one that it skips in spring
 * means the moment that would have been it, an hour later on the clock.
 */
export const momentOf = (day: string, time: string, timeZone: string): Date => {
  const shown = Date.parse(`${day}T${time}:00Z`);
  const before = shown - aheadAt(shown - 86_400_000, timeZone);
  const after = shown - aheadAt(shown + 86_400_000, timeZone);
  const fits = [before, after].filter((moment) => moment + aheadAt(moment, timeZone) === shown);
  return new Date(fits.length > 0 ? Math.min(...fits) : before);
};
