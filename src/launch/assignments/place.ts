import type { Assignment } from './schema.ts';

/** Where it is done: the page of the launch that holds it. */
export const placeOf = ({ kind, id }: Assignment): { to: string; search?: Record<string, string> } => {
  if (kind === 'deliver' || kind === 'sign' || kind === 'review') return { to: '/launches/$launch/deliverables', search: { open: id } };
  if (kind === 'criterion' || kind === 'follow_up') return { to: '/launches/$launch/gates' };
  if (kind === 'ready_date' || kind === 'market_date') return { to: '/launches/$launch/edit' };
  return { to: kind === 'run_step' ? '/launches/$launch/day' : '/launches/$launch' };
};
