import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { comparisons } from './schema.ts';
import { canonical, hashOf } from './text.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const planned = async (name: string, marketDate = '2026-07-01') => {
  const opened = await app.workspace(name);
  const feature = await opened.client.features.create({ name: 'Sharing', rule: { eventName: 'Shared' } });
  const launch = await opened.client.launches.create({ name: 'Sharing', marketDate, featureId: feature.id });
  return { ...opened, feature, launch };
};
const adoption = { purpose: 'usage' as const, name: 'Three of ten share', metric: { kind: 'adoption' as const }, target: 0.3 };

describe('a goal', () => {
  test('is a draft until it is registered, and then has a hash of the text that names the feature in its version', async () => {
    const { client, launch, feature } = await planned('Draft');
    const draft = await client.goals.create({ launch: launch.key, ...adoption });
    expect(draft).toMatchObject({
      registered: null,
      horizonDays: 90,
      minimumSample: 20,
      comparison: 'none',
      position: 1,
      withdrawn: false,
    });
    expect(await client.launches.get({ launch: launch.key })).toMatchObject({ goal: { target: 0.3 }, goalRegisteredAt: null });
    const { registered } = await client.goals.register({ goal: draft.id, version: draft.version });
    expect(registered).toMatchObject({ at: '2026-06-01T12:00:00.000Z', by: 'Test owner', late: false });
    expect(registered!.text).toMatchObject({
      metric: { featureId: feature.id, featureVersion: 1 },
      launch: { marketDate: '2026-07-01', eligibility: { plans: [], segments: [] } },
    });
    expect(registered!.hash).toBe(hashOf(registered!.text));
    expect(await client.launches.get({ launch: launch.key })).toMatchObject({ goalRegisteredAt: '2026-06-01T12:00:00.000Z' });
  });

  test('is registered late on the market date and after it', async () => {
    const { client, launch } = await planned('Late', '2026-06-01');
    await client.goals.create({ launch: launch.key, ...adoption });
    const { goals, registered } = await client.goals.registerAll({ launch: launch.key });
    expect([registered.length, goals[0]!.registered!.late]).toEqual([1, true]);
    await expect(client.goals.registerAll({ launch: launch.key })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('once registered is changed only with a reason, keeps the registered text, and shows what was amended', async () => {
    const { client, launch } = await planned('Amended');
    const { id } = await client.goals.create({ launch: launch.key, ...adoption });
    const registered = await client.goals.register({ goal: id, version: 1 });
    const { version } = registered;
    await expect(client.goals.update({ goal: id, version, target: 0.1 })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('Say why'),
    });
    const amended = await client.goals.update({ goal: id, version, target: 0.1, reason: 'Half of the accounts left' });
    expect(amended.target).toBe(0.1);
    expect(amended.registered).toEqual(registered.registered);
    expect(amended.amendments).toMatchObject([
      { kind: 'changed', before: { target: 0.3 }, after: { target: 0.1 }, reason: 'Half of the accounts left', by: 'Test owner' },
    ]);
    expect((await client.launches.get({ launch: launch.key })).goal?.target).toBe(0.3);
    const again = await client.goals.register({ goal: id, version: amended.version, reason: 'Agreed by all' });
    expect([again.registered!.text.target, again.amendments.map(({ kind }) => kind)]).toEqual([0.1, ['changed', 'registered_again']]);
  });

  test('that is withdrawn after it was registered stays to be seen, a deleted draft does not, and both come back', async () => {
    const { client, launch } = await planned('Withdrawn');
    const kept = await client.goals.create({ launch: launch.key, ...adoption });
    const draft = await client.goals.create({ launch: launch.key, ...adoption, name: 'Another' });
    const { version } = await client.goals.register({ goal: kept.id, version: 1 });
    await client.goals.delete({ goal: draft.id, version: 1 });
    await expect(client.goals.delete({ goal: kept.id, version })).rejects.toMatchObject({ code: 'invalid' });
    await client.goals.delete({ goal: kept.id, version, reason: 'Nobody measures it' });
    const listed = async () => (await client.goals.list({ launch: launch.key })).goals.map(({ name, withdrawn }) => [name, withdrawn]);
    expect(await listed()).toEqual([['Three of ten share', true]]);
    await client.goals.restore({ id: draft.id });
    await client.goals.restore({ id: kept.id, reason: 'It is measured after all' });
    expect(await listed()).toEqual([
      ['Three of ten share', false],
      ['Another', false],
    ]);
  });

  test('that two people change at the same moment is changed by the first, and the second sees what it says now', async () => {
    const { client, launch } = await planned('Both');
    const { id } = await client.goals.create({ launch: launch.key, ...adoption });
    await client.goals.update({ goal: id, version: 1, name: 'First' });
    await expect(client.goals.update({ goal: id, version: 1, name: 'Second' })).rejects.toMatchObject({
      code: 'conflict',
      data: { current: { name: 'First', version: 2 } },
    });
  });
});

test('objectives, key results and tactics are goals that serve each other, and none serves itself', async () => {
  const { client, launch } = await planned('Tree');
  const objective = await client.goals.create({ launch: launch.key, purpose: 'usage', name: 'Teams share their work' });
  const result = await client.goals.create({ launch: launch.key, ...adoption, parentId: objective.id });
  const tactic = await client.goals.create({ launch: launch.key, purpose: 'usage', name: 'A tour on the first day', parentId: result.id });
  await expect(client.goals.update({ goal: objective.id, version: 1, parentId: tactic.id })).rejects.toThrow('cannot serve itself');
  await expect(client.goals.create({ launch: launch.key, ...adoption, target: null })).rejects.toThrow('needs a target');
  await client.goals.registerAll({ launch: launch.key });
  const { goals } = await client.goals.list({ launch: launch.key });
  expect(goals.map(({ registered }) => registered!.text.parent)).toEqual([null, 'Teams share their work', 'Three of ten share']);
});

test('every comparison that can be asked can be registered', async () => {
  const { client, launch } = await planned('Comparisons');
  for (const comparison of comparisons) await client.goals.create({ launch: launch.key, ...adoption, name: comparison, comparison });
  await client.goals.registerAll({ launch: launch.key });
  const { goals } = await client.goals.list({ launch: launch.key });
  expect(goals.map(({ registered }) => registered!.text.comparison)).toEqual([...comparisons]);
});

test('a share that is measured outside is entered with its count, before the launch and after it', async () => {
  const { client, launch } = await planned('Recall');
  const metric = { kind: 'outside' as const, question: 'Which tools for sharing do you know?', source: 'Recall survey' };
  const { id } = await client.goals.create({ launch: launch.key, purpose: 'awareness', name: 'They know us', metric, target: 0.2 });
  const enter = { goal: id, count: 12, of: 100, day: '2026-05-20' };
  await expect(client.goals.enter({ ...enter, version: 1, when: 'before', count: 120 })).rejects.toThrow('Exchange the two numbers');
  await expect(client.goals.enter({ ...enter, version: 1, when: 'before', day: '2026-06-02' })).rejects.toThrow('has not come yet');
  const before = await client.goals.enter({ ...enter, version: 1, when: 'before' });
  expect(before.baseline).toMatchObject({ count: 12, of: 100, share: 0.12 });
  const { version } = await client.goals.register({ goal: id, version: before.version });
  await expect(client.goals.enter({ ...enter, version, when: 'before' })).rejects.toMatchObject({ code: 'conflict' });
  const after = await client.goals.enter({ ...enter, version, when: 'after', count: 31 });
  expect(after.outside.after).toMatchObject({ count: 31, of: 100, by: 'Test owner' });
});

test('contributors write drafts and do not touch what is registered; an assistant registers nothing', async () => {
  const { client, clientAs, launch, context } = await planned('Roles');
  const contributor = clientAs('contributor');
  const { id } = await contributor.goals.create({ launch: launch.key, ...adoption });
  await expect(contributor.goals.register({ goal: id, version: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  const { version } = await client.goals.register({ goal: id, version: 1 });
  await expect(contributor.goals.update({ goal: id, version, target: 0.1, reason: 'Less' })).rejects.toMatchObject({ code: 'forbidden' });
  const { createRouterClient } = await import('@orpc/server');
  const { registerAllGoals } = await import('./operations.ts');
  const assistant = createRouterClient({ goals: { registerAll: registerAllGoals } }, { context: { ...context, door: 'mcp' as const } });
  await expect(assistant.goals.registerAll({ launch: launch.key })).rejects.toMatchObject({ code: 'forbidden' });
});

test('an amendment cannot be changed or removed afterwards, not even by a faulty program', async () => {
  const { client, launch, context } = await planned('Immutable');
  const { id } = await client.goals.create({ launch: launch.key, ...adoption });
  const { version } = await client.goals.register({ goal: id, version: 1 });
  await client.goals.update({ goal: id, version, target: 0.1, reason: 'Half of the accounts left' });
  for (const statement of [sql`UPDATE goal_amendment SET reason = 'Another'`, sql`DELETE FROM goal_amendment`])
    await expect(context.read((transaction) => transaction.execute(statement))).rejects.toThrow();
});

test('a goal of one workspace is not seen from another', async () => {
  const { client, launch } = await planned('Mine');
  const other = await app.workspace('Other');
  const { id } = await client.goals.create({ launch: launch.key, ...adoption });
  await expect(other.client.goals.get({ goal: id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(other.client.goals.update({ goal: id, version: 1, name: 'Stolen' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(other.client.goals.list({ launch: launch.id })).rejects.toMatchObject({ code: 'not_found' });
});

test('the same text has the same hash in whatever order it is written', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
});

test('"go" at the gate before the market date registers what was a draft', async () => {
  const { launch, memberAs } = await planned('Go');
  const { client } = await memberAs('owner', 'Maya Lindqvist');
  const { id } = await client.goals.create({ launch: launch.key, ...adoption });
  const stage = 'beta' as const;
  const proofread = { kind: 'proofread' as const, function: 'marketing' as const, required: false, leadDays: 7 };
  await client.launches.update({ launch: launch.key, version: launch.version, stage });
  const { gates } = await client.gates.create({ launch: launch.key, plans: [{ stage, leadDays: 7, criteria: [proofread] }] });
  const gate = gates.find((one) => one.stage === stage)!;
  await client.gates.decide({ gate: gate.id, version: gate.version, outcome: 'go' });
  expect((await client.goals.get({ goal: id })).registered).toMatchObject({ by: 'Maya Lindqvist', late: false });
});
