import type { TooFewClusters } from '../numeric/clustered-share-interval.ts';
import { effectiveShareInterval } from '../numeric/effective-share-interval.ts';
import type { NoObservations, ShareEstimate } from '../numeric/share-interval.ts';
import { incidenceAt, type NotFollowedSoLong } from './incidence-at.ts';
import { kaplanMeier, type SurvivalCurve, type TimeCount, type TooFewEvents } from './kaplan-meier.ts';

export type AccountCount = TimeCount & { account: string };
export type ClusteredIncidence = ShareEstimate & { accounts: number; effectiveTrials: number };

const fewestAccounts = 10;

function countedByTime(rows: readonly AccountCount[]): TimeCount[] {
  const times = new Map<number, TimeCount>();
  for (const { time, events, censored } of rows) {
    const row = times.get(time) ?? { time, events: 0, censored: 0 };
    times.set(time, { time, events: row.events + events, censored: row.censored + censored });
  }
  return [...times.values()].sort((one, two) => one.time - two.time);
}

/** How much each account pulls the logarithm of survival at a time: its events less those that its people at risk would have had. */
function pulls(rows: readonly AccountCount[], curve: SurvivalCurve, time: number): Map<string, number> {
  const steps = curve.steps.filter((step) => step.time <= time);
  let sum = 0;
  const expected = steps.map(({ atRisk, events }) => (sum += events / (atRisk * (atRisk - events))));
  const stepOf = new Map(steps.map((step, index) => [step.time, index]));
  const expectedBy = new Map<number, number>();
  let index = -1;
  for (const at of [...new Set(rows.map((row) => row.time))].sort((one, two) => one - two)) {
    while (index + 1 < steps.length && steps[index + 1]!.time <= at) index += 1;
    expectedBy.set(at, index < 0 ? 0 : expected[index]!);
  }
  const found = new Map<string, number>();
  for (const { account, time: at, events, censored } of rows) {
    const step = steps[stepOf.get(at) ?? -1];
    const had = step ? events / (step.atRisk - step.events) : 0;
    found.set(account, (found.get(account) ?? 0) + had - (events + censored) * expectedBy.get(at)!);
  }
  return found;
}

/** People of one account taken to be of one mind: what is left of their number, for when nobody or everybody has had it. */
function ofOneMind(rows: readonly AccountCount[]): number {
  const sizes = new Map<string, number>();
  for (const { account, events, censored } of rows) sizes.set(account, (sizes.get(account) ?? 0) + events + censored);
  const counts = [...sizes.values()];
  return counts.reduce((sum, count) => sum + count, 0) ** 2 / counts.reduce((sum, count) => sum + count * count, 0);
}

/**
 * The share of people to whom it has happened by a given time, where people come in accounts and are not all followed so long.
 *
 * Method: the share is Kaplan and Meier's. Its variance is summed over accounts: the events of an account less those that its people
 * at risk would have had (infinitesimal jackknife), squared; with one person in each account that is Greenwood's variance.
 * It says how many independent people would vary as much, never more than without accounts; Wilson's interval takes that
 * number, with Student's t for the number of accounts.
 * Shapes and units: one row per account and time, in any order; events and censored are counts of people, time in the caller's
 * unit; share, low and high are fractions from 0 to 1. Work grows with the number of rows.
 * Assumes: accounts are independent of each other and many enough; within an account anything goes; being no longer followed says
 * nothing about when it would have happened.
 * Do not use it for: accounts as units (kaplanMeier is simpler), a few accounts of which one holds most people.
 * Errors: RangeError for a time that is not a number of 0 or more, or counts that are not whole.
 * Refusal: no_observations; too_few_events under five; too_few_clusters under ten accounts; not_followed_so_long as incidenceAt.
 * Reference: R. L. Williams, Communications in Statistics A 24 (1995) 3015-3032 (product-limit variance for clusters); T. M. Therneau, P. M.
 * Grambsch, Modeling Survival Data (2000), section 8.2; E. L. Korn, B. I. Graubard, Survey Methodology 24 (1998) 193-201.
 *
 * @example
 * clusteredIncidence([{ account: 'one', time: 3, events: 6, censored: 9 }], 3) // { refused: 'too_few_clusters', needed: 10 }
 */
export function clusteredIncidence(
  rows: readonly AccountCount[],
  time: number,
  confidence = 0.95,
): ClusteredIncidence | NoObservations | TooFewEvents | TooFewClusters | NotFollowedSoLong {
  const curve = kaplanMeier(countedByTime(rows), confidence);
  if ('refused' in curve) return curve;
  const plain = incidenceAt(curve, time, confidence);
  if ('refused' in plain) return plain;
  const accounts = new Set(rows.filter(({ events, censored }) => events + censored > 0).map(({ account }) => account)).size;
  if (accounts < fewestAccounts) return { refused: 'too_few_clusters', needed: fewestAccounts };
  const step = curve.steps.findLast((each) => each.time <= time);
  const isMixed = step !== undefined && step.survival > 0;
  const squares = isMixed ? [...pulls(rows, curve, time).values()].reduce((sum, pull) => sum + pull * pull, 0) : 0;
  const variance = isMixed ? (accounts / (accounts - 1)) * step.survival ** 2 * squares : 0;
  const binomial = plain.share * (1 - plain.share);
  const independent = isMixed ? binomial / step.standardError ** 2 : curve.observations;
  const effectiveTrials = Math.min(independent, isMixed ? binomial / variance : ofOneMind(rows));
  const interval = effectiveShareInterval({ share: plain.share, effectiveTrials, degrees: accounts - 1, confidence }) as ShareEstimate;
  return { ...interval, accounts, effectiveTrials };
}
