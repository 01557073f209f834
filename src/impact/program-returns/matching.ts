import { type MatchedUnit, matchedControls } from '../../methods/lift/matched-controls.ts';
import type { AccountRow, DealRow } from './queries.ts';
import type { Compared } from './schema.ts';

export const daySeconds = 86_400;
/** More on either side would not narrow the interval by much, and would hold up the server. */
export const mostCompared = 1500;

export type Deals = ReadonlyMap<string, readonly DealRow[]>;
/** An account and the moment from which its days are counted. */
export type Begun = { account: AccountRow; at: number };

const none: readonly DealRow[] = [];
const yes = (is: boolean) => (is ? 1 : 0);

/** What an account was before: whether a deal was open, one had been created lately, one had been won; and how large it is. */
const featuresOf = ({ account, at }: Begun, deals: Deals): number[] => {
  const own = deals.get(account.id) ?? none;
  const isOpenThen = ({ created, closed }: DealRow) => created <= at && (closed === null || closed > at);
  const isRecent = ({ created }: DealRow) => created <= at && created > at - 180 * daySeconds;
  const wasWon = ({ state, closed }: DealRow) => state === 'won' && closed !== null && closed <= at;
  return [yes(own.some(isOpenThen)), yes(own.some(isRecent)), yes(own.some(wasWon)), Math.log1p(account.employees)];
};

export type Outcome = (begun: Begun, deals: Deals) => boolean;

export const hasNewDeal =
  (days: number): Outcome =>
  ({ account, at }, deals) =>
    (deals.get(account.id) ?? none).some(({ created }) => created > at && created <= at + days * daySeconds);

export const hasWon =
  (days: number): Outcome =>
  ({ account, at }, deals) =>
    (deals.get(account.id) ?? none).some(
      ({ state, closed }) => state === 'won' && closed !== null && closed > at && closed <= at + days * daySeconds,
    );

/** The same number for the same text, wherever it is worked out. */
const hashOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 16_777_619) >>> 0;
  return hash;
};

/** Accounts that were never on the list, each from a moment of one that was: so that seasons weigh alike on both sides. */
export const othersOf = (pool: readonly AccountRow[], moments: readonly number[]): Begun[] =>
  pool
    .map((account) => ({ account, at: moments[hashOf(account.id) % moments.length]! }))
    .filter(({ account, at }) => account.created === null || account.created <= at);

/** What says of every account the same as something else tells nothing more, and would hide what does. */
const withoutTwins = (units: readonly MatchedUnit[]): MatchedUnit[] => {
  const columns = units[0]?.features.map((_, place) => units.map(({ features }) => features[place]!).join(' ')) ?? [];
  const kept = columns.map((_, place) => place).filter((place) => columns.indexOf(columns[place]!) === place);
  return units.map((unit) => ({ ...unit, features: kept.map((place) => unit.features[place]!) }));
};

type Why = Extract<Compared, { kind: 'refused' }>['why'];

/** The same few accounts, used again and again, would say little of what others do. */
const fewestOthers = 20;

/** What accounts did within the days beyond others like them; or why that cannot be told. */
export const compare = (listed: readonly Begun[], others: readonly Begun[], deals: Deals, outcome: Outcome): Compared => {
  const asUnits = (some: readonly Begun[]): MatchedUnit[] =>
    some
      .slice(0, mostCompared)
      .map((one) => ({ name: one.account.id, features: featuresOf(one, deals), outcome: yes(outcome(one, deals)) }));
  const accounts = listed.length;
  const refuse = (why: Why, needed: number | null = null, pool = others.length): Compared => ({
    kind: 'refused',
    why,
    accounts,
    pool,
    needed,
  });
  try {
    const own = asUnits(listed);
    const units = withoutTwins([...own, ...asUnits(others)]);
    const found = matchedControls(units.slice(0, own.length), units.slice(own.length));
    if ('refused' in found) return refuse(found.refused, found.refused === 'too_few' ? found.needed : null);
    const { effect: difference, low, high, treatedMean: share, matchedMean: othersShare, matched, controlsUsed, detectable } = found;
    if (controlsUsed < fewestOthers) return refuse('few_alike', fewestOthers, controlsUsed);
    if (low === high) return refuse('all_alike');
    return { kind: 'estimate', difference, low, high, share, othersShare, matched, others: controlsUsed, detectable };
  } catch (error) {
    // One feature follows from the others: there is nothing left to be alike in.
    if (error instanceof RangeError) return refuse('all_alike');
    throw error;
  }
};
