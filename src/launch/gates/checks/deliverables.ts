import { type Facts, found } from './facts.ts';

/** Every required deliverable is signed by all who must sign it. One that was dropped is not there, whatever the reason. */
export const checkDeliverables = ({ deliverables }: Facts) => {
  const need = deliverables.length;
  const have = deliverables.filter(({ isSigned, isDropped }) => isSigned && !isDropped).length;
  if (need === 0) return found('at_risk', 'no_required_deliverable', { have, need });
  const dropped = deliverables.filter(({ isDropped }) => isDropped);
  if (have === need) return found('ready', 'deliverables_signed', { have, need });
  const unsigned = deliverables.filter(({ isSigned, isDropped }) => !isSigned && !isDropped);
  const [code, missing] =
    unsigned.length > 0 ? (['deliverables_unsigned', unsigned] as const) : (['deliverables_dropped', dropped] as const);
  return found('not_ready', code, { have, need, names: missing.slice(0, 5).map(({ name }) => name) });
};
