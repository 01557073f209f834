import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../facts.fixture.ts';
import { openStore, type OpenedStore } from '../store.fixture.ts';
import { beforeAfter, dealsBySegment, type FunnelCounts, funnelCounts, funnelTimes, lastDeal, moneyByOrigin } from './queries.ts';

let opened: OpenedStore;
const ask = <Row>(query: Parameters<OpenedStore['store']['ask']>[0]) => opened.store.ask<Row>(query);

beforeAll(async () => {
  opened = await openStore();
  const { insert } = opened.store;
  await insert('account', [
    { id: 'acme', segment: 'mid' },
    { id: 'birch', segment: null },
    { id: 'cedar', segment: 'mid' },
  ]);
  await insert('person', [
    { id: 'ann', account_id: 'acme' },
    { id: 'bob', account_id: 'acme' },
    { id: 'cy', account_id: 'birch' },
    { id: 'di', account_id: null },
    { id: 'ed', account_id: null },
    { id: 'flo', account_id: 'cedar' },
  ]);
  const touch = (person_id: string, kind: string, channel: string | null, at: string | null) => ({
    id: `${person_id}${kind}${at}`,
    person_id,
    kind,
    channel,
    at,
  });
  await insert('touch', [
    touch('ann', 'web', 'search', '2026-01-01 00:00:00'), // earlier, but not the first contact that the source names
    touch('ann', 'first_contact', 'email', '2026-02-01 00:00:00'),
    touch('bob', 'web', 'search', '2026-03-10 00:00:00'),
    touch('bob', 'web', 'email', '2026-03-11 00:00:00'),
    touch('cy', 'first_contact', '', '2026-03-05 00:00:00'),
    touch('di', 'first_contact', 'unknown', '2026-02-20 00:00:00'),
    touch('ed', 'first_contact', null, null), // no channel, no date
    touch('flo', 'first_contact', 'email', '2026-12-01 00:00:00'), // after now: a clock ahead of ours
  ]);
  await insert('opportunity', [
    { id: 'o1', account_id: 'acme', person_id: 'ann', state: 'lost', created_at: '2026-02-03 00:00:00', closed_at: '2026-02-04 00:00:00' },
    { id: 'o2', account_id: 'acme', person_id: 'ann', state: 'won', created_at: '2026-02-05 00:00:00', closed_at: '2026-02-11 12:00:00' },
    { id: 'o3', account_id: 'birch', person_id: null, state: 'won', created_at: null, closed_at: '2026-03-04 00:00:00' }, // won a day before cy's first contact
    { id: 'o4', account_id: 'delta', person_id: 'di', state: 'won', created_at: '2026-02-21 00:00:00', closed_at: null },
    { id: 'o5', account_id: null, person_id: 'ed', state: 'open', created_at: '2026-03-01 00:00:00' },
  ]);
  await insert('revenue', [
    { id: 'r1', account_id: 'acme', kind: 'order', amount: '100.50', currency: 'BRL', at: '2026-02-12 00:00:00' },
    { id: 'r2', account_id: 'acme', kind: 'order', amount: '10', currency: 'EUR', at: '2026-02-13 00:00:00' },
    { id: 'r3', account_id: 'delta', kind: 'new', amount: '7', currency: 'EUR', interval: 'month', at: null }, // reaches di through the opportunity
    { id: 'r4', account_id: 'birch', kind: 'churn', amount: '5', currency: 'EUR', at: '2026-03-01 00:00:00' },
    { id: 'r5', account_id: 'nobody', kind: 'order', amount: null, currency: 'EUR', at: '2026-03-01 00:00:00' },
    { id: 'r6', person_id: 'ed', kind: 'order', amount: '3', currency: 'EUR', at: '2026-03-02 00:00:00' },
  ]);
}, 60_000);

afterAll(() => opened?.close());

describe('the funnel in ClickHouse', () => {
  it('counts people step by step, and says what skipped a step, what is undated and what is negative', async () => {
    const [all] = await ask<FunnelCounts>(funnelCounts(facts));
    expect(all).toEqual({
      whole: 1,
      origin: '',
      contacts: 5,
      from: '2026-02-01',
      to: '2026-03-10',
      skipped: 2, // bob's account has revenue, but he has no opportunity; ed bought while the opportunity was open
      opportunity_count: 4,
      opportunity_timed: 2,
      opportunity_undated: 2,
      opportunity_negative: 0,
      won_count: 3,
      won_timed: 1,
      won_undated: 1,
      won_negative: 1,
      revenue_count: 2,
      revenue_timed: 1,
      revenue_undated: 1,
      revenue_negative: 0,
    });
  });

  it('keeps an empty origin apart from the text unknown, and the origins sum to the whole', async () => {
    const found = (await ask<FunnelCounts>(funnelCounts(facts))).filter(({ whole }) => whole === 0);
    expect(
      found.map(({ origin, contacts, opportunity_count, won_count, revenue_count }) => [
        origin,
        contacts,
        opportunity_count,
        won_count,
        revenue_count,
      ]),
    ).toEqual([
      ['', 2, 2, 1, 0],
      ['email', 1, 1, 1, 1],
      ['search', 1, 0, 0, 0],
      ['unknown', 1, 1, 1, 1],
    ]);
  });

  it('takes the median of the times that are known and not negative', async () => {
    const ranks = { counts: [1, 2], low: [0, 1], high: [0, 2] };
    const [times] = await ask(funnelTimes(ranks, facts));
    // opportunity: ann 2 days, di 1 day. won: ann 10.5 days. revenue: ann 11 days.
    expect(times).toEqual({
      whole: 1,
      origin: '',
      opportunity_median: 1.5,
      opportunity_low: 1,
      opportunity_high: 2,
      won_median: 10.5,
      won_low: null,
      won_high: null,
      revenue_median: 11,
      revenue_low: null,
      revenue_high: null,
    });
  });

  it('never adds currencies or billing intervals up, and keeps revenue without a first contact in sight', async () => {
    expect(await ask(moneyByOrigin(facts))).toEqual([
      { known: 1, origin: 'email', currency: 'BRL', interval: '', amount: 100.5, movements: 1, unpriced: 0 },
      { known: 1, origin: 'email', currency: 'EUR', interval: '', amount: 10, movements: 1, unpriced: 0 },
      { known: 1, origin: 'unknown', currency: 'EUR', interval: 'month', amount: 7, movements: 1, unpriced: 0 },
      { known: 1, origin: '', currency: 'EUR', interval: '', amount: 3, movements: 1, unpriced: 0 },
      { known: 0, origin: '', currency: 'EUR', interval: '', amount: 0, movements: 1, unpriced: 1 },
    ]);
  });

  it('counts accounts with deals by segment', async () => {
    expect(await ask(dealsBySegment(facts))).toEqual([
      { segment: '', opportunities: 1, won_count: 1, withRevenue: 0 },
      { segment: 'mid', opportunities: 1, won_count: 1, withRevenue: 1 },
    ]);
  });

  it('gives people before and after the market date the same time to be won', async () => {
    // 30 days each side: ann (30 days before) won on day 10.5; di has no date of winning; cy and bob after.
    expect(await ask(beforeAfter(30, facts))).toEqual([{ before: 2, beforeWon: 1, after: 2, afterWon: 1, undated: 1 }]);
    expect(await ask(beforeAfter(10, facts))).toEqual([{ before: 0, beforeWon: 0, after: 2, afterWon: 1, undated: 0 }]);
  });

  it('reads how far the deals reach', async () => {
    expect(await ask(lastDeal(facts))).toEqual([{ day: '2026-03-11', hasRevenue: 1 }]);
    expect(await ask(lastDeal({ ...facts, now: new Date('2020-01-01') }))).toEqual([{ day: null, hasRevenue: 1 }]);
  });
});
