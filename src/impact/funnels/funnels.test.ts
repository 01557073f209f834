import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
const did = (message: string, name: string, at: string, user: string, more: object = {}) => ({
  message,
  name,
  at: `2026-${at}:00.000`,
  user,
  ...more,
});

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context } = opened;
  const given = [
    // u1 begins twice; the first time leads nowhere. u2 stops. u3 still has time. u4 comes to the end past the end of the period.
    did('1', 'Signed up', '05-02T10:00', 'u1', { account: 'g1', properties: { from: 'ad' } }),
    did('2', 'Signed up', '05-20T10:00', 'u1', { account: 'g1', properties: { from: 'mail' } }),
    did('3', 'Invited', '05-20T11:00', 'u1', { account: 'g1' }),
    did('4', 'Paid', '05-21T11:00', 'u1', { account: 'g1' }),
    did('5', 'Signed up', '05-03T10:00', 'u2', { account: 'g1', properties: { from: 'ad' } }),
    did('6', 'Signed up', '05-30T10:00', 'u3', { account: 'g2' }),
    did('7', 'Invited', '05-30T12:00', 'u3', { account: 'g2' }),
    did('8', 'Signed up', '05-24T10:00', 'u4'),
    did('9', 'Invited', '05-26T10:00', 'u4'),
    did('10', 'Cancelled', '05-26T11:00', 'u4'),
    did('11', 'Paid', '05-27T10:00', 'u4'),
  ].map((event) => ({ ...event, at: event.at.replace('T', ' ') }));
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

const steps = ['Signed up', 'Invited', 'Paid'].map((event) => ({ event }));
const question = { steps, window: { count: 7, in: 'days' as const }, range: { kind: 'last' as const, days: 40 } };

test('a funnel says who came how far, who still has time, and how long each step took', async () => {
  const { steps: reached, settled, interval, facts } = await opened.client.funnels.get(question);
  expect(reached.map(({ count, stopped, underWay }) => [count, stopped, underWay])).toEqual([
    [4, 1, 0],
    [3, 0, 1],
    [2, 0, 0],
  ]);
  expect(reached[1]!.seconds).toEqual({ p10: 4320, median: 7200, p90: 139_680 });
  expect(reached[2]!.ofFirst.share).toBe(0.5);
  expect(settled).toMatchObject({ of: 3, count: 2 });
  expect(interval).toBe('none');
  expect(facts.sql[0]).toContain('arrayFill');
});

test('the window may run past the end of the period, and an excluded event ends the way', async () => {
  const until = { ...question, range: { kind: 'between' as const, from: '2026-05-01', to: '2026-05-24' } };
  expect((await opened.client.funnels.get(until)).steps.map(({ count }) => count)).toEqual([3, 2, 2]);
  const without = await opened.client.funnels.get({ ...until, exclusions: [{ event: 'Cancelled' }] });
  expect(without.steps.map(({ count }) => count)).toEqual([3, 2, 1]);
});

test('a group is that of the first step that leads furthest; accounts are counted as one', async () => {
  const { groups } = await opened.client.funnels.get({ ...question, breakdown: { by: 'property', name: 'from' } });
  expect(groups.map(({ kind, name, steps: [first, , last] }) => [kind, name, first!.count, last!.count])).toEqual([
    ['usual', 'ad', 1, 0],
    ['usual', 'mail', 1, 1],
    ['not_set', '', 2, 1],
  ]);
  const accounts = await opened.client.funnels.get({ ...question, unit: 'accounts' });
  expect(accounts).toMatchObject({ interval: 'independent', steps: [{ count: 2 }, { count: 2 }, { count: 1 }] });
  const byName = await opened.client.funnels.get({ ...question, unit: 'accounts', breakdown: { by: 'account_property', name: 'name' } });
  expect(byName.groups[0]!.steps[0]!.count).toBe(2);
  const byCountry = await opened.client.funnels.get({ ...question, breakdown: { by: 'person_property', name: 'country' } });
  expect(byCountry.groups.map(({ kind }) => kind)).toEqual(['not_set']);
});

test('it opens to those who stopped, those who went on and those who still have time, and leaves as CSV', async () => {
  const who = async (more: object) =>
    (await opened.client.funnels.rows({ ...question, ...more } as never)).rows.map((row) => row['source_id']);
  expect(await who({ place: 1, which: 'stopped' })).toEqual(['u2']);
  expect(await who({ place: 2, which: 'underWay' })).toEqual(['u3']);
  expect(await who({ place: 3 })).toEqual(['u1', 'u4']);
  expect(await who({ place: 1, breakdown: { by: 'property', name: 'from' }, group: { kind: 'usual', name: 'ad' } })).toEqual(['u2']);
  const { csv, total } = await opened.client.funnels.exportRows({ ...question, place: 3 });
  expect([total, csv.split('\r\n').length]).toEqual([2, 4]);
  expect((await opened.client.funnels.export(question)).csv).toContain('all,3,Paid,2,0.5');
});
