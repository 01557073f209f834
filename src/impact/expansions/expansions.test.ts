import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import * as queries from './queries.ts';
import { expansionsAsked } from './schema.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
const account = (id: string, plan: string | null, segment: string) => ({
  ...batch,
  id,
  name: id.toUpperCase(),
  plan,
  segment,
  properties: {},
});
let message = 0;
const uses = (accountId: string, people: number, day: string): GivenEvent[] =>
  Array.from({ length: people }, (_, index) => ({
    message: String((message += 1)),
    name: 'Opened',
    at: `${day} 10:00:00.000`,
    user: `${accountId} ${index}`,
    account_id: accountId,
  }));

// Twenty accounts on the plan Team with 1 to 20 active people; one large account; one that was active long ago; one without a plan.
const team = Array.from({ length: 20 }, (_, index) => `team-${String(index + 1).padStart(2, '0')}`);
beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace('Outgrown');
  const { context } = opened;
  await context.events.insert('account', [
    ...team.map((id, index) => account(id, 'Team', index % 2 === 0 ? 'Small' : 'Large')),
    account('big', 'Enterprise', 'Large'),
    account('none', null, 'Small'),
  ]);
  const given = [
    ...team.flatMap((id, index) => uses(id, index + 1, '2026-05-20')),
    ...uses('team-01', 30, '2026-01-05'),
    ...uses('big', 50, '2026-05-10'),
    ...uses('none', 40, '2026-05-10'),
  ];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

test('without a limit an account stands out above nine in ten on its plan, and one account on a plan says nothing', async () => {
  const { plans, withoutPlan, facts } = await opened.client.expansions.get({});
  expect(plans).toEqual([
    { plan: 'Team', accounts: 20, median: 11, limit: 19, basis: 'peers', outgrown: 1 },
    { plan: 'Enterprise', accounts: 1, median: 50, limit: null, basis: 'too_few', outgrown: 0 },
  ]);
  expect([withoutPlan, facts.from, facts.to]).toEqual([1, '2026-04-23', '2026-05-20']);
});

test('a limit that is set goes before, by segment, with the furthest above it first', async () => {
  const limits = [
    { plan: 'Team', people: 17 },
    { plan: 'Enterprise', people: 25 },
  ];
  const { plans, segments } = await opened.client.expansions.get({ limits });
  expect(plans.map(({ plan, basis, outgrown }) => [plan, basis, outgrown])).toEqual([
    ['Team', 'set', 3],
    ['Enterprise', 'set', 1],
  ]);
  expect(segments).toEqual([
    { segment: 'Large', accounts: 11, outgrown: 3 },
    { segment: 'Small', accounts: 10, outgrown: 1 },
  ]);
  const { rows, total } = await opened.client.expansions.rows({ limits, segment: 'Large' });
  expect([total, rows.map(({ name, active_people, times_the_limit }) => [name, active_people, times_the_limit])]).toEqual([
    3,
    [
      ['BIG', 50, 2],
      ['TEAM-20', 20, 1.18],
      ['TEAM-18', 18, 1.06],
    ],
  ]);
  expect((await opened.client.expansions.exportRows({ limits })).csv.split('\n')[1]).toContain('BIG');
});

test('the engine understands every statement, and an empty workspace has an answer', async () => {
  const asked = expansionsAsked.parse({ segment: 'Large', limits: [{ plan: 'Team', people: 3 }] });
  const days = { from: '2026-05-01', to: '2026-05-31' };
  const statements = [
    queries.planRows(asked, days),
    queries.segmentRows(asked, days),
    queries.withoutPlan,
    queries.countRows(asked, days),
    queries.pageRows(asked, days, { offset: 0, limit: 10 }),
  ];
  for (const { sql, params } of statements)
    expect((await opened.context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
  const { client } = await app.workspace('Empty');
  expect(await client.expansions.get({})).toMatchObject({ plans: [], segments: [], withoutPlan: 0 });
});
