import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../../cli/command-line.fixture.ts';
import { callTool } from '../../mcp/call.ts';
import { toolsOf } from '../../mcp/tools.ts';
import { enterWorkspace, insideDoor } from '../../platform/application.ts';
import { readConfig } from '../../platform/config.ts';
import { type Ingest, startIngest } from '../../server/ingest.fixture.ts';
import { startServer } from '../../server/main.ts';
import { settleNow } from '../events/settler.ts';
import { openTestApplication } from '../../../test/application.ts';
import { liveOf, most } from './arriving.ts';
import type { LiveEvent } from './schema.ts';
import { patience } from './watching.ts';

let ingest: Ingest;
beforeAll(async () => void (ingest = await startIngest()));
afterAll(() => ingest.close());

type Message = { rows: LiveEvent[]; received: number; leftOut: number };
type Sent = { event: string; id: string; data: Message & { code?: string; message?: string } };
type Stream = {
  status: number;
  type: string;
  next: () => Promise<Sent | 'ended'>;
  rows: (count: number) => Promise<LiveEvent[]>;
  stop: () => void;
};

const streams: Stream[] = [];
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.stop();
  await expect.poll(() => liveOf(ingest.server.application).held().watchers).toBe(0);
  liveOf(ingest.server.application).forget(ingest.workspace);
});

const makeApiKey = async (workspace = ingest.workspace, role = 'owner') => {
  const input = { name: 'Watcher', kind: 'api', role };
  return ingest.operate<{ token: string; key: { id: string } }>('POST', '/keys', input, workspace);
};

/** The stream as whoever has a key reads it over HTTP. */
const watch = async (token: string, query = '', headers: Record<string, string> = {}): Promise<Stream> => {
  const stopping = new AbortController();
  const answer = await ingest.call(`/api/live${query}`, {
    headers: { Authorization: `Bearer ${token}`, 'Accept-Encoding': 'gzip', ...headers },
    signal: stopping.signal,
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Sent | 'ended'> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await reader.read().catch(() => ({ done: true, value: '' }));
        if (done) return 'ended';
        text += value;
        continue;
      }
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const of = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      if (of('data')) return { event: of('event'), id: of('id'), data: JSON.parse(of('data')) as Message };
    }
  };
  const rows = async (count: number) => {
    const found: LiveEvent[] = [];
    while (found.length < count) {
      const sent = await next();
      if (sent === 'ended') throw new Error(`ended after ${found.length}`);
      found.push(...sent.data.rows);
    }
    return found;
  };
  const stream = { status: answer.status, type: answer.headers.get('content-type') ?? '', next, rows, stop: () => stopping.abort() };
  streams.push(stream);
  return stream;
};

const refusalOf = async (token: string) => {
  const answer = await ingest.call('/api/live', { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  return { status: answer.status, code: ((await answer.json()) as { error: { code: string } }).error.code };
};

const track = (event: string, more: object = {}) => ({ type: 'track', event, userId: 'u1', ...more });
const send = (...batch: object[]) => ingest.post('/v1/batch', { batch });

describe('who watches sees', () => {
  test('what a real client sends from its own process, with whom, and what it carries', { timeout: 60_000 }, async () => {
    const { token } = await makeApiKey();
    const stream = await watch(token);
    expect([stream.status, stream.type]).toEqual([200, 'text/event-stream']);
    execFile(process.execPath, ['test/clients/segment-node.mjs', ingest.server.url, ingest.token]);
    const rows = await stream.rows(6);
    expect(rows.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'alias $alias',
      'group $group',
      'identify $identify',
      'page $page',
      'screen $screen',
      'track Exported',
    ]);
    expect(rows.find(({ kind }) => kind === 'track')).toMatchObject({
      user: 'u1',
      account: 'g1',
      keyName: 'Web page',
      key: ingest.key,
      properties: { 'plan.name': 'Pro', rows: '12' },
      plan: null,
      reason: null,
    });
  });

  test('what failed, with the reason, and as it was sent only where they may see failed events', async () => {
    const [owner, reader] = [await watch((await makeApiKey()).token), await watch((await makeApiKey(undefined, 'reader')).token)];
    await send(track('Exported'), { type: 'track', event: 'Nobody' });
    const seen = await owner.rows(2);
    expect(seen.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['track', null],
      ['failed', 'missing_identity'],
    ]);
    expect(JSON.parse(seen[1]!.raw)).toEqual({ type: 'track', event: 'Nobody' });
    expect((await reader.rows(2))[1]).toMatchObject({ reason: 'missing_identity', raw: '' });
  });

  test('how it stands to the tracking plan: missing, of another type, misspelled', async () => {
    const planned = { name: 'Invoice paid', properties: [{ name: 'amount', type: 'number' }, { name: 'plan' }] };
    const { id } = await ingest.operate<{ id: string }>('POST', '/planned-events', planned);
    const stream = await watch((await makeApiKey()).token, '?problems=true');
    await send(
      track('Invoice paid', { properties: { amount: 12, plan: 'Pro' } }),
      track('Invoice paid', { properties: { amount: 'much', paln: 'Pro' } }),
      track('invoice_paid'),
      { type: 'identify', userId: 'u1' },
    );
    const [deviates, unplanned] = await stream.rows(2);
    expect(deviates!.plan).toBe('deviates');
    expect(deviates!.deviations.map(({ kind, property, example, like }) => [kind, property, example, like?.name ?? null])).toEqual([
      ['type', 'amount', 'much', null],
      ['missing', 'plan', null, null],
      ['unplanned', 'paln', 'Pro', 'plan'],
    ]);
    expect(unplanned).toMatchObject({ name: 'invoice_paid', plan: 'unplanned', like: { name: 'Invoice paid', by: 'case' } });
    await ingest.operate('DELETE', `/planned-events/${id}`, {});
  });

  test('only the key and the names that they ask for', async () => {
    const other = await ingest.makeKey();
    const { token } = await makeApiKey();
    const [byKey, byName] = [await watch(token, `?key=${other.id}`), await watch(token, '?name=EXPORT')];
    await send(track('Opened'), track('Exported'));
    await ingest.post('/v1/track', track('Closed'), { Authorization: `Basic ${Buffer.from(`${other.token}:`).toString('base64')}` });
    expect((await byKey.rows(1)).map(({ name }) => name)).toEqual(['Closed']);
    expect((await byName.rows(1)).map(({ name }) => name)).toEqual(['Exported']);
  });

  test('how many came in all, also where more came at once than are shown', async () => {
    const stream = await watch((await makeApiKey()).token, '?name=E');
    await stream.next();
    await send(...Array.from({ length: 2000 }, (_, index) => track(`E${index}`)));
    const sent = (await stream.next()) as Sent;
    expect(sent.data).toMatchObject({ received: 2000, leftOut: 1900 });
    expect(sent.data.rows.map(({ name }) => name)).toEqual(Array.from({ length: 100 }, (_, index) => `E${1900 + index}`));
  });

  test('a sign of life every five seconds when nothing comes', { timeout: 15_000 }, async () => {
    const stream = await watch((await makeApiKey()).token);
    await stream.next();
    const begun = performance.now();
    expect(((await stream.next()) as Sent).data).toEqual({ rows: [], received: 0, leftOut: 0 });
    expect(performance.now() - begun).toBeLessThan(7000);
  });

  test('what came before they looked, and after a break only what is new', async () => {
    await send(track('First'), track('Second'));
    const { token } = await makeApiKey();
    const stream = await watch(token);
    const before = (await stream.next()) as Sent;
    expect([before.data.rows.map(({ name }) => name), before.data.received]).toEqual([['First', 'Second'], 0]);
    stream.stop();
    await send(track('Third'));
    const again = (await (await watch(token, '', { 'Last-Event-ID': before.id })).next()) as Sent;
    expect([again.data.rows.map(({ name }) => name), again.data.received]).toEqual([['Third'], 1]);
    const strange = (await (await watch(token, '', { 'Last-Event-ID': 'another-99' })).next()) as Sent;
    expect(strange.data.rows).toHaveLength(3);
  });
});

describe('who may', () => {
  test('events of one workspace never reach a watcher of another', async () => {
    const { id: elsewhere } = await ingest.operate<{ id: string }>('POST', '/workspaces', {
      name: 'Elsewhere',
      currency: 'USD',
      timeZone: 'UTC',
    });
    const theirKey = await ingest.makeKey(elsewhere);
    const [mine, theirs] = [await watch((await makeApiKey()).token), await watch((await makeApiKey(elsewhere)).token)];
    await send(track('Mine'));
    await ingest.post('/v1/track', track('Theirs'), { Authorization: `Basic ${Buffer.from(`${theirKey.token}:`).toString('base64')}` });
    expect((await mine.rows(1)).map(({ name }) => name)).toEqual(['Mine']);
    expect((await theirs.rows(1)).map(({ name }) => name)).toEqual(['Theirs']);
    expect(((await mine.next()) as Sent).data.rows).toEqual([]);
    const { events } = await listed((await makeApiKey()).token);
    expect(events.map(({ name }) => name)).toEqual(['Mine']);
  });

  test('nobody without a sign-in, and no write key', async () => {
    expect(await refusalOf('')).toEqual({ status: 401, code: 'unauthenticated' });
    expect(await refusalOf(ingest.token)).toEqual({ status: 401, code: 'unauthenticated' });
  });

  test('a key that is revoked sees nothing more after ten seconds', { timeout: 20_000 }, async () => {
    const { token, key } = await makeApiKey();
    const stream = await watch(token);
    await stream.next();
    await ingest.operate('DELETE', `/keys/${key.id}`, {});
    const revokedAt = performance.now();
    const last = await lastOf(stream);
    expect(last).toMatchObject({ event: 'error', data: { code: 'unauthenticated' } });
    expect(performance.now() - revokedAt).toBeLessThan(10_000);
    expect(await stream.next()).toBe('ended');
  });

  test('a member who is let out of a workspace does not go on watching it from another', { timeout: 20_000 }, async () => {
    const { application } = ingest.server;
    const answer = await ingest.call('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: ingest.server.url },
      body: JSON.stringify({ email: 'maya@weftwork.example', password: 'correct horse battery staple' }),
    });
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    // No workspace is named: the oldest is entered.
    const stream = await watch('', '', { Authorization: '', Cookie: cookie });
    await stream.next();
    const out = (disabled: boolean) =>
      application.records.unbounded((transaction) =>
        transaction.execute(
          sql`UPDATE membership SET disabled_at = ${disabled ? sql`now()` : sql`NULL`} WHERE workspace_id = ${ingest.workspace}`,
        ),
      );
    await out(true);
    try {
      expect(await lastOf(stream)).toMatchObject({ event: 'error', data: { code: 'forbidden' } });
    } finally {
      await out(false);
    }
  });
});

const lastOf = async (stream: Stream): Promise<Sent> => {
  for (let last: Sent | undefined; ;) {
    const sent = await stream.next();
    if (sent === 'ended') return last!;
    last = sent;
  }
};

const listed = async (token: string, query = '') =>
  (await (await ingest.call(`/api/live/events${query}`, { headers: { Authorization: `Bearer ${token}` } })).json()) as {
    events: LiveEvent[];
    since: string | null;
  };

describe('through the other doors', () => {
  test('the newest can be listed, the newest first', async () => {
    await send(track('One'), track('Two'), track('Three'));
    const { events, since } = await listed((await makeApiKey()).token, '?limit=2');
    expect(events.map(({ name }) => name)).toEqual(['Three', 'Two']);
    expect(Date.parse(since!)).toBeLessThanOrEqual(Date.now());
  });

  test('a language model may list them, and has no tool that never ends', async () => {
    await send(track('For the model'));
    const { application } = ingest.server;
    const actor = { kind: 'key' as const, id: 'k', name: 'Model', role: 'reader' as const, mayWrite: false };
    const scope = { id: ingest.workspace, name: 'Weftwork', timeZone: 'UTC', currency: 'USD', isExample: false };
    const context = enterWorkspace(insideDoor(application, 'mcp'), scope, actor);
    const names = toolsOf(actor).map(({ name }) => name);
    expect([names.includes('live_list'), names.includes('live_watch')]).toEqual([true, false]);
    const { structuredContent } = await callTool(context, 'live_list', { limit: 1 });
    expect(structuredContent).toMatchObject({ untrusted: true, data: { events: [{ name: 'For the model' }] } });
  });

  test('the command line prints a line for each as it comes, until it may not any more', { timeout: 20_000 }, async () => {
    const { token, key } = await makeApiKey();
    const run = commandLine({ LANDFALL_URL: ingest.server.url, LANDFALL_KEY: token });
    const [text, json] = [run(['live', 'watch']), run(['live', 'watch', '--name', 'Seen', '--output', 'json'])];
    await expect.poll(() => liveOf(ingest.server.application).held().watchers).toBe(2);
    await send(track('Seen on the command line'), track('Other'));
    await pause(1000);
    await ingest.operate('DELETE', `/keys/${key.id}`, {});
    const [plain, lines] = await Promise.all([text, json]);
    expect(plain.out.trimEnd().split('\n').at(-2)).toMatch(/^\d{4}-\S+ {2}track {2}Seen on the command line {2}u1 {2}Web page /);
    expect(
      lines.out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as LiveEvent).name),
    ).toEqual(['Seen on the command line']);
    expect([plain.code, plain.error]).toEqual([3, expect.stringContaining('was revoked')]);
  });

  test('where no server runs nothing can arrive, and that is said', async () => {
    const app = await openTestApplication();
    const { client } = await app.workspace();
    await expect(client.live.watch({})).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('landfall start') });
    await expect(client.live.list({})).rejects.toMatchObject({ code: 'unavailable' });
    await app.close();
  });
});

describe('a person who is erased', () => {
  const people = async () => {
    const { token } = await makeApiKey();
    const answer = await ingest.call('/api/people', { headers: { Authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { people: { id: string }[] }).people;
  };

  test('is not seen here any more', { timeout: 60_000 }, async () => {
    await send({ type: 'identify', userId: 'ada', traits: { email: 'ada@lovelace.example' } });
    await settleNow(ingest.server.application);
    const [person] = await people();
    expect(liveOf(ingest.server.application).room(ingest.workspace).entries).toHaveLength(1);
    await ingest.operate('POST', '/erasures', { person: person!.id, confirm: person!.id, waitSeconds: 50 });
    expect(liveOf(ingest.server.application).room(ingest.workspace).entries).toEqual([]);
  });

  test('is not seen on another server either: what came before an erasure is forgotten at the next look', async () => {
    const live = liveOf(ingest.server.application);
    await send(track('Before'));
    const kept = [...live.room(ingest.workspace).entries];
    await ingest.server.application.records.unbounded((transaction) =>
      transaction.execute(
        sql`INSERT INTO erasure (workspace_id, number, state, created_by) VALUES (${ingest.workspace}, 77, 'done', 'Maya')`,
      ),
    );
    expect(kept).toHaveLength(1);
    await pause(5);
    await send(track('After'));
    expect((await listed((await makeApiKey()).token)).events.map(({ name }) => name)).toEqual(['After']);
  });
});

describe('when the server stops', () => {
  test('those who watch are sent away at once, also one who does not read', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-live-'));
    const server = await startServer(readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' }));
    const url = server.url.replace('localhost', '127.0.0.1');
    const { secret } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { secret: string };
    const owner = {
      name: 'Maya',
      email: 'maya@weftwork.example',
      password: 'correct horse battery staple',
      workspace: { name: 'Weftwork' },
    };
    const body = JSON.stringify(owner);
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` };
    const { workspace } = (await (await fetch(`${url}/api/welcome`, { method: 'POST', headers, body })).json()) as { workspace: string };
    const reading = await fetch(`${url}/api/live`, { headers });
    const text = reading.text();
    const call = httpRequest(`${url}/api/live`, { headers });
    const [unread] = (await once(call.end(), 'response')) as [IncomingMessage];
    unread.pause();
    const live = liveOf(server.application);
    const lines = Array.from({ length: 15 }, (_, index) =>
      JSON.stringify({
        workspace,
        key: randomUUID(),
        kind: 'track',
        message: `m${index}`,
        name: 'Long',
        at: '2026-06-01 12:00:00.000',
        received_at: '2026-06-01 12:00:00.000',
        properties: Object.fromEntries(Array.from({ length: 30 }, (_unused, property) => [`p${property}`, 'x'.repeat(1000)])),
      }),
    );
    for (let round = 0; round < 40; round++) {
      live.arrived(workspace, Date.now(), lines);
      await pause(100);
    }
    expect(live.held().watchers).toBe(2);
    const begun = performance.now();
    await server.close();
    // Without the end of the streams the server would wait eight seconds for them.
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(await text).toMatch(/\n\n$/);
    await expect(once(unread.resume(), 'close')).rejects.toThrow('aborted');
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('within bounds', () => {
  test('of watchers', async () => {
    const { token } = await makeApiKey();
    const all = await Promise.all(Array.from({ length: most.watchers }, () => watch(token)));
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(await refusalOf(token)).toEqual({ status: 429, code: 'too_many' });
    all[0]!.stop();
    await expect.poll(() => liveOf(ingest.server.application).held().watchers).toBe(most.watchers - 1);
    expect((await watch(token)).status).toBe(200);
  });

  test('of what is held, and large events are cut', async () => {
    const live = liveOf(ingest.server.application);
    await send(...Array.from({ length: 2500 }, (_, index) => track(`E${index}`)));
    const room = live.room(ingest.workspace);
    expect(room.entries).toHaveLength(most.entries);
    const long = { properties: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, 'x'.repeat(1000)])) };
    for (let index = 0; index < 40; index++) await send(track('Long', long));
    expect(room.characters).toBeLessThanOrEqual(most.characters);
    expect(room.characters).toBe(room.entries.reduce((sum, { size }) => sum + size, 0));
    await send(track('Huge', { properties: { text: 'a "quote" \\ \u00e9\n'.repeat(8000) } }));
    const { events } = await listed((await makeApiKey()).token, '?limit=1');
    expect(events[0]).toMatchObject({ kind: 'failed', reason: 'too_large', isCut: true });
    expect(events[0]!.raw).toHaveLength(4000);
    expect(events[0]!.raw).toContain('a \\"quote');
    expect(room.entries.at(-1)!.size).toBeLessThan(10_000);
  });

  test('of workspaces: the one that was quiet for longest is forgotten', () => {
    const live = liveOf(ingest.server.application);
    for (let index = 0; index < most.workspaces + 5; index++) live.arrived(`w${index}`, Date.now(), ['{}']);
    expect(live.held().workspaces).toBe(most.workspaces);
    for (let index = 0; index < most.workspaces + 5; index++) live.forget(`w${index}`);
    live.forgetOld();
    expect(live.held().workspaces).toBeLessThan(3);
  });

  test('of time: what is old is forgotten', () => {
    const live = liveOf(ingest.server.application);
    live.arrived('old', Date.now() - 11 * 60_000, ['{}']);
    live.arrived('old', Date.now() - 9 * 60_000, ['{}']);
    live.forgetOld();
    expect(live.room('old').entries.map(({ number }) => number)).toEqual([1]);
    live.forget('old');
  });

  test('of patience: who does not read is dropped, and holds nothing up', { timeout: 30_000 }, async () => {
    const before = patience.milliseconds;
    patience.milliseconds = 500;
    try {
      const { token } = await makeApiKey();
      const call = httpRequest(`${ingest.server.url}/api/live`, { headers: { Authorization: `Bearer ${token}` } });
      const answered = once(call.end(), 'response') as Promise<[IncomingMessage]>;
      const [response] = await answered;
      response.pause();
      await expect.poll(() => liveOf(ingest.server.application).held().watchers).toBe(1);
      const long = { properties: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, 'x'.repeat(1000)])) };
      for (let round = 0; round < 200 && liveOf(ingest.server.application).held().watchers > 0; round++) {
        expect((await send(...Array.from({ length: 15 }, () => track('Long', long)))).status).toBe(200);
        await pause(50);
      }
      expect(liveOf(ingest.server.application).held().watchers).toBe(0);
      await expect(once(response.resume(), 'close')).rejects.toThrow('aborted');
    } finally {
      patience.milliseconds = before;
    }
  });

  test('a fault of the view never becomes a fault of the door', async () => {
    const live = liveOf(ingest.server.application);
    const arrived = live.arrived;
    live.arrived = () => {
      throw new Error('a fault');
    };
    const answer = await send(track('Kept all the same'));
    live.arrived = arrived;
    expect(answer.status).toBe(200);
    expect((await ingest.kept()).at(-1)).toMatchObject({ name: 'Kept all the same' });
  });
});
