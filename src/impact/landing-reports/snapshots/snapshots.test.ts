import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { clientOf, importFile } from '../../../collect/imports/importing.fixture.ts';
import { takingEvents } from '../store.fixture.ts';
import { plantWeftwork } from '../weftwork.fixture.ts';
import { keepDueReports } from './keeping.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

/** At day 90; 26 of 100 had adopted by day 60. */
const launched = async (name: string) => {
  const opened = await app.workspace(name);
  const { client, context } = opened;
  const feature = await client.features.create({ name: 'Smart Handoff', rule: { eventName: 'Handoff accepted', times: 3, days: 2 } });
  const { key: launch } = await client.launches.create({
    name: 'Smart Handoff',
    marketDate: '2026-03-03',
    featureId: feature.id,
    eligibility: { plans: ['business'] },
    goal: { target: 0.2, horizonDays: 60 },
  });
  await plantWeftwork(context.events);
  return { ...opened, launch };
};

test('the report of a day is kept as it was, once, and only when the data reach that day', async () => {
  const { client, launch, context } = await launched('Kept');
  const kept = await client.landingReports.freeze({ launch, day: 60 });
  expect(kept).toMatchObject({ day: 60, madeBy: 'Test owner', goals: [{ day: 60, result: { count: 26, of: 100 } }] });
  await expect(client.landingReports.freeze({ launch, day: 60 })).rejects.toMatchObject({ code: 'conflict' });
  const { snapshots } = await client.landingReports.snapshots({ launch });
  expect(snapshots).toEqual([kept]);
  const { report } = await client.landingReports.snapshot({ launch, day: 60 });
  expect([report.dayReached, report.goals[0]!.result.count]).toEqual([60, 26]);
  await expect(client.landingReports.snapshot({ launch, day: 30 })).rejects.toMatchObject({ code: 'not_found' });
  const { key: later } = await client.launches.create({ name: 'Later', marketDate: '2026-05-20' });
  await expect(client.landingReports.freeze({ launch: later, day: 30 })).rejects.toThrow(
    'Day 30 ends with 2026-06-18; events reach 2026-05-31',
  );
  for (const statement of [sql`UPDATE landing_snapshot SET day = 90`, sql`DELETE FROM landing_snapshot`])
    await expect(context.read((transaction) => transaction.execute(statement))).rejects.toThrow();
});

test('counted again it is the same while nothing has changed, and is explained where something has', async () => {
  const { client, launch, context } = await launched('Compared');
  await client.landingReports.freeze({ launch, day: 60 });
  expect(await client.landingReports.compareSnapshot({ launch, day: 60 })).toMatchObject({ differs: false, figures: [], causes: [] });
  // An account whose uses of day 50 arrive only now.
  const late = (hour: number, day: string) => ({
    id: `late-${hour}`,
    name: 'Handoff accepted',
    at: `${day} ${hour}:00:00.000`,
    person_id: 'person-099',
    account_id: 'account-099',
    properties: {},
  });
  await takingEvents(context.events).insert('event', [late(10, '2026-04-20'), late(11, '2026-04-20'), late(12, '2026-04-21')]);
  const { goals } = await client.goals.list({ launch });
  await client.goals.update({ goal: goals[0]!.id, version: goals[0]!.version, target: 0.1, reason: 'Too bold' });
  const compared = await client.landingReports.compareSnapshot({ launch, day: 60 });
  expect(compared.differs).toBe(true);
  expect(compared.figures).toContainEqual(
    expect.objectContaining({
      figure: 'adoption_account',
      before: { verdict: null, count: 26, of: 100, effect: null },
      now: { verdict: null, count: 27, of: 100, effect: null },
    }),
  );
  expect(compared.causes.map(({ cause }) => cause)).toEqual(['goal_changed', 'events_arrived']);
  // What was kept stays.
  expect((await client.landingReports.snapshot({ launch, day: 60 })).report.goals[0]!.result.count).toBe(26);
});

test('a changed definition stands beside the one of then, with both figures, and an import that was taken back is named', async () => {
  const { client, launch, context } = await launched('Explained');
  const csv = 'account_id,account_name,plan,created_at\nnew-1,New,business,2025-06-01\n';
  const batch = await importFile(context, { name: 'accounts.csv', bytes: csv });
  await client.landingReports.freeze({ launch, day: 60 });
  const { report } = await client.landingReports.snapshot({ launch, day: 60 });
  expect(report.restsOn).toMatchObject({
    launch: 1,
    features: [{ name: 'Smart Handoff', version: 1, rule: { times: 3, days: 2 } }],
    goals: [{ amendments: 0 }],
    batches: [{ number: batch.number, fileName: 'accounts.csv', rows: 1 }],
    batchesInAll: 1,
  });
  const same = { differs: false, differsByDefinition: false, figures: [], causes: [], definitions: [] };
  expect(await client.landingReports.compareSnapshot({ launch, day: 60 })).toMatchObject(same);
  // Used once is enough now. By day 60 that holds for the 26, and for the 21 of 39 to 100 that used it once, every third.
  const [feature] = (await client.features.list({})).features;
  await client.features.update({ feature: feature!.id, version: 1, rule: { eventName: 'Handoff accepted', times: 1, days: 1 } });
  const figure = (count: number, of: number) => ({ count, of });
  const changed = await client.landingReports.compareSnapshot({ launch, day: 60 });
  expect(changed).toMatchObject({ differs: false, differsByDefinition: true });
  expect(changed.definitions).toMatchObject([
    {
      name: 'Smart Handoff',
      version: 1,
      rule: { times: 3 },
      newest: { version: 2, rule: { times: 1 } },
      changed: ['adopted'],
      by: 'Test owner',
    },
  ]);
  expect(changed.figures.find(({ figure: of }) => of === 'adoption_account')).toMatchObject({
    before: figure(26, 101),
    now: figure(26, 101),
    newest: figure(47, 101),
  });
  expect(changed.figures.find(({ figure: of }) => of === 'goal')).toMatchObject({ newest: { ...figure(47, 101), verdict: 'met' } });
  expect(changed.causes).toMatchObject([{ cause: 'feature_changed', name: 'Smart Handoff' }]);
  await clientOf(context).imports.undo({ import: batch.id });
  const undone = await client.landingReports.compareSnapshot({ launch, day: 60 });
  expect(undone.differs).toBe(true);
  expect(undone.figures.find(({ figure: of }) => of === 'adoption_account')).toMatchObject({
    before: figure(26, 101),
    now: figure(26, 100),
    newest: figure(47, 100),
  });
  expect(undone.causes).toMatchObject([
    { cause: 'feature_changed', name: 'Smart Handoff' },
    { cause: 'data_undone', name: 'accounts.csv', batch: batch.number },
  ]);
});

test('what has come is kept by itself, once; what was written down too late, was cancelled or has not come is not', async () => {
  const { client, launch, context } = await launched('By itself');
  const writtenBefore = (key: string) =>
    context.write('launch', async (transaction) => {
      const set = sql`UPDATE launch SET created_at = '2026-02-01' WHERE key = ${key} RETURNING id`;
      const { rows } = await transaction.execute<{ id: string }>(set);
      return { id: rows[0]!.id, before: null, after: null, result: null };
    });
  expect(await keepDueReports(context)).toEqual([]);
  await writtenBefore(launch);
  const { key: cancelled, version } = await client.launches.create({ name: 'Cancelled', marketDate: '2026-03-03' });
  await writtenBefore(cancelled);
  await client.launches.cancel({ launch: cancelled, version, reason: 'Not this year' });
  await client.landingReports.freeze({ launch, day: 30 });
  expect(await keepDueReports(context)).toEqual([
    { launch, day: 60 },
    { launch, day: 90 },
  ]);
  expect(await keepDueReports(context)).toEqual([]);
  const { snapshots } = await client.landingReports.snapshots({ launch });
  expect(snapshots.map(({ day, lateDays }) => [day, lateDays])).toEqual([
    [30, 60],
    [60, 30],
    [90, 0],
  ]);
});

test('a reader sees the snapshots and keeps none; another workspace sees nothing', async () => {
  const { clientAs, client, launch } = await launched('Roles');
  await client.landingReports.freeze({ launch, day: 30 });
  expect((await clientAs('reader').landingReports.snapshots({ launch })).snapshots).toHaveLength(1);
  await expect(clientAs('reader').landingReports.freeze({ launch, day: 60 })).rejects.toMatchObject({ code: 'forbidden' });
  const other = await app.workspace('Other');
  await expect(other.client.landingReports.snapshots({ launch })).rejects.toMatchObject({ code: 'not_found' });
});
