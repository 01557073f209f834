import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../events/settle.ts';
import { importPlan } from './importing.ts';
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
    expect(counts).toEqual({ as_expected: 1, changed: 1, quiet: 0, missing: 2, unplanned: 3 });
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
    expect(one('plan', 'value')).toMatchObject({
      ...found,
      events: 1,
      example: 'gold',
      firstDay: '2026-05-20',
      lastDay: '2026-05-20',
      since: true,
    });
    expect(one('seats', 'type')).toMatchObject({ ...found, events: 2, firstDay: '2026-05-20', lastDay: '2026-05-22' });
    expect(one('due', 'type')).toMatchObject({ ...found, events: 2, firstDay: '2026-05-20', lastDay: '2026-05-21', since: true });
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

  test('says that an event went quiet, measured by its own habit: a weekend is none, and too few days say nothing', async () => {
    const { client, context } = await app.workspace('Quiet');
    const days = (name: string, from: number, to: number, only = (_day: number) => true) =>
      Array.from({ length: to - from + 1 }, (_, at) => from + at)
        .filter(only)
        .map((day) => sent(name, `2026-05-${String(day).padStart(2, '0')}`));
    const isWeekday = (day: number) => ![0, 6].includes(new Date(Date.UTC(2026, 4, day)).getUTCDay());
    const given = [
      ...days('daily', 1, 27), // silent from the 28th to the 31st; today is the 1st of June
      ...days('still', 1, 29), // two whole days are none to speak of
      ...days('working days', 1, 29, isWeekday), // a Friday, and a weekend after it
      ...days('stopped on a Friday', 1, 22, isWeekday), // nine days where two were the most
      ...days('weekly', 1, 31, (day) => day % 7 === 1), // the 29th is the last
      ...days('rare', 1, 13, (day) => day % 4 === 1), // four days say nothing
    ];
    await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
    for (const name of new Set(given.map((one) => one.name))) await client.plannedEvents.create({ name });
    const { events, counts } = await client.plannedEvents.check({});
    expect(counts).toMatchObject({ quiet: 2, as_expected: 4 });
    const quiet = Object.fromEntries(events.map((event) => [event.name, event.quiet]));
    expect(quiet).toEqual({
      daily: { since: '2026-05-28', days: 4, longestGap: 0 },
      'stopped on a Friday': { since: '2026-05-23', days: 9, longestGap: 2 },
      still: null,
      'working days': null,
      weekly: null,
      rare: null,
    });
    // As it was then.
    expect((await client.plannedEvents.check({ to: '2026-05-27' })).counts).toMatchObject({ quiet: 1 });
  });

  test('says that a text turned into numbers, and a number into a text, since when; numbers that were always there are none', async () => {
    const { client, context } = await app.workspace('Turned');
    const day = (index: number) => `2026-05-${String(10 + Math.floor(index / 2)).padStart(2, '0')}`;
    const given = Array.from({ length: 30 }, (_, index) => {
      const isLate = index >= 16;
      return sent('order_paid', day(index), {
        plan: isLate ? '3' : 'Pro',
        seats: isLate ? 'many' : '4',
        order: String(1000 + index),
        note: index % 2 ? '7' : 'seven',
      });
    });
    await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
    const properties = [{ name: 'plan' }, { name: 'seats', type: 'number' as const }, { name: 'order' }, { name: 'note' }];
    await client.plannedEvents.create({ name: 'order_paid', properties });
    const { events } = await client.plannedEvents.check({});
    const found = { kind: 'type', events: 14, of: 30, firstDay: '2026-05-18', since: true };
    expect(events[0]!.deviations).toMatchObject([
      { ...found, property: 'plan', example: '3' },
      { ...found, property: 'seats', example: 'many' },
    ]);
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

  test('goes out as CSV and comes in again, first as a dry run; what is new is added, what differs changed, nothing taken out', async () => {
    const { client } = await app.workspace('Exchanging');
    const properties = [
      { name: 'plan', type: 'string' as const, required: true, allowed: ['pro', 'free; for now', '=1+1'] },
      { name: 'seats', type: 'number' as const, required: false, allowed: [] },
    ];
    await client.plannedEvents.create({ name: 'task, "created"', description: 'Line one\nLine two', owner: '=Ada', properties });
    await client.plannedEvents.create({ name: 'signed_in' });
    const { csv } = await client.plannedEvents.export({});
    expect(await client.plannedEvents.import({ csv, dryRun: false })).toMatchObject({ done: true, created: [], changed: [], unchanged: 2 });

    const other = (await app.workspace('Receiving')).client;
    const look = await other.plannedEvents.import({ csv });
    expect(look).toMatchObject({ done: false, created: [{ id: null, name: 'signed_in' }, { name: 'task, "created"' }], faults: [] });
    expect((await other.plannedEvents.list({})).plannedEvents).toEqual([]);
    await other.plannedEvents.import({ csv, dryRun: false });
    const plain = ({ plannedEvents }: { plannedEvents: { name: string; description: string; owner: string; properties: unknown }[] }) =>
      plannedEvents.map(({ name, description, owner, properties: held }) => ({ name, description, owner, properties: held }));
    expect(plain(await other.plannedEvents.list({}))).toEqual(plain(await client.plannedEvents.list({})));

    const changed = await other.plannedEvents.import({ csv: 'Event Name;Owner\nsigned_in;Bo\nnew_one;Cy', dryRun: false });
    expect(changed).toMatchObject({ done: true, created: [{ name: 'new_one' }], changed: [{ name: 'signed_in' }] });
    await other.plannedEvents.delete({ plannedEvent: changed.created[0]!.id! });
    await other.plannedEvents.import({ csv: changed.before, dryRun: false, emptyClears: true });
    expect((await other.plannedEvents.list({})).plannedEvents.map(({ name, owner }) => [name, owner])).toEqual([
      ['signed_in', ''],
      ['task, "created"', '=Ada'],
    ]);
  });

  test('takes the words of other tools for columns and types, with an event named once above its properties', async () => {
    const { client } = await app.workspace('Others');
    const csv = [
      'Event,Description,Property,Data Type,Required?,Enum Values',
      'Order Completed,Somebody paid,,,,',
      ',,revenue,float,required,',
      ',,coupon,string,optional,"SPRING|SUMMER"',
      'Signed Up,,method,Text,TRUE,',
    ].join('\n');
    expect(await client.plannedEvents.import({ csv: csv.replace('Required?', 'Required'), dryRun: false })).toMatchObject({
      done: true,
      faults: [],
    });
    const { plannedEvents } = await client.plannedEvents.list({});
    expect(plannedEvents).toMatchObject([
      {
        name: 'Order Completed',
        description: 'Somebody paid',
        properties: [
          { name: 'revenue', type: 'number', required: true, allowed: [] },
          { name: 'coupon', type: 'string', required: false, allowed: ['SPRING', 'SUMMER'] },
        ],
      },
      { name: 'Signed Up', properties: [{ name: 'method', type: 'string', required: true }] },
    ]);
  });

  test('refuses rows that cannot be taken with their line, and then writes nothing', async () => {
    const { client, clientAs, context } = await app.workspace('Refusing');
    const csv = 'Event Name,Property Name,Property Type\nfine,a,number\nwrong,b,blob\nwrong,b,number\nwrong,b,number\n"bad\u200bname",,\n';
    const found = await client.plannedEvents.import({ csv, dryRun: false });
    expect(found.done).toBe(false);
    expect(found.faults.map(({ line }) => line)).toEqual([3, 5, 6]);
    expect((await client.plannedEvents.list({})).plannedEvents).toEqual([]);
    const chinese = await importPlan({ ...context, language: 'zh' }, { csv, dryRun: true, emptyClears: false });
    expect(chinese.faults.map(({ message }) => message)).toEqual([
      '“blob”不是属性的类型。请填写文本、数字、真或假、日期。',
      'wrong 中属性 b 出现了两次。',
      'bad\u200bname: name：名称含有看不见的字符。请手工输入，不要粘贴。',
    ]);
    await expect(client.plannedEvents.import({ csv: 'a,b\n1,2' })).rejects.toThrow('Event Name');
    const many = ['Event Name', ...Array.from({ length: 301 }, (_, n) => `e${n}`)].join('\n');
    await expect(client.plannedEvents.import({ csv: many })).rejects.toMatchObject({ code: 'too_many' });
    await expect(clientAs('reader').plannedEvents.import({ csv })).rejects.toMatchObject({ code: 'forbidden' });
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
