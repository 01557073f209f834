import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context } = opened;
  const did = (user: string, at: string, name: string) => ({ message: `${user} ${at} ${name}`, name, at: `2026-05-${at}:00.000`, user });
  const given = [
    // u1 opens three times in a row, pays in the second session only. u2 leaves after the first event. u3 takes a detour.
    ...['10:00', '10:05', '10:06'].map((time) => did('u1', `20 ${time}`, 'Opened')),
    did('u1', '20 10:10', 'Searched'),
    did('u1', '20 11:00', 'Opened'),
    did('u1', '20 11:10', 'Paid'),
    did('u1', '20 11:20', 'Left'),
    did('u2', '20 10:00', 'Opened'),
    did('u3', '20 10:00', 'Opened'),
    did('u3', '20 10:01', 'Searched'),
    did('u3', '20 10:02', 'Paid'),
    // The day before the period.
    did('u4', '19 10:00', 'Opened'),
  ];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

const range = { kind: 'between' as const, from: '2026-05-20', to: '2026-05-31' };
const opens = { from: { event: 'Opened' }, range };

test('paths after an event, session by session, with those that end', async () => {
  const answer = await opened.client.paths.get(opens);
  expect([answer.count, answer.units, answer.ended, answer.interval]).toEqual([4, 3, 1, 'none']);
  expect(answer.positions.map(({ nodes }) => nodes.map(({ name, count, ended }) => [name, count, ended]))).toEqual([
    [
      ['Searched', 2, 1],
      ['Paid', 1, 0],
    ],
    [
      ['Left', 1, 1],
      ['Paid', 1, 1],
    ],
  ]);
  expect(answer.positions[0]!.nodes[0]).toMatchObject({ share: 0.5, low: null, high: null });
  expect(answer.links).toEqual([
    { position: 1, from: 'Paid', to: 'Left', count: 1, units: 1 },
    { position: 1, from: 'Searched', to: 'Paid', count: 1, units: 1 },
  ]);
  expect(answer.reached).toBeNull();
});

test('paths to an event: how many come to it, on which ways and how fast', async () => {
  const { reached, whole } = await opened.client.paths.get({ ...opens, to: { event: 'Paid' } });
  expect(reached).toMatchObject({ count: 2, units: 2, share: 0.5, seconds: 360, further: 0 });
  expect(whole.map(({ path, count, seconds }) => [path, count, seconds])).toEqual([
    [['Paid'], 1, 600],
    [['Searched', 'Paid'], 1, 120],
  ]);
  const longer = await opened.client.paths.get({ ...opens, to: { event: 'Paid' }, gap: 60 });
  expect(longer.whole.map(({ path }) => path.join(' > '))).toEqual(['Searched > Paid', 'Searched > Opened > Paid']);
  const cut = await opened.client.paths.get({ ...opens, to: { event: 'Paid' }, gap: 60, depth: 2 });
  expect(cut.reached).toMatchObject({ count: 2, further: 1 });
  const without = await opened.client.paths.get({ ...opens, to: { event: 'Paid' }, leaveOut: ['Searched'] });
  expect(without.whole.map(({ path, count }) => [path, count])).toEqual([[['Paid'], 2]]);
});

test('before an event the session is read backwards', async () => {
  const { tree } = await opened.client.paths.get({ from: { event: 'Paid' }, direction: 'before', range });
  expect(tree.map(({ path, count, ended }) => [path.join(' < '), count, ended])).toEqual([
    ['Opened', 1, 1],
    ['Searched', 1, 0],
    ['Searched < Opened', 1, 1],
  ]);
});

test('a figure opens to those behind it, and leaves as CSV', async () => {
  const who = async (place: object) => (await opened.client.paths.rows({ ...opens, place } as never)).rows.map((row) => row['source_id']);
  expect(new Set(await who({ kind: 'begins', path: [] }))).toEqual(new Set(['u1', 'u2', 'u3']));
  expect(await who({ kind: 'ended', path: [] })).toEqual(['u2']);
  expect(await who({ kind: 'begins', path: ['Searched', 'Paid'] })).toEqual(['u3']);
  expect(await who({ kind: 'ended', path: ['Searched'] })).toEqual(['u1']);
  expect(await who({ kind: 'other', path: [], next: ['Searched'] })).toEqual(['u1']);
  expect(await who({ kind: 'node', position: 2, name: 'Left' })).toEqual(['u1']);
  expect(await who({ kind: 'link', position: 1, from: 'Searched', to: 'Paid' })).toEqual(['u3']);
  const paid = { ...opens, to: { event: 'Paid' } };
  const reached = await opened.client.paths.exportRows({ ...paid, place: { kind: 'reached' } });
  expect([reached.total, reached.csv.split('\r\n').length]).toEqual([2, 4]);
  expect((await opened.client.paths.rows({ ...paid, place: { kind: 'whole', path: ['Paid'] } })).rows.map((row) => row['paths'])).toEqual([
    1,
  ]);
  const { csv } = await opened.client.paths.export(paid);
  expect(csv).toContain('whole,2,Searched > Paid,1,1,0.25');
});

test('what cannot be answered is refused, and another workspace sees nothing', async () => {
  await expect(opened.client.paths.get({ ...opens, leaveOut: ['Opened'] })).rejects.toThrow(/also left out/);
  await expect(opened.client.paths.get({ ...opens, depth: 9 })).rejects.toThrow();
  const deep = { ...opens, depth: 2, place: { kind: 'begins' as const, path: ['a', 'b', 'c'] } };
  await expect(opened.client.paths.rows(deep)).rejects.toThrow(/step 3 is none/);
  const elsewhere = await app.workspace('Elsewhere');
  expect(await elsewhere.client.paths.get(opens)).toMatchObject({ count: 0, units: 0, positions: [], links: [], tree: [], whole: [] });
  expect((await elsewhere.client.paths.rows({ ...opens, place: { kind: 'begins', path: [] } })).total).toBe(0);
});
