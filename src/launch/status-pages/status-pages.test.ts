import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { enterWorkspace, insideDoor } from '../../platform/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const visitor = () => createRouterClient(catalogue, { context: insideDoor(app.application, 'web') });
const tokenOf = (link: string) => link.split('/status/')[1]!;
const refused = { code: 'not_found', message: expect.stringContaining('does not work') };

test('whoever has the address reads where the launch stands, and nothing that names or explains', async () => {
  const { client, memberAs } = await app.workspace();
  const nico = await memberAs('contributor', 'Nico Petit');
  const launch = await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-06-02', brief: 'secret brief' });
  await client.launches.create({ name: 'Another launch', marketDate: '2026-07-02' });
  const needed = await client.deliverables.create({ launch: launch.key, name: 'Secret deck', required: true, ownerId: nico.id });
  await client.deliverables.create({ launch: launch.key, name: 'Post', required: true });
  await client.deliverables.update({ deliverable: needed.id, status: 'approved', version: needed.version });
  const step = await client.runSteps.create({
    launch: launch.key,
    atTime: '09:00',
    text: 'Publish',
    ownerId: nico.id,
    url: 'https://inside.example',
  });
  await nico.client.runSteps.check({ step: step.id, version: 1, state: 'failed', note: 'secret note' });
  const { link, page } = await client.statusPages.create({ launch: launch.key });
  const opened = await visitor().statusPages.open({ token: tokenOf(link) });
  expect(opened).toMatchObject({
    launch: { name: 'Smart Handoff', stage: 'concept', state: 'planned', readyDate: null, marketDate: '2026-06-02' },
    today: '2026-06-01',
    deliverables: { finished: 1, of: 2 },
    steps: [{ day: '2026-06-02', atTime: '09:00', text: 'Publish', state: 'failed' }],
    announcements: [],
    changedAt: expect.any(String),
  });
  expect(JSON.stringify(opened)).not.toMatch(/secret|Nico|inside\.example|Another/i);

  const draft = await client.announcements.create({ title: 'Not yet', launch: launch.key });
  const out = await client.announcements.create({ title: 'It is out', body: 'Try it.', launch: launch.key });
  await client.announcements.publish({ announcement: out.id, version: out.version });
  const { announcements } = await visitor().statusPages.open({ token: tokenOf(link) });
  expect(announcements).toMatchObject([{ title: 'It is out', url: null }]);
  expect(JSON.stringify(announcements)).not.toContain(draft.title);

  expect(await client.statusPages.list({ launch: launch.key })).toMatchObject({ pages: [{ id: page.id }] });
  await client.statusPages.revoke({ page: page.id });
  await expect(visitor().statusPages.open({ token: tokenOf(link) })).rejects.toMatchObject(refused);
  await expect(client.statusPages.revoke({ page: page.id })).rejects.toMatchObject({ code: 'not_found' });
  expect(await client.statusPages.list({ launch: launch.key })).toEqual({ pages: [] });
});

test('an address of a deleted launch, a wrong one and one of another workspace are the same from outside', async () => {
  const [one, other] = [await app.workspace(), await app.workspace()];
  const launch = await one.client.launches.create({ name: 'Guest Lanes', marketDate: '2026-06-02' });
  const { link } = await one.client.statusPages.create({ launch: launch.key });
  const token = tokenOf(link);
  const [, secret] = token.split('.');
  const wrong = [`${other.id}.${secret}`, `${token}x`, secret!, '', 'x'.repeat(1000), `${one.id}.`];
  for (const each of wrong) await expect(visitor().statusPages.open({ token: each })).rejects.toMatchObject(refused);
  await one.client.launches.delete({ launch: launch.key });
  await expect(visitor().statusPages.open({ token })).rejects.toMatchObject(refused);
});

test('only those who answer for launches make a launch public, and no machine does', async () => {
  const { client, context, memberAs } = await app.workspace();
  const launch = await client.launches.create({ name: 'Audit Export', marketDate: '2026-06-02' });
  for (const role of ['contributor', 'sales', 'reader'] as const) {
    const { client: theirs } = await memberAs(role, `A ${role}`);
    await expect(theirs.statusPages.create({ launch: launch.key })).rejects.toMatchObject({ code: 'forbidden' });
  }
  const key = { kind: 'key' as const, id: 'key', name: 'A key', role: 'owner' as const, mayWrite: true };
  const machine = createRouterClient(catalogue, { context: enterWorkspace(insideDoor(app.application, 'api'), context.workspace, key) });
  await expect(machine.statusPages.create({ launch: launch.key })).rejects.toMatchObject({ code: 'forbidden' });
});
