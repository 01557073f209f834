import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const stamp = { import: '00000000-0000-0000-0000-000000000000', version: 1 };
describe('adoption', () => {
  const use = (message: string, person: string, day: string) => ({
    message,
    name: 'Exported',
    at: `${day} 10:00:00.000`,
    person_id: person,
  });
  const open = async () => {
    const { context, client } = await app.workspace('Adoption');
    const account = (id: string, created_at: string | null, plan = 'pro') => ({ ...stamp, id, name: id, plan, segment: '', created_at });
    await context.events.insert('account', [
      account('old', '2025-01-01 00:00:00'),
      account('new', '2026-05-20 00:00:00'),
      account('idle', '2025-01-01 00:00:00', 'free'),
      account('undated', null),
    ]);
    const people = [
      ['ann', 'old'],
      ['bob', 'old'],
      ['cy', 'new'],
      ['di', 'idle'],
      ['ed', 'undated'],
    ];
    await context.events.insert(
      'person',
      people.map(([id, account_id]) => ({ ...stamp, id, name: id, account_id })),
    );
    const events = [
      use('1', 'ann', '2026-04-30'),
      use('2', 'ann', '2026-05-01'),
      use('3', 'bob', '2026-05-03'),
      use('4', 'cy', '2026-05-21'),
      use('5', 'cy', '2026-05-22'),
      use('6', 'ed', '2026-05-31'),
    ];
    await storeEvents(context.events, events as GivenEvent[], { timeZone: 'UTC', receivedAt: context.now() });
    await refreshIdentities(context);
    return { context, client };
  };
  const rule = { eventName: 'Exported', times: 2, days: 2 };

  test('since a day counts by hand: an account adopts by its people together, uses before the day are none', async () => {
    const { client } = await open();
    const found = await client.adoptions.get({ rule, since: { kind: 'day', day: '2026-05-01' }, horizonDays: 30 });
    expect(found.lastDay).toBe('2026-05-31');
    const at = (days: number) => found.accounts.curve.find(({ day }) => day === days)?.count;
    expect([found.accounts.eligible, at(0), at(2), at(3), at(21), at(22)]).toEqual([4, 0, 0, 1, 1, 2]);
    expect(found.people.curve.at(-1)).toMatchObject({ day: 30, count: 1, of: 5 });
    expect(found.accounts.now).toMatchObject({ state: 'too_few', count: 2, of: 4 });
    // Who never used it is nobody who could come back; of new, the second seven days are not over.
    expect(found.returns.slice(0, 2)).toMatchObject([
      { week: 0, count: 2, of: 2 },
      { week: 1, count: 0, of: 1 },
    ]);
    expect(found.breadth.accounts).toBe(2); // the use of ed is on day 31, after the horizon
    const missing = await client.adoptions.rows({ rule, since: { kind: 'day', day: '2026-05-01' }, horizonDays: 30 });
    expect(missing.rows.map(({ id }) => id)).toEqual(['idle', 'undated']);
    const file = await client.adoptions.exportRows({
      rule,
      since: { kind: 'day', day: '2026-05-01' },
      horizonDays: 30,
      state: 'not_used',
      unit: 'people',
    });
    expect([file.total, file.csv.split('\r\n').length]).toEqual([2, 4]);
  });

  test('since each account got access counts its own days; who has not had the time is not in the share, and an unknown day is said', async () => {
    const { client } = await open();
    const found = await client.adoptions.get({ rule, since: { kind: 'access', notBefore: '2026-05-01' }, horizonDays: 30 });
    expect(found.base).toEqual([
      { standing: 'eligible', accounts: 3 },
      { standing: 'access_unknown', accounts: 1 },
    ]);
    expect(found.accounts.marks[0]).toMatchObject({ day: 30, count: 1, of: 2 });
    const rows = await client.adoptions.rows({
      rule,
      since: { kind: 'access', notBefore: '2026-05-01' },
      horizonDays: 30,
      state: 'adopted',
    });
    expect(rows.rows.map(({ id, start, adopted_day }) => [id, start, adopted_day])).toEqual([
      ['new', '2026-05-20', 3],
      ['old', '2026-05-01', 3],
    ]);
  });

  test('a feature is counted in the version that is named, else in its newest, without any launch', async () => {
    const { client } = await open();
    const { id } = await client.features.create({ name: 'Export', rule });
    await client.features.update({ feature: id, rule: { ...rule, times: 1, days: 1 } });
    const asked = { feature: id, since: { kind: 'day' as const, day: '2026-05-01' }, horizonDays: 30 };
    const [newest, first] = await Promise.all([client.adoptions.get(asked), client.adoptions.get({ ...asked, version: 1 })]);
    expect([newest.launch, newest.feature]).toEqual([null, { id, name: 'Export', version: 2, newestVersion: 2 }]);
    expect(first.feature).toEqual({ id, name: 'Export', version: 1, newestVersion: 2 });
    // By hand: once is enough for ann, bob and cy in version 2; twice on two days only ann does with bob, as one account, and cy.
    expect([newest.people.curve.at(-1)!.count, first.people.curve.at(-1)!.count]).toEqual([3, 1]);
    await expect(client.adoptions.get({ ...asked, version: 3 })).rejects.toThrow('"Export" has no version 3; the newest is 2.');
  });

  test('all its tables leave as one CSV', async () => {
    const { client } = await open();
    const asked = { rule, since: { kind: 'day' as const, day: '2026-05-01' }, horizonDays: 30 };
    const [found, { csv, fileName }] = await Promise.all([client.adoptions.get(asked), client.adoptions.export(asked)]);
    const [head, ...rows] = csv
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect([fileName, head!.join()]).toEqual(['adoption-rule.csv', 'what,unit,group,day,count,of,share,low,high']);
    const of = (what: string, unit: string) => rows.filter((row) => row[0] === what && row[1] === unit);
    expect(of('curve', 'people').map((row) => Number(row[4]))).toEqual(found.people.curve.map(({ count }) => count));
    expect(of('returns', 'accounts').map((row) => [Number(row[3]), Number(row[4])])).toEqual(
      found.returns.map(({ week, count }) => [week, count]),
    );
    expect(of('plan', 'accounts').map((row) => [row[2], Number(row[5])])).toEqual(
      found.groups.find(({ by }) => by === 'plan')!.rows.map(({ value, of: all }) => [value, all]),
    );
    expect(of('base', 'accounts').map((row) => [row[2], Number(row[4])])).toEqual(
      found.base.map(({ standing, accounts }) => [standing, accounts]),
    );
  });

  test('what is adopted must be said', async () => {
    const { client } = await app.workspace('Nothing');
    await expect(client.adoptions.get({})).rejects.toThrow('Say what is adopted');
  });
});
