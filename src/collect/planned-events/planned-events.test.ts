import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../events/settle.ts';
import { distance, likeOf } from './likeness.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
let number = 0;
const sent = (name: string, day: string, properties: Record<string, string> = {}) => ({
  message: `m${number++}`,
  name,
  at: `${day} 10:00:00.000`,
  user: 'u1',
  properties,
});

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const given = [
    sent('task_created', '2026-05-10', { plan: 'pro', seats: '4', due: '2026-06-01', done: 'true' }),
    sent('task_created', '2026-05-11', { plan: 'pro', seats: '5', due: '2026-06-02T10:00:00Z', done: 'false' }),
    sent('task_created', '2026-05-20', { plan: 'gold', seats: 'many', due: '2026-02-30', done: 'yes' }),
    sent('task_created', '2026-05-21', { plna: 'pro', seats: '6', due: 'soon', done: 'true' }),
    sent('task_created', '2026-05-22', { plna: 'pro', seats: 'NaN', done: '' }),
    sent('taskCreated', '2026-05-15'),
    sent('task_craeted', '2026-05-16'),
    sent('task_craeted', '2026-05-18'),
    sent('signed_in', '2026-05-18'),
    sent('report_opened', '2026-03-01'),
    sent('step_2', '2026-05-20', { n: '1' }),
    { ...sent('$identify', '2026-05-20'), kind: 'identify' as const },
  ];
  await storeEvents(opened.context.events, given, { timeZone: 'UTC', receivedAt: opened.context.now() });
  const plan = [
    {
      name: 'task_created',
      properties: [
        { name: 'plan', allowed: ['pro', 'free'] },
        { name: 'seats', type: 'number' as const },
        { name: 'due', type: 'date' as const, required: false },
        { name: 'done', type: 'boolean' as const },
        { name: 'note', required: false },
      ],
    },
    { name: 'signed_in' },
    { name: 'report_opened' },
    { name: 'step_1' },
  ];
  for (const event of plan) await opened.client.plannedEvents.create(event);
});
afterAll(() => app.close());

const check = (input: { days?: number; to?: string } = {}) => opened.client.plannedEvents.check(input);
const eventOf = async (name: string) => (await check()).events.find((event) => event.name === name)!;

describe('the check of the tracking plan', () => {
  test('says of each event whether it arrives as planned, and counts them', async () => {
    const { events, counts, from, to, sampled } = await check();
    expect([from, to, sampled]).toEqual(['2026-05-03', '2026-06-01', false]);
    expect(counts).toEqual({ as_expected: 1, changed: 1, missing: 2, unplanned: 3 });
    expect(events.map(({ name, state, events: n, lastDay }) => [name, state, n, lastDay])).toEqual([
      ['report_opened', 'missing', 0, '2026-03-01'],
      ['signed_in', 'as_expected', 1, '2026-05-18'],
      ['step_1', 'missing', 0, null],
      ['task_created', 'changed', 5, '2026-05-22'],
      ['task_craeted', 'unplanned', 2, '2026-05-18'],
      ['step_2', 'unplanned', 1, '2026-05-20'],
      ['taskCreated', 'unplanned', 1, '2026-05-15'],
    ]);
  });

  test('tells misspelled names from new ones, and since when they arrive', async () => {
    expect(await eventOf('task_craeted')).toMatchObject({ firstDay: '2026-05-16', like: { name: 'task_created', by: 'spelling' } });
    expect(await eventOf('taskCreated')).toMatchObject({ firstDay: '2026-05-15', like: { name: 'task_created', by: 'case' } });
    expect((await eventOf('step_2')).like).toBeNull();
  });

  test('says which property is missing since when, of the wrong type, not allowed or misspelled, of how many', async () => {
    const { deviations, properties, read } = await eventOf('task_created');
    expect(read).toBe(5);
    expect(properties.map(({ name, events }) => [name, events])).toEqual([
      ['plan', 3],
      ['seats', 5],
      ['due', 4],
      ['done', 4],
      ['note', 0],
    ]);
    const one = (property: string, kind: string) => deviations.find((each) => each.property === property && each.kind === kind);
    const found = { of: 5, since: false, like: null };
    expect(one('plan', 'missing')).toMatchObject({ ...found, events: 2, firstDay: '2026-05-21', lastDay: '2026-05-22', since: true });
    expect(one('plan', 'value')).toMatchObject({ ...found, events: 1, example: 'gold', firstDay: '2026-05-20', lastDay: '2026-05-20' });
    expect(one('seats', 'type')).toMatchObject({ ...found, events: 2, firstDay: '2026-05-20', lastDay: '2026-05-22' });
    expect(one('due', 'type')).toMatchObject({ ...found, events: 2, firstDay: '2026-05-20', lastDay: '2026-05-21' });
    expect(one('done', 'type')).toMatchObject({ ...found, events: 1, example: 'yes' });
    expect(one('done', 'missing')).toMatchObject({ ...found, events: 1, firstDay: '2026-05-22', since: true });
    expect(one('plna', 'unplanned')).toMatchObject({ events: 2, firstDay: '2026-05-21', like: { name: 'plan', by: 'spelling' } });
    expect(deviations).toHaveLength(7);
  });

  test('counts only the days that are asked for', async () => {
    const early = await check({ days: 2, to: '2026-05-11' });
    expect(early.events.find(({ name }) => name === 'task_created')).toMatchObject({
      state: 'as_expected',
      events: 2,
      lastDay: '2026-05-11',
    });
    await expect(check({ days: 93 })).rejects.toThrow('days');
  });

  test('reads a random share of what is too much, and says so', async () => {
    const { client, context } = await app.workspace('Busy');
    const many = Array.from({ length: 12_000 }, (_, index) => sent('ping', '2026-05-20', index % 2 ? { a: '1' } : {}));
    await storeEvents(context.events, many, { timeZone: 'UTC', receivedAt: context.now() });
    await client.plannedEvents.create({ name: 'ping', properties: [{ name: 'a', type: 'number' }] });
    const { sampled, events } = await client.plannedEvents.check({});
    expect(sampled).toBe(true);
    const [{ read, events: n, deviations }] = events as [(typeof events)[0]];
    expect(n).toBe(12_000);
    expect(Math.abs(read - 4000)).toBeLessThan(300);
    expect(Math.abs(deviations[0]!.events / read - 0.5)).toBeLessThan(0.05);
  });
});

describe('the tracking plan', () => {
  test('starts from what arrives, once', async () => {
    const { client, context } = await app.workspace('Fresh');
    await expect(client.plannedEvents.start({})).rejects.toThrow('no event arrived');
    const given = [sent('a_b', '2026-05-20', { n: '1', on: 'true', at: '2026-01-01', t: 'x' }), sent('a_b', '2026-05-20', { n: '2' })];
    await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
    const { plannedEvents } = await client.plannedEvents.start({});
    expect(plannedEvents.map(({ name }) => name)).toEqual(['a_b']);
    expect(plannedEvents[0]!.properties.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['n', 'number', true],
      ['at', 'date', false],
      ['on', 'boolean', false],
      ['t', 'string', false],
    ]);
    expect((await client.plannedEvents.check({})).counts).toMatchObject({ as_expected: 1, changed: 0, unplanned: 0 });
    await expect(client.plannedEvents.start({})).rejects.toThrow('no event arrived');
  });

  test('is changed by version, deleted and restored', async () => {
    const { client } = await app.workspace('Changing');
    const { id } = await client.plannedEvents.create({ name: 'x_y', owner: 'Ada' });
    const after = await client.plannedEvents.update({ plannedEvent: id, version: 1, description: 'Why' });
    expect(after).toMatchObject({ version: 2, owner: 'Ada', description: 'Why' });
    await expect(client.plannedEvents.update({ plannedEvent: id, version: 1, owner: '' })).rejects.toThrow('meanwhile');
    await expect(client.plannedEvents.create({ name: 'x_y' })).rejects.toThrow('already has');
    await client.plannedEvents.delete({ plannedEvent: id });
    await expect(client.plannedEvents.get({ plannedEvent: id })).rejects.toThrow('no such');
    expect(await client.plannedEvents.restore({ plannedEvent: id })).toMatchObject({ name: 'x_y', version: 2 });
  });

  test('refuses names that hide something, and two properties of one name', async () => {
    const { create } = opened.client.plannedEvents;
    for (const name of ['', 'a\0b', 'a\u202eb', 'a\u200bb', 'x'.repeat(201), '\ud800'])
      await expect(create({ name }), JSON.stringify(name)).rejects.toThrow('name');
    await expect(create({ name: 'ok', properties: [{ name: 'a' }, { name: 'a' }] })).rejects.toThrow('same name');
    const hostile = "x'; DROP TABLE event; --";
    const { id } = await create({ name: hostile, properties: [{ name: '__proto__', allowed: ["'\\"] }] });
    expect(await eventOf(hostile)).toMatchObject({ state: 'missing', events: 0 });
    await opened.client.plannedEvents.delete({ plannedEvent: id });
  });

  test('is not seen from another workspace', async () => {
    const other = await app.workspace('Other');
    const [{ id }] = (await opened.client.plannedEvents.list({})).plannedEvents as never as [{ id: string }];
    expect((await other.client.plannedEvents.list({})).plannedEvents).toEqual([]);
    expect((await other.client.plannedEvents.check({})).events).toEqual([]);
    await expect(other.client.plannedEvents.get({ plannedEvent: id })).rejects.toThrow('no such');
    await expect(other.client.plannedEvents.delete({ plannedEvent: id })).rejects.toThrow('no such');
  });
});

test('names are alike by case, separators and a letter or two, not by their numbers or when short', () => {
  expect([distance('ca', 'ac', 3), distance('kitten', 'sitting', 3), distance('kitten', 'sitting', 1)]).toEqual([1, 3, 2]);
  expect(likeOf('Task Created', ['task_created'])).toEqual({ name: 'task_created', by: 'case' });
  expect(likeOf('plna', ['plan'])).toEqual({ name: 'plan', by: 'spelling' });
  expect([likeOf('cost', ['post']), likeOf('step_1', ['step_2']), likeOf('created', ['deleted'])]).toEqual([null, null, null]);
});
