import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/platform/config.ts';
import { type RunningServer, startServer } from '../src/server/main.ts';

let server: RunningServer;
let cookie = '';
const folder = mkdtempSync(join(tmpdir(), 'landfall-server-'));

const call = (path: string, options: RequestInit = {}) => fetch(`${server.url}${path}`, { redirect: 'manual', ...options });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } });

beforeAll(async () => {
  server = await startServer(readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' }));
  const welcome = await post('/api/welcome', {
    workspace: { name: 'Weftwork' },
    name: 'Maya Lindqvist',
    email: 'maya@weftwork.example',
    password: 'correct horse battery staple',
  });
  expect(await welcome.text()).not.toContain('error');
  cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('headers', () => {
  test('the page may run only our own scripts, and its nonce is new each time', async () => {
    const [one, two] = await Promise.all([call('/'), call('/')]);
    const policy = one.headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThan(20);
    expect(await one.text()).toContain(nonce);
    expect(two.headers.get('content-security-policy')).not.toBe(policy);
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    expect(one.headers.get('cache-control')).toBe('no-store');
  });

  test('the cookie of a session is out of reach of scripts and of foreign sites', async () => {
    const answer = await post('/api/session', { email: 'maya@weftwork.example', password: 'correct horse battery staple' });
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^landfall=/);
    expect(set).toMatch(/HttpOnly/i);
    expect(set).toMatch(/SameSite=Lax/i);
    expect(set).toMatch(/Path=\//);
  });
});

test('a refusal is said in the language that the caller prefers, by whatever way it is called', async () => {
  const chinese = { 'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.8' };
  const said = async (answer: Promise<Response>) => (await (await answer).json()) as { error: { message: string; details: unknown } };
  expect((await said(call('/api/launches'))).error.message).toMatch(/^You are not signed in/);
  expect((await said(call('/api/launches', { headers: chinese }))).error.message).toMatch(/^尚未登录/);
  const wrong = { email: 'maya', password: '' };
  expect((await said(post('/api/session', wrong, chinese))).error.message).toMatch(/^输入有误：password: .*[\u4e00-\u9fff]/);
  const rpc = await post('/api/rpc/launches/list', { json: {} }, { ...chinese, 'Sec-Fetch-Site': 'same-origin', Origin: server.url });
  expect(((await rpc.json()) as { json: { message: string } }).json.message).toMatch(/^尚未登录/);
});

describe('requests that do not come from our pages', () => {
  const create = { name: 'Forged', rule: { eventName: 'x' } };

  test('a change with the cookie but from another origin is refused', async () => {
    const answer = await post('/api/features', create, { Cookie: cookie, Origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'forbidden' } });
  });

  test('a change with the cookie and no origin is refused', async () => {
    expect((await post('/api/features', create, { Cookie: cookie })).status).toBe(403);
  });

  test('JSON in the clothes of text, as a foreign form can send it, is refused', async () => {
    const answer = await call('/api/features', {
      method: 'POST',
      body: JSON.stringify(create),
      headers: { Cookie: cookie, Origin: server.url, 'Content-Type': 'text/plain' },
    });
    expect(answer.status).toBe(415);
  });

  test('a change by GET is not a change', async () => {
    const answer = await call('/api/rpc/features/create?data=%7B%7D', { headers: { Cookie: cookie } });
    expect(answer.status).toBe(404);
  });

  test('the same change from our own origin is done', async () => {
    const answer = await post('/api/features', create, { Cookie: cookie, Origin: server.url });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ name: 'Forged', version: 1 });
  });
});

describe('errors have one shape', () => {
  test.each([
    ['no sign-in', () => call('/api/launches'), 401, 'unauthenticated'],
    ['a key that does not exist', () => call('/api/launches', { headers: { Authorization: 'Bearer lf_nothing' } }), 401, 'unauthenticated'],
    ['no such path', () => call('/api/nothing', { headers: { Cookie: cookie } }), 404, 'not_found'],
    ['no such launch', () => call('/api/launches/none', { headers: { Cookie: cookie } }), 404, 'not_found'],
    ['broken JSON', () => post('/api/features', undefined, { Cookie: cookie, Origin: server.url }), 400, 'invalid'],
    ['wrong input', () => post('/api/features', { name: '' }, { Cookie: cookie, Origin: server.url }), 400, 'invalid'],
    ['too much', () => post('/api/features', { name: 'x'.repeat(2_000_000) }, { Cookie: cookie, Origin: server.url }), 413, 'too_large'],
  ])('%s', async (_, ask, status, code) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: expect.objectContaining({ code, message: expect.stringMatching(/\S.*\.$/s) }) });
  });
});

describe('what the machine asks', () => {
  test('alive, ready, and how it fares', async () => {
    expect(await (await call('/livez')).text()).toBe('ok');
    expect(await (await call('/readyz')).json()).toEqual({
      status: 'ready',
      checks: { postgres: 'ok', events: 'ok', spool: 'ok', disk: 'ok' },
    });
    const metrics = await (await call('/metrics')).text();
    for (const name of [
      'landfall_http_requests_total',
      'landfall_http_request_seconds_bucket',
      'landfall_store_up',
      'landfall_disk_free_bytes',
      'landfall_spool_bytes',
      'landfall_spool_oldest_seconds',
      'landfall_backup_last_success_timestamp_seconds',
    ])
      expect(metrics).toContain(name);
    expect(metrics).not.toContain('Weftwork');
  });

  test('metrics are not for those who come through a proxy', async () => {
    expect((await call('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.9' } })).status).toBe(404);
  });
});

describe('the API describes itself', () => {
  test('as OpenAPI 3.1 with every operation', async () => {
    const document = (await (await call('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.paths['/launches/{launch}']).toMatchObject({ get: {}, patch: {}, delete: {} });
  });

  test('as a page to read, without scripts', async () => {
    const page = await (await call('/api/docs')).text();
    expect(page).toContain('/api/launches/{launch}');
    expect(page).not.toContain('<script');
  });
});
