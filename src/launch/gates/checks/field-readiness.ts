import type { CriterionRow } from '../tables.ts';
import { found } from './facts.ts';

/** As many of the field are certified as was asked for. Somebody counts them; the threshold judges. */
export const checkFieldReadiness = ({ counted, countedOf, threshold }: CriterionRow) => {
  if (counted === null || countedOf === null) return found('not_ready', 'not_counted');
  // 0.8 of 5 is 4, whatever the binary fraction says.
  const need = Math.ceil(Number((countedOf * (threshold ?? 1)).toFixed(6)));
  return counted < need
    ? found('not_ready', 'too_few_certified', { have: counted, need })
    : found('ready', 'enough_certified', { have: counted, need });
};
