import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { accountsReached } from '../../launch/programs/members/queries.ts';
import { seededRandom } from '../../methods/numeric/random.ts';
import { compare, hasNewDeal, othersOf } from './matching.ts';
import { accountRows, type DealRow, dealRows, meetings, newestDeal } from './queries.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const version = { import: '00000000-0000-0000-0000-000000000000', version: 1 };
const at = (day: string) => `${day} 10:00:00.000`;
const account = (id: string) => ({ ...version, id, name: id, created_at: at('2025-01-01'), employees: 10, properties: {} });
const deal = (id: string, account_id: string, created: string, more: object = {}) => ({
  ...version,
  id,
  name: id,
  account_id,
  state: 'open',
  stage: 'open',
  amount: '1000',
  currency: 'USD',
  created_at: at(created),
  properties: {},
  ...more,
});
const won = (closed: string) => ({ state: 'won', stage: 'won', closed_at: at(closed) });
const touch = (id: string, account_id: string, day: string, more: object = {}) => ({
  ...version,
  id,
  account_id,
  person_id: null,
  kind: 'campaign',
  channel: 'webinar',
  campaign: 'Show',
  at: at(day),
  properties: { status: 'attended' },
  ...more,
});

/** Ash came and opened a deal; Birch came with one open, which was won; Cedar was led there by an ad first; Dogwood was only invited; Elm came yesterday. */
const withShow = async () => {
  const workspace = await app.workspace();
  const { events } = workspace.context;
  await events.insert('account', ['ash', 'birch', 'cedar', 'dogwood', 'elm'].map(account));
  await events.insert('touch', [
    touch('t1', 'ash', '2026-01-10'),
    touch('t2', 'birch', '2026-01-10'),
    touch('t3', 'cedar', '2026-01-10'),
    touch('t4', 'cedar', '2026-01-05', { campaign: 'Ad', channel: 'ads', properties: {} }),
    touch('t5', 'dogwood', '2026-01-10', { properties: { status: 'invited' } }),
    touch('t6', 'elm', '2026-05-31'),
    touch('t7', 'ash', '2026-01-20', { kind: 'meeting', campaign: null, properties: {} }),
    touch('t8', 'ash', '2026-06-20', { kind: 'meeting', campaign: null, properties: {} }),
  ]);
  await events.insert('opportunity', [
    deal('new', 'ash', '2026-02-01', won('2026-03-25')),
    deal('late', 'ash', '2026-06-15', { created_at: at('2026-05-20') }),
    deal('open', 'birch', '2025-12-20', won('2026-01-25')),
    deal('over', 'birch', '2025-10-01', won('2025-12-01')),
    deal('led', 'cedar', '2026-01-20', { amount: '500', currency: 'EUR' }),
    deal('uninvolved', 'dogwood', '2026-01-20'),
    deal('newest', 'elm', '2026-05-31', { amount: null }),
  ]);
  await workspace.client.programs.create({ name: 'Show', kind: 'trade_show', actualCost: 600 });
  return workspace;
};

test('what a program sourced and influenced within the days, counted by hand; whose days are not over is not counted', async () => {
  const { client } = await withShow();
  const found = await client.programReturns.get({ program: 'show', from: 'attended' });
  expect(found).toMatchObject({ from: 'attended', accounts: 4, dataTo: '2026-05-31', members: { members: 5, invited: 5, attended: 4 } });
  const [month, quarter, half] = found.horizons;
  expect(month).toMatchObject({
    days: 30,
    followed: 3,
    notYet: 1,
    meetings: 1,
    newDeals: { accounts: 2 },
    before: { accounts: 3, before: 1, after: 2 },
    sourced: { deals: 1, won: 0, amounts: [{ currency: 'USD', created: 1000, won: 0 }] },
    influenced: {
      deals: 2,
      won: 1,
      amounts: [
        { currency: 'EUR', created: 500, won: 0 },
        { currency: 'USD', created: 1000, won: 1000 },
      ],
    },
    matchedNew: { kind: 'refused', why: 'too_few', needed: 20 },
    accelerated: { touched: 1, closed: 1 },

    costPerSourced: null,
  });
  expect(month!.newDeals.share).toBeCloseTo(2 / 3, 10);
  expect(quarter).toMatchObject({
    followed: 3,
    sourced: { deals: 1, won: 1, amounts: [{ created: 1000, won: 1000 }] },
    influenced: { deals: 2 },
  });
  expect(half).toMatchObject({
    days: 180,
    followed: 0,
    notYet: 4,
    newDeals: { accounts: 0, share: null },
    sourced: { deals: 0 },
    accelerated: { touched: 0, closed: 0 },
  });
  const { deals, total } = await client.programReturns.rows({ program: 'show', days: 30 });
  expect(total).toBe(3);
  expect(deals.map(({ id, role }) => [id, role])).toEqual([
    ['new', 'sourced'],
    ['open', 'influenced'],
    ['led', 'influenced'],
  ]);
  expect((await client.programReturns.exportRows({ program: 'show', days: 30 })).csv.split('\r\n')[1]).toMatch(
    /^new,new,ash,sourced,won,1000,USD/,
  );
});

test('counted from an invitation, the deal of whoever was only invited is still neither sourced nor influenced', async () => {
  const { client } = await withShow();
  const { horizons, accounts } = await client.programReturns.get({ program: 'show', from: 'invited' });
  expect(accounts).toBe(5);
  expect(horizons[0]).toMatchObject({ followed: 4, newDeals: { accounts: 3 }, sourced: { deals: 1 }, influenced: { deals: 2 } });
});

test('accounts like these: no false alarm where the program does nothing, with unequal sizes, in 100 companies', () => {
  const random = seededRandom(11);
  let alarms = 0;
  let told = 0;
  for (let company = 0; company < 100; company++) {
    const deals = new Map<string, DealRow[]>();
    const make = (id: string) => {
      const isBusy = random() < 0.4;
      const created = [-100, -20, 30].filter(() => random() < (isBusy ? 0.5 : 0.15)).map((day) => (1000 + day) * 86_400);
      deals.set(
        id,
        created.map((moment, place) => ({
          id: `${id}-${place}`,
          name: '',
          account: id,
          state: 'open',
          amount: 1,
          currency: 'USD',
          created: moment,
          closed: null,
          isFirst: 0,
          wasBefore: 0,
          during: null,
        })),
      );
      return { id, created: 0, employees: Math.floor(random() * 500) };
    };
    // Busy accounts come more often: whom the program reaches is not drawn by lot.
    const all = Array.from({ length: 400 }, (_, place) => make(`account ${place}`));
    const comes = (id: string) => random() < (deals.get(id)!.some(({ created }) => created < 1000 * 86_400) ? 0.35 : 0.1);
    const reached = new Set(all.filter(({ id }) => comes(id)).map(({ id }) => id));
    const begun = all.filter(({ id }) => reached.has(id)).map((one) => ({ account: one, at: 1000 * 86_400 }));
    const others = othersOf(
      all.filter(({ id }) => !reached.has(id)),
      [1000 * 86_400],
    );
    const found = compare(begun, others, deals, hasNewDeal(90));
    if (found.kind === 'refused') continue;
    told++;
    if (found.low > 0 || found.high < 0) alarms++;
  }
  expect(told).toBeGreaterThan(50);
  expect(alarms / told).toBeLessThan(0.12);
}, 120_000);

test('every statement is one that the engine takes, and another workspace sees nothing', async () => {
  await withShow();
  const other = await app.workspace('Other');
  await other.client.programs.create({ name: 'Show' });
  expect(await other.client.programReturns.get({ program: 'show' })).toMatchObject({ accounts: 0, dataTo: null, costWhy: 'none' });
  const now = other.context.now();
  for (const { sql, params } of [
    dealRows({ lookbackDays: 9, invitedCounts: false }, now, { names: ['a'], accounts: ['b'] }),
    newestDeal(now),
    accountRows(['a'], 5),
    meetings(['a']),
    accountsReached(['a']),
  ])
    expect((await other.context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
});
