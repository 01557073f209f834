import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../platform/failure.ts';
import { type Ingest, startIngest } from './ingest.fixture.ts';

let ingest: Ingest;
// However busy the machine is, nothing here is refused because it waited: src/server/overload.test.ts is about that.
const patient = { targetMilliseconds: 60_000, intervalMilliseconds: 60_000 };
beforeAll(async () => void (ingest = await startIngest({}, patient)));
afterAll(() => ingest.close());

const track = (more: object = {}) => ({ type: 'track', event: 'Exported', userId: 'u1', ...more });
const padded = (bytes: number) => JSON.stringify({ batch: [track()], filler: '' }).replace('""', `"${'x'.repeat(bytes - 73)}"`);
const none = { Authorization: '' };
const refusal = (code: string) => ({ success: false, error: { code, message: expect.stringMatching(/\S.*\.$/s) } });

describe('what is sent is kept', () => {
  test('before it is acknowledged, in the workspace of its key', async () => {
    const answer = await ingest.post('/v1/track', track({ messageId: 'm1', properties: { plan: { name: 'Pro' } } }));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ success: true, accepted: 1 });
    const { workspace, key } = ingest;
    expect(await ingest.kept()).toMatchObject([
      { workspace, key, receipt: 0, kind: 'track', message: 'm1', properties: { 'plan.name': 'Pro' } },
    ]);
  });

  test.each(['t', 'p', 'i', 'g', 's', 'a', 'track', 'page', 'identify', 'group', 'screen', 'alias', 'b', 'batch', 'import'])(
    'at /v1/%s, with and without a slash at the end, never by a redirect',
    async (call) => {
      const item = { ...track(), anonymousId: 'a1', groupId: 'g1', previousId: 'a1' };
      const body = ['b', 'batch', 'import'].includes(call) ? { batch: [item] } : item;
      for (const path of [`/v1/${call}`, `/v1/${call}/`]) {
        const answer = await ingest.post(path, body);
        expect([answer.status, await answer.json()]).toEqual([200, { success: true, accepted: 1 }]);
      }
      expect(await ingest.kept()).toHaveLength(2);
    },
  );

  test.each(['/i/v0/e', '/e', '/capture', '/track', '/engage', '/batch'])('at %s as PostHog has it', async (path) => {
    for (const slash of ['', '/']) {
      const body = { api_key: ingest.token, event: 'Exported', distinct_id: 'u1', uuid: 'm1' };
      const answer = await ingest.post(path + slash, path === '/batch' ? { api_key: ingest.token, batch: [body] } : body, none);
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'Ok', accepted: 1 }]);
    }
    expect(await ingest.kept()).toMatchObject([{ user: 'u1', message: 'm1' }, { user: 'u1' }]);
  });

  test('whatever type it says it has, packed or not, said or not', async () => {
    const body = JSON.stringify(track());
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense'])
      expect((await ingest.post('/v1/t', body, { 'Content-Type': type })).status).toBe(200);
    expect((await ingest.post('/v1/t', gzipSync(body), { 'Content-Encoding': 'gzip' })).status).toBe(200);
    expect((await ingest.post('/v1/t', gzipSync(body))).status).toBe(200);
    expect((await ingest.post('/v1/t', `\uFEFF${body}`)).status).toBe(200);
    expect(await ingest.kept()).toHaveLength(7);
  });

  test('with the key as the user, with or without a colon, as a bearer, or in the body beside somebody else’s bearer', async () => {
    const base64 = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    for (const Authorization of [base64(ingest.token), base64(`${ingest.token}:`), base64(`${ingest.token}:x`), `Bearer ${ingest.token}`])
      expect((await ingest.post('/v1/t', track(), { Authorization })).status).toBe(200);
    const body = { ...track(), writeKey: ingest.token };
    for (const Authorization of ['', 'Bearer somebody-elses'])
      expect((await ingest.post('/v1/t', body, { Authorization })).status).toBe(200);
    expect(await ingest.kept()).toHaveLength(6);
  });

  test('in forms, as PostHog’s older clients send it', async () => {
    const event = { event: 'e>?~', properties: { token: ingest.token, distinct_id: 'u1' } };
    const base64 = Buffer.from(JSON.stringify(event)).toString('base64');
    const packed = gzipSync(JSON.stringify([event]));
    const type = { ...none, 'Content-Type': 'application/x-www-form-urlencoded' };
    const sends: [string, string | Buffer][] = [
      ['/e/', `data=${encodeURIComponent(base64)}`],
      ['/e/', `data=${base64}`],
      ['/e/?compression=base64', `data=${encodeURIComponent(base64)}`],
      ['/e/', `data=${encodeURIComponent(JSON.stringify(event))}`],
      ['/e/?compression=gzip-js', packed],
      ['/e/?compression=gzip-js', `data=${encodeURIComponent(packed.toString('base64'))}`],
    ];
    for (const [path, body] of sends) expect((await ingest.post(path, body, type)).status, String(body)).toBe(200);
    expect((await ingest.kept()).map(({ name, user }) => [name, user])).toEqual(sends.map(() => ['e>?~', 'u1']));
    expect((await ingest.post('/e/?compression=lz64', 'x', type)).status).toBe(400);
  });

  test('what cannot be counted is kept apart, and the answer says which', async () => {
    const answer = await ingest.post('/v1/batch', { batch: [track(), null, track({ event: '' })] });
    const failed = [
      { index: 1, code: 'not_an_object' },
      { index: 2, code: 'missing_event' },
    ];
    expect(await answer.json()).toEqual({ success: true, accepted: 1, failed });
    expect((await ingest.kept()).map(({ kind, raw }) => [kind, raw])).toEqual([
      ['track', undefined],
      ['failed', 'null'],
      ['failed', JSON.stringify(track({ event: '' }))],
    ]);
  });
});

describe('what is refused', () => {
  test('is not kept, in one shape, and counted', async () => {
    const refused = async () => Number(/result="refused"} (\d+)/.exec(await (await ingest.call('/metrics')).text())?.[1] ?? 0);
    const before = await refused();
    const cases: [string | Buffer | object, number, string][] = [
      ['{"batch":[', 400, 'invalid'],
      [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'invalid'],
      [{ batch: 'x' }, 400, 'invalid'],
      [{ batch: Array.from({ length: 2501 }, () => null) }, 400, 'invalid'],
      [gzipSync('{}').subarray(0, 15), 400, 'invalid'],
      [padded(512_001), 413, 'too_large'],
    ];
    for (const [body, status, code] of cases) {
      const answer = await ingest.post('/v1/batch', body);
      expect([answer.status, await answer.json()]).toEqual([status, refusal(code)]);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    expect(await refused()).toBe(before + cases.length);
    expect(await ingest.kept()).toEqual([]);
  });

  test('a body of 512,000 bytes is taken, also when nobody says beforehand how long it is', async () => {
    expect(Buffer.byteLength(padded(512_000))).toBe(512_000);
    expect((await ingest.post('/v1/batch', padded(512_000))).status).toBe(200);
    const inPieces = (bytes: number) =>
      ingest.call('/v1/batch', {
        method: 'POST',
        headers: { Authorization: `Bearer ${ingest.token}` },
        body: new Blob([padded(bytes)]).stream(),
        duplex: 'half',
      } as RequestInit);
    expect((await inPieces(512_000)).status).toBe(200);
    expect((await inPieces(512_001)).status).toBe(413);
    expect(await ingest.kept()).toHaveLength(2);
  });

  test('little that unpacks to very much, within bounded memory', async () => {
    const bomb = gzipSync(Buffer.alloc(480 * 1024 ** 2), { level: 9 });
    expect(bomb.length).toBeLessThan(512_000);
    const before = process.memoryUsage().rss;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ingest.post('/v1/batch', bomb, { 'Content-Encoding': 'gzip' })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 413));
    expect((await ingest.post('/batch/', bomb, none)).status).toBe(413);
    expect((process.memoryUsage().rss - before) / 1024 ** 2).toBeLessThan(150);
  });

  test('a key that is unknown, of another kind, or missing; no answer tells one from the other workspace’s', async () => {
    const api = await ingest.operate<{ token: string }>('POST', '/keys', { name: 'API', kind: 'api' });
    const keys = ['lw_nothing', `lw_${'x'.repeat(43)}`, api.token, 'x'.repeat(9000)];
    for (const key of keys) {
      const answer = await ingest.post('/v1/track', track(), { Authorization: `Basic ${Buffer.from(key).toString('base64')}` });
      expect([answer.status, await answer.json()]).toEqual([401, refusal('unauthenticated')]);
    }
    expect((await ingest.post('/v1/track', track(), none)).status).toBe(401);
    expect((await ingest.post('/e/', { event: 'e', distinct_id: 'u' }, none)).status).toBe(401);
    const mixed = ['lw_one', ingest.token].map((token) => ({ event: 'e', distinct_id: 'u', properties: { token } }));
    expect((await ingest.post('/e/', mixed, none)).status).toBe(401);
    expect(await ingest.kept()).toEqual([]);
  });

  test('what is asked in another way than clients do', async () => {
    for (const path of ['/v1/track', '/v1/nothing', '/e/', '/i/v0/e/', '/batch', '/v1'])
      expect((await ingest.call(path)).status, path).toBe(404);
    expect((await ingest.post('/v1/nothing', {})).status).toBe(404);
    expect((await ingest.call('/launches')).status).not.toBe(404);
  });

  test('a write key reads nothing', async () => {
    const answer = await ingest.call('/api/features', { headers: { Authorization: `Bearer ${ingest.token}` } });
    expect(answer.status).toBe(401);
  });
});

describe('keys', () => {
  test('each sends into its own workspace', async () => {
    const other = await ingest.operate<{ id: string }>('POST', '/workspaces', { name: 'Other', timeZone: 'UTC', currency: 'USD' });
    const key = await ingest.makeKey(other.id);
    expect((await ingest.post('/v1/track', track(), { Authorization: `Bearer ${key.token}` })).status).toBe(200);
    expect((await ingest.post('/v1/track', track())).status).toBe(200);
    expect((await ingest.kept()).map(({ workspace, key }) => [workspace, key])).toEqual([
      [other.id, key.id],
      [ingest.workspace, ingest.key],
    ]);
  });

  test('a revoked one is refused within 5 seconds', async () => {
    const { token, id } = await ingest.makeKey();
    const send = async () => (await ingest.post('/v1/track', track(), { Authorization: `Bearer ${token}` })).status;
    expect(await send()).toBe(200);
    await ingest.operate('DELETE', `/keys/${id}`, {});
    const revokedAt = performance.now();
    await expect.poll(send, { timeout: 6000, interval: 200 }).toBe(401);
    expect(performance.now() - revokedAt).toBeLessThan(5500);
    await ingest.kept();
  });

  test('say when they were last used', async () => {
    const answer = await ingest.operate<{ keys: { id: string; lastUsedAt: string }[] }>('GET', '/keys', undefined as unknown as object);
    const { lastUsedAt } = answer.keys.find(({ id }) => id === ingest.key)!;
    expect(Date.now() - Date.parse(lastUsedAt)).toBeLessThan(120_000);
  });
});

describe('what pages of other sites may do', () => {
  test('ask beforehand, from anywhere, without a cookie', async () => {
    for (const path of ['/v1/t', '/v1/b', '/e/', '/i/v0/e/', '/flags/', '/batch/']) {
      const answer = await ingest.call(path, {
        method: 'OPTIONS',
        headers: {
          Origin: 'https://shop.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type',
        },
      });
      expect(answer.status, path).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('ask what there is: events go here, nothing else goes anywhere', async () => {
    const settings = (await (await ingest.call(`/v1/projects/${ingest.token}/settings`)).json()) as { integrations: object };
    const { host } = new URL(ingest.server.url);
    expect(settings.integrations).toEqual({
      'Segment.io': expect.objectContaining({ apiKey: ingest.token, apiHost: `${host}/v1`, protocol: 'http' }),
    });
    expect(await (await ingest.post('/flags/?v=2', {}, none)).json()).toMatchObject({ flags: {}, errorsWhileComputingFlags: false });
    expect(await (await ingest.post('/decide/?v=3', {}, none)).json()).toMatchObject({ featureFlags: {} });
    expect(await (await ingest.call('/array/lw_x/config')).json()).toMatchObject({
      token: 'lw_x',
      hasFeatureFlags: false,
      sessionRecording: false,
    });
    const script = await ingest.call('/array/x%22%5D%3Balert(1)%2F%2F%3C/config.js');
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    const page = {} as { _POSTHOG_REMOTE_CONFIG: Record<string, { config: { token: string } }> };
    // eslint-disable-next-line no-new-func
    new Function('window', 'alert', await script.text())(page, () => expect.unreachable());
    expect(Object.values(page._POSTHOG_REMOTE_CONFIG)[0]!.config.token).toBe('x"];alert(1)//<');
    const part = await ingest.call('/static/recorder.js');
    expect([part.status, await part.text(), part.headers.get('cross-origin-resource-policy')]).toEqual([200, '', 'cross-origin']);
  });
});

describe('what will pass', () => {
  const restored: (() => void)[] = [];
  /** Puts a real obstacle in the way for a while. */
  const replace = <Target extends object, Name extends keyof Target>(target: Target, name: Name, other: Target[Name]) => {
    const before = target[name];
    target[name] = other;
    restored.push(() => void (target[name] = before));
  };
  const restore = () => restored.splice(0).forEach((each) => each());

  test('is 503 or 429 with the time to wait, never a refusal for good, and nothing of it is kept', async () => {
    const { spool, records } = ingest.server.application;
    const { token } = await ingest.makeKey();
    const faults: [string, () => void][] = [
      [
        'the disk',
        () => replace(spool, 'append', () => Promise.reject(new Failure('unavailable', 'No space.', { retryAfterSeconds: 30 }))),
      ],
      [
        'the spool is full',
        () => replace(spool, 'append', () => Promise.reject(new Failure('too_many', 'Full.', { retryAfterSeconds: 30 }))),
      ],
      ['a fault of our own', () => replace(spool, 'append', () => Promise.reject(new TypeError('x is not a function')))],
      ['Postgres refuses', () => replace(records, 'unbounded', () => Promise.reject(new Error('ECONNREFUSED')))],
      ['Postgres does not answer', () => replace(records, 'unbounded', () => new Promise(() => {}))],
    ];
    for (const [name, break_] of faults) {
      const key = name.startsWith('Postgres') ? token : ingest.token;
      for (const path of ['/v1/track', '/i/v0/e/']) {
        break_();
        const answer = await ingest.post(
          path,
          { ...track(), distinct_id: 'u1', api_key: key },
          path === '/v1/track' ? { Authorization: `Bearer ${key}` } : none,
        );
        restore();
        // PostHog's client for browsers throws events away on 429.
        expect(path === '/v1/track' ? [429, 503] : [503], name).toContain(answer.status);
        expect(Number(answer.headers.get('retry-after')), name).toBeGreaterThan(0);
        expect(await answer.json()).toMatchObject({ success: false });
      }
    }
    expect(await ingest.kept()).toEqual([]);
  }, 30_000);

  test('a key that was known before is taken while Postgres does not answer', async () => {
    await ingest.post('/v1/track', track());
    await pause(5100);
    replace(ingest.server.application.records, 'unbounded', () => Promise.reject(new Error('ECONNREFUSED')));
    const answer = await ingest.post('/v1/track', track());
    restore();
    expect(answer.status).toBe(200);
    expect(await ingest.kept()).toHaveLength(2);
  });

  test('more bodies at once than memory is meant for are refused before they are read, and it recovers', async () => {
    const { port } = new URL(ingest.server.url);
    // Senders that say that much comes, send most of it, and wait.
    const sockets = Array.from({ length: 140 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ingest.token}\r\nContent-Length: 512000\r\n\r\n`);
      socket.write(Buffer.alloc(511_000, 32));
      return socket.on('error', () => {});
    });
    const send = async () => (await ingest.post('/v1/batch', padded(500_000))).status;
    await expect.poll(send, { timeout: 9_000, interval: 1000 }).toBe(503);
    for (const socket of sockets) socket.destroy();
    await expect.poll(send, { timeout: 10_000 }).toBe(200);
    await ingest.kept();
  });

  test('a server that stops says so, finishes what came, and asks to come again on another connection', async () => {
    ingest.server.state.isDraining = true;
    const answer = await ingest.post('/v1/track', track());
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    expect((await ingest.call('/readyz')).status).toBe(503);
    ingest.server.state.isDraining = false;
    expect(await ingest.kept()).toHaveLength(1);
  });
});

test('a refusal of a body that was not read reaches the sender', async () => {
  const { port } = new URL(ingest.server.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lw_nothing\r\nContent-Length: 400000\r\n\r\n`);
  socket.write(Buffer.alloc(400_000, 32));
  const [said] = (await once(socket, 'data')) as [Buffer];
  expect(said.toString()).toMatch(/^HTTP\/1.1 401 /);
  socket.destroy();
});

test('the machine is told how much waits, and that it can be written', async () => {
  await ingest.post('/v1/track', track());
  const metrics = await (await ingest.call('/metrics')).text();
  expect(Number(/^landfall_spool_bytes (\d+)/m.exec(metrics)![1])).toBeGreaterThan(100);
  expect(metrics).toMatch(/^landfall_spool_oldest_seconds \d/m);
  expect(metrics).toMatch(/^landfall_ingest_events_total{result="received"} \d/m);
  expect(metrics).toMatch(/^landfall_http_requests_total{route="\/v1",code="200"} \d/m);
  expect(await (await ingest.call('/readyz')).json()).toMatchObject({ checks: { spool: 'ok' } });
  expect(await ingest.kept()).toHaveLength(1);
});

test('a key that sends too often is told when to go on', async () => {
  const few = await startIngest({ LANDFALL_INGEST_REQUESTS_PER_SECOND: '20' });
  const answers = await Promise.all(Array.from({ length: 60 }, () => few.post('/v1/track', track())));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBe(60 - refused.length);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]!.headers.get('retry-after')).toBe('1');
  expect(Number(refused[0]!.headers.get('x-ratelimit-reset')) * 1000 - Date.now()).toBeLessThan(1500);
  expect(await few.kept()).toHaveLength(60 - refused.length);
  await few.close();
});

test('a client of PostHog that sends too often is told to try again', async () => {
  const few = await startIngest({ LANDFALL_INGEST_REQUESTS_PER_SECOND: '20' });
  const event = { api_key: few.token, event: 'Exported', distinct_id: 'u1' };
  const posthog = await Promise.all(Array.from({ length: 60 }, () => few.post('/e/', event, none)));
  expect(new Set(posthog.map(({ status }) => status))).toEqual(new Set([200, 503]));
  expect(posthog.filter(({ status }) => status === 503).map((answer) => answer.headers.get('retry-after'))).toContain('1');
  await few.close();
});
