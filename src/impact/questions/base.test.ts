import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const stamp = { import: '00000000-0000-0000-0000-000000000000', version: 1 };
const marketDate = '2026-05-01';

const open = async (name: string) => {
  const opened = await app.workspace(name);
  const account = (id: string, plan: string, created_at: string, properties: object) => ({
    ...stamp,
    id,
    name: id,
    plan,
    segment: '',
    created_at: `${created_at} 00:00:00`,
    properties,
  });
  await opened.context.events.insert('account', [
    account('since', 'pro', '2025-01-01', { sharing: '2026-04-10' }),
    account('yes', 'pro', '2025-01-01', { sharing: 'true' }),
    account('later', 'pro', '2025-01-01', { sharing: '2026-05-10' }),
    account('no', 'pro', '2025-01-01', { sharing: 'false' }),
    account('without', 'pro', '2025-01-01', {}),
    account('free', 'free', '2025-01-01', { sharing: 'true' }),
    account('young', 'pro', '2026-03-01', { sharing: 'true' }),
  ]);
  const people = [
    ['ann', 'since', 'Admin'],
    ['bob', 'since', 'Guest'],
    ['cy', 'yes', 'Admin'],
    ['di', 'later', 'Admin'],
  ] as const;
  await opened.context.events.insert(
    'person',
    people.map(([id, account_id, title]) => ({ ...stamp, id, name: id, account_id, title })),
  );
  const did = (person_id: string, event: string, day: string) => ({
    message: `${person_id} ${event} ${day}`,
    name: event,
    at: `${day} 10:00:00.000`,
    person_id,
  });
  const events = [
    did('ann', 'Opened', '2026-04-30'),
    did('ann', 'Shared', '2026-05-02'), // the sequence began before the market date, and is complete on day 2
    did('bob', 'Opened', '2026-05-03'),
    did('cy', 'Opened', '2026-05-04'),
    did('cy', 'Shared', '2026-05-20'), // too long after
    did('di', 'Opened', '2026-05-11'),
    did('di', 'Shared', '2026-05-12'),
  ];
  await storeEvents(opened.context.events, events, { timeZone: 'UTC', receivedAt: opened.context.now() });
  await refreshIdentities(opened.context);
  const feature = await opened.client.features.create({
    name: 'Sharing',
    rule: {
      kind: 'sequence',
      steps: [
        { event: 'Opened', filters: [] },
        { event: 'Shared', filters: [] },
      ],
      withinDays: 7,
    },
    base: {
      plans: ['pro', 'enterprise'],
      signedUpBefore: '2026-01-01',
      accessProperty: 'sharing',
      people: [{ property: 'title', operator: 'is', values: ['Admin'] }],
    },
  });
  return { ...opened, feature: feature.id };
};

test('a landing report counts a sequence over the base of the feature, and says of each account why it is not in it', async () => {
  const { client, feature } = await open('Report');
  const { key } = await client.launches.create({ name: 'Sharing', marketDate, featureId: feature, goal: { target: 0.3 } });
  const report = await client.landingReports.get({ launch: key });
  expect(Object.fromEntries(report.base.accounts.map(({ standing, accounts }) => [standing, accounts]))).toEqual({
    eligible: 2,
    access_later: 1,
    no_access: 2,
    other_plan: 1,
    created_later: 1,
  });
  expect(report.adoption.account).toMatchObject({ eligible: 2, users: 1 });
  expect(report.adoption.account.curve.slice(0, 4).map(({ count }) => count)).toEqual([0, 0, 1, 1]);
  // bob is no admin, di is of an account that got access later.
  expect(report.adoption.person).toMatchObject({ eligible: 2, users: 1 });
  expect(report.base.outside).toMatchObject({ uses: 1, accounts: 1 });
  const rows = await client.landingReports.rows({ launch: key, figure: 'adoption_account', use: 'some' });
  expect(rows.rows.map(({ id, uses, adopted_day }) => [id, uses, adopted_day])).toEqual([['since', 1, 2]]);
});

test('a launch narrows the base of the feature and never widens it', async () => {
  const { client, feature } = await open('Narrowed');
  const eligibleOf = async (name: string, plans: string[]) => {
    const { key } = await client.launches.create({ name, marketDate, featureId: feature, eligibility: { plans } });
    return (await client.landingReports.get({ launch: key })).adoption.account.eligible;
  };
  expect(await eligibleOf('Same', ['pro'])).toBe(2);
  expect(await eligibleOf('Other', ['free'])).toBe(0);
});

test('adoption has the same base, and counts from the access that the base names when asked by access', async () => {
  const { client, feature } = await open('Adoption');
  const { key } = await client.launches.create({ name: 'Sharing', marketDate, featureId: feature });
  const found = await client.adoptions.get({ launch: key, horizonDays: 30 });
  expect([found.accounts.eligible, found.people.eligible, found.eligible.accessProperty]).toEqual([2, 2, 'sharing']);
  expect(found.accounts.curve.find(({ day }) => day === 2)?.count).toBe(1);
  const byAccess = await client.adoptions.rows({ feature, since: { kind: 'access' }, horizonDays: 30, state: 'adopted' });
  expect(byAccess.rows.map(({ id, start, adopted_day }) => [id, start, adopted_day])).toEqual([
    ['later', '2026-05-10', 3],
    ['since', '2026-04-10', 23],
  ]);
});

test('a report without any revenue imported says so instead of a share of none', async () => {
  const { client, context, feature } = await open('No revenue');
  await context.events.insert('touch', [
    { ...stamp, id: 't', person_id: 'ann', kind: 'first_contact', channel: 'web', at: '2026-05-02 00:00:00' },
  ]);
  const { key } = await client.launches.create({ name: 'Sharing', marketDate, featureId: feature });
  const { text } = await client.landingReports.text({ launch: key });
  expect(text).toContain('No revenue was imported, so it is not known how many brought some.');
  expect(text).toMatch(/First revenue +none imported/);
  expect((await client.landingReports.document({ launch: key })).html).not.toContain('brought revenue');
});
