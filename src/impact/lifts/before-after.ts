import { Failure } from '../../platform/failure.ts';
import type { Around, Found } from './answer.ts';
import { sidesOf, type SideSums } from './queries.ts';
import type { LiftAsked } from './schema.ts';

/** Before and after, as it was counted. Ordinary drift looks like an effect in a fifth of cases or more, so there is no estimate. */
export const describeSides = async (asked: LiftAsked, { ask, timeZone }: Around): Promise<Found> => {
  const design = asked.design as Extract<LiftAsked['design'], { kind: 'before_after' }>;
  if (asked.outcome.kind === 'property_is' || asked.outcome.kind === 'property_number')
    throw new Failure('invalid', 'A property is known as it is now, not as it was before. Count what was done, or deals that were closed.');
  const sums = await ask<SideSums>(sidesOf({ ...asked, design }, timeZone));
  const side = (which: SideSums['side']) => {
    const { units = 0, total = 0 } = sums.find((one) => one.side === which) ?? {};
    const value = units === 0 ? null : asked.outcome.kind === 'did' ? null : total / units;
    return { units, total, value, low: null, high: null };
  };
  return {
    observed: side('after'),
    counterfactual: side('before'),
    estimate: null,
    adjusted: null,
    refused: { reason: 'descriptive_only', needed: null },
    checks: [{ name: 'control_group', passed: false, blocks: true, figures: { day: design.on } }],
    reached: null,
    notYet: false,
    next: { unitsPerArm: null, detectable: null },
    outside: 0,
    path: [],
    events: [],
    segments: [],
  };
};
