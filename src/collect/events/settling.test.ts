import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { own, rows } from '../../platform/events/sources.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { events, numbers } from './queries.ts';
import { settleChunk } from './settle.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

let chunks = 100;
type Line = Record<string, unknown>;

/** What clients sent, in one chunk, settled as often as a crash would have it. */
const arrive = async (context: Context, lines: Line[], times = 1): Promise<number> => {
  const chunk = (chunks += 1);
  const common = { chunk, key: context.workspace.id, received_at: '2026-06-01 12:00:00.000', kind: 'track', at: '2026-05-31 23:30:00.000' };
  await context.events.insert(
    'arrival',
    lines.map((line, receipt) => ({ ...common, receipt, ...line })),
  );
  for (let time = 0; time < times; time++) await settleChunk(context.events, chunk, 'Europe/Berlin');
  await refreshIdentities({ ...context, now: () => new Date(chunk) });
  return chunk;
};
const track = (message: string, more: Line = {}): Line => ({ message, name: 'Exported', user: 'u1', ...more });
const ask = <Row>(context: Context, sql: string) => context.events.ask<Row>({ sql });
const counted = (context: Context) =>
  ask(
    context,
    `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicate) AS duplicate, sum(failed) AS failed FROM ${own('ingest')}`,
  );
const stored = (context: Context) => ask<{ name: string }>(context, `SELECT name FROM ${rows('event')} ORDER BY name`);

/** Each event with whose it is: the key under which that person is known to the product. */
const whose = (context: Context) =>
  ask<{ name: string; who: string }>(
    context,
    `SELECT e.name AS name, ifNull(u.key_value, '') AS who FROM ${events('1', ['name'])} AS e
      LEFT JOIN (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u ON u.number = e.person ORDER BY name, who`,
  );

test('the first copy of a message stands: in one batch, in a later one, and when a chunk is settled again after a crash', async () => {
  const { context } = await app.workspace();
  await arrive(context, [track('m1'), track('m1', { at: '2026-05-31 23:59:00.000' }), track('m2')], 3);
  await arrive(context, [track('m2', { at: '2026-06-01 00:10:00.000' }), track('m3')], 2);
  expect(await stored(context)).toHaveLength(3);
  expect(await counted(context)).toEqual([{ received: 5, stored: 3, duplicate: 2, failed: 0 }]);
});

test('what is said once sets only what nobody sets: of several the first, whatever came first', async () => {
  const { context, client } = await app.workspace();
  const said = (message: string, minute: string, traits: Line) =>
    track(message, { kind: 'identify', traits, at: `2026-05-31 10:${minute}:00.000` });
  const lines = [
    said('m1', '05', { '$set_once.plan': 'Later', '$set_once.email': 'Later@example.com', '$set_once.seats': '5' }),
    said('m2', '01', { '$set_once.plan': 'First', '$set_once.email': 'First@example.com', team: 'Red' }),
    said('m3', '03', { plan: 'Set', team: 'Blue', '$set_once.team': 'Green' }),
  ];
  for (const [user, order] of [
    ['forth', lines],
    ['back', lines.toReversed()],
  ] as const)
    for (const line of order) await arrive(context, [{ ...line, user, message: `${user}-${String(line.message)}` }], 2);
  const { people } = await client.people.list({});
  expect(people).toHaveLength(2);
  for (const { email, properties } of people) {
    expect(email).toBe('first@example.com');
    expect(properties).toEqual({ plan: 'Set', team: 'Blue', seats: '5', email: 'First@example.com' });
  }
});

test('another content under a known message id is kept apart, with what it said', async () => {
  const { context } = await app.workspace();
  await arrive(context, [track('m1'), track('m1', { name: 'Deleted' })], 2);
  await arrive(context, [track('m1', { properties: { plan: 'Pro' } })], 2);
  expect(await stored(context)).toEqual([{ name: 'Exported' }]);
  expect(await ask(context, `SELECT reason, raw FROM ${own('failed_event')} ORDER BY chunk`)).toMatchObject([
    { reason: 'message_id_conflict', raw: expect.stringContaining('Deleted') },
    { reason: 'message_id_conflict', raw: expect.stringContaining('Pro') },
  ]);
  expect(await counted(context)).toEqual([{ received: 3, stored: 1, duplicate: 0, failed: 2 }]);
});

test('the same message id in two workspaces is one event in each', async () => {
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  await arrive(mine.context, [track('m1')]);
  await arrive(other.context, [track('m1')]);
  expect(await stored(mine.context)).toHaveLength(1);
  expect(await stored(other.context)).toHaveLength(1);
});

test('an event lies on the day of the workspace, and its account is the one of its person unless it names one', async () => {
  const { context } = await app.workspace();
  await arrive(context, [
    track('m1'),
    track('m2', { account: 'other' }),
    { message: 'm3', kind: 'group', name: '$group', user: 'u1', account: 'acme', traits: { name: 'Acme' }, at: '2026-05-01 00:00:00.000' },
  ]);
  const found = await ask(
    context,
    `SELECT toString(day) AS day, ifNull(a.key_value, '') AS account FROM ${events(`name = 'Exported'`, ['day'])} AS e
      LEFT JOIN (SELECT * FROM ${own('unit')} WHERE kind = 'account') AS a ON a.number = e.account ORDER BY account`,
  );
  expect(found).toEqual([
    { day: '2026-06-01', account: 'acme' },
    { day: '2026-06-01', account: 'other' },
  ]);
});

const identify = (message: string, user: string, anonymous: string, at: string, traits: Line = {}): Line => ({
  message,
  kind: 'identify',
  name: '$identify',
  user,
  anonymous,
  at,
  traits,
});

test('what a browser did before its person signed in belongs to the person, also when the sign-in comes first or late', async () => {
  const { context } = await app.workspace();
  await arrive(context, [track('m1', { user: '', anonymous: 'a1' }), track('m2', { user: '', anonymous: 'a2' })]);
  await arrive(context, [identify('i1', 'u1', 'a1', '2026-06-20 00:00:00.000')]);
  expect((await whose(context)).filter(({ name }) => name === 'Exported')).toEqual([
    { name: 'Exported', who: 'a2' },
    { name: 'Exported', who: 'u1' },
  ]);
});

test('a browser that two people share is two people, and its own past is of the first', async () => {
  const { context } = await app.workspace();
  await arrive(context, [identify('i2', 'u2', 'a1', '2026-06-02 00:00:00.000'), track('m1', { user: '', anonymous: 'a1' })]);
  await arrive(context, [identify('i1', 'u1', 'a1', '2026-06-01 00:00:00.000'), track('m2', { user: 'u2', name: 'Imported' })]);
  expect(await whose(context)).toEqual([
    { name: '$identify', who: 'u1' },
    { name: '$identify', who: 'u2' },
    { name: 'Exported', who: 'u1' },
    { name: 'Imported', who: 'u2' },
  ]);
});

test('an alias joins an earlier id, but never two people who both signed in', async () => {
  const { context } = await app.workspace();
  const alias = (message: string, previous: string, user: string) => ({ message, kind: 'alias', name: '$alias', previous, user });
  await arrive(context, [
    alias('x1', 'old', 'u1'),
    track('m1', { user: 'old' }),
    alias('x2', 'u3', 'u1'),
    track('m2', { user: 'u3', name: 'Sent' }),
  ]);
  await arrive(context, [identify('i3', 'u3', '', '2026-06-01 00:00:00.000')]);
  expect((await whose(context)).filter(({ name }) => ['Exported', 'Sent'].includes(name))).toEqual([
    { name: 'Exported', who: 'u1' },
    { name: 'Sent', who: 'u3' },
  ]);
});

test('a person whom an import knows by e-mail is the same person, and so is their account', async () => {
  const { context } = await app.workspace();
  const row = { import: context.workspace.id, version: 1 };
  await context.events.insert('account', [{ ...row, id: 'crm-acme', name: 'Acme', domain: 'acme.example' }]);
  await context.events.insert('person', [{ ...row, id: 'crm-ada', email: 'ada@acme.example', account_id: 'crm-acme' }]);
  await context.events.insert('identity', [{ ...row, kind: 'person', key_type: 'email', key_value: 'ada@acme.example', id: 'crm-ada' }]);
  await arrive(context, [
    track('m1'),
    identify('i1', 'u1', 'a1', '2026-06-01 00:00:00.000', { email: 'Ada@acme.example' }),
    identify('i2', 'u2', '', '2026-06-01 00:00:00.000', { email: 'bob@acme.example' }),
    track('m2', { user: 'u2', name: 'Sent' }),
  ]);
  const found = await ask(
    context,
    `SELECT name, p.id AS person, a.id AS account FROM ${events(`name IN ('Exported', 'Sent')`, ['name'])} AS e
      LEFT JOIN ${numbers('person')} AS p ON p.number = e.person LEFT JOIN ${numbers('account')} AS a ON a.number = e.account ORDER BY name`,
  );
  expect(found).toMatchObject([
    { name: 'Exported', person: 'crm-ada', account: 'crm-acme' },
    { name: 'Sent', account: 'crm-acme' },
  ]);
});

const shuffled = <One>(all: One[], seed: number): One[] => {
  let state = seed;
  const chance = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  return all
    .map((one) => ({ one, at: chance() }))
    .toSorted((x, y) => x.at - y.at)
    .map(({ one }) => one);
};

test('the same people, accounts and events for any order and batching of arrival', async () => {
  const at = (minute: number) => `2026-06-01 00:${String(minute).padStart(2, '0')}:00.000`;
  const lines: Line[] = [];
  for (let index = 0; index < 60; index++) {
    const [user, anonymous] = [`u${index % 7}`, `a${(index * 5) % 11}`];
    lines.push(track(`t${index}`, index % 3 ? { user: '', anonymous, at: at(index) } : { user, at: at(index) }));
    if (index % 4 === 0) lines.push(identify(`i${index}`, user, anonymous, at(index), { name: `Name ${index}` }));
    if (index % 9 === 0) lines.push({ message: `g${index}`, kind: 'group', name: '$group', user, account: `g${index % 4}`, at: at(index) });
    if (index % 13 === 0)
      lines.push({ message: `x${index}`, kind: 'alias', name: '$alias', previous: `old${index % 3}`, user, at: at(index) });
    if (index % 17 === 0) lines.push(track(`o${index}`, { user: `old${index % 3}`, at: at(index) }));
  }
  const seen = async (seed: number) => {
    const { context } = await app.workspace(`Order ${seed}`);
    const order = shuffled(lines, seed);
    for (let from = 0; from < order.length; from += 20 + seed) await arrive(context, order.slice(from, from + 20 + seed));
    return ask(
      context,
      `SELECT e.name AS name, toString(e.at) AS at, u.key_value AS who, ifNull(a.key_value, '') AS account, p.name AS title FROM ${events('1', ['name', 'at'])} AS e
        LEFT JOIN (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u ON u.number = e.person
        LEFT JOIN (SELECT * FROM ${own('unit')} WHERE kind = 'account') AS a ON a.number = e.account
        LEFT JOIN (SELECT id, argMax(name, version) AS name FROM ${rows('person')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1) AS p ON p.id = u.id
        ORDER BY name, at, who`,
    );
  };
  const first = await seen(1);
  expect(first.length).toBeGreaterThan(80);
  for (const seed of [2, 3, 4, 5]) expect(await seen(seed)).toEqual(first);
}, 120_000);
