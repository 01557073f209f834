import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('a launch is created, found by its key, and its goal counts as registered now', async () => {
  const { client } = await app.workspace();
  const feature = await client.features.create({ name: 'Smart Handoff', rule: { eventName: 'Handoff accepted', times: 3, days: 2 } });
  const created = await client.launches.create({
    name: 'Smart Handoff',
    tier: 1,
    marketDate: '2026-03-03',
    featureId: feature.id,
    goal: { target: 0.3 },
  });
  const found = await client.launches.get({ launch: 'smart-handoff' });
  expect(found).toEqual(created);
  expect(found.goal).toMatchObject({ target: 0.3, unit: 'account', horizonDays: 90, minimumSample: 20 });
  expect(found.goalRegisteredAt).toBe('2026-06-01T12:00:00.000Z');
  expect(found.feature?.rule.times).toBe(3);
});

test('a change leaves what it does not name, and a change to an old version is refused', async () => {
  const { client } = await app.workspace();
  const launch = await client.launches.create({ name: 'Guest Lanes', tier: 3, marketDate: '2026-06-23', brief: 'For guests' });
  const changed = await client.launches.update({ launch: launch.key, version: launch.version, stage: 'beta' });
  expect(changed).toMatchObject({ stage: 'beta', tier: 3, brief: 'For guests', version: 2 });
  await expect(client.launches.update({ launch: launch.key, version: 1, stage: 'ga' })).rejects.toMatchObject({ code: 'conflict' });
});

test('a deleted launch is gone, and comes back when restored', async () => {
  const { client } = await app.workspace();
  const launch = await client.launches.create({ name: 'Audit Export', tier: 2, marketDate: '2026-05-01' });
  await client.launches.delete({ launch: launch.key });
  await expect(client.launches.get({ launch: launch.key })).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.launches.restore({ id: launch.id })).key).toBe('audit-export');
});

test('launches of one workspace are not seen from another', async () => {
  const first = await app.workspace('First');
  const second = await app.workspace('Second');
  const launch = await first.client.launches.create({ name: 'Secret', tier: 1, marketDate: '2026-05-01' });
  expect((await second.client.launches.list({})).launches).toEqual([]);
  await expect(second.client.launches.get({ launch: launch.id })).rejects.toMatchObject({ code: 'not_found' });
});

test('a reader may not create a launch, and input that makes no sense says what is wrong with it', async () => {
  const { client, clientAs } = await app.workspace();
  await expect(clientAs('reader').launches.create({ name: 'X', marketDate: '2026-05-01' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(client.launches.create({ name: 'X', marketDate: '2026-02-31' })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('marketDate'),
  });
});

test('a launch goes out as one Markdown text, in which nothing that somebody typed becomes a mark', async () => {
  const { client, clientAs } = await app.workspace();
  const launch = await client.launches.create({
    name: 'Relay *now*',
    tier: 1,
    marketDate: '2026-07-14',
    job: 'Hand | over',
    brief: '**Once**',
  });
  await client.deliverables.create({ launch: launch.key, name: 'Deck | v3', signers: ['legal'], required: true });
  const { fileName, markdown } = await client.launches.export({ launch: launch.key });
  expect(fileName).toBe('relay-now.md');
  expect(markdown).toContain('# Relay \\*now\\*');
  expect(markdown).toContain('- **Job to be done:** Hand \\| over');
  expect(markdown).toContain('## Brief\n\n**Once**');
  expect(markdown).toContain('| Deck \\| v3 (Required) |  | 14 Jul 2026 | Planned | Legal: waiting |');
  const metric = { kind: 'adoption', unit: 'account', marks: {} } as const;
  await client.goals.create({ launch: launch.key, name: 'A third hand over', metric, target: 0.3, purpose: 'usage', horizonDays: 90 });
  await client.runSteps.create({ launch: launch.key, atTime: '09:30', text: 'Publish | tell' });
  const whole = (await client.launches.export({ launch: launch.key })).markdown;
  expect(whole).toContain('## Goals\n\n- A third hand over: 30% by day 90 (Draft)');
  expect(whole).toContain('09:30 | Publish \\| tell |  | Waiting |');
  expect((await client.launches.export({ launch: launch.key, locale: 'zh' })).markdown).toContain('## 物料清单');
  expect((await clientAs('sales').launches.export({ launch: launch.key })).markdown).not.toContain('Deck');
});

test('a launch is cancelled with a reason and planned again; one that ends a stage with a gate is led on by its decision', async () => {
  const { client, clientAs } = await app.workspace();
  const launch = await client.launches.create({ name: 'Lanes', tier: 3, stage: 'beta', marketDate: '2026-07-14' });
  await expect(clientAs('contributor').launches.cancel({ launch: launch.key, reason: 'No', version: 1 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const cancelled = await client.launches.cancel({ launch: launch.key, reason: 'The beta said no', version: 1 });
  expect(cancelled).toMatchObject({ state: 'cancelled', stateReason: 'The beta said no' });
  expect(await client.launches.resume({ launch: launch.key, version: 2 })).toMatchObject({ state: 'planned', stateReason: '' });
  await client.gates.create({ launch: launch.key });
  await expect(client.launches.update({ launch: launch.key, version: 3, stage: 'ga' })).rejects.toThrow('ends with a gate');
});

test('a launch is split: features and deliverables go along, with what they need of each other, and the first one stays whole', async () => {
  const { client } = await app.workspace();
  const [one, two] = [
    await client.features.create({ name: 'Lanes', rule: { eventName: 'lane' } }),
    await client.features.create({ name: 'Guests', rule: { eventName: 'guest' } }),
  ];
  const launch = await client.launches.create({ name: 'Spring', marketDate: '2026-07-14', featureId: one.id, moreFeatureIds: [two.id] });
  const add = (name: string, needs: string[] = []) => client.deliverables.create({ launch: launch.key, name, leadDays: 7, needs });
  const page = await add('Page');
  const guide = await add('Guide');
  const mail = await add('Mail', [page.id, guide.id]);
  const split = { launch: launch.key, name: 'Guests', marketDate: '2026-08-11', reason: 'Guests need legal', version: 1 };
  await expect(client.launches.split({ ...split, features: [one.id] })).rejects.toThrow('the one behind it stays');
  const made = await client.launches.split({ ...split, features: [two.id], deliverables: [guide.id, mail.id] });
  expect(made.launch).toMatchObject({ key: 'guests', splitFrom: launch.id, feature: { name: 'Guests' }, brief: 'Guests need legal' });
  expect(made.from).toMatchObject({ moreFeatures: [], version: 2 });
  const there = (await client.deliverables.list({ launch: 'guests' })).deliverables;
  expect(there.map(({ name, dueOn, needs }) => [name, dueOn, needs])).toEqual([
    ['Guide', '2026-08-04', []],
    ['Mail', '2026-08-04', [guide.id]],
  ]);
  expect((await client.deliverables.list({ launch: launch.key })).deliverables.map(({ name }) => name)).toEqual(['Page']);
});

test('a title of 10,000 characters is refused and nothing is kept of it', async () => {
  const { client } = await app.workspace();
  const long = client.launches.create({ name: 'x'.repeat(10_000), marketDate: '2026-07-14' });
  await expect(long).rejects.toMatchObject({ code: 'invalid' });
  expect((await client.launches.list({})).launches).toEqual([]);
});
