import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { enterWorkspace, insideDoor } from '../../platform/application.ts';
import { roles } from '../../platform/roles.ts';
import { identify } from '../sessions/identify.ts';
import { bringIn, jonas, maya, openBrowser, welcomeMaya } from '../visitor.fixture.ts';
import { memberRoles } from './schema.ts';

let app: TestApplication;
let workspace: string;
let owner: Awaited<ReturnType<typeof welcomeMaya>>['browser'];
let mayaId: string;
beforeAll(async () => {
  app = await openTestApplication();
  ({ browser: owner, workspace, member: mayaId } = await welcomeMaya(app.application));
  // The clock stands still, so a second workspace would be as old as the first: name the one that is meant.
  owner.client = owner.in(workspace);
});
afterAll(() => app.close());

let count = 0;
const somebody = (name = 'Jonas Weber') => ({ ...jonas, name, email: `somebody${++count}@weftwork.example` });
const refused = (code: string, text = '') => ({ code, message: expect.stringContaining(text) });
const tokenOf = (link: string) => link.split('/').at(-1)!;

test('the roles of the pages are those of the platform', () => expect(memberRoles).toEqual(roles));

test('somebody invited makes an account, is signed in, and is a member with the role they were invited to', async () => {
  const who = somebody('Amelie Fournier');
  const { link, invitation } = await owner.client.invitations.create({ email: who.email, role: 'sales' });
  expect(link).toMatch(/^https:\/\/landfall\.example\/invitations\/[\w-]{43}$/);
  expect(invitation).toMatchObject({ email: who.email, role: 'sales', invitedBy: maya.name, expiresAt: '2026-06-08T12:00:00.000Z' });
  const browser = openBrowser(app.application);
  expect(await browser.client.invitations.open({ token: tokenOf(link) })).toMatchObject({
    workspace: 'Weftwork',
    hasAccount: false,
    invitedBy: maya.name,
  });
  await expect(browser.client.invitations.accept({ token: tokenOf(link) })).rejects.toMatchObject(
    refused('invalid', 'name and a password'),
  );
  await browser.client.invitations.accept({ token: tokenOf(link), name: who.name, password: who.password });
  expect(await browser.client.sessions.get({})).toMatchObject({ role: 'sales', member: { name: who.name }, workspace: { id: workspace } });
  expect((await owner.client.members.list({})).members.map(({ name }) => name)).toContain(who.name);
  await expect(browser.client.invitations.open({ token: tokenOf(link) })).rejects.toMatchObject(refused('not_found', 'already accepted'));
});

test('of 5 who accept the same link at once, one comes in', async () => {
  const { email, password } = somebody();
  const { link } = await owner.client.invitations.create({ email, role: 'reader' });
  const accept = (name: string) => openBrowser(app.application).client.invitations.accept({ token: tokenOf(link), name, password });
  const all = await Promise.allSettled(['A', 'B', 'C', 'D', 'E'].map(accept));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a link that was revoked, replaced, or is 7 days old says so and lets nobody in', async () => {
  const { email } = somebody();
  const first = await owner.client.invitations.create({ email, role: 'reader' });
  const second = await owner.client.invitations.create({ email, role: 'reader' });
  const open = (link: string, now = app.application.now) =>
    openBrowser(app.application, { now }).client.invitations.open({ token: tokenOf(link) });
  await expect(open(first.link)).rejects.toMatchObject(refused('not_found', 'revoked'));
  const week = () => new Date('2026-06-08T12:00:00.000Z');
  await expect(open(second.link, week)).rejects.toMatchObject(refused('not_found', 'expired'));
  await owner.client.invitations.revoke({ invitation: second.invitation.id });
  await expect(open(second.link)).rejects.toMatchObject(refused('not_found', 'revoked'));
  await expect(open('x/this-is-no-token-at-all')).rejects.toMatchObject(refused('not_found', 'not known'));
});

test('somebody with an account accepts signed in, and nobody accepts for another', async () => {
  const { browser: guest } = await bringIn(app.application, owner, somebody('Lena Brandt'), 'reader');
  const lena = (await guest.client.profile.get({})).email;
  const second = await owner.client.workspaces.create({ name: 'Second', timeZone: 'UTC', currency: 'USD' });
  const { link } = await owner.in(second.id).invitations.create({ email: lena.toUpperCase(), role: 'pmm' });
  const token = tokenOf(link);
  const stranger = openBrowser(app.application).client.invitations;
  await expect(stranger.accept({ token, name: 'Not Lena', password: jonas.password })).rejects.toMatchObject(
    refused('unauthenticated', 'already has an account'),
  );
  await expect(owner.client.invitations.accept({ token })).rejects.toMatchObject(refused('forbidden', 'is for'));
  await guest.client.invitations.accept({ token });
  expect((await guest.client.sessions.get({})).workspaces.map(({ name }) => name).toSorted()).toEqual(['Second', 'Weftwork']);
  await expect(owner.in(second.id).invitations.create({ email: lena, role: 'pmm' })).rejects.toMatchObject(
    refused('conflict', 'already belongs'),
  );
});

test('the last owner can be neither demoted, disabled nor removed; two owners at once cannot both leave', async () => {
  const { members: client } = owner.client;
  await expect(client.update({ member: mayaId, role: 'reader' })).rejects.toMatchObject(refused('conflict', 'last owner'));
  await expect(client.disable({ member: mayaId })).rejects.toMatchObject(refused('conflict', 'last owner'));
  await expect(client.remove({ member: mayaId })).rejects.toMatchObject(refused('conflict', 'last owner'));
  const { browser: other, member } = await bringIn(app.application, owner, somebody(), 'owner');
  const both = await Promise.allSettled([
    client.update({ member, role: 'reader' }),
    other.client.members.update({ member: mayaId, role: 'reader' }),
  ]);
  const left = await app.application.records.within(workspace, (transaction) =>
    transaction.execute(`SELECT member_id AS id FROM membership WHERE role = 'owner'`),
  );
  expect(left.rows.length).toBeGreaterThanOrEqual(1);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  if (left.rows[0]!.id !== mayaId) {
    await other.client.members.update({ member: mayaId, role: 'owner' });
    await client.update({ member, role: 'reader' });
  }
});

test('a disabled member is out at once, cannot sign in, and comes back when enabled', async () => {
  const who = somebody();
  const { browser, member } = await bringIn(app.application, owner, who, 'pmm');
  const { token } = await browser.client.keys.create({ name: 'Script', role: 'reader' });
  await owner.client.members.disable({ member });
  expect((await identify(app.application, { cookieToken: browser.jar.token! })).member).toBeNull();
  await expect(identify(app.application, { bearer: token })).rejects.toMatchObject(refused('unauthenticated', 'no longer in'));
  await expect(openBrowser(app.application).client.sessions.create(who)).rejects.toMatchObject(refused('forbidden', 'switched off'));
  await owner.client.members.enable({ member });
  await openBrowser(app.application).client.sessions.create(who);
  expect((await identify(app.application, { bearer: token })).actor?.role).toBe('reader');
});

test('a removed member is out, their keys stay dead, and a new invitation lets them in again with the same account', async () => {
  const who = somebody();
  const { browser, member } = await bringIn(app.application, owner, who, 'pmm');
  const { token } = await browser.client.keys.create({ name: 'Script', role: 'reader' });
  await owner.client.members.remove({ member });
  await expect(openBrowser(app.application).client.sessions.create(who)).rejects.toMatchObject(refused('forbidden'));
  const { link } = await owner.client.invitations.create({ email: who.email, role: 'contributor' });
  await browser.client.sessions.create(who);
  await browser.client.invitations.accept({ token: tokenOf(link) });
  expect(await browser.client.sessions.get({})).toMatchObject({ role: 'contributor' });
  await expect(identify(app.application, { bearer: token })).rejects.toMatchObject(refused('unauthenticated', 'revoked'));
});

test('a member disabled in one workspace still enters the other', async () => {
  const { browser, member } = await bringIn(app.application, owner, somebody(), 'reader');
  const { email } = await browser.client.profile.get({});
  const own = await browser.client.workspaces.create({ name: 'Own', timeZone: 'UTC', currency: 'USD' });
  await owner.client.members.disable({ member });
  await browser.client.sessions.create({ email, password: jonas.password });
  expect(await browser.client.sessions.get({})).toMatchObject({ role: 'owner', workspaces: [{ id: own.id }] });
  expect((await browser.in(workspace).sessions.get({})).workspace).toBeNull();
});

test('a profile keeps its name and language, and says how its member signs in', async () => {
  const { browser } = await bringIn(app.application, owner, somebody(), 'reader');
  expect(await browser.client.profile.update({ name: '林雨桐', locale: 'zh' })).toMatchObject({
    name: '林雨桐',
    locale: 'zh',
    hasPassword: true,
    singleSignOn: false,
  });
  expect((await browser.client.profile.update({})).name).toBe('林雨桐');
});

test('a lost password is reset at the command line of this machine, and nowhere else', async () => {
  const who = somebody();
  const { browser } = await bringIn(app.application, owner, who, 'reader');
  await expect(owner.client.members.resetPassword({ member: who.email })).rejects.toMatchObject(refused('forbidden', 'command line'));
  const found = await identify(app.application, { bearer: 'll_x', localSecret: 'll_x', workspace });
  const context = enterWorkspace(insideDoor(app.application, 'cli'), found.workspace!, found.actor!);
  const { password } = await createRouterClient(catalogue, { context }).members.resetPassword({ member: who.email.toUpperCase() });
  expect((await browser.client.sessions.get({})).member).toBeNull();
  await browser.client.sessions.create({ email: who.email, password });
  const { entries } = await owner.client.audit.list({ operation: 'members.resetPassword' });
  expect(entries).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toContain(password);
});
