import { addDays } from '../../platform/days.ts';
import { everybody, type FeatureBase, type FeatureRule } from '../../launch/features/schema.ts';
import type { Launch } from '../../launch/launches/schema.ts';
import { eligibleSources } from '../questions/base.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import type { UseDays } from '../questions/uses.ts';

/** Day 1 of an account: one day for all, or the day on which each got access, not before `notBefore`. */
export type Since = { kind: 'day'; day: string } | { kind: 'access'; property: string | null; notBefore: string | null };

/** Everything that the statements of one question bind. */
export type AdoptionFacts = {
  rule: FeatureRule;
  base: FeatureBase;
  /** How the launch or the question narrows the base. */
  plans: string[];
  segments: string[];
  createdBefore: boolean;
  since: Since;
  horizonDays: number;
  /** The last day that is over and that the events cover; null when there are no events. */
  lastDay: string | null;
  timeZone: string;
  now: Date;
};

// No event has this name: a launch without a feature has no uses.
const noRule: FeatureRule = { kind: 'event', eventName: '', properties: [], steps: [], withinDays: 1, atLeast: 2, times: 1, days: 1 };

/** What a launch fixed before the data came. */
export const factsOfLaunch = (
  { feature, eligibility, marketDate }: Launch,
  given: Pick<AdoptionFacts, 'horizonDays' | 'lastDay' | 'timeZone' | 'now'>,
): AdoptionFacts => ({
  ...given,
  rule: feature?.rule ?? noRule,
  base: feature?.base ?? everybody,
  plans: eligibility.plans,
  segments: eligibility.segments,
  createdBefore: eligibility.createdBeforeMarketDate,
  since: { kind: 'day', day: marketDate },
});

const longAgo = '1970-01-02';
const mostFieldsOfNames = 12;

/** The day from which accounts count as new. */
export const marketOf = (since: Since): string => (since.kind === 'day' ? since.day : (since.notBefore ?? longAgo));

/** The sources of the base. Where each account has its own first day, none comes too late. */
export const baseSources = ({ base, plans, segments, createdBefore, since, timeZone }: AdoptionFacts) => {
  const day = since.kind === 'day' ? since.day : null;
  return eligibleSources({ base, plans, segments, createdBefore: createdBefore ? day : null, accessBy: day }, timeZone);
};

/** The days whose uses can be within the horizon of anybody. */
export const useDaysOf = ({ since, horizonDays }: AdoptionFacts): UseDays =>
  since.kind === 'day' ? { from: since.day, to: addDays(since.day, horizonDays - 1) } : { from: since.notBefore ?? undefined };

export const valuesOf = (facts: AdoptionFacts): Values => {
  const market = marketOf(facts.since);
  return makeValues({
    ...baseSources(facts).params,
    market,
    horizon: facts.horizonDays,
    // Without events nobody was followed for a day.
    lastDay: facts.lastDay ?? addDays(longAgo, -1),
    accessProperty: facts.since.kind === 'access' ? (facts.since.property ?? '') : '',
    groupDay: groupDayOf(facts),
    weeks: Math.min(mostFieldsOfNames, Math.ceil(facts.horizonDays / 7)),
    zone: facts.timeZone,
    now: facts.now.toISOString().replace('Z', ''),
  });
};

/** Complete days since a day of all accounts, at most the horizon. */
export const reachedOf = ({ since, horizonDays, lastDay }: AdoptionFacts): number => {
  if (lastDay === null) return 0;
  const days = Math.round((Date.parse(lastDay) - Date.parse(marketOf(since))) / 86_400_000) + 1;
  return Math.max(0, Math.min(days, horizonDays));
};

/** By which day groups are compared: of one day for all as far as it is; of own days the first mark, for those who have had it. */
export const groupDayOf = (facts: AdoptionFacts): number =>
  facts.since.kind === 'day' ? reachedOf(facts) : Math.min(30, facts.horizonDays);
