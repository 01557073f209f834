import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { bringIn, jonas, welcomeMaya, withBearer } from '../../workspace/visitor.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const now = '2026-06-01T12:00:00.000Z';

test('an announcement is drafted for a launch, published, taken back with a reason and published again', async () => {
  const { client } = await app.workspace();
  const launch = await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-06-01' });
  const draft = await client.announcements.create({ title: 'Smart Handoff is here', body: 'Hand over **work**.', launch: launch.key });
  expect(draft).toMatchObject({ slug: 'smart-handoff-is-here', state: 'draft', launch: { key: 'smart-handoff' }, publishAt: null });
  const out = await client.announcements.publish({ announcement: draft.slug, version: draft.version });
  expect(out).toMatchObject({ state: 'published', publishAt: now, publishedBy: 'Test owner', version: 2 });
  const back = await client.announcements.withdraw({ announcement: draft.slug, version: 2, reason: 'The date was wrong' });
  expect(back).toMatchObject({ state: 'withdrawn', withdrawnReason: 'The date was wrong' });
  await expect(client.announcements.withdraw({ announcement: draft.slug, version: 3, reason: 'Again' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await client.announcements.publish({ announcement: draft.slug, version: 3 })).toMatchObject({
    state: 'published',
    withdrawnReason: '',
  });
  expect((await client.announcements.list({ launch: launch.key })).announcements.map(({ slug }) => slug)).toEqual([draft.slug]);
  const { entries } = await client.audit.list({ subject: 'announcement' });
  expect(entries.map(({ operation }) => operation)).toEqual([
    'announcements.publish',
    'announcements.withdraw',
    'announcements.publish',
    'announcements.create',
  ]);
});

test('what is scheduled is published by the clock, and until then sales and readers do not see it', async () => {
  const { client, clientAs } = await app.workspace();
  const soon = await client.announcements.create({ title: 'Soon', body: 'Text' });
  await client.announcements.create({ title: 'Only a draft', body: 'Text' });
  const scheduled = await client.announcements.publish({ announcement: soon.id, version: 1, publishAt: '2026-06-01T12:00:01Z' });
  expect(scheduled.state).toBe('scheduled');
  const sales = clientAs('sales');
  expect((await sales.announcements.list({})).announcements).toEqual([]);
  await expect(sales.announcements.get({ announcement: soon.id })).rejects.toMatchObject({ code: 'not_found' });
  const due = await client.announcements.publish({ announcement: soon.id, version: 2, publishAt: '2026-06-01T14:00:00+02:00' });
  expect(due).toMatchObject({ state: 'published', publishAt: now });
  expect((await sales.announcements.list({})).announcements.map(({ title }) => title)).toEqual(['Soon']);
});

test('contributors draft; they neither publish nor change what is published', async () => {
  const { client, clientAs } = await app.workspace();
  const contributor = clientAs('contributor');
  const draft = await contributor.announcements.create({ title: 'Ours', body: 'Text' });
  const changed = await contributor.announcements.update({ announcement: draft.id, version: 1, title: 'Ours, better' });
  expect(changed).toMatchObject({ title: 'Ours, better', slug: 'ours', body: 'Text', version: 2 });
  await expect(contributor.announcements.publish({ announcement: draft.id, version: 2 })).rejects.toMatchObject({ code: 'forbidden' });
  await client.announcements.publish({ announcement: draft.id, version: 2 });
  await expect(contributor.announcements.update({ announcement: draft.id, version: 3, body: 'Other' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect((await client.announcements.update({ announcement: draft.id, version: 3, body: 'Other' })).body).toBe('Other');
});

test('a key and an assistant draft, and never publish', async () => {
  const own = await openTestApplication();
  const { browser } = await welcomeMaya(own.application);
  const { browser: other } = await bringIn(own.application, browser, jonas, 'pmm');
  const { token } = await browser.client.keys.create({ name: 'Robot', role: 'owner', mayWrite: true });
  const robot = withBearer(own.application, token);
  const draft = await robot.announcements.create({ title: 'By a robot', body: 'Text' });
  await expect(robot.announcements.publish({ announcement: draft.id, version: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  await other.client.announcements.publish({ announcement: draft.id, version: 1 });
  await expect(robot.announcements.update({ announcement: draft.id, version: 2, body: 'Bought' })).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('person'),
  });
  await own.close();
});

test('a change to an old version is refused with what is there now, and an empty announcement is not published', async () => {
  const { client } = await app.workspace();
  const draft = await client.announcements.create({ title: 'Twice' });
  await expect(client.announcements.publish({ announcement: draft.id, version: 1 })).rejects.toMatchObject({ code: 'invalid' });
  await client.announcements.update({ announcement: draft.id, version: 1, body: 'First', labels: ['API', 'API', 'Web'] });
  await expect(client.announcements.update({ announcement: draft.id, version: 1, body: 'Second' })).rejects.toMatchObject({
    code: 'conflict',
    data: { current: { body: 'First', labels: ['API', 'Web'], version: 2 } },
  });
});

test('a deleted announcement comes back withdrawn, and its address is given to no other', async () => {
  const { client } = await app.workspace();
  const first = await client.announcements.create({ title: '智能交接 上线', body: '正文', locale: 'zh' });
  expect(first.slug).toBe('智能交接-上线');
  await client.announcements.publish({ announcement: first.slug, version: 1 });
  await client.announcements.delete({ announcement: first.slug });
  expect((await client.announcements.create({ title: '智能交接 上线' })).slug).toBe('智能交接-上线-2');
  expect((await client.announcements.create({ title: 'Embed' })).slug).toBe('embed-2');
  expect((await client.announcements.restore({ id: first.id })).state).toBe('withdrawn');
});
