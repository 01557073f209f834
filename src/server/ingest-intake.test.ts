import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '../platform/failure.ts';
import { openIntake } from './ingest-intake.ts';

const clock = { now: 0 };
const intake = openIntake(100_000, () => clock.now);
const server = createServer((incoming, outgoing) => {
  intake.take(incoming, 60_000).then(
    ({ bytes, release }) => {
      release();
      outgoing.end(String(bytes.length));
    },
    (error: unknown) => outgoing.end(error instanceof Failure ? error.code : String(error)),
  );
});
beforeAll(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends a part of a body, and the rest when told. */
const send = async (length: number, part = length) => {
  const asked = request({ port: (server.address() as AddressInfo).port, method: 'POST', headers: { 'Content-Length': length } });
  const answer = new Promise<string>((resolve, reject) => {
    asked.once('error', reject).once('response', (said) => said.setEncoding('utf8').once('data', resolve));
  });
  await new Promise((resolve) => asked.write(Buffer.alloc(part), resolve));
  const rest = () => void asked.end(Buffer.alloc(length - part));
  if (part === length) rest();
  return { answer, rest, drop: () => asked.destroy() };
};
const answerTo = async (length: number) => (await send(length)).answer;

test('bodies are taken whole, one that is too large is not', async () => {
  expect(await Promise.all([answerTo(10), answerTo(60_000), answerTo(60_001)])).toEqual(['10', '60000', 'too_large']);
});

test('clients that stop in the middle keep others out for ten seconds at most, and are told so', async () => {
  const slow = await Promise.all([send(40_000, 39_000), send(40_000, 39_000)]);
  await expect.poll(() => answerTo(50_000)).toBe('unavailable');
  clock.now += 9_000;
  expect(await answerTo(50_000)).toBe('unavailable');
  clock.now += 1_001;
  expect(await answerTo(50_000)).toBe('50000');
  expect(await slow[0].answer).toBe('unavailable');
  // There was room again: the other may finish, however long it takes.
  slow[1].rest();
  expect(await slow[1].answer).toBe('40000');
});

test('what a client leaves in the middle is no longer counted', async () => {
  for (let time = 0; time < 5; time++) {
    const { answer, drop } = await send(50_000, 45_000);
    drop();
    await answer.catch(() => {});
  }
  await expect.poll(() => answerTo(60_000)).toBe('60000');
});
