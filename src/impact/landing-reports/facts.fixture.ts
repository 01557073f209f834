import type { LaunchFacts } from './facts.ts';

/** The launch of the invented company that the cases are counted for. */
export const facts: LaunchFacts = {
  eventName: 'handoff_accepted',
  propertyFilters: [],
  times: 3,
  days: 2,
  plans: ['business'],
  segments: [],
  createdBeforeMarketDate: true,
  marketDate: '2026-03-03',
  horizonDays: 90,
  timeZone: 'Europe/Berlin',
  now: new Date('2026-06-02T12:00:00Z'),
};
