import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { own } from '../../platform/events/sources.ts';
import { settleChunk } from '../events/settle.ts';
import { canonicalId, productKey } from '../objects/identity.ts';
import { refreshIdentities } from './refresh.ts';
import { identitySplits } from './tables.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

let chunks = 500;
type Line = Record<string, unknown>;
const user = (id: string) => canonicalId('person', productKey, id);

const arrive = async (context: Context, lines: readonly Line[]): Promise<void> => {
  const chunk = (chunks += 1);
  const common = {
    chunk,
    key: context.workspace.id,
    received_at: '2026-06-01 12:00:00.000',
    kind: 'track',
    name: 'Sent',
    at: '2026-05-31 10:00:00.000',
  };
  await context.events.insert(
    'arrival',
    lines.map((line, receipt) => ({ ...common, receipt, message: `${chunk}-${receipt}`, ...line })),
  );
  await settleChunk(context.events, chunk, 'UTC');
  await refreshIdentities(context);
};
const identify = (id: string, anonymous = '', email = '', at = '2026-05-31 10:00:00.000'): Line => ({
  kind: 'identify',
  name: '$identify',
  user: id,
  anonymous,
  at,
  traits: email ? { email } : {},
});
const alias = (previous: string, id: string, at = '2026-05-31 10:00:00.000'): Line => ({
  kind: 'alias',
  name: '$alias',
  previous,
  user: id,
  at,
});

/** Whose each key's events are, by the keys; a person whom only an import knows by its id. */
const whose = async (context: Context): Promise<Record<string, string>> => {
  const units = `(SELECT number, if(key_value = '', id, concat(key_type, ' ', key_value)) AS name, key_type FROM ${own('unit')} WHERE kind = 'person')`;
  const found = await context.events.ask<{ name: string; owner: string }>({
    sql: `SELECT u.name AS name, o.name AS owner FROM ${units} AS u LEFT JOIN ${own('who')} AS w ON w.person = u.number
      LEFT JOIN ${units} AS o ON o.number = ifNull(w.owner, u.number) WHERE u.key_type != '' ORDER BY name`,
  });
  return Object.fromEntries(found.map(({ name, owner }) => [name, owner]));
};

const knowByEmail = async (context: Context) => {
  const row = { import: context.workspace.id, version: 1 };
  await context.events.insert('account', [{ ...row, id: 'crm-acme', name: 'Acme', domain: 'acme.example' }]);
  await context.events.insert('person', [{ ...row, id: 'crm-ada', email: 'ada@acme.example', account_id: 'crm-acme' }]);
  await context.events.insert('identity', [{ ...row, kind: 'person', key_type: 'email', key_value: 'ada@acme.example', id: 'crm-ada' }]);
};

test('the match rate counts people as they are, and events by whose they are and why they have an account', async () => {
  const { context, client } = await app.workspace();
  await knowByEmail(context);
  await arrive(context, [
    { anonymous: 'a1' },
    { anonymous: 'a2' },
    { anonymous: 'a2' },
    identify('ada', 'a1', 'ada@acme.example'),
    identify('bob', '', 'bob@acme.example'),
    identify('eve', '', 'eve@lonely.example'),
    identify('kim', '', 'kim@lonely.example'),
    identify('pat', '', 'pat@gmail.com'),
    { user: 'zoe', account: 'g1' },
  ]);
  const { rates, domains } = await client.identities.get({});
  expect(rates).toMatchObject({
    people: 7,
    anonymous: 1,
    known: 6,
    importedByKey: 0,
    importedByEmail: 1,
    peopleStated: 2,
    peopleByDomain: 1,
  });
  expect(rates).toMatchObject({ events: 9, eventsKnown: 7, eventsStated: 3, eventsByDomain: 1 });
  expect(domains).toEqual([{ domain: 'lonely.example', people: 2, accounts: 0, excluded: false }]);
  expect((await client.identities.export({ table: 'domains' })).csv).toContain('lonely.example,2,0,no');
  const other = await app.workspace('Other');
  expect((await other.client.identities.get({})).rates).toMatchObject({ people: 0, events: 0, firstAt: null });
});

test('the rule of domains can be switched off, and for one domain, and says how many people change account', async () => {
  const { context, client, clientAs } = await app.workspace();
  await knowByEmail(context);
  await arrive(context, [
    identify('ada', '', 'ada@acme.example'),
    identify('bob', '', 'bob@acme.example'),
    identify('cyd', '', 'cyd@acme.example'),
  ]);
  const rule = (joins: boolean, excluded: string[] = []) => client.identities.updateDomains({ joins, excluded });
  expect(await rule(false)).toEqual({ rule: { joins: false, excluded: [] }, changedAccount: 2 });
  expect((await client.identities.get({})).rates).toMatchObject({ peopleStated: 1, peopleByDomain: 0 });
  await arrive(context, [identify('dan', '', 'dan@acme.example')]);
  expect((await client.identities.get({})).rates).toMatchObject({ people: 4, peopleByDomain: 0 });
  expect((await rule(true)).changedAccount).toBe(3);
  expect(await rule(true, [' ACME.example ', 'acme.example'])).toEqual({
    rule: { joins: true, excluded: ['acme.example'] },
    changedAccount: 3,
  });
  expect((await client.identities.get({})).domains).toEqual([{ domain: 'acme.example', people: 3, accounts: 1, excluded: true }]);
  await expect(rule(true, ['not a domain'])).rejects.toMatchObject({ code: 'invalid' });
  await expect(clientAs('reader').identities.updateDomains({ joins: true, excluded: [] })).rejects.toMatchObject({ code: 'forbidden' });
});

test('refused aliases and shared browsers are listed, and what one person signed in with under two ids is no shared browser', async () => {
  const { context, client } = await app.workspace();
  await arrive(context, [
    identify('u1', 'a1', '', '2026-05-01 00:00:00.000'),
    identify('u2', 'a1', '', '2026-05-02 00:00:00.000'),
    { anonymous: 'a1' },
    identify('u3', 'a3'),
    alias('u1', 'u2', '2026-05-04 00:00:00.000'),
    alias('u1', 'u2', '2026-05-03 00:00:00.000'),
  ]);
  const { aliases, browsers } = await client.identities.get({});
  expect(aliases).toMatchObject([{ previous: 'u1', user: 'u2', since: expect.stringContaining('2026-05-03'), why: 'signed_in' }]);
  expect(browsers).toEqual([{ browser: 'a1', people: 2, users: ['u1', 'u2'], events: 1 }]);
});

test('a browser that is split off is the next one who signed in, or nobody; later links to the same person change nothing', async () => {
  const { context, client } = await app.workspace();
  await arrive(context, [{ anonymous: 'a1' }, identify('u1', 'a1'), alias('old', 'u1'), { user: 'old' }]);
  expect(await whose(context)).toMatchObject({ 'anonymous a1': 'id:product u1', 'id:product old': 'id:product u1' });
  const before = (await client.identities.get({})).rates;
  const { split } = await client.identities.split({ person: user('u1'), keyType: 'anonymous', keyValue: 'a1', reason: 'A kiosk' });
  expect(split).toMatchObject({ user: 'u1', reason: 'A kiosk', by: 'Test owner' });
  expect(await whose(context)).toMatchObject({ 'anonymous a1': 'anonymous a1', 'id:product old': 'id:product u1' });
  expect((await client.identities.get({})).rates).toMatchObject({ people: before.people + 1, events: before.events, anonymous: 1 });
  await arrive(context, [identify('old', 'a1'), identify('u1', 'a1')]);
  expect((await whose(context))['anonymous a1']).toBe('id:product old');
  await client.identities.undoSplit({ split: split.id });
  expect((await whose(context))['anonymous a1']).not.toBe('anonymous a1');
  await expect(client.identities.undoSplit({ split: split.id })).rejects.toMatchObject({ code: 'not_found' });
});

test('an alias and a join by e-mail can be split; who is nobody else or somebody elses cannot', async () => {
  const { context, client } = await app.workspace();
  await knowByEmail(context);
  await arrive(context, [identify('ada', '', 'ada@acme.example'), { user: 'old' }, alias('old', 'ada')]);
  expect(await whose(context)).toMatchObject({ 'id:product ada': 'crm-ada', 'id:product old': 'crm-ada' });
  const { keys } = await client.identities.keys({ person: 'crm-ada' });
  expect(keys.map(({ keyValue, by }) => [keyValue, by])).toEqual(
    expect.arrayContaining([
      ['ada', 'email'],
      ['old', 'email'],
    ]),
  );
  const { events, total } = await client.identities.events({ person: 'crm-ada', limit: 2 });
  expect(total).toBe(3);
  expect(events).toHaveLength(2);
  expect(events.map(({ keyValue }) => keyValue)).toEqual(['ada', 'ada']);
  const alone = await client.identities.split({ person: 'crm-ada', keyType: 'id:product', keyValue: 'old' });
  expect(await whose(context)).toMatchObject({ 'id:product ada': 'crm-ada', 'id:product old': 'id:product old' });
  const imported = await client.identities.split({ person: 'crm-ada', keyType: 'id:product', keyValue: 'ada' });
  expect(imported.split).toMatchObject({ user: '', person: 'crm-ada' });
  expect(await whose(context)).toMatchObject({ 'id:product ada': 'id:product ada' });
  expect((await client.identities.get({})).splits).toHaveLength(2);
  const again = { person: user('ada'), keyType: 'id:product', keyValue: 'ada' } as const;
  await expect(client.identities.split(again)).rejects.toMatchObject({ code: 'conflict' });
  await expect(client.identities.split({ ...again, person: user('eve') })).rejects.toMatchObject({ code: 'not_found' });
  for (const { split } of [alone, imported]) await client.identities.undoSplit({ split: split.id });
  expect(await whose(context)).toMatchObject({ 'id:product ada': 'crm-ada', 'id:product old': 'crm-ada' });
});

/** Chance that a seed decides. */
const chanceOf = (seed: number) => {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
};

const historyOf = (chance: () => number): Line[] => {
  const pick = (prefix: string, of: number) => `${prefix}${Math.floor(chance() * of)}`;
  return Array.from({ length: 40 }, (_, index) => {
    const at = `2026-05-${String(1 + Math.floor(chance() * 28)).padStart(2, '0')} 00:00:00.000`;
    const kind = chance();
    const message = `h${index}`;
    if (kind < 0.3) return { message, anonymous: pick('a', 6), at };
    if (kind < 0.45) return { message, user: pick('old', 4), at };
    if (kind < 0.75) return { message, ...identify(pick('u', 4), pick('a', 6), chance() < 0.3 ? 'ada@acme.example' : '', at) };
    return { message, ...alias(pick('old', 4), chance() < 0.4 ? pick('old', 4) : pick('u', 4), at) };
  });
};

test('after a split the same people for any order of arrival, and undone the same as before', async () => {
  let splits = 0;
  for (const seed of [1, 2, 3]) {
    const chance = chanceOf(seed);
    const lines = historyOf(chance);
    const first = await app.workspace(`First ${seed}`);
    await knowByEmail(first.context);
    await arrive(first.context, lines);
    const before = await whose(first.context);
    const merged = Object.entries(before).filter(([name, owner]) => name !== owner);
    const [name, owner] = merged[Math.floor(chance() * merged.length)]!;
    const [keyType, keyValue] = name.split(' ') as ['anonymous' | 'id:product', string];
    const person = owner.startsWith('id:product ') ? user(owner.slice('id:product '.length)) : owner;
    const asked = { person, keyType, keyValue };
    const { split } = await first.client.identities.split(asked);
    const after = await whose(first.context);
    expect(after[name], `${name} of ${owner}`).not.toBe(owner);
    splits += 1;

    const second = await app.workspace(`Second ${seed}`);
    const order = lines
      .map((line) => ({ line, at: chance() }))
      .toSorted((x, y) => x.at - y.at)
      .map(({ line }) => line);
    await knowByEmail(second.context);
    await second.context.writeAs('test', 'identity_split', async (transaction) => {
      const { id, keyType: type, keyValue: value, user: named, person: not, reason, by } = split;
      const kept = { keyType: type, keyValue: value, user: named, person: not, reason, by };
      await transaction.insert(identitySplits).values({ ...kept, workspaceId: second.context.workspace.id });
      return { id, before: null, after: null, result: undefined };
    });
    for (let from = 0; from < order.length; from += 20) await arrive(second.context, order.slice(from, from + 20));
    expect(await whose(second.context)).toEqual(after);

    await first.client.identities.undoSplit({ split: split.id });
    expect(await whose(first.context)).toEqual(before);
  }
  expect(splits).toBe(3);
}, 300_000);
