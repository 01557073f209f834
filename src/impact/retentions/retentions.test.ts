import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { doingOf } from '../questions/behaviours.ts';
import { retentionSums } from './queries.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;

let sent = 0;
const did = (name: string, user: string, days: string[], more: object = {}) =>
  days.map((day) => ({ message: `m${(sent += 1)}`, name, at: `2026-${day} 10:00:00.000`, user, ...more }));

// Mondays: 4, 11, 18 and 25 May. The newest event is of 27 May, so the week of the 25th is not covered.
beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context } = opened;
  const given = [
    // Used it a year before: in May u0 is no newcomer, whatever is asked.
    ...did('Used', 'u0', ['05-04', '05-12', '05-19'], { account: 'g1' }),
    { message: 'old', name: 'Used', at: '2025-05-06 10:00:00.000', user: 'u0', account: 'g1' },
    ...did('Used', 'u1', ['05-04', '05-06', '05-11', '05-26'], { account: 'g1', properties: { plan: 'pro' } }),
    ...did('Used', 'u2', ['05-10'], { account: 'g2', properties: { plan: 'free' } }),
    ...did('Viewed', 'u2', ['05-05', '05-12'], { account: 'g2' }),
    ...did('Used', 'u3', ['05-05', '05-21'], { account: 'g2', properties: { plan: 'pro' } }),
    ...did('Used', 'u4', ['05-13', '05-27'], { account: 'g3' }),
    ...did('Used', 'u5', ['05-07', '05-08', '05-20']),
    ...did('Used', 'u6', ['05-08']),
    {
      message: 'g',
      kind: 'group' as const,
      name: '$group',
      at: '2026-05-04 09:00:00.000',
      user: 'u1',
      account: 'g1',
      traits: { plan: 'Team' },
    },
  ];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

const used = { event: 'Used' };
const may = { kind: 'between' as const, from: '2026-05-04', to: '2026-05-31' };
const question = { start: used, return: used, periods: 3, range: may };
const counts = (cells: ({ count: number; of: number; incomplete: boolean } | null)[]) =>
  cells.map((cell) => cell && `${cell.count}/${cell.of}${cell.incomplete ? ' so far' : ''}`);
const who = async (more: object) =>
  (await opened.client.retentions.rows({ ...question, place: 1, ...more })).rows.map(({ source_id }) => String(source_id));

test('whoever began before the range is no newcomer; a period that goes on is not counted as nothing', async () => {
  const { cohorts, all, lastDay } = await opened.client.retentions.get(question);
  expect(lastDay).toBe('2026-05-27');
  expect(cohorts.map(({ start, n, cells }) => [start, n, ...counts(cells)])).toEqual([
    ['2026-05-04', 5, '5/5', '1/5', '2/5', '1/5 so far'],
    ['2026-05-11', 1, '1/1', '0/1', '1/1 so far', null],
  ]);
  expect([all.n, ...counts(all.cells)]).toEqual([6, '6/6', '1/6', '2/5', null]);
  expect(cohorts[0]!.cells[1]).toMatchObject({ share: 0.2, low: null });
  expect(cohorts[1]!.cells[0]).toMatchObject({ share: null });
  expect(await who({ cohort: '2026-05-04' })).toEqual(['u1']);
  const everybody = [...(await who({ cohort: '2026-05-04' })), ...(await who({ cohort: '2026-05-04', which: 'not' }))];
  expect(everybody.toSorted((a, b) => a.localeCompare(b))).toEqual(['u1', 'u2', 'u3', 'u5', 'u6']);
});

test('unbounded, coming back later counts too; first seen is over all time as well, and anything may be the return', async () => {
  const later = await opened.client.retentions.get({ ...question, kind: 'onOrAfter' });
  expect(counts(later.cohorts[0]!.cells)).toEqual(['5/5', '3/5', '3/5', '1/5 so far']);
  const seen = await opened.client.retentions.get({ periods: 2, range: may });
  expect(seen.cohorts.map(({ start, n, cells }) => [start, n, ...counts(cells)])).toEqual([
    ['2026-05-04', 5, '5/5', '2/5', '2/5'],
    ['2026-05-11', 1, '1/1', '0/1', '1/1 so far'],
  ]);
});

test('days are followed one by one, months by the calendar; the day of the start counts from the start on', async () => {
  const byDay = await opened.client.retentions.get({ ...question, by: 'day', periods: 2 });
  expect(byDay.cohorts.map(({ start, cells }) => [start.slice(8), ...counts(cells)])).toEqual([
    ['04', '1/1', '0/1', '1/1'],
    ['05', '1/1', '0/1', '0/1'],
    ['07', '1/1', '1/1', '0/1'],
    ['08', '1/1', '0/1', '0/1'],
    ['10', '1/1', '0/1', '0/1'],
    ['13', '1/1', '0/1', '0/1'],
  ]);
  const viewed = { ...question, return: { event: 'Viewed' } };
  // u2 viewed on the 5th and used it on the 10th: not a return in that week.
  expect(counts((await opened.client.retentions.get(viewed)).cohorts[0]!.cells)).toEqual(['0/5', '1/5', '0/5', '0/5 so far']);
  const byMonth = await opened.client.retentions.get({ ...question, by: 'month', periods: 1 });
  expect(byMonth.cohorts).toMatchObject([{ start: '2026-05-01', n: 6, partial: true }]);
  expect(counts(byMonth.cohorts[0]!.cells)).toEqual(['6/6 so far', null]);
});

test('it is counted by account, and broken down by a property of the first event or a field of the account', async () => {
  const accounts = await opened.client.retentions.get({ ...question, unit: 'accounts' });
  // g1 began a year before.
  expect(accounts.cohorts.map(({ start, n, cells }) => [start, n, ...counts(cells)])).toEqual([
    ['2026-05-04', 1, '1/1', '0/1', '1/1', '0/1 so far'],
    ['2026-05-11', 1, '1/1', '0/1', '1/1 so far', null],
  ]);
  const byPlan = await opened.client.retentions.get({ ...question, breakdown: { by: 'property', name: 'plan' } });
  expect(byPlan.groups.map(({ kind, name, n, cells }) => [kind, name, n, counts(cells)[2]])).toEqual([
    ['usual', 'pro', 2, '1/2'],
    ['usual', 'free', 1, '0/1'],
    ['not_set', '', 3, '1/2'],
  ]);
  const byAccount = await opened.client.retentions.get({ ...question, breakdown: { by: 'account_property', name: 'plan' } });
  expect(byAccount.groups.map(({ kind, name, n }) => [kind, name, n])).toEqual([
    ['usual', 'Team', 1],
    ['not_set', '', 5],
  ]);
  const teams = await opened.client.retentions.get({
    range: { kind: 'last', days: 400 },
    by: 'month',
    unit: 'accounts',
    breakdown: { by: 'account_property', name: 'plan' },
  });
  expect(teams.groups.map(({ kind, name, n }) => [kind, name, n])).toEqual([
    ['usual', 'Team', 1],
    ['not_set', '', 2],
  ]);
  const byTitle = await opened.client.retentions.get({ range: may, breakdown: { by: 'person_property', name: 'title' } });
  expect(byTitle.groups.map(({ kind, n }) => [kind, n])).toEqual([['not_set', 6]]);
  const group = { breakdown: { by: 'property', name: 'plan' }, group: { kind: 'usual', name: 'pro' } };
  expect(await who({ ...group, place: 2 })).toEqual(['u3']);
  expect(await who({ ...group, place: 2, which: 'not' })).toEqual(['u1']);
});

test('it leaves as CSV, the figures and the rows', async () => {
  const { csv } = await opened.client.retentions.export(question);
  expect(csv.replace('\uFEFF', '').split('\r\n').slice(0, 3)).toEqual([
    'kind,name,n,period,count,of,share,low,high,incomplete',
    'all,,6,0,6,6,1,,,no',
    'all,,6,1,1,6,0.16666666666666666,,,no',
  ]);
  const rows = await opened.client.retentions.exportRows({ ...question, place: 2, cohort: '2026-05-04' });
  expect([rows.total, rows.csv.replace('\uFEFF', '').split('\r\n')[0]]).toEqual([
    2,
    'id,name,source_id,email,account,began_on,return_days,returned_on',
  ]);
});

test('what cannot be asked is refused, with what to do', async () => {
  const { retentions } = opened.client;
  await expect(retentions.get({ ...question, periods: 30 })).rejects.toThrow('At most 26 periods are followed by week');
  await expect(retentions.get({ range: { kind: 'last', days: 200 }, by: 'day' })).rejects.toThrow('at most 100 are shown');
  await expect(retentions.get({ breakdown: { by: 'property', name: 'plan' } })).rejects.toThrow('Being first seen has no properties');
  await expect(retentions.get({ unit: 'accounts', breakdown: { by: 'person_property', name: 'title' } })).rejects.toThrow(
    'no field of a person',
  );
  await expect(retentions.rows({ ...question, place: 4 })).rejects.toThrow('Periods 0 to 3 are followed');
  await expect(retentions.rows({ ...question, place: 1, cohort: '2026-05-05' })).rejects.toThrow('No week of the range');
  await expect(retentions.rows({ ...question, place: 1, group: { kind: 'usual', name: 'pro' } })).rejects.toThrow('nothing is broken down');
  const hostile = { event: `Used') OR 1 = 1 --`, filters: [{ property: `x'] OR 1=1`, operator: 'is' as const, values: [`'`] }] };
  expect((await retentions.get({ ...question, start: hostile })).all.n).toBe(0);
});

test('another workspace sees nobody, and without events nothing is said', async () => {
  const other = await app.workspace('Other');
  const { all, cohorts, lastDay } = await other.client.retentions.get(question);
  expect([all.n, cohorts, lastDay]).toEqual([0, [], null]);
  expect(all.cells).toEqual([null, null, null, null]);
  expect(await other.client.retentions.rows({ ...question, place: 0 })).toMatchObject({ total: 0, rows: [] });
});

test('people without filters on properties are read from the sums that are stored with the events', async () => {
  const days = { from: '2026-05-04', to: '2026-05-31' };
  const followed = {
    days,
    today: '2026-06-01',
    lastDay: '2026-05-27',
    open: '2026-05-28',
    timeZone: 'UTC',
    range: may,
    by: 'week',
    periods: 3,
    kind: 'on',
    unit: 'people',
  } as const;
  const used = doingOf({ event: 'Used', filters: [] }, new Date());
  for (const start of [null, used]) {
    const { sql, params } = retentionSums({ ...followed, start, return: used }, []);
    const plan = (await opened.context.events.ask<{ explain: string }>({ sql: `EXPLAIN ${sql}`, params })).map(({ explain }) => explain);
    const reads = plan.filter((line) => /ReadFromMergeTree/.test(line));
    expect(reads.filter((line) => /by_name|by_person/.test(line)).length).toBe(2);
    expect(reads.filter((line) => /\bevent\b/.test(line) && !/by_/.test(line))).toEqual([]);
  }
});
