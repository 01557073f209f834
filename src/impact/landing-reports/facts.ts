import { addDays } from '../../platform/days.ts';
import type { FeatureRule } from '../../launch/features/schema.ts';
import { type Eligible, eligibleSources } from '../questions/base.ts';
import { makeValues } from '../questions/filters.ts';
import { usesOf } from '../questions/uses.ts';

/** What a launch fixed before the data came, as the queries need it. */
export type LaunchFacts = {
  /** Which use counts, and how often makes it adopted. */
  rule: FeatureRule;
  eligible: Eligible;
  /** Day 1, as YYYY-MM-DD in the workspace's time zone. */
  marketDate: string;
  horizonDays: number;
  timeZone: string;
  now: Date;
};

export type Unit = 'account' | 'person';

/** The sources that every figure of adoption is counted from: the base, and the uses within the horizon; with what they bind. */
export const sourcesOf = (facts: LaunchFacts) => {
  const { rule, eligible, marketDate, horizonDays, timeZone } = facts;
  const values = makeValues({}, 'use');
  const uses = usesOf(rule, values, { from: marketDate, to: addDays(marketDate, horizonDays - 1) });
  const { params, ...base } = eligibleSources(eligible, timeZone);
  return { ...base, uses, params: { ...params, ...values.params } };
};

/** The values that every question about a launch binds; a statement uses those that it names. */
export const bind = (facts: LaunchFacts): Record<string, unknown> => ({
  ...sourcesOf(facts).params,
  times: facts.rule.times,
  days: facts.rule.days,
  market: facts.marketDate,
  horizon: facts.horizonDays,
  zone: facts.timeZone,
  now: facts.now.toISOString().replace('Z', ''),
});
