import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Change } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('who watches a workspace sees what others change in it, and nothing of another workspace', async () => {
  const { client, clientAs } = await app.workspace('Watched');
  const other = await app.workspace('Other');
  await client.launches.create({ name: 'Before the watch', marketDate: '2026-09-01' });
  const stopping = new AbortController();
  const stream = await clientAs('reader').changes.watch({}, { signal: stopping.signal });
  expect((await stream.next()).value).toEqual({ rows: [], received: 0, leftOut: 0 });
  await other.client.launches.create({ name: 'Elsewhere', marketDate: '2026-09-01' });
  const launch = await client.launches.create({ name: 'Seen', marketDate: '2026-09-01' });
  const seen: Change[] = [];
  while (seen.length === 0) {
    const message = await stream.next();
    if (!message.done) seen.push(...message.value.rows);
  }
  expect(seen).toEqual([
    { operation: 'launches.create', subject: 'launch', subjectId: launch.id, by: 'Test owner', at: '2026-06-01T12:00:00.000Z' },
  ]);
  await stream.return();
});
