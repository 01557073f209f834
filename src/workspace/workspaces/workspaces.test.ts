import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { bringIn, jonas, openBrowser, welcomeMaya } from '../visitor.fixture.ts';

let app: TestApplication;
let workspace: string;
let owner: Awaited<ReturnType<typeof welcomeMaya>>['browser'];
beforeAll(async () => {
  app = await openTestApplication();
  ({ browser: owner, workspace } = await welcomeMaya(app.application));
  // The clock stands still, so a second workspace would be as old as the first: name the one that is meant.
  owner.client = owner.in(workspace);
});
afterAll(() => app.close());

const refused = (code: string, text = '') => ({ code, message: expect.stringContaining(text) });

test('a time zone must be a place on the IANA list, and a currency an ISO 4217 code', async () => {
  const { update } = owner.client.workspaces;
  expect(await update({ timeZone: 'asia/shanghai', currency: 'cny' })).toMatchObject({
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    name: 'Weftwork',
  });
  expect((await update({ timeZone: 'Asia/Kolkata' })).timeZone).toBe('Asia/Kolkata');
  for (const timeZone of ['Mars/Base', '+05:00', '', 'asia/kolkata'])
    await expect(update({ timeZone })).rejects.toMatchObject(refused('invalid', 'timeZone'));
  await expect(update({ currency: 'XQQ' })).rejects.toMatchObject(refused('invalid', 'currency'));
});

test('whoever creates a workspace owns it, and enters it by its id', async () => {
  const { browser } = await bringIn(app.application, owner, jonas, 'reader');
  const own = await browser.client.workspaces.create({ name: '独立团队', timeZone: 'Asia/Shanghai', currency: 'CNY' });
  expect((await browser.client.sessions.get({})).role).toBe('reader');
  expect((await browser.in(own.id).sessions.get({})).role).toBe('owner');
  expect((await browser.client.workspaces.list({})).workspaces.map(({ name, role }) => [name, role])).toEqual([
    ['Weftwork', 'reader'],
    ['独立团队', 'owner'],
  ]);
  expect((await owner.in(own.id).sessions.get({})).workspace).toBeNull();
});

test('a workspace is deleted only by its typed name, is gone at once, and comes back within 30 days', async () => {
  const made = await owner.client.workspaces.create({ name: 'Short lived', timeZone: 'UTC', currency: 'USD' });
  const { client } = { client: owner.in(made.id) };
  const { token } = await client.keys.create({ name: 'Key' });
  await expect(client.workspaces.delete({ name: 'short lived' })).rejects.toMatchObject(refused('invalid', 'exactly'));
  expect(await client.workspaces.delete({ name: 'Short lived' })).toEqual({ id: made.id, restorableUntil: '2026-07-01T12:00:00.000Z' });
  expect((await owner.client.sessions.get({})).workspaces).toEqual([{ id: workspace, name: 'Weftwork' }]);
  expect((await owner.in(made.id).sessions.get({})).workspace).toBeNull();
  const { identify } = await import('../sessions/identify.ts');
  await expect(identify(app.application, { bearer: token })).rejects.toMatchObject(refused('unauthenticated'));
  expect((await owner.client.workspaces.list({})).workspaces.find(({ id }) => id === made.id)?.deletedAt).toBe('2026-06-01T12:00:00.000Z');
  await owner.client.workspaces.restore({ workspace: made.id });
  expect((await identify(app.application, { bearer: token })).workspace?.id).toBe(made.id);
  const { entries } = await owner.in(made.id).audit.list({ subject: 'workspace' });
  expect(entries.map(({ operation }) => operation)).toEqual(['workspaces.restore', 'workspaces.delete', 'workspaces.create']);
});

test('what was deleted more than 30 days ago, or belongs to another, is not restored', async () => {
  const made = await owner.client.workspaces.create({ name: 'Gone', timeZone: 'UTC', currency: 'USD' });
  await owner.in(made.id).workspaces.delete({ name: 'Gone' });
  const late = openBrowser(app.application, { now: () => new Date('2026-07-02T12:00:00.000Z') });
  late.jar.token = owner.jar.token;
  await late.client.sessions.create({ email: 'maya@weftwork.example', password: 'a lighthouse on wheels' });
  await expect(late.client.workspaces.restore({ workspace: made.id })).rejects.toMatchObject(refused('not_found', '30 days'));
  const stranger = openBrowser(app.application);
  await expect(stranger.client.workspaces.restore({ workspace: made.id })).rejects.toMatchObject(refused('unauthenticated'));
});
