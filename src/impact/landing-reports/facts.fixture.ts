import { everybody, featureRule } from '../../launch/features/schema.ts';
import type { LaunchFacts } from './facts.ts';

/** The launch of the invented company that the cases are counted for. */
export const facts: LaunchFacts = {
  rule: featureRule.parse({ eventName: 'handoff_accepted', times: 3, days: 2 }),
  eligible: { base: everybody, plans: ['business'], segments: [], createdBefore: '2026-03-03', accessBy: '2026-03-03' },
  marketDate: '2026-03-03',
  horizonDays: 90,
  timeZone: 'Europe/Berlin',
  now: new Date('2026-06-02T12:00:00Z'),
};
