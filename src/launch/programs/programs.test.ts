import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { countMembers, dealsOf, listMembers, namedAccounts, namedPeople, totalMembers, unmatchedCampaigns } from './members/queries.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const stamp = (day: string) => `${day} 10:00:00.000`;
const nobody = '00000000-0000-0000-0000-000000000000';
const version = { import: nobody, version: 1 };
const touch = (id: string, rest: object) => ({
  ...version,
  id,
  person_id: null,
  account_id: null,
  kind: 'campaign',
  channel: 'webinar',
  at: stamp('2026-05-04'),
  properties: {},
  ...rest,
});

/** Ana was invited and came, Bo registered, Cy only stands for a company, Dee did not show up; Bo's account has an open deal and two won. */
const withMembers = async () => {
  const workspace = await app.workspace();
  const { events } = workspace.context;
  await events.insert('account', [
    { ...version, id: 'acme', name: 'Acme', properties: {} },
    { ...version, id: 'bolt', name: 'Bolt', properties: {} },
  ]);
  await events.insert('person', [
    { ...version, id: 'ana', name: 'Ana', email: 'ana@acme.example', account_id: 'acme', properties: {} },
    { ...version, id: 'bo', name: 'Bo', email: 'bo@bolt.example', account_id: 'bolt', properties: {} },
  ]);
  const deal = (id: string, state: string) => ({ ...version, id, account_id: 'bolt', state, stage: state, properties: {} });
  await events.insert('opportunity', [deal('d1', 'open'), deal('d2', 'won'), deal('d3', 'won'), deal('d4', 'lost')]);
  await events.insert('touch', [
    touch('t1', { person_id: 'ana', campaign: 'Handoff Live', properties: { status: 'invited' } }),
    touch('t2', { person_id: 'ana', campaign: ' handoff live', at: stamp('2026-05-20'), properties: { Status: 'Attended' } }),
    touch('t3', { person_id: 'bo', campaign: '7015f000000AbCd', properties: { Status: 'Registered' } }),
    touch('t4', { account_id: 'acme', campaign: 'Handoff Live', properties: { Status: 'Sent', HasResponded: 'true' } }),
    touch('t5', { person_id: 'dee', campaign: 'Handoff Live', properties: { Status: 'No show' } }),
    touch('t6', { person_id: 'ana', campaign: 'Spring mailing', channel: 'email' }),
    touch('t7', { person_id: 'bo', campaign: 'Spring mailing', channel: 'email' }),
    touch('t8', { person_id: 'bo', campaign: null }),
  ]);
  return workspace;
};

test('a program is planned, changed, deleted and brought back; what was changed meanwhile is not overwritten', async () => {
  const { client } = await app.workspace();
  const launch = await client.launches.create({ name: 'Relay', marketDate: '2026-07-14' });
  const made = await client.programs.create({
    name: 'Spring Webinar',
    kind: 'webinar',
    launch: 'relay',
    budget: 1200.5,
    startsOn: '2026-04-02',
  });
  expect(made).toMatchObject({
    key: 'spring-webinar',
    campaigns: ['Spring Webinar'],
    utmCampaign: 'spring-webinar',
    currency: 'USD',
    launch: { id: launch.id, key: 'relay' },
    costs: [{ currency: 'USD', budget: 1200.5, actualCost: null, withoutCost: 1 }],
  });
  const changed = await client.programs.update({ program: made.key, version: 1, actualCost: 900.1, goal: 'Thirty demos' });
  expect(changed).toMatchObject({ version: 2, budget: 1200.5, actualCost: 900.1, kind: 'webinar', launch: { key: 'relay' } });
  await expect(client.programs.update({ program: made.key, version: 1, budget: 1 })).rejects.toMatchObject({
    code: 'conflict',
    data: { current: { version: 2 } },
  });
  await expect(client.programs.update({ program: made.key, version: 2, endsOn: '2026-04-01' })).rejects.toThrow('before the first');
  await expect(client.programs.create({ name: 'Cheap', budget: -1 })).rejects.toMatchObject({ code: 'invalid' });
  await expect(client.programs.create({ name: 'Fine', budget: 0.001 })).rejects.toThrow('two decimals');
  await client.programs.delete({ program: made.key });
  await expect(client.programs.get({ program: made.key })).rejects.toMatchObject({ code: 'not_found' });
  expect(await client.programs.restore({ id: made.id })).toMatchObject({ key: 'spring-webinar', version: 3 });
});

test('no program is a part of itself, and what the parts cost is added by currency only', async () => {
  const { client } = await app.workspace();
  const year = await client.programs.create({ name: 'Year', actualCost: 100 });
  const spring = await client.programs.create({ name: 'Spring', parent: 'year', actualCost: 20.1, budget: 5 });
  await client.programs.create({ name: 'Paris', parent: 'spring', actualCost: 7, currency: 'eur' });
  await client.programs.create({ name: 'Berlin', parent: 'spring', currency: 'EUR' });
  expect((await client.programs.get({ program: 'year' })).parts).toBe(3);
  expect((await client.programs.get({ program: 'year' })).costs).toEqual([
    { currency: 'EUR', budget: null, actualCost: 7, withoutBudget: 2, withoutCost: 1 },
    { currency: 'USD', budget: 5, actualCost: 120.1, withoutBudget: 1, withoutCost: 0 },
  ]);
  await expect(client.programs.update({ program: 'year', version: 1, parent: 'paris' })).rejects.toThrow('is a part of "Year" already');
  await expect(client.programs.update({ program: 'year', version: 1, parent: 'year' })).rejects.toMatchObject({ code: 'invalid' });
  // Deleted, and made a whole of its former whole meanwhile: it comes back without the ring.
  await client.programs.delete({ program: 'spring' });
  expect((await client.programs.get({ program: 'paris' })).parent).toBeNull();
  await client.programs.update({ program: 'year', version: 1, parent: 'paris' });
  expect((await client.programs.restore({ id: spring.id })).parent).toBeNull();
  expect((await client.programs.get({ program: year.key })).parent?.key).toBe('paris');
});

test('two changes at once that would make a ring: one is refused', async () => {
  const { client } = await app.workspace();
  await client.programs.create({ name: 'One' });
  await client.programs.create({ name: 'Two' });
  const results = await Promise.allSettled([
    client.programs.update({ program: 'one', version: 1, parent: 'two' }),
    client.programs.update({ program: 'two', version: 1, parent: 'one' }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('who is on the list of a program, and how far they came, counted by hand', async () => {
  const { client } = await withMembers();
  await client.programs.create({ name: 'Events' });
  await client.programs.create({ name: 'Handoff Live', parent: 'events', campaigns: ['Handoff Live', '7015f000000AbCd'] });
  const { figures } = await client.programs.figures({});
  const hand = { members: 4, accounts: 2, invited: 3, responded: 3, registered: 2, attended: 1, other: 1, clicks: 0 };
  expect(figures.map(({ program: _program, ...rest }) => rest)).toEqual([hand, hand]);
  const { members, total } = await client.programs.members({ program: 'handoff-live' });
  expect(total).toBe(4);
  expect(
    members.map(({ name, account, status, said, touches, openDeals, wonDeals }) => [
      name,
      account,
      status,
      said,
      touches,
      openDeals,
      wonDeals,
    ]),
  ).toEqual([
    ['Ana', 'Acme', 'attended', 'Attended', 2, 0, 0],
    ['Bo', 'Bolt', 'registered', 'Registered', 1, 1, 2],
    [null, 'Acme', 'responded', 'Sent', 1, 0, 0],
    [null, null, 'other', 'No show', 1, 0, 0],
  ]);
  expect((await client.programs.members({ program: 'events', status: 'attended' })).members.map(({ name }) => name)).toEqual(['Ana']);
  const { csv } = await client.programs.exportMembers({ program: 'handoff-live' });
  expect(csv.split('\r\n')[1]).toBe('Ana,ana@acme.example,Acme,attended,Attended,2026-05-04T10:00:00Z,2026-05-20T10:00:00Z,0,0');
});

test('campaigns that mean no program are listed until one is made of them; no campaign means two programs', async () => {
  const { client } = await withMembers();
  expect((await client.programs.unmatched({})).campaigns).toMatchObject([
    { campaign: 'Handoff Live', members: 3, touches: 4 },
    { campaign: 'Spring mailing', channel: 'email', members: 2, touches: 2, firstDay: '2026-05-04', lastDay: '2026-05-04' },
    { campaign: '7015f000000AbCd', members: 1, touches: 1 },
  ]);
  await client.programs.create({ name: 'Spring mailing', kind: 'email' });
  expect((await client.programs.unmatched({})).campaigns.map(({ campaign }) => campaign)).not.toContain('Spring mailing');
  await expect(client.programs.create({ name: 'Another', campaigns: ['SPRING MAILING '] })).rejects.toThrow(
    'already means the program "Spring mailing"',
  );
  const second = await client.programs.create({ name: 'Spring mailing' });
  expect(second).toMatchObject({ key: 'spring-mailing-2', campaigns: [] });
});

test('nothing of another workspace is counted, and every statement is one that the engine takes', async () => {
  await withMembers();
  const other = await app.workspace('Other');
  await other.client.programs.create({ name: 'Handoff Live' });
  expect((await other.client.programs.figures({})).figures).toMatchObject([{ members: 0 }]);
  expect((await other.client.programs.unmatched({})).campaigns).toEqual([]);
  const page = { limit: 5, offset: 0 };
  const statements = [
    countMembers({ names: ['a'], programs: [nobody] }),
    listMembers(['a'], page),
    totalMembers(['a'], 'other'),
    namedPeople(['a']),
    namedAccounts(['a']),
    dealsOf(['a']),
    unmatchedCampaigns(['a']),
  ];
  for (const { sql, params } of statements)
    expect((await other.context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
});

test('a link is drawn as a QR code of its own address, with a quiet zone; another workspace draws none', async () => {
  const { client } = await app.workspace('Billboards');
  const program = await client.programs.create({ name: 'Ring road', kind: 'billboard' });
  const make = (code: string) =>
    client.trackedLinks.create({
      program: program.key,
      target: 'https://weftwork.example/',
      source: 'ring-road',
      medium: 'billboard',
      code,
    });
  const [one, other] = [await make('ring-1'), await make('ring-2')];
  const drawn = await client.trackedLinks.qr({ link: one.id });
  expect(drawn.fileName).toBe('qr-ring-1.svg');
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(drawn.svg)![1]);
  // Modules of 10, four of quiet zone on each side: what is left is the side of a QR code, 17 + 4 for each version.
  expect((size / 10 - 8 - 17) % 4).toBe(0);
  expect(drawn.svg).not.toContain('<script');
  expect((await client.trackedLinks.qr({ link: other.id })).svg).not.toBe(drawn.svg);
  const stranger = await app.workspace('Elsewhere');
  await expect(stranger.client.trackedLinks.qr({ link: one.id })).rejects.toThrow('There is no such link');
});
