import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { shareDifference } from '../../methods/lift/share-difference.ts';
import { bootstrapMean } from '../../methods/numeric/bootstrap-mean.ts';

/**
 * 60 accounts pay from January 2025. Of them 24 used Export twice by the lock at the end of May 2025, 26 did not (six used it only
 * in June, two only once), and 10 are on a plan that cannot have it. Adopters: 2 leave; the others: 9 leave, one each month from July on.
 */
let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
let feature = '';
const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
const names = (kind: string, count: number) => Array.from({ length: count }, (_, place) => `${kind}-${String(place).padStart(2, '0')}`);
const adopters = names('adopter', 24);
const others = names('other', 26);
const unable = names('unable', 10);
const all = [...adopters, ...others, ...unable];
const pays = (place: number) => 100 + 7 * (place % 11);

let movement = 0;
const revenue = (account: string, kind: string, amount: number, day: string) => ({
  ...batch,
  id: `movement-${(movement += 1)}`,
  account_id: account,
  kind,
  amount,
  currency: 'USD',
  interval: 'month',
  at: `${day} 12:00:00.000`,
  properties: {},
});
const months = ['2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
const leaving = new Map([
  ...months.map((month, place) => [others[place]!, `${month}-10`] as const),
  [adopters[0]!, '2026-04-03'] as const,
  [adopters[1]!, '2026-05-31'] as const,
]);
let message = 0;
const use = (account: string, day: string): GivenEvent => ({
  message: String((message += 1)),
  name: 'Exported',
  at: `${day} 10:00:00.000`,
  user: `somebody of ${account}`,
  account_id: account,
});

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace('Kept');
  const { context, client } = opened;
  await context.events.insert(
    'account',
    all.map((id) => ({ ...batch, id, name: id, plan: unable.includes(id) ? 'Free' : 'Pro', properties: {} })),
  );
  await context.events.insert('revenue', [
    ...all.map((id, place) => revenue(id, 'new', pays(place), '2025-01-10')),
    ...[...leaving].map(([id, day]) => revenue(id, 'churn', pays(all.indexOf(id)), day)),
    // Comes back: it has left all the same.
    revenue(others[0]!, 'new', 50, '2025-09-01'),
    ...adopters.slice(10).map((id) => revenue(id, 'expansion', 30, '2025-12-01')),
    ...others.slice(12, 20).map((id) => revenue(id, 'contraction', 20, '2025-12-01')),
  ]);
  await storeEvents(
    context.events,
    [
      ...adopters.flatMap((id) => [use(id, '2025-03-01'), use(id, '2025-05-31')]),
      ...others.slice(0, 6).flatMap((id) => [use(id, '2025-06-01'), use(id, '2025-06-02')]),
      ...others.slice(6, 8).map((id) => use(id, '2025-05-01')),
    ],
    { timeZone: 'UTC', receivedAt: context.now() },
  );
  await refreshIdentities(context);
  feature = (await client.features.create({ name: 'Export', rule: { eventName: 'Exported', times: 2, days: 2 }, base: { plans: ['Pro'] } }))
    .id;
});
afterAll(() => app.close());

const asked = { range: { kind: 'between' as const, from: '2025-01-01', to: '2026-05-31' }, over: 12 };

describe('what is kept with a feature and without', () => {
  test('only who had adopted by the day of the lock counts as adopter; who could not stands apart', async () => {
    const { groups, adoption, locked, facts } = await opened.client.subscriptions.get({ ...asked, feature });
    expect(locked).toMatchObject({ accounts: 60, from: '2025-05-01', to: '2026-05-01' });
    expect(groups.map(({ kind, accounts, paying }) => [kind, accounts, paying])).toEqual([
      ['adopted', 24, 22],
      ['not_adopted', 26, 18],
      ['could_not', 10, 10],
    ]);
    expect(adoption!.by).toBe('2025-05-31');
    const { difference, low, high } = shareDifference({ successes: 22, trials: 24 }, { successes: 18, trials: 26 }) as {
      difference: number;
      low: number;
      high: number;
    };
    expect(adoption!.logo).toEqual({ points: difference, low, high });
    // Under 40 accounts revenue has no interval, so that no difference of revenue is claimed.
    expect([adoption!.net, groups[0]!.net!.why]).toEqual([null, 'too_few']);
    expect(facts.features).toEqual([{ id: feature, name: 'Export', version: 1, newestVersion: 1 }]);
  });

  test('survival is counted from the lock, month by month, and the groups are tested', async () => {
    const { survival } = await opened.client.subscriptions.get({ ...asked, feature });
    const [whole, did, didNot, couldNot] = survival!.groups;
    expect([whole, did, didNot, couldNot].map((group) => [group!.kind, group!.accounts, group!.left])).toEqual([
      ['all', 60, 11],
      ['adopted', 24, 2],
      ['not_adopted', 26, 9],
      ['could_not', 10, 0],
    ]);
    expect(did!.months).toEqual([]);
    // One of 26 leaves in each of the months 2 to 10 after the lock: nobody is censored before, so that shares are plain shares.
    const plain = Array.from({ length: 13 }, (_, month) => (26 - Math.min(9, Math.max(0, month - 1))) / 26);
    for (const [month, share] of plain.entries()) expect(didNot!.months[month]!.share, `month ${month}`).toBeCloseTo(share, 12);
    expect(survival!.test!.compared.map(({ kind, observed }) => [kind, observed])).toEqual([
      ['adopted', 2],
      ['not_adopted', 9],
    ]);
    // Reckoned apart, from risk sets: 24 and 26 at first, one leaving of the second each month for nine, then two of the first.
    const risks = [...Array.from({ length: 9 }, (_, place) => [24, 26 - place]), [24, 17], [23, 17]] as [number, number][];
    const expected = risks.reduce((sum, [own, rest]) => sum + own / (own + rest), 0);
    const variance = risks.reduce((sum, [own, rest]) => sum + (own * rest) / (own + rest) ** 2, 0);
    expect(survival!.test!.statistic).toBeCloseTo((2 - expected) ** 2 / variance, 10);
    expect(survival!.test!.compared[0]!.expected).toBeCloseTo(expected, 10);
  });

  test('mean revenue of those that pay has a bootstrap interval, or says how many it needs', async () => {
    const { locked, groups } = await opened.client.subscriptions.get({ ...asked, feature });
    const ends = all.flatMap((id, place) => {
      if (id === others[0]) return [50];
      if (leaving.has(id)) return [];
      const grown = adopters.indexOf(id) >= 10 ? 30 : others.indexOf(id) >= 12 && others.indexOf(id) < 20 ? -20 : 0;
      return [pays(place) + grown];
    });
    const found = bootstrapMean(ends) as { mean: number; low: number; high: number };
    expect(locked!.perAccount).toMatchObject({ accounts: 50, needed: null });
    expect(locked!.perAccount!.mean).toBeCloseTo(found.mean, 10);
    expect(locked!.perAccount!.low).toBeCloseTo(found.low, 10);
    expect(groups[2]!.perAccount).toMatchObject({ accounts: 10, low: null, needed: 20 });
  });
});

test('from the first revenue on, accounts that still pay are censored; plans are groups', async () => {
  const breakdown = { by: 'account_property' as const, name: 'plan' };
  const { survival, adoption } = await opened.client.subscriptions.get({ ...asked, breakdown, survival: 'first' });
  expect([adoption, survival!.from]).toEqual([null, 'first']);
  expect(survival!.groups.map(({ kind, name, accounts, left }) => [kind, name, accounts, left])).toEqual([
    ['all', '', 60, 11],
    ['usual', 'Pro', 50, 11],
    ['usual', 'Free', 10, 0],
  ]);
  expect(survival!.groups[1]!.months.at(-1)).toMatchObject({ month: 16, atRisk: 40, share: expect.closeTo(39 / 50, 12) });
  expect(survival!.test).toMatchObject({ degrees: 1 });
  const { csv } = await opened.client.subscriptions.export({ ...asked, breakdown });
  const lines = csv.split('\r\n').map((line) => line.split(','));
  const head = lines[0]!;
  const last = lines.find((line) => line[0] === 'survival' && line[1] === 'Pro' && line[2] === '12')!;
  expect(Number(last[head.indexOf('logo')])).toBeCloseTo(39 / 50, 12);
  expect(Number(lines.find(([what]) => what === 'log-rank')![head.indexOf('p')])).toBeGreaterThan(0);
});

describe('the plan of an account', () => {
  const breakdown = { by: 'account_property' as const, name: 'plan' };
  const at = (day: string) => new Date(`${day}T12:00:00Z`).getTime();
  const plan = (id: string, name: string, day: string) => ({ ...batch, version: at(day), id, plan: name, properties: {} });
  const paying = async (name: string, plans: (id: string, place: number) => object[]) => {
    const own = await app.workspace(name);
    await own.context.events.insert('account', all.flatMap(plans));
    await own.context.events.insert('revenue', [
      ...all.map((id, place) => revenue(id, 'new', pays(place), '2025-01-10')),
      revenue(all[0]!, 'expansion', 5, '2026-05-10'),
    ]);
    return own.client;
  };
  const told = ({ groups }: { groups: { kind: string; name: string; accounts: number }[] }) =>
    groups.map(({ kind, name, accounts }) => [kind, name, accounts]);

  test('is the one that was known when the set was locked, wherever the account went since', async () => {
    // All begin on Pro; 24 of 60 go to Enterprise, four of them on the last day of the lock and the others after it.
    const client = await paying('Moved', (id, place) => [
      plan(id, 'Pro', '2025-01-02'),
      ...(place < 24 ? [plan(id, 'Enterprise', place < 4 ? '2025-05-31' : '2025-06-01')] : []),
    ]);
    const then = await client.subscriptions.get({ ...asked, breakdown });
    expect(told(then)).toEqual([
      ['usual', 'Pro', 56],
      ['usual', 'Enterprise', 4],
    ]);
    expect(then.split).toEqual({ asOf: 'lock', known: 60, later: 0, firstKnown: null, refused: false });
    expect(told(await client.subscriptions.get({ ...asked, breakdown, asOf: 'now' }))).toEqual([
      ['usual', 'Pro', 36],
      ['usual', 'Enterprise', 24],
    ]);
    // From the first revenue on it is the plan of that month.
    const { survival } = await client.subscriptions.get({ ...asked, breakdown, survival: 'first' });
    expect(told(survival!)).toEqual([
      ['all', '', 60],
      ['usual', 'Pro', 60],
    ]);
  });

  test('that became known only after the lock tells nobody apart, until one asks for hindsight', async () => {
    const client = await paying('Late', (id, place) => [plan(id, place < 20 ? 'Pro' : 'Team', place < 12 ? '2025-05-31' : '2026-02-03')]);
    const { groups, split, locked, survival } = await client.subscriptions.get({ ...asked, breakdown });
    expect([groups, locked!.accounts]).toEqual([[], 60]);
    expect(split).toEqual({ asOf: 'lock', known: 12, later: 48, firstKnown: '2026-02-03', refused: true });
    expect([survival!.groups.map(({ kind }) => kind), survival!.why]).toEqual([['all'], 'not_known_then']);
    expect((await client.subscriptions.export({ ...asked, breakdown })).csv).toContain(
      'refused; known at the lock of 12 accounts; of 48 later',
    );
    const now = await client.subscriptions.get({ ...asked, breakdown, asOf: 'now' });
    expect(told(now)).toEqual([
      ['usual', 'Team', 40],
      ['usual', 'Pro', 20],
    ]);
    expect(now.split).toMatchObject({ asOf: 'now', known: 12, later: 48, refused: false });
  });

  test('of a few that became known later they stand apart as not set', async () => {
    const client = await paying('Some', (id, place) => [plan(id, 'Pro', place < 50 ? '2025-03-01' : '2026-02-03')]);
    const found = await client.subscriptions.get({ ...asked, breakdown });
    expect(told(found)).toEqual([
      ['usual', 'Pro', 50],
      ['not_set', '', 10],
    ]);
    expect(found.split).toMatchObject({ known: 50, later: 10, refused: false });
  });
});

test('it refuses what cannot be told', async () => {
  const { client } = opened;
  const breakdown = { by: 'account_property' as const, name: 'plan' };
  await expect(client.subscriptions.get({ ...asked, feature, breakdown })).rejects.toThrow('by a field or by a feature, not by both');
  await expect(client.subscriptions.get({ ...asked, feature, survival: 'first' })).rejects.toThrow('Follow from the lock');
  await expect(client.subscriptions.get({ ...asked, feature, version: 7 })).rejects.toThrow('has no version 7');
  await expect(client.subscriptions.get({ ...asked, feature, over: 15 })).rejects.toThrow('No event is known up to 2025-02-28');
  await expect(client.subscriptions.get({ ...asked, feature: '00000000-0000-4000-8000-000000000001' })).rejects.toThrow('no such feature');
  const other = await app.workspace('Another');
  await expect(other.client.subscriptions.get({ ...asked, feature })).rejects.toThrow('no such feature');
});

describe('revenue of several currencies', () => {
  const day = (kind: string, amount: number, currency: string, account: string, at: string) => ({
    ...revenue(account, kind, amount, at),
    currency,
  });
  const span = { range: { kind: 'between' as const, from: '2026-01-01', to: '2026-05-31' } };

  test('is only added at a dated rate of one day, which is stated; what is missing is named', async () => {
    const { client, context } = await app.workspace('Currencies');
    await context.events.insert('revenue', [
      day('new', 100, 'USD', 'a', '2026-01-10'),
      day('new', 50, 'EUR', 'b', '2026-02-10'),
      day('churn', 100, 'USD', 'a', '2026-04-10'),
      day('new', 10, 'GBP', 'c', '2026-03-10'),
      day('new', 99, '', 'd', '2026-03-10'),
    ]);
    await expect(client.subscriptions.get({ ...span, convertTo: 'EUR' })).rejects.toThrow(
      'without a dated rate. Missing on the day or the 7 days before: GBP/EUR: 2026-04-30; USD/EUR: 2026-04-30',
    );
    await client.exchangeRates.set({ day: '2026-04-29', from: 'USD', to: 'EUR', rate: 0.8, source: 'ECB' });
    await client.exchangeRates.set({ day: '2026-04-29', from: 'EUR', to: 'GBP', rate: 0.5, source: 'ECB' });
    const answer = await client.subscriptions.get({ ...span, convertTo: 'EUR' });
    expect(answer.months.map(({ mrr }) => mrr)).toEqual([80, 130, 150, 70]);
    expect([answer.currency, answer.conversion!.left, answer.leftOut.belowZero]).toEqual(['EUR', 1, 0]);
    expect(answer.conversion!.used.map(({ from, lastDay, sources }) => [from, lastDay, sources])).toEqual([
      ['GBP', '2026-04-29', ['ECB']],
      ['USD', '2026-04-29', ['ECB']],
    ]);
    const rows = await client.subscriptions.rows({ ...span, convertTo: 'EUR', month: '2026-04-01' });
    expect(rows.rows.map(({ id, mrr_before, mrr }) => [id, mrr_before, mrr])).toEqual([
      ['a', 80, 0],
      ['b', 50, 50],
      ['c', 20, 20],
    ]);
    await expect(client.subscriptions.get({ ...span, convertTo: 'EUR', currency: 'USD' })).rejects.toThrow(
      'leave out currency or convertTo',
    );
    await expect(client.subscriptions.get({ ...span, convertTo: 'EUR', rateDay: '2026-01-05' })).rejects.toThrow('GBP/EUR: 2026-01-05');
    expect((await client.subscriptions.get(span)).conversion).toBeNull();
  });
});
