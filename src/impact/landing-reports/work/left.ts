import type { Deliverable } from '../../../launch/deliverables/schema.ts';
import { useOf } from '../../../launch/uses/queries.ts';
import { dayIn, daysBetween } from '../../../platform/days.ts';
import type { Basis } from '../basis.ts';
import type { LandingReport } from '../schema.ts';

type At = { now: Date; timeZone: string; until?: string };
type Work = LandingReport['work'];

/** How many days after it was due it shipped, or is still neither shipped nor approved; 0 in time. */
const daysLate = ({ dueOn, shippedOn, status }: Deliverable, today: string): number =>
  status === 'dropped' || status === 'approved' ? 0 : Math.max(0, daysBetween(dueOn, shippedOn ?? today));

/** How what was there to be used was used; what nobody can tell of is counted only. */
const usesOf = ({ deliverables, uses }: Basis, { timeZone, until }: At): Pick<Work, 'uses' | 'unmeasured'> => {
  const ready = deliverables.filter(({ status }) => status === 'approved' || status === 'shipped');
  const counted = ready.flatMap(({ id, name }) => {
    const one = uses.find(({ deliverable }) => deliverable === id);
    if (!one) return [];
    const { isMeasured, countedSince, downloads, clicks, lastOn } = useOf(one, until);
    if (!isMeasured) return [];
    return [{ id, name, downloads, clicks, lastOn, since: countedSince && dayIn(new Date(countedSince), timeZone) }];
  });
  const byUse = counted.toSorted((one, other) => one.downloads + one.clicks - other.downloads - other.clicks);
  return { uses: byUse, unmeasured: ready.length - counted.length };
};

/** What was let be at a gate, and what of the bill of materials was late, never shipped, or dropped. */
export const leftBehind = (basis: Basis, at: At): Pick<LandingReport, 'overrides' | 'work'> => {
  const { waivers, deliverables } = basis;
  const { now, timeZone } = at;
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
    work: {
      deliverables: deliverables.length,
      shipped: deliverables.filter(({ status }) => status === 'shipped').length,
      behind,
      ...usesOf(basis, at),
    },
  };
};
