export type TwoByTwo = { didStayed: number; didLeft: number; notStayed: number; notLeft: number };

/**
 * Whether two yes-or-no things go together more than chance makes them: Fisher's exact test, two-sided.
 *
 * Method: with the margins of the table as they are, every way to fill it has a known chance (hypergeometric); the p-value is the
 * chance of all fillings that are no more likely than the one seen. It never calls more than 5 % of null tables a finding at
 * 5 %, however small and uneven; in small tables it calls fewer.
 * Shapes and units: four counts; the answer is from 0 to 1. Work grows with the spread of the table, not with its size.
 * Assumes: independent units, each counted once.
 * Do not use it for: people of a few accounts (count accounts), or the size of a difference (shareDifference).
 * Errors: RangeError when a count is not whole.
 * Refusal: none: an empty row or column gives 1, since it says nothing.
 * Reference: R. A. Fisher, The Design of Experiments (1935), chapter II; A. Agresti, Categorical Data Analysis, 3rd ed. (2013), section 3.5.
 *
 * @example
 * fisherExact({ didStayed: 3, didLeft: 1, notStayed: 1, notLeft: 3 }).toFixed(4) // '0.4857'
 */
export function fisherExact({ didStayed, didLeft, notStayed, notLeft }: TwoByTwo): number {
  if (![didStayed, didLeft, notStayed, notLeft].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('The test needs whole counts of 0 or more.');
  }
  const did = didStayed + didLeft;
  const stayed = didStayed + notStayed;
  const total = did + notStayed + notLeft;
  const [least, most] = [Math.max(0, did + stayed - total), Math.min(did, stayed)];
  const likeliest = Math.min(most, Math.max(least, Math.floor(((did + 1) * (stayed + 1)) / (total + 2))));
  const weightUp = (at: number) => ((did - at) * (stayed - at)) / ((at + 1) * (total - did - stayed + at + 1));
  let seen = 1;
  for (let at = likeliest; at < didStayed; at += 1) seen *= weightUp(at);
  for (let at = likeliest; at > didStayed; at -= 1) seen /= weightUp(at - 1);
  let all = 1;
  let asRare = seen * (1 + 1e-7) >= 1 ? 1 : 0;
  const add = (weight: number) => {
    all += weight;
    if (weight <= seen * (1 + 1e-7)) asRare += weight;
  };
  for (let at = likeliest, weight = 1; at < most && weight > 1e-300; at += 1) add((weight *= weightUp(at)));
  for (let at = likeliest, weight = 1; at > least && weight > 1e-300; at -= 1) add((weight /= weightUp(at - 1)));
  return Math.min(1, asRare / all);
}
