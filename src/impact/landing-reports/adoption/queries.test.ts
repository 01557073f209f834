import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceEvents } from '../../../platform/events/store.ts';
import { facts } from '../facts.fixture.ts';
import { openStore, type OpenedStore } from '../store.fixture.ts';
import { baseCounts } from '../../adoptions/queries.ts';
import { newestDayOf } from '../../questions/asking.ts';
import { ofAllSegments, outsideOf } from './assemble.ts';
import { adoptionBySegment, type PeopleCounts, peopleCounts, type SegmentAdoption } from './queries.ts';

let events: OpenedStore;
let store: WorkspaceEvents;

const use = (person: string, account: string, at: string, extra: object = {}) => ({
  id: `${person}-${account}-${at}-${JSON.stringify(extra)}`,
  name: 'handoff_accepted',
  at,
  person_id: person,
  account_id: account,
  properties: {},
  ...extra,
});

beforeAll(async () => {
  events = await openStore(facts.timeZone);
  store = events.store;
  const account = (id: string, plan: string | null, segment: string | null, created_at: string | null) => ({
    id,
    name: id,
    plan,
    segment,
    created_at,
  });
  await store.insert('account', [
    account('early', 'business', 'mid', '2025-01-01 00:00:00'),
    account('steady', 'business', 'mid', '2025-01-01 00:00:00'),
    account('shared', 'business', 'large', null),
    account('idle', 'business', '', '2026-03-02 22:59:59'),
    account('late', 'business', 'mid', '2026-03-02 23:00:00'),
    account('free', 'free', 'mid', '2025-01-01 00:00:00'),
    account('planless', null, null, '2025-01-01 00:00:00'),
  ]);
  const person = (id: string, account_id: string | null) => ({ id, name: id, account_id });
  await store.insert('person', [
    person('ann', 'early'),
    person('bob', 'steady'),
    person('cy', 'shared'),
    person('di', 'shared'),
    person('ed', 'free'),
    person('flo', null),
  ]);
  await store.insert('event', [
    use('ann', '', '2026-03-02 22:30:00.000'), // 23:30 in Berlin on the day before: not within the horizon
    use('ann', '', '2026-03-02 23:30:00.000'), // 00:30 in Berlin: day 1
    use('ann', '', '2026-03-03 10:00:00.000'),
    use('ann', '', '2026-03-03 11:00:00.000'), // third use on day 1, but one day only
    use('ann', '', '2026-03-08 11:00:00.000'), // day 6: second day, adopted
    use('bob', 'steady', '2026-03-04 11:00:00.000'),
    use('bob', 'steady', '2026-03-05 11:00:00.000'), // two days, two uses
    use('bob', 'steady', '2026-06-01 11:00:00.000'), // day 91: after the horizon
    use('cy', '', '2026-05-30 11:00:00.000'),
    use('cy', '', '2026-05-30 12:00:00.000'),
    use('di', '', '2026-05-31 21:59:59.000'), // 23:59:59 in Berlin on day 90: together with cy the account adopts
    use('ed', '', '2026-04-01 11:00:00.000'),
    use('flo', '', '2026-04-01 11:00:00.000'),
    use('ann', '', '2026-04-01 11:00:00.000', { name: 'other' }),
  ]);
}, 60_000);

afterAll(async () => {
  await events?.close();
});

describe('adoption in ClickHouse', () => {
  it('counts the base and says why the others are not in it', async () => {
    expect(await store.ask(baseCounts(facts))).toEqual([
      { standing: 'eligible', accounts: 4, undated: 1 },
      { standing: 'created_later', accounts: 1, undated: 0 },
      { standing: 'other_plan', accounts: 1, undated: 0 },
      { standing: 'plan_unknown', accounts: 1, undated: 0 },
    ]);
  });

  it('lets an account adopt when its people together meet the rule, on the later of the k-th use and the d-th day', async () => {
    const found = ofAllSegments(await store.ask<SegmentAdoption>(adoptionBySegment(facts)), 90);
    expect(found).toMatchObject({ eligible: 4, users: 3 });
    expect(found.adopted).toHaveLength(91);
    expect([0, 5, 6, 89, 90].map((day) => found.adopted[day])).toEqual([0, 0, 1, 1, 2]);
  });

  it('lets a person adopt alone', async () => {
    const [found] = await store.ask<PeopleCounts>(peopleCounts(facts));
    expect(found).toMatchObject({ eligible: 4, users: 4, clusters: 3, sumNN: 6 });
    expect([found!.sumYY[90], found!.sumYN[90]]).toEqual([1, 1]);
    expect([5, 6, 90].map((day) => found!.adopted[day])).toEqual([0, 1, 1]);
  });

  it('counts what the base does not cover', async () => {
    const found = await store.ask<SegmentAdoption>(adoptionBySegment(facts));
    expect(outsideOf(found)).toEqual({ uses: 2, accounts: 1, withoutAccount: 1 });
  });

  it('splits by segment, the unknown one named apart, and the parts sum to the whole', async () => {
    const found = await store.ask<SegmentAdoption>(adoptionBySegment(facts));
    expect(
      found.map(({ segment, accounts, eligible, users, adopted }) => ({ segment, accounts, eligible, users, adopted: adopted.at(-1) })),
    ).toEqual([
      { segment: 'mid', accounts: 4, eligible: 2, users: 2, adopted: 1 },
      { segment: '', accounts: 2, eligible: 1, users: 0, adopted: 0 },
      { segment: 'large', accounts: 1, eligible: 1, users: 1, adopted: 1 },
    ]);
  });

  it('reads the last day from the newest event, in the time zone of the workspace', async () => {
    expect(await newestDayOf(store, '2026-06-02')).toBe('2026-06-01');
    expect(await newestDayOf(store, '2020-01-01')).toBeNull();
  });

  it('counts only events with the asked property', async () => {
    const filtered = { ...facts, rule: { ...facts.rule, properties: [{ name: 'kind', value: 'guided' }] } };
    expect(ofAllSegments(await store.ask<SegmentAdoption>(adoptionBySegment(filtered)), 90)).toMatchObject({ eligible: 4, users: 0 });
  });
});
