import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { settleNow } from '../collect/events/settler.ts';
import { type Ingest, startIngest } from './ingest.fixture.ts';

let ingest: Ingest;
let clock: Date;
let token: string;
let workspace: string;
beforeAll(async () => {
  ingest = await startIngest();
  ingest.server.application.now = () => clock;
});
afterAll(() => ingest.close());
beforeEach(async () => {
  clock = new Date();
  ({ id: workspace } = await ingest.operate<{ id: string }>('POST', '/workspaces', { name: 'Weftwork', timeZone: 'UTC', currency: 'EUR' }));
  ({ token } = await ingest.makeKey(workspace));
});

const track = (messageId: string, more: object = {}) => ({ type: 'track', event: 'Exported', userId: 'u1', messageId, ...more });
const send = async (path: string, body: object | string) => {
  const answer = await ingest.post(path, body, { Authorization: `Bearer ${token}` });
  return { status: answer.status, said: (await answer.json()) as { accepted?: number; failed?: { index: number; code: string }[] } };
};
const batch = (items: object[], sentAt?: string) => send('/v1/batch', { batch: items, ...(sentAt && { sentAt }) });
const settle = () => settleNow(ingest.server.application);
const ask = async <Row>(sql: string): Promise<Row[]> => {
  const { client } = ingest.server.application.events;
  return (await client.query({ query: sql, query_params: { workspace }, format: 'JSONEachRow' })).json<Row>();
};
const stored = () =>
  ask<{ name: string; at: string }>('SELECT name, toString(at) AS at FROM event WHERE workspace = {workspace:UUID} ORDER BY at, name');
const counted = async () => {
  const [counts] = await ask<Record<string, number>>(
    `SELECT toUInt32(sum(received)) AS received, toUInt32(sum(stored)) AS stored, toUInt32(sum(duplicate)) AS duplicate, toUInt32(sum(failed)) AS failed
     FROM ingest FINAL WHERE workspace = {workspace:UUID}`,
  );
  return counts;
};

test('a message that comes ten times, in a batch, by other addresses and protocols, and 30 days later, is one event', async () => {
  await batch([track('m1'), track('m1')]);
  await settle();
  await batch([track('m1'), track('m2')]);
  for (const path of ['/v1/track', '/v1/t/', '/v1/import'])
    await send(path, path === '/v1/import' ? { batch: [track('m1')] } : track('m1'));
  await send('/i/v0/e/', { api_key: token, uuid: 'm1', event: 'Exported', distinct_id: 'u1' });
  await settle();
  clock = new Date(clock.getTime() + 30 * 24 * 3600 * 1000);
  await batch([track('m1'), track('m1'), track('m1')]);
  await settle();
  expect(await stored()).toHaveLength(2);
  expect(await counted()).toEqual({ received: 11, stored: 2, duplicate: 9, failed: 0 });
});

test('sent again later, across midnight and the end of a month, it has the time of its first copy', async () => {
  const timestamp = '2026-10-31T23:59:57.000Z';
  clock = new Date('2026-10-31T23:59:59.000Z');
  await batch([track('m1', { timestamp })], '2026-10-31T23:59:58.000Z');
  const first = await (async () => (await settle(), stored()))();
  expect(first).toEqual([{ name: 'Exported', at: '2026-10-31 23:59:58.000' }]);
  // The client's clock is put right by another difference each time: one that waited an hour for an answer, and one that is a day slow.
  clock = new Date('2026-11-01T01:00:30.000Z');
  await batch([track('m1', { timestamp })], '2026-11-01T01:00:00.000Z');
  clock = new Date('2026-11-02T00:00:10.000Z');
  await batch([track('m1', { timestamp })], '2026-11-01T00:00:00.000Z');
  await settle();
  expect(await stored()).toEqual(first);
  expect(await counted()).toEqual({ received: 3, stored: 1, duplicate: 2, failed: 0 });
});

test('batches that are made anew of three and three of four messages hold four; another content under a known id is kept apart', async () => {
  await batch([track('m1'), track('m2'), track('m3')]);
  await batch([track('m2'), track('m3'), track('m4')]);
  await batch([track('m4', { event: 'Deleted' })]);
  await settle();
  expect(await stored()).toHaveLength(4);
  expect(await ask('SELECT message, reason FROM failed_event WHERE workspace = {workspace:UUID}')).toEqual([
    { message: 'm4', reason: 'message_id_conflict' },
  ]);
  expect(await counted()).toEqual({ received: 7, stored: 4, duplicate: 2, failed: 1 });
});

const nested = `{"type":"track","userId":"u","event":"e","properties":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`;
test.each([
  ['null', 'not_an_object'],
  ['{"type":"track","userId":"u","messageId":"bad"}', 'missing_event'],
  ['{"type":"track","userId":"u","event":"e","messageId":"bad","properties":{"n":1e400}}', 'bad_number'],
  [nested, 'too_deep'],
])('of a hundred events one that cannot be counted harms no other, and the next batch goes on: %.50s', async (poison, code) => {
  const good = Array.from({ length: 99 }, (_, n) => JSON.stringify(track(`m${n}`)));
  const { status, said } = await send('/v1/batch', `{"batch":[${[...good.slice(0, 50), poison, ...good.slice(50)].join(',')}]}`);
  expect([status, said]).toMatchObject([200, { accepted: 99, failed: [{ index: 50, code }] }]);
  await batch([track('next')]);
  await settle();
  expect(await stored()).toHaveLength(100);
  expect(await ask('SELECT reason, raw FROM failed_event WHERE workspace = {workspace:UUID}')).toEqual([{ reason: code, raw: poison }]);
  expect(await counted()).toEqual({ received: 101, stored: 100, duplicate: 0, failed: 1 });
});

test('what no statement of the store may take as it is, is cleaned and counted: half a character, NUL, names that mean something to JavaScript', async () => {
  const odd = String.raw`{"batch":[{"type":"track","userId":"u\u0000x","event":"e\ud800","messageId":"m1","properties":{"__proto__":{"a":"\udfff"},"n":9007199254740993}}]}`;
  expect((await send('/v1/batch', odd)).status).toBe(200);
  await settle();
  expect(await counted()).toEqual({ received: 1, stored: 1, duplicate: 0, failed: 0 });
  const [event] = await ask<{ properties: Record<string, string> }>('SELECT properties FROM event WHERE workspace = {workspace:UUID}');
  expect(event!.properties).toMatchObject({ '__proto__.a': '\uFFFD', n: '9007199254740993' });
});

test('whatever it calls the host, a client is never sent elsewhere', async () => {
  const { port } = new URL(ingest.server.url);
  const answer = (host: string, path: string) =>
    new Promise<[number, string | undefined]>((resolve, reject) => {
      const headers = { Host: host, Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'X-Forwarded-Proto': 'http' };
      const asked = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (said) => {
        said.resume();
        resolve([said.statusCode!, said.headers.location]);
      });
      asked.once('error', reject).end(JSON.stringify({ batch: [track('m1')] }));
    });
  for (const host of ['EVENTS.Landfall.Example', `localhost:${port}`, 'events.landfall.example.'])
    for (const path of ['/v1/batch', '/v1/batch/', '/V1/batch', '//v1/batch', '/v1//batch']) {
      const [status, location] = await answer(host, path);
      expect([location, status < 300 || status >= 400], `${host} ${path} ${status}`).toEqual([undefined, true]);
    }
  await settle();
});
