import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const secret = randomBytes(32);
const windowMilliseconds = 10 * 60 * 1000;

const codeOf = (who: string, tool: string, given: unknown, window: number): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([who, tool, sorted(given), window]))
    .digest('hex')
    .slice(0, 12);

/** The same arguments in another order are the same arguments. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
};

/** The code that confirms exactly this call by this caller, for the next ten to twenty minutes, on this server. */
export const makeConfirmation = (who: string, tool: string, given: unknown, now: Date): string =>
  codeOf(who, tool, given, Math.floor(now.getTime() / windowMilliseconds));

export const isConfirmed = (code: unknown, who: string, tool: string, given: unknown, now: Date): boolean => {
  const window = Math.floor(now.getTime() / windowMilliseconds);
  return [window, window - 1].some((each) => {
    const expected = Buffer.from(codeOf(who, tool, given, each));
    const offered = Buffer.from(String(code));
    return offered.length === expected.length && timingSafeEqual(offered, expected);
  });
};
