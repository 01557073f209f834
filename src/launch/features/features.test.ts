import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const step = (event: string) => ({ event, filters: [] });
const rule = { kind: 'sequence' as const, steps: [step('Plan opened'), step('Plan shared')], withinDays: 3, times: 2, days: 2 };

describe('a feature', () => {
  test('is a rule of any kind with a base, and is read back as it was written', async () => {
    const { client } = await app.workspace();
    const base = {
      plans: ['business'],
      signedUpBefore: '2026-03-01',
      people: [{ property: 'title', operator: 'is' as const, values: ['Admin'] }],
    };
    const made = await client.features.create({ name: 'Sharing', rule, base });
    expect(made).toMatchObject({ version: 1, rule, base: { ...base, segments: [], accessProperty: null } });
    const counted = await client.features.create({ name: 'Often', rule: { kind: 'count', steps: [step('Plan opened')], atLeast: 5 } });
    expect(counted.rule).toMatchObject({ kind: 'count', atLeast: 5, withinDays: 7, times: 1 });
    expect(counted.base).toEqual({ plans: [], segments: [], signedUpBefore: null, accessProperty: null, people: [] });
    expect((await client.features.list({})).features.map(({ name }) => name)).toEqual(['Often', 'Sharing']);
  });

  test('gets a version for each change of rule, threshold or base, and the versions say what, when and who', async () => {
    const { client, clientAs } = await app.workspace();
    const { id } = await client.features.create({ name: 'Sharing', rule });
    await client.features.update({ feature: id, rule: { ...rule, withinDays: 5 } });
    await clientAs('pmm').features.update({ feature: id, rule: { ...rule, withinDays: 5, times: 3 } });
    const last = await client.features.update({ feature: id, base: { plans: ['business', 'enterprise'] } });
    expect(last.version).toBe(4);
    const { versions, ...feature } = await client.features.get({ feature: id });
    expect(feature).toEqual(last);
    expect(versions.map(({ version, changed, createdBy }) => [version, changed, createdBy])).toEqual([
      [4, ['base'], 'Test owner'],
      [3, ['adopted'], 'Test pmm'],
      [2, ['events'], 'Test owner'],
      [1, [], 'Test owner'],
    ]);
    expect(versions[3]!.rule.withinDays).toBe(3);
    expect(versions[0]!.createdAt).toBe('2026-06-01T12:00:00.000Z');
  });

  test('gets no version by another name, another order of keys, or another way to write the same', async () => {
    const { client } = await app.workspace();
    const one = { eventName: 'Plan shared', properties: [{ name: 'way', value: 'link' }], times: 2 };
    const { id } = await client.features.create({ name: 'Sharing', rule: one, base: { plans: ['a', 'b'] } });
    const filter = { values: ['link'], operator: 'is' as const, property: 'way' };
    const same = [
      { name: 'Sharing plans', product: 'Planner' },
      { rule: { times: 2, properties: [{ value: 'link', name: 'way' }], eventName: 'Plan shared', withinDays: 30 } },
      { base: { segments: [], plans: ['b', 'a'] } },
      { rule: { kind: 'any' as const, times: 2, steps: [{ filters: [filter], event: 'Plan shared' }] } },
    ];
    for (const changes of same) expect((await client.features.update({ feature: id, ...changes })).version).toBe(1);
    expect(await client.features.get({ feature: id })).toMatchObject({ name: 'Sharing plans', product: 'Planner', version: 1 });
    // The order of a sequence is what it means.
    const { id: ordered } = await client.features.create({ name: 'Order', rule });
    const turned = await client.features.update({ feature: ordered, rule: { ...rule, steps: rule.steps.toReversed() } });
    expect(turned.version).toBe(2);
  });

  test('refuses a rule that says too little, a reader, and a change to a version that is not the newest any more', async () => {
    const { client, clientAs } = await app.workspace();
    await expect(client.features.create({ name: 'X', rule: { ...rule, steps: [step('A')] } })).rejects.toThrow('needs 2 steps');
    await expect(client.features.create({ name: 'X', rule: { kind: 'count', steps: [] } })).rejects.toThrow('needs 1 step');
    await expect(clientAs('reader').features.create({ name: 'X', rule })).rejects.toMatchObject({ code: 'forbidden' });
    const { id } = await client.features.create({ name: 'X', rule });
    await client.features.update({ feature: id, version: 1, rule: { ...rule, times: 9 } });
    await expect(client.features.update({ feature: id, version: 1, rule })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('shows its versions to nobody of another workspace', async () => {
    const [mine, other] = [await app.workspace('Mine'), await app.workspace('Other')];
    const { id } = await mine.client.features.create({ name: 'Secret', rule });
    await expect(other.client.features.get({ feature: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(other.client.launches.create({ name: 'Theft', marketDate: '2026-05-01', featureId: id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a launch with a registered goal', () => {
  const launched = async (name: string, goal: object | null = { target: 0.3 }) => {
    const { client } = await app.workspace(name);
    const feature = await client.features.create({ name: 'Sharing', rule });
    const launch = await client.launches.create({ name: 'Sharing', marketDate: '2026-05-01', featureId: feature.id, goal: goal as never });
    await client.features.update({ feature: feature.id, rule: { ...rule, times: 5 } });
    return { client, feature: feature.id, launch: launch.key };
  };

  test('keeps the version that it was registered with, and its report says that the feature has changed since', async () => {
    const { client, launch } = await launched('Kept');
    const kept = await client.launches.get({ launch });
    expect(kept.feature).toMatchObject({
      version: 1,
      rule: { times: 2 },
      newest: { version: 2, changed: ['adopted'], createdBy: 'Test owner' },
    });
    const report = await client.landingReports.get({ launch });
    expect(report).toMatchObject({ definition: { feature: 1 }, feature: { version: 1, rule: { times: 2 }, newest: { version: 2 } } });
    const { text } = await client.landingReports.text({ launch });
    expect(text).toContain('Sharing has changed since (Test owner, 1 Jun 2026): version 2 has another definition of what adopted means.');
    expect((await client.adoptions.get({ launch })).feature).toMatchObject({ version: 1, newestVersion: 2 });
  });

  test('follows the feature as long as it has no goal', async () => {
    const { client, launch } = await launched('Followed', null);
    expect((await client.launches.get({ launch })).feature).toMatchObject({ version: 2, newest: null });
    expect((await client.landingReports.get({ launch })).feature).toMatchObject({ version: 2, newest: null });
  });

  test('is judged by another version only when its goal is amended and registered again', async () => {
    const { client, launch } = await launched('Again');
    const { goals } = await client.goals.list({ launch });
    const { id, version, metric } = goals[0]!;
    const newer = { ...metric, featureVersion: 2 } as Extract<typeof metric, { kind: 'adoption' }>;
    await expect(client.goals.update({ goal: id, version, metric: { ...newer, featureVersion: 7 }, reason: 'A try' })).rejects.toThrow(
      'has no version 7',
    );
    const amended = await client.goals.update({ goal: id, version, metric: newer, reason: 'Five uses are what counts' });
    expect((await client.launches.get({ launch })).feature).toMatchObject({ version: 1, newest: { version: 2 } });
    await client.goals.register({ goal: id, version: amended.version, reason: 'Judged by what counts' });
    expect((await client.launches.get({ launch })).feature).toMatchObject({ version: 2, newest: null });
  });
});
