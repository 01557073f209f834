import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { usualRule } from './schema.ts';
import { suggestTier } from './suggestion.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const points = (each: number) => Object.fromEntries(usualRule.criteria.map(({ key }) => [key, each]));

test('points and weights give the tier, by hand: 3 of 3 for what weighs 3, 3 and 2 of 12 is two thirds', () => {
  const high = { ...points(0), market_impact: 3, revenue_at_stake: 3, customers_touched: 3 };
  expect(suggestTier(usualRule, high)).toMatchObject({ tier: 1, share: 24 / 36 });
  expect(suggestTier(usualRule, points(1))).toMatchObject({ tier: 3, share: 12 / 36 });
  expect(suggestTier(usualRule, { ...points(1), difference: 2 }).tier).toBe(2);
  expect(suggestTier({ ...usualRule, tier1From: 2 / 3 }, high).tier).toBe(1);
  expect(
    suggestTier(usualRule, high)
      .parts.map(({ key }) => key)
      .slice(0, 3),
  ).toEqual(['market_impact', 'revenue_at_stake', 'customers_touched']);
});

test('a tier follows from points, another one needs a sentence, and 1 and 2 need product and product marketing', async () => {
  const workspace = await app.workspace();
  const { client } = workspace;
  const [tom, amelie] = [await workspace.memberAs('contributor', 'Tom Adeyemi'), await workspace.memberAs('pmm', 'Amelie Fournier')];
  const members = [
    { function: 'product' as const, memberId: tom.id, approves: true },
    { function: 'product_marketing' as const, memberId: amelie.id, approves: true },
  ];
  await client.charters.update({ version: 0, parts: {}, members });
  const launch = await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-07-14' });
  const decide = { launch: launch.key, scores: points(1), version: 1 };
  await expect(client.tiers.decide({ ...decide, scores: { effort: 1 } })).rejects.toThrow('Give points to every criterion');
  await expect(client.tiers.decide({ ...decide, tier: 1 })).rejects.toThrow('The points suggest tier 3');
  const decided = await client.tiers.decide({ ...decide, tier: 1, comment: 'A competitor ships the same in August' });
  expect(decided).toMatchObject({ tier: 1, isOverride: true, isApproved: false, suggestion: { tier: 3 } });
  await expect(client.tiers.decide({ ...decide, scores: points(3) })).rejects.toMatchObject({ code: 'conflict' });
  const approve = { launch: launch.key, tier: 1, function: 'product' as const };
  await expect(amelie.client.tiers.approve(approve)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(tom.client.tiers.approve({ ...approve, tier: 2 })).rejects.toMatchObject({ code: 'conflict' });
  const both = await Promise.allSettled([tom.client.tiers.approve(approve), tom.client.tiers.approve(approve)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const whole = await amelie.client.tiers.approve({ ...approve, function: 'product_marketing' });
  expect(whole).toMatchObject({ isApproved: true, approvals: [{ by: 'Tom Adeyemi' }, { by: 'Amelie Fournier' }] });
  const larger = await client.tiers.decide({ launch: launch.key, scores: points(2), version: 2 });
  expect(larger).toMatchObject({ tier: 1, isOverride: false, isApproved: true });
  const smaller = await client.tiers.decide({ launch: launch.key, scores: { ...points(1), difference: 2 }, version: 3 });
  expect(smaller).toMatchObject({ tier: 2, isApproved: false });
});

test('a workspace weighs its own criteria; a rule without weight, or with tiers the wrong way round, is refused', async () => {
  const { client, clientAs } = await app.workspace();
  const rule = { criteria: [{ key: 'press', name: 'Press interest', weight: 1 }], tier1From: 0.9, tier2From: 0.5 };
  expect(await client.tiers.updateRule({ rule, version: 0 })).toMatchObject({ version: 1 });
  await expect(client.tiers.updateRule({ rule, version: 0 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(client.tiers.updateRule({ rule: { ...rule, tier1From: 0.4 }, version: 1 })).rejects.toThrow('must begin above');
  const weightless = { ...rule, criteria: [{ key: 'press', weight: 0 }] };
  await expect(client.tiers.updateRule({ rule: weightless, version: 1 })).rejects.toThrow('a weight above 0');
  await expect(clientAs('contributor').tiers.updateRule({ rule, version: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  const launch = await client.launches.create({ name: 'Guest Lanes', marketDate: '2026-07-14' });
  expect(await client.tiers.decide({ launch: launch.key, scores: { press: 3 }, version: 1 })).toMatchObject({ tier: 1 });
});
