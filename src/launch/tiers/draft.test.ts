import { expect, test } from 'vitest';
import { mergeFields } from '../../web/kit/merging.ts';
import { draftOf, faultOf, flatten, mostOf, ruleOf, unflatten, withCriterion } from './draft.ts';
import { tierRule, usualCriteria, usualRule } from './schema.ts';
import { largestParts, suggestTier } from './suggestion.ts';

const isUsual = (key: string) => (usualCriteria as readonly string[]).includes(key);

test('a rule is the same after a trip through its form, and one with an own criterion is a rule that the server takes', () => {
  const draft = draftOf(usualRule);
  expect(draft).toMatchObject({ tier1From: 65, tier2From: 35 });
  expect(ruleOf(draft)).toEqual(usualRule);
  expect(unflatten(flatten(draft))).toEqual(draft);
  const more = withCriterion(withCriterion(draft, '监管'), 'Partners');
  expect(tierRule.parse(ruleOf(more)).criteria.slice(-2)).toEqual([
    { key: 'own_1', name: '监管', weight: 1 },
    { key: 'own_2', name: 'Partners', weight: 1 },
  ]);
});

test('the form says what is wrong before it is sent', () => {
  const draft = draftOf(usualRule);
  expect(faultOf(draft, isUsual)).toBeNull();
  expect(faultOf(withCriterion(draft, ' '), isUsual)).toBe('nameNeeded');
  expect(faultOf({ ...draft, criteria: draft.criteria.map((one) => ({ ...one, weight: 0 })) }, isUsual)).toBe('weightNeeded');
  expect(faultOf({ ...draft, tier1From: 35 }, isUsual)).toBe('orderNeeded');
});

test('a weight of 3 among 12 can add a quarter of the points', () => {
  expect(mostOf(draftOf(usualRule).criteria, 'market_impact')).toBe(0.25);
});

test('two who change the rule at once both keep what they changed', () => {
  const before = draftOf(usualRule);
  const mine = { ...before, tier1From: 70 };
  const theirs = withCriterion({ ...before, tier2From: 40 }, 'Partners');
  const merged = unflatten(mergeFields(flatten(before), flatten(mine), flatten(theirs)));
  expect(merged).toMatchObject({ tier1From: 70, tier2From: 40 });
  expect(merged.criteria.at(-1)).toMatchObject({ name: 'Partners' });
});

test('the reason names what counts most: the largest, and another that comes near it', () => {
  const scores = { market_impact: 3, revenue_at_stake: 3, customers_touched: 1, difference: 1, effort: 1, risk: 1 };
  const names = (given: Record<string, number>) => largestParts(suggestTier(usualRule, given)).map(({ key }) => key);
  expect(names(scores)).toEqual(['market_impact', 'revenue_at_stake']);
  expect(names({ ...scores, revenue_at_stake: 1 })).toEqual(['market_impact']);
  expect(names({})).toEqual([]);
});
