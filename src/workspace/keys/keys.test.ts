import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { identify } from '../sessions/identify.ts';
import { bringIn, jonas, maya, openBrowser, welcomeMaya, withBearer } from '../visitor.fixture.ts';

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
const later = (minutes: number) => ({ ...app.application, now: () => new Date(app.application.now().getTime() + minutes * 60_000) });

test('a key is shown once, and lists show how it begins and ends and when it was last used', async () => {
  const { key, token } = await owner.client.keys.create({ name: 'Warehouse', role: 'contributor', mayWrite: true });
  expect(token).toMatch(/^lf_[\w-]{43}$/);
  expect(key.hint).toBe(`lf_…${token.slice(-4)}`);
  expect(JSON.stringify(await owner.client.keys.list({}))).not.toContain(token);
  expect(JSON.stringify(await owner.client.audit.list({ subject: 'key' }))).not.toContain(token);
  expect(key.lastUsedAt).toBeNull();
  const lastUsed = async () => (await owner.client.keys.list({})).keys.find(({ id }) => id === key.id)!.lastUsedAt;
  await withBearer(app.application, token).workspaces.get({});
  expect(await lastUsed()).toBe('2026-06-01T12:00:00.000Z');
  await identify(later(0.5), { bearer: token });
  expect(await lastUsed()).toBe('2026-06-01T12:00:00.000Z');
  await identify(later(2), { bearer: token });
  expect(await lastUsed()).toBe('2026-06-01T12:02:00.000Z');
});

test('a key does what its role may, writes only if it may write, and is the actor of what it wrote', async () => {
  const make = async (mayWrite: boolean) =>
    withBearer(app.application, (await owner.client.keys.create({ name: `Owner ${mayWrite}`, role: 'owner', mayWrite })).token);
  const [reading, writing] = [await make(false), await make(true)];
  expect((await reading.workspaces.get({})).id).toBe(workspace);
  await expect(reading.workspaces.update({ name: 'Changed' })).rejects.toMatchObject(refused('forbidden', 'only read'));
  await writing.workspaces.update({ name: 'Weftwork' });
  const { entries } = await owner.client.audit.list({ operation: 'workspaces.update' });
  expect(entries[0]).toMatchObject({ actor: { kind: 'key', name: 'Owner true' }, door: 'api' });
  await expect(writing.profile.get({})).rejects.toMatchObject(refused('unauthenticated'));
  await expect(writing.keys.create({ name: 'Another' })).rejects.toMatchObject(refused('forbidden', 'may not make another'));
  await expect(writing.invitations.create({ email: 'thief@weftwork.example' })).rejects.toMatchObject(
    refused('forbidden', 'may not invite'),
  );
});

test('a key is at most what its maker is, also after the maker became less', async () => {
  const { browser, member } = await bringIn(app.application, owner, jonas, 'pmm');
  await expect(browser.client.keys.create({ name: 'Too much', role: 'owner' })).rejects.toMatchObject(refused('forbidden', 'at most'));
  const { token } = await browser.client.keys.create({ name: 'Script', role: 'pmm', mayWrite: true });
  await owner.client.members.update({ member, role: 'reader' });
  expect((await identify(app.application, { bearer: token })).actor).toMatchObject({ kind: 'key', role: 'reader' });
  await expect(withBearer(app.application, token).keys.list({})).rejects.toMatchObject(refused('forbidden'));
});

test('a revoked, an expired and an unknown key are refused, each with its reason', async () => {
  const { key, token } = await owner.client.keys.create({ name: 'Old', expiresInDays: 1 });
  await expect(identify(later(24 * 60), { bearer: token })).rejects.toMatchObject(refused('unauthenticated', 'expired'));
  await owner.client.keys.revoke({ key: key.id });
  await expect(identify(app.application, { bearer: token })).rejects.toMatchObject(refused('unauthenticated', 'revoked'));
  await expect(owner.client.keys.revoke({ key: key.id })).rejects.toMatchObject(refused('conflict'));
  await expect(identify(app.application, { bearer: 'lf_nothing' })).rejects.toMatchObject(refused('unauthenticated', 'not known'));
});

test('a key does not enter another workspace', async () => {
  const { token } = await owner.client.keys.create({ name: 'Here', role: 'owner' });
  const other = await owner.client.workspaces.create({ name: 'Other', timeZone: 'UTC', currency: 'USD' });
  await expect(identify(app.application, { bearer: token, workspace: other.id })).rejects.toMatchObject(
    refused('not_found', 'another workspace'),
  );
  expect((await identify(app.application, { bearer: token, workspace })).workspace?.id).toBe(workspace);
});

test('a write key may call no operation', async () => {
  const { key, token } = await owner.client.keys.create({ name: 'Web page', kind: 'write', role: 'owner', mayWrite: true });
  expect(key).toMatchObject({ role: 'reader', mayWrite: false, hint: expect.stringMatching(/^lw_…/) });
  await expect(withBearer(app.application, token).workspaces.get({})).rejects.toMatchObject(refused('unauthenticated', 'only send events'));
});

test('no row of the store holds a key, a session, an invitation link or a password in the clear', async () => {
  const made = await owner.client.keys.create({ name: 'Planted' });
  const invited = await owner.client.invitations.create({ email: 'planted@weftwork.example' });
  const secrets = [made.token, owner.jar.token!, invited.link.split('/').at(-1)!, maya.password, jonas.password];
  const { pool } = app.application.records;
  const tables = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  let scanned = 0;
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
    scanned += rows.length;
    for (const secret of secrets)
      expect(
        rows.filter(({ row }) => row.includes(secret)),
        name,
      ).toEqual([]);
  }
  expect(scanned).toBeGreaterThan(20);
});

test('no line of the log holds a key, a session, an invitation link or a password, at the most talkative level', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const talkative = { ...app.application, log };
  const browser = openBrowser(talkative);
  await browser.client.sessions.create({ email: maya.email, password: 'a wrong password' }).catch(() => {});
  await browser.client.sessions.create({ email: maya.email, password: maya.password });
  const client = browser.in(workspace);
  const { token } = await client.keys.create({ name: 'Logged' });
  const { link } = await client.invitations.create({ email: 'logged@weftwork.example' });
  await identify(talkative, { bearer: `${token}x` }).catch(() => {});
  await client.profile.changePassword({ current: maya.password, password: 'another lighthouse' });
  const all = lines.join('');
  expect(all).toContain('signed in');
  for (const secret of [token, link.split('/').at(-1)!, browser.jar.token!, maya.password, 'a wrong password', 'another lighthouse'])
    expect(all).not.toContain(secret);
});
