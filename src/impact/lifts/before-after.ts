import type { Around, Found } from './answer.ts';
import { sidesOf, type SideSums } from './queries.ts';
import type { AskedOf } from './schema.ts';

/** Before and after, as it was counted. Ordinary drift looks like an effect in a fifth of cases or more, so there is no estimate. */
export const describeSides = async (asked: AskedOf<'before_after'>, { ask, timeZone }: Around): Promise<Found> => {
  const sums = await ask<SideSums>(sidesOf(asked, timeZone));
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
    checks: [{ name: 'control_group', passed: false, blocks: true, figures: { day: asked.design.on } }],
    reached: null,
    notYet: false,
    next: { unitsPerArm: null, detectable: null },
    outside: 0,
    path: [],
  };
};
