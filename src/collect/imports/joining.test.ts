import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { own, rows } from '../../platform/events/sources.ts';
import { receivePosthog } from '../events/receiving/posthog.ts';
import { readJson } from '../events/receiving/json.ts';
import { events } from '../events/queries.ts';
import { settleNow } from '../events/settler.ts';
import { countsOf, importFile } from './importing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const lines = (list: readonly object[]): string => list.map((one) => JSON.stringify(one)).join('\n');

/** Each event with whose it is now: the id in the product, or the browser that nobody signed in on. */
const whose = async (context: Context): Promise<string[]> => {
  const found = await context.events.ask<{ line: string }>({
    sql: `SELECT concat(e.name, ' ', toString(ifNull(i.known, u.key_value))) AS line FROM ${events('1', ['name', 'at'])} AS e
      LEFT JOIN (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u ON u.number = e.person
      LEFT JOIN (SELECT id, any(key_value) AS known FROM ${rows('identity')} WHERE kind = 'person' AND key_type = 'id:product' GROUP BY id) AS i ON i.id = u.id
      ORDER BY line`,
  });
  return found.map(({ line }) => line);
};

const joined = ['$identify ada', 'Exported ada', 'Exported cy', 'Signed up ada', 'Visited ada', 'Visited browser-3'];

const segment = lines([
  // As the archives of Segment hold them: calls of all types, one JSON object on each line.
  {
    type: 'page',
    anonymousId: 'browser-1',
    userId: null,
    messageId: 'm1',
    timestamp: '2026-05-01T10:00:00.000Z',
    name: 'Home',
    properties: { path: '/' },
  },
  { type: 'track', event: 'Visited', anonymousId: 'browser-1', userId: null, messageId: 'm2', timestamp: '2026-05-01T10:01:00.000Z' },
  {
    type: 'identify',
    anonymousId: 'browser-1',
    userId: 'ada',
    messageId: 'm3',
    timestamp: '2026-05-01T10:02:00.000Z',
    traits: { plan: 'Pro' },
  },
  { type: 'track', event: 'Exported', anonymousId: 'browser-1', userId: 'ada', messageId: 'm4', timestamp: '2026-05-01T10:03:00.000Z' },
  { type: 'track', event: 'Signed up', anonymousId: 'phone-1', userId: null, messageId: 'm5', timestamp: '2026-05-01T09:00:00.000Z' },
  { type: 'alias', previousId: 'phone-1', userId: 'ada', messageId: 'm6', timestamp: '2026-05-01T11:00:00.000Z' },
  { type: 'track', event: 'Exported', anonymousId: 'browser-2', userId: 'cy', messageId: 'm7', timestamp: '2026-05-01T10:00:00.000Z' },
  { type: 'track', event: 'Visited', anonymousId: 'browser-3', userId: null, messageId: 'm8', timestamp: '2026-05-01T10:00:00.000Z' },
]);

test('an archive of Segment: a browser is whose who identified on it, an alias joins, and calls without a name have the names of live ones', async () => {
  const { context, client } = await app.workspace();
  const done = await importFile(context, { name: 'segment.json', bytes: segment });
  expect(done.mapping).toMatchObject({ source: 'segment', targets: [{ kind: 'event', fields: { anonymous_id: {}, person_id: {} } }] });
  expect(countsOf(done).event).toMatchObject({ new: 8, rejected: 0 });
  const [alias, page, ...others] = (await whose(context)).toSorted(
    (one, other) => Number(/^\$(alias|page)/.test(other)) - Number(/^\$(alias|page)/.test(one)),
  );
  expect([alias, page]).toEqual(['$alias ada', '$page ada']);
  expect(others).toEqual(joined);
  // Undone, nobody is joined to anybody.
  await client.imports.undo({ import: done.id, waitSeconds: 60 });
  expect(await context.events.ask({ sql: `SELECT * FROM ${rows('link')}` })).toEqual([]);
  expect(await whose(context)).toEqual([]);
});

const posthogRows = [
  ['p1', 'Visited', 'browser-1', { $device_id: 'browser-1', $is_identified: false }, '10:01'],
  ['p2', '$identify', 'ada', { $device_id: 'browser-1', $anon_distinct_id: 'browser-1', $is_identified: true }, '10:02'],
  ['p3', 'Exported', 'ada', { $device_id: 'browser-1', $is_identified: true }, '10:03'],
  // After a reset the browser has another made-up id, and the device its old one.
  ['p4', 'Signed up', 'reset-1', { $device_id: 'browser-1', $is_identified: false }, '10:04'],
  ['p5', '$identify', 'ada', { $device_id: 'browser-1', $anon_distinct_id: 'reset-1', $is_identified: true }, '10:05'],
  // From a server.
  ['p6', 'Exported', 'cy', { $lib: 'posthog-node' }, '10:00'],
  ['p7', 'Visited', 'browser-3', { $device_id: 'browser-3', $user_state: 'anonymous' }, '10:00'],
] as const;
const posthogEvents = posthogRows.map(([uuid, event, distinct_id, properties, at]) => ({
  uuid,
  event,
  distinct_id,
  properties,
  timestamp: `2026-05-01T${at}:00.000Z`,
}));
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const posthogCsv = [
  'uuid,event,distinct_id,properties,timestamp,person_id,team_id',
  ...posthogEvents.map(({ uuid, event, distinct_id, properties, timestamp }) =>
    [uuid, event, distinct_id, cell(JSON.stringify(properties)), timestamp, `person-of-${distinct_id}`, 1].join(','),
  ),
].join('\n');

test('an export of PostHog, as CSV and as JSON, says the same of everybody as its clients said live', async () => {
  const live = await app.workspace();
  const sender = { workspace: live.id, key: live.id, receivedAt: Date.parse('2026-05-02T00:00:00.000Z') };
  await app.application.spool.append(
    receivePosthog(readJson(Buffer.from(JSON.stringify({ batch: posthogEvents, historical_migration: true }))), undefined, sender).lines,
  );
  await settleNow(app.application);
  const expected = ['$identify ada', ...joined];
  expect(await whose(live.context)).toEqual(expected);
  for (const [name, bytes] of [
    ['posthog.csv', posthogCsv],
    ['posthog.jsonl', lines(posthogEvents)],
  ] as const) {
    const { context } = await app.workspace();
    const done = await importFile(context, { name, bytes });
    expect(done.mapping, name).toMatchObject({ source: 'posthog', targets: [{ kind: 'event', fields: { anonymous_id: {} } }] });
    expect(countsOf(done).event).toMatchObject({ new: 7, rejected: 0 });
    expect(await whose(context), name).toEqual(expected);
  }
});

test('an export of Mixpanel: each event with a device and a person joins the two, and the word before a device is none of its id', async () => {
  const { context } = await app.workspace();
  const event = (name: string, id: string, time: number, more: object) => ({
    event: name,
    properties: { time, $insert_id: id, mp_processing_time_ms: 1, ...more },
  });
  const bytes = lines([
    event('Visited', 'x1', 1777629600, { distinct_id: '$device:browser-1', $device_id: 'browser-1' }),
    event('$identify', 'x2', 1777629660, { distinct_id: 'ada', $device_id: 'browser-1', $user_id: 'ada' }),
    event('Exported', 'x3', 1777629720, { distinct_id: 'ada', $device_id: 'browser-1', $user_id: 'ada' }),
    event('Signed up', 'x4', 1777629600, { distinct_id: '$device:phone-1', $device_id: 'phone-1' }),
    event('Exported', 'x5', 1777629600, { distinct_id: 'cy' }),
    event('Visited', 'x6', 1777629600, { distinct_id: '$device:browser-3', $device_id: 'browser-3' }),
  ]);
  await importFile(context, { name: 'mixpanel.json', bytes });
  expect(await whose(context)).toEqual([
    '$identify ada',
    'Exported ada',
    'Exported cy',
    'Signed up phone-1',
    'Visited ada',
    'Visited browser-3',
  ]);
});

test('an export of Amplitude: a device is whose who signed in on it first', async () => {
  const { context } = await app.workspace();
  const event = (event_type: string, id: string, user_id: string | null, device_id: string, minute: string) => ({
    event_type,
    $insert_id: id,
    user_id,
    device_id,
    amplitude_id: 7,
    event_time: `2026-05-01 10:${minute}:00.000000`,
    client_event_time: `2026-05-01 10:${minute}:00.000000`,
    library: 'amplitude-ts/2.9.3',
    event_properties: {},
  });
  const bytes = lines([
    event('Visited', 'y1', null, 'browser-1', '01'),
    event('Exported', 'y2', 'ada', 'browser-1', '02'),
    event('Exported', 'y3', 'cy', 'browser-1', '30'),
    event('Signed up', 'y4', null, 'browser-1', '40'),
    event('Visited', 'y5', null, 'browser-3', '01'),
  ]);
  await importFile(context, { name: 'amplitude.json', bytes });
  expect(await whose(context)).toEqual(['Exported ada', 'Exported cy', 'Signed up ada', 'Visited ada', 'Visited browser-3']);
});

test('an import brings no browser of somebody who was erased, and joins nobody by it', async () => {
  const { context, client } = await app.workspace();
  await importFile(context, { name: 'segment.json', bytes: segment });
  const { people } = await client.people.list({});
  const keys = await Promise.all(people.map(async ({ id }) => ({ id, keys: (await client.identities.keys({ person: id })).keys })));
  const ada = keys.find((one) => one.keys.some(({ keyValue }) => keyValue === 'browser-1'))!.id;
  expect((await client.erasures.create({ person: ada, confirm: ada, waitSeconds: 60 })).state).toBe('done');
  expect(await whose(context)).toEqual(['Exported cy', 'Visited browser-3']);
  const later = lines([
    { type: 'track', event: 'Visited', anonymousId: 'browser-1', userId: null, messageId: 'n1', timestamp: '2026-05-03T10:00:00.000Z' },
    { type: 'track', event: 'Exported', anonymousId: 'browser-1', userId: 'bo', messageId: 'n2', timestamp: '2026-05-03T10:01:00.000Z' },
  ]);
  const done = await importFile(context, { name: 'later.json', bytes: later });
  expect(countsOf(done).event).toMatchObject({ new: 1, rejected: 1 });
  expect(await whose(context)).toEqual(['Exported bo', 'Exported cy', 'Visited browser-3']);
  expect(await context.events.ask({ sql: `SELECT * FROM ${rows('link')} WHERE key_value = 'browser-1'` })).toEqual([]);
  const held = await context.events.ask<{ n: number }>({
    sql: `SELECT toUInt32(count()) AS n FROM ${own('unit')} WHERE key_value = 'browser-1'`,
  });
  expect(held).toEqual([{ n: 0 }]);
});
