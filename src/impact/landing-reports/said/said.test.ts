import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

test('a report says what was said from the market date on, and which announcement nobody opened, up to its day', async () => {
  const { client, context } = await app.workspace('Said');
  const { key: launch } = await client.launches.create({ name: 'Relay', marketDate: '2026-04-01' });
  await client.positionings.save({ launch, basedOn: 0, differentiator: 'Packs decisions into a brief' });
  const said = { launch, version: 1, stage: 'ga', verdict: 'understood', who: 'Head of operations', account: 'Oakfield' } as const;
  await client.positionings.addStatement({ ...said, quote: 'In the beta', day: '2026-03-31' });
  await client.positionings.addStatement({ ...said, quote: 'On the day', day: '2026-04-01' });
  await client.positionings.addStatement({ ...said, quote: 'Later', day: '2026-05-20' });
  const announce = async (title: string, publishAt: string) => {
    const { id } = await client.announcements.create({ title, body: 'Text', launch });
    await client.announcements.publish({ announcement: id, version: 1, publishAt });
    return id;
  };
  const read = await announce('Relay is here', '2026-04-01T08:00:00.000Z');
  await announce('Nobody looked', '2026-04-02T08:00:00.000Z');
  await client.announcements.create({ title: 'A draft', body: 'Text', launch });
  await context.write('announcement', async (transaction) => {
    for (const [day, views, clicks] of [
      ['2026-04-01', 3, 1],
      ['2026-05-20', 4, 0],
    ])
      await transaction.execute(
        sql`INSERT INTO announcement_count (workspace_id, announcement_id, day, views, clicks) VALUES (${context.workspace.id}, ${read}, ${day}, ${views}, ${clicks})`,
      );
    return { id: read, before: null, after: null, result: null };
  });
  const found = (await client.landingReports.get({ launch })).said;
  expect(found.inAll).toBe(2);
  expect(found.statements.map(({ quote }) => quote)).toEqual(['Later', 'On the day']);
  expect(found.announcements.map(({ title, views, clicks }) => [title, views, clicks])).toEqual([
    ['Nobody looked', 0, 0],
    ['Relay is here', 7, 1],
  ]);
  const { text } = await client.landingReports.text({ launch });
  expect(text).toContain('“Later” (Head of operations, Oakfield, 20 May 2026; understood)');
  expect(text).toContain('Announcement “Nobody looked”, 2 Apr 2026: never opened');
  const other = await app.workspace('Other');
  await expect(other.client.landingReports.get({ launch })).rejects.toMatchObject({ code: 'not_found' });
});
