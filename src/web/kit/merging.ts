type Fields = Record<string, unknown>;

/** Fields of an object in one order: a store may give them back in another. */
const inOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const same = (one: unknown, other: unknown) => JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);

/**
 * Two people changed one thing: what was changed here stays, and for everything else what the other wrote holds.
 * `before` is what both started from.
 */
export const mergeFields = <Values extends Fields>(before: Values, mine: Values, theirs: Values): Values =>
  Object.fromEntries(
    [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
      .map((key): [string, unknown] => [key, same(before[key], mine[key]) ? theirs[key] : mine[key]])
      .filter(([, value]) => value !== undefined),
  ) as Values;

/** The fields in which two states differ. */
export const differingKeys = (before: Fields, now: Fields): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((key) => !same(before[key], now[key]));
