import type { Journey } from './credit-table.ts';

/** Shares of the named touches; `between` is shared equally by all the others. They sum to 1. */
export type PositionRule = { first?: number; lead?: number; opportunity?: number; last?: number; between?: number };

export const positionRules = {
  first: { first: 1 },
  last: { last: 1 },
  u: { first: 0.4, last: 0.4, between: 0.2 },
  w: { first: 0.3, lead: 0.3, opportunity: 0.3, between: 0.1 },
  full_path: { first: 0.225, lead: 0.225, opportunity: 0.225, last: 0.225, between: 0.1 },
} as const satisfies Record<string, PositionRule>;

const positions = ['first', 'lead', 'opportunity', 'last'] as const;

const equal = (touches: number): number[] => Array.from({ length: touches }, () => 1 / touches);

/**
 * Credit by the position of a touch: first, last, U (40/20/40), W (30/30/30/10), full path (22.5 four times, 10), or shares of one's own.
 *
 * Method: each named touch (the first; the one at which the lead, or the opportunity, came to be; the last) has its share, and all other touches
 * have `between` in equal parts. One touch may hold several positions and has the sum. What a path does not have (a stage that nobody
 * recorded, touches between in a path of two) is not given to anybody in particular: the shares that are left keep their proportions and sum to 1. So
 * one touch has 100%, two touches under U have 50% each, and W without a recorded lead is 30/30/10 made to sum to 1. Where a path has nothing that the rule
 * names, all its touches share equally; linear is that rule with no name at all.
 * Shapes and units: a journey with at least one touch; shares are fractions of 1; the answer has one share a touch, with sum 1.
 * Assumes: touches in order of time, stages as places in that order.
 * Do not use it for: saying what a channel caused. The shares are an agreement, not an estimate.
 * Errors: RangeError for a rule below zero or whose shares do not sum to 1, and for a stage outside of the path.
 * Reference: Adobe Marketo Measure, attribution models (first touch, lead creation, U-shaped, W-shaped, full path); HubSpot, multi-touch revenue
 * attribution models. A vendor's own rule for short paths is rarely published; this one is stated above.
 *
 * @example
 * positionShares({ touches: ['ad', 'fair', 'ad', 'mail'], conversions: 1, value: 0, nulls: 0 }, positionRules.u) // [0.4, 0.1, 0.1, 0.4]
 */
export function positionShares({ touches, lead, opportunity }: Journey, rule: PositionRule): number[] {
  const named = { first: 0, lead, opportunity, last: touches.length - 1 };
  const given = Object.values(rule);
  if (given.some((share) => !(share >= 0)) || (given.length > 0 && Math.abs(given.reduce((sum, share) => sum + share, 0) - 1) > 1e-9))
    throw new RangeError('The shares of a rule must not be negative, and must sum to 1.');
  const shares = Array.from<number>({ length: touches.length }).fill(0);
  const isNamed = new Uint8Array(touches.length);
  let others = touches.length;
  for (const position of positions) {
    const at = named[position];
    const share = rule[position];
    if (at === undefined || !share) continue;
    if (!Number.isInteger(at) || at < 0 || at >= touches.length) throw new RangeError('A stage lies outside of the path.');
    shares[at]! += share;
    others -= 1 - isNamed[at]!;
    isNamed[at] = 1;
  }
  let sum = 0;
  for (let at = 0; at < shares.length; at += 1) {
    if (isNamed[at] === 0) shares[at] = (rule.between ?? 0) / others;
    sum += shares[at]!;
  }
  if (sum === 0) return equal(touches.length);
  return Math.abs(sum - 1) < 1e-9 ? shares : shares.map((share) => share / sum);
}
