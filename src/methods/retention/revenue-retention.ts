import { normalQuantile } from '../numeric/normal.ts';
import { studentQuantile } from '../numeric/student.ts';

/** Sums over accounts: x is the revenue that one began with, y what it has now; changed counts those whose two differ. */
export type RevenueSums = {
  accounts: number;
  changed: number;
  sumX: number;
  sumY: number;
  sumXX: number;
  sumXY: number;
  sumYY: number;
  /** Of the fourth powers of x. */
  sumX4: number;
};
export type RevenueShare = { share: number; low: number; high: number };
export type NoRevenueShare = { refused: 'too_few' | 'too_concentrated' | 'too_few_changes'; needed: number };

export const fewestAccounts = 40;
export const fewestEffective = 20;
export const fewestChanges = 10;

/** How many accounts of one size would weigh as much: of many small ones and one giant, little more than one. */
export const effectiveAccounts = ({ sumX, sumXX }: Pick<RevenueSums, 'sumX' | 'sumXX'>): number => (sumXX > 0 ? sumX ** 2 / sumXX : 0);

/**
 * Interval for a share of revenue that is kept: what a fixed set of accounts pays now, of what it paid then (NRR, GRR).
 *
 * Method: the share is a ratio of two sums over accounts; its variance by linearisation. A few large accounts carry most of that variance,
 * so that Student's t has the degrees of freedom of Satterthwaite, from squares and fourth powers of size. Where no account can be
 * above what it began with (GRR), Wilson's interval for as many trials as would vary as much. Needs sums only.
 * Shapes and units: sums of money over accounts, in one currency; share, low and high are fractions, above 1 where revenue grew.
 * Assumes: accounts are independent of each other; each is one unit with all that it pays.
 * Do not use it for: shares of accounts (shareInterval), sums over several currencies, a set of accounts that is not locked.
 * Errors: RangeError when the sums cannot come from amounts of 0 or more.
 * Refusal: money is skewed, so too_few under 40 accounts, too_concentrated when few large ones hold so much that they weigh as
 * fewer than 20 of one size, too_few_changes when fewer than ten pay another amount than then: their spread is not known.
 * Reference: W. G. Cochran, Sampling Techniques (1977) section 6.3 (ratio of two sums); F. E. Satterthwaite, Biometrics Bulletin 2 (1946)
 * 110-114 (degrees of freedom); L. Kish, Survey Sampling (1965) section 11.7 (effective number).
 *
 * @example
 * revenueShare({ accounts: 9, changed: 1, sumX: 900, sumY: 890, sumXX: 90000, sumXY: 89000, sumYY: 88100, sumX4: 9e8 }).refused // 'too_few'
 */
export function revenueShare(
  sums: RevenueSums,
  { isPart = false, confidence = 0.95 }: { isPart?: boolean; confidence?: number } = {},
): RevenueShare | NoRevenueShare {
  const { accounts, changed, sumX, sumY, sumXX, sumXY, sumYY, sumX4 } = sums;
  if (![sumX, sumY, sumXX, sumXY, sumYY, sumX4].every((sum) => Number.isFinite(sum) && sum >= 0))
    throw new RangeError('Sums over accounts must be finite amounts of 0 or more.');
  if (isPart && sumY > sumX * (1 + 1e-9)) throw new RangeError('A part cannot be more than the whole.');
  if (accounts < fewestAccounts) return { refused: 'too_few', needed: fewestAccounts };
  if (effectiveAccounts(sums) < fewestEffective) return { refused: 'too_concentrated', needed: fewestEffective };
  if (changed < fewestChanges) return { refused: 'too_few_changes', needed: fewestChanges };
  const share = sumY / sumX;
  const residual = Math.max(0, sumYY - 2 * share * sumXY + share ** 2 * sumXX);
  const variance = ((accounts / (accounts - 1)) * residual) / sumX ** 2;
  const t = studentQuantile(0.5 + confidence / 2, Math.max(2, sumXX ** 2 / sumX4));
  if (!isPart) return { share, low: Math.max(0, share - t * Math.sqrt(variance)), high: share + t * Math.sqrt(variance) };
  return { share, ...wilson(Math.min(1, share), variance, t, normalQuantile(0.5 + confidence / 2)) };
}

const wilson = (share: number, variance: number, t: number, z: number): { low: number; high: number } => {
  const trials = ((share * (1 - share)) / variance) * (z / t) ** 2;
  if (!(trials > 0)) return { low: share, high: share };
  const weight = 1 / (1 + (z * z) / trials);
  const centre = weight * (share + (z * z) / (2 * trials));
  const half = weight * z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
};
