import type { Deliverable } from '../../../launch/deliverables/schema.ts';
import { dayIn, daysBetween } from '../../../platform/days.ts';
import type { Basis } from '../basis.ts';
import type { LandingReport } from '../schema.ts';

type At = { now: Date; timeZone: string };

/** How many days after it was due it shipped, or is still neither shipped nor approved; 0 in time. */
const daysLate = ({ dueOn, shippedOn, status }: Deliverable, today: string): number =>
  status === 'dropped' || status === 'approved' ? 0 : Math.max(0, daysBetween(dueOn, shippedOn ?? today));

/** What was let be at a gate, and what of the bill of materials was late, never shipped, or dropped. */
export const leftBehind = ({ waivers, deliverables }: Basis, { now, timeZone }: At): Pick<LandingReport, 'overrides' | 'work'> => {
  const today = dayIn(now, timeZone);
  const behind = deliverables.flatMap((one) => {
    const late = daysLate(one, today);
    if (late === 0 && one.status !== 'dropped') return [];
    const { id, name, required, status, dueOn, shippedOn, droppedReason } = one;
    return [{ id, name, required, status, dueOn, shippedOn, daysLate: late, droppedReason }];
  });
  return {
    overrides: waivers.map(({ stage, criterion, reason, by, at }) => ({
      stage,
      kind: criterion.kind,
      text: criterion.text,
      reason,
      by,
      at,
    })),
    work: { deliverables: deliverables.length, shipped: deliverables.filter(({ status }) => status === 'shipped').length, behind },
  };
};
