import { everybody, featureRule } from '../../launch/features/schema.ts';
import type { AdoptionFacts } from '../adoptions/facts.ts';

/** The launch of the invented company that the cases are counted for. */
export const facts: AdoptionFacts = {
  rule: featureRule.parse({ eventName: 'handoff_accepted', times: 3, days: 2 }),
  base: everybody,
  plans: ['business'],
  segments: [],
  createdBefore: true,
  since: { kind: 'day', day: '2026-03-03' },
  lastDay: '2026-06-01',
  horizonDays: 90,
  timeZone: 'Europe/Berlin',
  now: new Date('2026-06-02T12:00:00Z'),
};
