import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ingest, startIngest } from './ingest.fixture.ts';

// Little patience, so that a small load is too much.
let ingest: Ingest;
beforeAll(async () => void (ingest = await startIngest({}, { targetMilliseconds: 5, intervalMilliseconds: 20 })));
afterAll(() => ingest.close());

const batch = (name: string) => ({
  batch: Array.from({ length: 50 }, (_, place) => ({
    type: 'track',
    event: 'Exported',
    userId: `u${place}`,
    messageId: `${name}-${place}`,
    properties: { plan: 'Pro', rows: place, path: '/reports/weekly', duration: 12.5, workspace: 'acme' },
  })),
});
const names = Array.from({ length: 600 }, (_, place) => `batch-${place}`);

/** An answer to what is written to a socket, which stays open. */
const answered = async (socket: Socket, text: string) => {
  socket.write(text);
  const [said] = (await once(socket, 'data')) as [Buffer];
  return said.toString();
};

test.each([
  ['/v1/batch', {}],
  ['/batch/', { Authorization: '' }],
])(
  'more than can be taken at %s is answered 503 with a time, what was acknowledged is kept and nothing else, and it is over with the load',
  async (path, headers) => {
    const posthog = (name: string) => ({
      api_key: ingest.token,
      batch: batch(name).batch.map(({ messageId, event }) => ({ uuid: messageId, event, distinct_id: 'u1' })),
    });
    const answers = await Promise.all(
      names.map(async (name) => {
        const answer = await ingest.post(path, path === '/v1/batch' ? batch(name) : posthog(name), headers);
        return { name, answer, said: (await answer.json()) as object };
      }),
    );
    const refused = answers.filter(({ answer }) => answer.status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(names.length);
    for (const { answer, said } of refused) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(5);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(said).toEqual({ success: false, error: { code: 'unavailable', message: expect.stringContaining('send it again') } });
    }
    const acknowledged = answers.filter(({ answer }) => answer.status === 200).map(({ name }) => name);
    expect(new Set((await ingest.kept()).map(({ message }) => message.replace(/-\d+$/, '')))).toEqual(new Set(acknowledged));
    expect((await ingest.post(path, path === '/v1/batch' ? batch('next') : posthog('next'), headers)).status).toBe(200);
    expect(await ingest.kept()).toHaveLength(50);
    const metrics = await (await ingest.call('/metrics')).text();
    expect(Number(/^landfall_http_requests_total{route="\/v1",code="503"} (\d+)/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(
      refused.length,
    );
  },
);

test('clients that are slow to send hold up nobody', async () => {
  const { port } = new URL(ingest.server.url);
  const sockets = Array.from({ length: 200 }, () => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ingest.token}\r\nContent-Length: 20000\r\n\r\n`);
    socket.write(Buffer.alloc(10_000, 32));
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (let time = 0; time < 10; time++) expect((await ingest.post('/v1/batch', batch(`with-slow-${time}`))).status).toBe(200);
  expect(await ingest.kept()).toHaveLength(500);
  for (const socket of sockets) socket.destroy();
});

test('a refusal of a body that was not read leaves the connection good for the next request', async () => {
  const { port } = new URL(ingest.server.url);
  const socket = connect(Number(port), '127.0.0.1');
  const body = JSON.stringify(batch('again'));
  const head = (length: number) =>
    `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ingest.token}\r\nContent-Length: ${length}\r\n\r\n`;
  ingest.server.state.spoolDelay = 60_000; // as if the disk took nothing for a minute
  expect(await answered(socket, head(400_000))).toMatch(/^HTTP\/1.1 503 (.|\r\n)*Retry-After: \d+\r\n/);
  ingest.server.state.spoolDelay = 0;
  socket.write(Buffer.alloc(400_000, 32));
  expect(await answered(socket, head(Buffer.byteLength(body)) + body)).toMatch(/^HTTP\/1.1 200 /);
  socket.destroy();
  expect(await ingest.kept()).toHaveLength(50);
});

test('while the spool is full, a body is refused before it comes', async () => {
  const full = await startIngest({ LANDFALL_SPOOL_MAX_BYTES: '100000' });
  const socket = connect(Number(new URL(full.server.url).port), '127.0.0.1');
  const head = `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${full.token}\r\nContent-Length: 400000\r\n\r\n`;
  const said = await answered(socket, head);
  expect(said).toMatch(/^HTTP\/1.1 429 (.|\r\n)*retry-after: 30\r\n/i);
  expect(said).toContain('The spool is full');
  socket.destroy();
  await full.close();
});

test('of a body that has no end, not more than a little is read off after the refusal', async () => {
  const { port } = new URL(ingest.server.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  const head = `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lw_nothing\r\nContent-Length: 400000000\r\n\r\n`;
  expect(await answered(socket, head)).toMatch(/^HTTP\/1.1 (401|413) /);
  await once(socket.resume(), 'close');
});
