import { benjaminiHochberg } from '../numeric/benjamini-hochberg.ts';
import { fisherExact, type TwoByTwo } from '../numeric/fisher-exact.ts';
import { shareInterval, type ShareEstimate } from '../numeric/share-interval.ts';
import { type DifferenceEstimate, shareDifference } from './share-difference.ts';

export type Behaviour = { name: string; training: TwoByTwo; holdOut: TwoByTwo };
export type ActivationFinding = {
  name: string;
  isFinding: boolean;
  difference: DifferenceEstimate;
  pValue: number;
  corrected: number;
  precision: ShareEstimate;
  reach: ShareEstimate;
  lift: number;
  matthews: number;
};
export type LeftOut = { name: string; why: 'too_few' | 'not_towards_staying' | 'not_among_the_best' };
export type ActivationSearch = {
  reading: 'association';
  asked: number;
  people: number;
  stayed: number;
  chosen: ActivationFinding[];
  leftOut: LeftOut[];
};
export type NoSearch = { refused: 'too_few'; needed: number } | { refused: 'no_candidate' };

const totals = ({ didStayed, didLeft, notStayed, notLeft }: TwoByTwo) => ({
  did: didStayed + didLeft,
  not: notStayed + notLeft,
  stayed: didStayed + notStayed,
  left: didLeft + notLeft,
});

/** Matthews' correlation: +1 when exactly those who did it stayed, 0 when it says nothing. */
function matthews(table: TwoByTwo): number {
  const { did, not, stayed, left } = totals(table);
  const product = Math.sqrt(did) * Math.sqrt(not) * Math.sqrt(stayed) * Math.sqrt(left);
  return product === 0 ? 0 : (table.didStayed * table.notLeft - table.didLeft * table.notStayed) / product;
}

function checked(behaviours: readonly Behaviour[]): void {
  for (const half of ['training', 'holdOut'] as const) {
    const counted = behaviours.map((behaviour) => behaviour[half]);
    if (counted.some((table) => Object.values(table).some((count) => !Number.isSafeInteger(count) || count < 0))) {
      throw new RangeError('Behaviours need whole counts of 0 or more.');
    }
    const people = counted.map(totals);
    if (people.some(({ stayed, left }) => stayed !== people[0]!.stayed || left !== people[0]!.left)) {
      throw new RangeError('All behaviours must be counted over the same people.');
    }
  }
}

function measured(table: TwoByTwo, confidence: number): Omit<ActivationFinding, 'name' | 'isFinding' | 'corrected'> {
  const { did, not, stayed, left } = totals(table);
  const done = { successes: table.didStayed, trials: did };
  const precision = shareInterval(table.didStayed, did, confidence) as ShareEstimate;
  return {
    difference: shareDifference(done, { successes: table.notStayed, trials: not }, confidence) as DifferenceEstimate,
    pValue: fisherExact(table),
    precision,
    reach: shareInterval(table.didStayed, stayed, confidence) as ShareEstimate,
    lift: precision.share / (stayed / (stayed + left)),
    matthews: matthews(table),
  };
}

/**
 * Which early behaviour goes with staying: candidates are chosen on one half of the people and judged on the other.
 *
 * Method: on the training half the candidates that go towards staying are ranked by Matthews' correlation, and the best few are
 * chosen. Only they are looked at on the hold-out half, where each has its difference of shares with Newcombe's interval,
 * Fisher's exact p-value, and the p-values are corrected for their number (Benjamini and Hochberg). A finding is one that is
 * corrected to 5 % or less and still goes towards staying. What was chosen for looking good does not look good for being chosen.
 * Shapes and units: for each behaviour and half, counts of did it / did not by stayed / left, over the same people. precision: of
 * those who did it, the share that stayed; reach: of those who stayed, the share that did it; lift: precision over the share
 * that stayed of all; matthews from -1 to 1.
 * Assumes: halves drawn by chance, by account if people come in accounts; the behaviour lies before the time over which staying
 * is counted; one person, one count.
 * Do not use it for: saying that the behaviour makes people stay. It is an association: those who stay anyway also do more.
 * Errors: RangeError for counts that are not whole, behaviours over different people, or a number of chosen under one.
 * Refusal: too_few when fewer than 30 stayed or 30 left in either half; no_candidate when none goes towards staying and has at least
 * ten who did and ten who did not in each half.
 * Reference: D. R. Cox, Biometrika 62 (1975) 441-444 (data splitting); Y. Benjamini, Y. Hochberg, JRSS B 57 (1995) 289-300; B. W.
 * Matthews, Biochimica et Biophysica Acta 405 (1975) 442-451.
 *
 * @example
 * activationSearch([], { most: 5 }).refused // 'no_candidate'
 */
export function activationSearch(
  behaviours: readonly Behaviour[],
  options: { most?: number; fewest?: number; fewestEach?: number; confidence?: number } = {},
): ActivationSearch | NoSearch {
  const { most = 5, fewest = 30, fewestEach = 10, confidence = 0.95 } = options;
  if (!(Number.isInteger(most) && most >= 1)) throw new RangeError('At least one behaviour must be chosen.');
  checked(behaviours);
  if (behaviours.length === 0) return { refused: 'no_candidate' };
  const halves = [behaviours[0]!.training, behaviours[0]!.holdOut].map(totals);
  if (halves.some(({ stayed, left }) => Math.min(stayed, left) < fewest)) return { refused: 'too_few', needed: fewest };
  const ranked = behaviours
    .map((behaviour) => ({ ...behaviour, rank: matthews(behaviour.training) }))
    .sort((one, two) => two.rank - one.rank || (one.name < two.name ? -1 : 1));
  const isLarge = ({ training, holdOut }: Behaviour) =>
    [training, holdOut].map(totals).every(({ did, not }) => Math.min(did, not) >= fewestEach);
  const able = ranked.filter((each) => isLarge(each) && each.rank > 0);
  if (able.length === 0) return { refused: 'no_candidate' };
  const chosen = able.slice(0, most);
  const figures = chosen.map(({ holdOut }) => measured(holdOut, confidence));
  const corrected = benjaminiHochberg(figures.map(({ pValue }) => pValue));
  const why = (each: (typeof ranked)[number]): LeftOut['why'] =>
    !isLarge(each) ? 'too_few' : each.rank > 0 ? 'not_among_the_best' : 'not_towards_staying';
  return {
    reading: 'association',
    asked: behaviours.length,
    people: halves[1]!.stayed + halves[1]!.left,
    stayed: halves[1]!.stayed,
    chosen: figures.map((figure, index) => ({
      name: chosen[index]!.name,
      ...figure,
      corrected: corrected[index]!,
      isFinding: corrected[index]! <= 1 - confidence + 1e-12 && figure.difference.difference > 0,
    })),
    leftOut: ranked.filter((each) => !chosen.includes(each)).map((each) => ({ name: each.name, why: why(each) })),
  };
}
