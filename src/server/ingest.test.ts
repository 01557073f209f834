import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ingest, startIngest } from './ingest.fixture.ts';

let ingest: Ingest;
beforeAll(async () => void (ingest = await startIngest()));
afterAll(() => ingest.close());

test('a call is kept before it is acknowledged, in the workspace of its key', async () => {
  const answer = await ingest.post('/v1/track', {
    event: 'Exported',
    userId: 'u1',
    messageId: 'm1',
    properties: { plan: { name: 'Pro' } },
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ success: true, accepted: 1 });
  expect(await ingest.kept()).toEqual([
    expect.objectContaining({
      workspace: ingest.workspace,
      key: ingest.key,
      receipt: 0,
      kind: 'track',
      message: 'm1',
      name: 'Exported',
      user: 'u1',
      clock: 'missing',
      properties: { 'plan.name': 'Pro' },
    }),
  ]);
});
