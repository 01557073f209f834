import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { doingOf } from '../questions/behaviours.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;

const used = (message: string, at: string, user: string, more: object = {}) => ({ message, name: 'Used', at: `${at}.000`, user, ...more });
const may = (from: string, to: string) => ({ kind: 'between' as const, from: `2026-05-${from}`, to: `2026-05-${to}` });

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context } = opened;
  const given = [
    used('1', '2026-05-04 09:00:00', 'u1', { account: 'g1', properties: { plan: 'pro', seats: '4' } }),
    used('2', '2026-05-04 10:00:00', 'u1', { account: 'g1', properties: { plan: 'pro', seats: '6' } }),
    used('3', '2026-05-05 10:00:00', 'u2', { account: 'g1', properties: { plan: 'free', seats: '1' } }),
    // A browser that turns out to be u2's.
    { ...used('4', '2026-05-05 11:00:00', ''), anonymous: 'a2' },
    { message: 'i', kind: 'identify' as const, name: '$identify', at: '2026-05-05 11:01:00.000', user: 'u2', anonymous: 'a2' },
    used('5', '2026-05-12 10:00:00', 'u3', { account: 'g2', properties: { seats: 'many' } }),
    used('6', '2026-05-12 10:00:00', ''),
    used('7', '2026-04-28 10:00:00', 'u1', { account: 'g1' }),
    {
      message: 'g',
      kind: 'group' as const,
      name: '$group',
      at: '2026-05-01 00:00:00.000',
      user: 'u1',
      account: 'g1',
      traits: { name: 'Acme', plan: 'Team' },
    },
  ];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

const ask = (input: object) => opened.client.trends.get({ range: may('04', '12'), ...input } as never);
const figures = (points: { at: string; value: number | null }[]) =>
  points.filter(({ value }) => value).map(({ at, value }) => [at.slice(8), value]);

describe('a trend', () => {
  test('counts events, people and accounts by day, people as who they are now', async () => {
    const measures = ['events', 'people', 'accounts', 'events_per_person'];
    const { lines, withoutPerson } = await ask({ series: measures.map((measure) => ({ event: 'Used', measure })) });
    expect(lines.map(({ points }) => figures(points))).toEqual([
      [
        ['04', 2],
        ['05', 2],
        ['12', 2],
      ],
      [
        ['04', 1],
        ['05', 1],
        ['12', 1],
      ],
      [
        ['04', 1],
        ['05', 1],
        ['12', 1],
      ],
      [
        ['04', 2],
        ['05', 2],
        ['12', 1],
      ],
    ]);
    expect(lines.map(({ total }) => total)).toEqual([6, 3, 2, 5 / 3]);
    expect(withoutPerson).toBe(1);
    expect(lines[0]!.points).toHaveLength(9);
  });

  test('adds up, averages and halves a numeric property, and leaves out what is no number', async () => {
    const { lines } = await ask({ series: ['sum', 'mean', 'median'].map((measure) => ({ event: 'Used', measure, property: 'seats' })) });
    expect(lines.map(({ total }) => total)).toEqual([11, 11 / 3, 4]);
    expect(lines[1]!.points.find(({ at }) => at === '2026-05-12')).toEqual({ at: '2026-05-12', value: null, n: 0 });
  });

  test('has weeks that begin on Monday, and says which period is not whole', async () => {
    const { lines } = await ask({ series: [{ event: 'Used', measure: 'people' }], by: 'week' });
    expect(lines[0]!.points).toEqual([
      { at: '2026-05-04', value: 2, n: 4 },
      { at: '2026-05-11', value: 1, n: 2, incomplete: true },
    ]);
    const month = await ask({ series: [{ event: 'Used', measure: 'events' }], by: 'month', range: { kind: 'last', days: 40 } });
    expect(month.lines[0]!.points).toEqual([
      { at: '2026-04-01', value: 1, n: 1, incomplete: true },
      { at: '2026-05-01', value: 6, n: 6 },
      { at: '2026-06-01', value: 0, n: 0, incomplete: true },
    ]);
  });

  test('is compared with as many periods before', async () => {
    const { lines, before } = await ask({ series: [{ event: 'Used', measure: 'people' }], compare: true, range: may('04', '10') });
    expect(before).toEqual({ from: '2026-04-27', to: '2026-05-03' });
    expect(lines[0]).toMatchObject({ total: 2, totalBefore: 1 });
    expect(figures(lines[0]!.previous!)).toEqual([['28', 1]]);
  });

  test('adds up people once', async () => {
    const { lines } = await ask({
      series: [
        { event: 'Used', measure: 'people' },
        { event: 'Used', measure: 'events' },
      ],
      cumulative: true,
    });
    expect(lines.map(({ points }) => [points[0]!.value, points[1]!.value, points.at(-1)!.value])).toEqual([
      [1, 2, 3],
      [2, 4, 6],
    ]);
    await expect(ask({ series: [{ event: 'Used', measure: 'median', property: 'seats' }], cumulative: true })).rejects.toThrow(
      'cannot be added up',
    );
  });

  test('is broken down by a property of the event, and by a field of the account', async () => {
    const byPlan = await ask({ series: [{ event: 'Used', measure: 'people' }], breakdown: { by: 'property', name: 'plan' } });
    expect(byPlan.lines.map(({ kind, name, total }) => [kind, name, total])).toEqual([
      ['usual', 'pro', 1],
      ['usual', 'free', 1],
      ['not_set', '', 2],
    ]);
    const byAccount = await ask({ series: [{ event: 'Used', measure: 'events' }], breakdown: { by: 'account_property', name: 'plan' } });
    expect(byAccount.lines.map(({ kind, name, total }) => [kind, name, total])).toEqual([
      ['usual', 'Team', 3],
      ['not_set', '', 3],
    ]);
  });

  test('says on how many of the last seven days those who were active were active', async () => {
    const { lines } = await ask({ series: [{ event: 'Used', measure: 'stickiness_7' }], range: may('04', '12') });
    const at = (day: string) => lines[0]!.points.find((point) => point.at === `2026-05-${day}`)!;
    expect(at('04')).toMatchObject({ value: 2, n: 1 });
    expect(at('05')).toMatchObject({ value: 1, n: 2 });
    expect(at('12')).toMatchObject({ value: 1, n: 1 });
  });

  test('opens to the people behind a point, and leaves as CSV', async () => {
    const question = { series: [{ event: 'Used', measure: 'people' as const }], range: may('04', '12') };
    const rows = await opened.client.trends.rows({ ...question, at: '2026-05-04' });
    expect(rows).toMatchObject({ total: 1, rows: [{ source_id: 'u1', events: 2, days: 1, account: 'Acme' }] });
    const grouped = await opened.client.trends.rows({
      ...question,
      breakdown: { by: 'property', name: 'plan' },
      group: { kind: 'not_set' },
    });
    expect(grouped.rows.map(({ source_id }) => String(source_id)).toSorted()).toEqual(['u2', 'u3']);
    const accounts = await opened.client.trends.exportRows({ ...question, unit: 'accounts' });
    expect(accounts.csv).toContain('Acme');
    const { csv } = await opened.client.trends.export(question);
    expect(csv.split('\r\n')[1]).toBe('2026-05-04,Used,people,1,2,no,,');
  });
});

test('people a day are read from the sums that are stored with the events', async () => {
  const { facts } = await ask({
    series: [
      { event: 'Used', measure: 'people' },
      { event: null, measure: 'people' },
    ],
  });
  const { trendCounts } = await import('./queries.ts');
  for (const event of ['Used', null]) {
    const series = { doing: doingOf({ event, filters: [] }, new Date()), measure: 'people' as const, property: '' };
    const { sql, params } = trendCounts({ series, by: 'day', days: { from: '2026-05-04', to: '2026-05-12' }, cumulative: false });
    const plan = await opened.context.events.ask<{ explain: string }>({ sql: `EXPLAIN ${sql}`, params });
    expect(plan.map(({ explain }) => explain).join('\n')).toContain(event ? 'by_name' : 'by_day');
  }
  expect(facts.sql.length).toBeGreaterThan(2);
});
