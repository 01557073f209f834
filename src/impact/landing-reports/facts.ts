/** What a launch fixed before the data came, as the queries need it. */
export type LaunchFacts = {
  eventName: string;
  propertyFilters: { name: string; value: string }[];
  /** At least so many uses ... */
  times: number;
  /** ... on at least so many days. */
  days: number;
  plans: string[];
  segments: string[];
  createdBeforeMarketDate: boolean;
  /** Day 1, as YYYY-MM-DD in the workspace's time zone. */
  marketDate: string;
  horizonDays: number;
  timeZone: string;
  now: Date;
};

export type Unit = 'account' | 'person';

/** The values that every question about a launch binds; a statement uses those that it names. */
export const bind = (facts: LaunchFacts): Record<string, unknown> => ({
  eventName: facts.eventName,
  filterNames: facts.propertyFilters.map(({ name }) => name),
  filterValues: facts.propertyFilters.map(({ value }) => value),
  times: facts.times,
  days: facts.days,
  plans: facts.plans,
  segments: facts.segments,
  createdBefore: facts.createdBeforeMarketDate ? 1 : 0,
  market: facts.marketDate,
  horizon: facts.horizonDays,
  zone: facts.timeZone,
  now: facts.now.toISOString().replace('Z', ''),
});
