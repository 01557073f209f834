import { daysBetween } from '../../../platform/days.ts';
import type { CriterionRow } from '../tables.ts';
import { type Facts, found } from './facts.ts';

/** A field changes: people come and go, and what they were certified for moves on. */
export const countedFreshDays = 30;

/** As many of the field are certified as was asked for. Somebody counts them; the threshold judges, for as long as the count is fresh. */
export const checkFieldReadiness = ({ counted, countedOf, threshold, setAt }: CriterionRow, { today }: Pick<Facts, 'today'>) => {
  if (counted === null || countedOf === null) return found('not_ready', 'not_counted');
  // 0.8 of 5 is 4, whatever the binary fraction says.
  const need = Math.ceil(Number((countedOf * (threshold ?? 1)).toFixed(6)));
  if (counted < need) return found('not_ready', 'too_few_certified', { have: counted, need });
  const isStale = setAt !== null && daysBetween(setAt.toISOString().slice(0, 10), today) > countedFreshDays;
  return isStale ? found('at_risk', 'count_stale', { have: counted, need }) : found('ready', 'enough_certified', { have: counted, need });
};
