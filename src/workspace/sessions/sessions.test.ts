import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Records } from '../../platform/records/store.ts';
import { bringIn, jonas, maya, openBrowser, welcomeMaya } from '../visitor.fixture.ts';
import { identify } from './identify.ts';
import { passwordMatches } from './password.ts';

let app: TestApplication;
let workspace: string;
let owner: Awaited<ReturnType<typeof welcomeMaya>>['browser'];
beforeAll(async () => {
  app = await openTestApplication();
  const first = openBrowser(app.application);
  expect(await first.client.welcome.get({})).toEqual({ hasOwner: false, singleSignOn: false, hasExample: false });
  ({ browser: owner, workspace } = await welcomeMaya(app.application));
});
afterAll(() => app.close());

const later = (minutes: number) => () => new Date(app.application.now().getTime() + minutes * 60_000);
const refused = (code: string, text = '') => ({ code, message: expect.stringContaining(text) });

test('whoever comes first is the owner of a first workspace, signed in, and it is noted', async () => {
  const session = await owner.client.sessions.get({});
  expect(session).toMatchObject({
    member: { name: maya.name },
    role: 'owner',
    workspace: { name: 'Weftwork', timeZone: 'Europe/Berlin', currency: 'EUR' },
  });
  expect(session.workspaces).toEqual([{ id: workspace, name: 'Weftwork' }]);
  const { entries } = await owner.client.audit.list({ subject: 'workspace', subjectId: workspace });
  expect(entries).toMatchObject([
    { operation: 'welcome.create', actor: { kind: 'member', name: maya.name }, before: null, after: { name: 'Weftwork' } },
  ]);
});

test('a second first visit is refused', async () => {
  const late = openBrowser(app.application).client.welcome.create({ ...jonas, workspace: { name: 'Mine' } });
  await expect(late).rejects.toMatchObject(refused('conflict', 'already has an owner'));
});

test('signing in starts a session under a new id, and the id that the browser held before ends', async () => {
  const browser = openBrowser(app.application);
  await browser.client.sessions.create(maya);
  const before = browser.jar.token!;
  await browser.client.sessions.create({ email: maya.email.toUpperCase(), password: maya.password });
  expect(browser.jar.token).not.toBe(before);
  expect(Buffer.from(browser.jar.token!, 'base64url')).toHaveLength(32);
  expect((await identify(app.application, { cookieToken: before })).member).toBeNull();
});

test('a wrong password and an unknown e-mail are refused in the same words, after the same work', async () => {
  const { client } = openBrowser(app.application, { address: '203.0.113.20' });
  const timed = async (email: string) => {
    const startedAt = performance.now();
    const error = await client.sessions.create({ email, password: 'not the password' }).catch((thrown) => thrown);
    return { error, took: performance.now() - startedAt };
  };
  await timed(maya.email);
  const known = await timed(maya.email);
  const unknown = await timed('nobody@weftwork.example');
  expect(known.error.code).toBe('unauthenticated');
  expect(unknown.error.message).toBe(known.error.message);
  expect(unknown.took / known.took).toBeGreaterThan(0.3);
});

test('the 11th try in 15 minutes is refused for the account, from whatever address, even with the right password', async () => {
  await bringIn(app.application, owner, { ...jonas, email: 'target@weftwork.example' }, 'reader');
  const from = (number: number, now = app.application.now) =>
    openBrowser(app.application, { address: `198.51.100.${number}`, now }).client.sessions;
  const wrong = { email: 'target@weftwork.example', password: 'guess' };
  const tries = await Promise.allSettled(Array.from({ length: 14 }, (_, number) => from(number).create(wrong)));
  const codes = tries.map((each) => (each.status === 'rejected' ? each.reason.code : 'in'));
  expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(10);
  expect(codes.filter((code) => code === 'too_many')).toHaveLength(4);
  const right = { ...wrong, password: jonas.password };
  await expect(from(99).create(right)).rejects.toMatchObject({ code: 'too_many', data: { retryAfterSeconds: 900 } });
  await from(99, later(16)).create(right);
});

test('the 11th try in 15 minutes is refused for the address, whatever the account, and a /64 counts as one', async () => {
  const from = (number: number) => openBrowser(app.application, { address: `2001:db8:0:7::${number}` }).client.sessions;
  for (let number = 1; number <= 10; number++)
    await expect(from(number).create({ email: `guess${number}@weftwork.example`, password: 'guess' })).rejects.toMatchObject(
      refused('unauthenticated'),
    );
  await expect(from(11).create(maya)).rejects.toMatchObject(refused('too_many', '15 minutes'));
  const other = openBrowser(app.application, { address: '2001:db8:0:8::1' }).client.sessions;
  await expect(other.create(maya)).resolves.toBeDefined();
});

test('sign-out ends the session at once', async () => {
  const browser = openBrowser(app.application);
  await browser.client.sessions.create(maya);
  const token = browser.jar.token!;
  await browser.client.sessions.delete({});
  expect(browser.jar.token).toBeUndefined();
  expect((await identify(app.application, { cookieToken: token })).member).toBeNull();
  expect(await browser.client.sessions.get({})).toEqual({ member: null, role: null, workspace: null, workspaces: [] });
});

test('a session ends 7 days after its last use, and after 30 days in any case', async () => {
  const day = 24 * 60;
  const browser = openBrowser(app.application);
  await browser.client.sessions.create(maya);
  const cookieToken = browser.jar.token!;
  const at = async (days: number) => (await identify({ ...app.application, now: later(days * day) }, { cookieToken })).member?.name;
  expect(await at(6)).toBe(maya.name);
  for (const days of [12, 18, 24, 29]) expect(await at(days)).toBe(maya.name);
  expect(await at(31)).toBeUndefined();
  await browser.client.sessions.create(maya);
  const idle = await identify({ ...app.application, now: later(8 * day) }, { cookieToken: browser.jar.token! });
  expect(idle.member).toBeNull();
});

test('a changed password ends the other sessions and goes on in this one under a new id', async () => {
  const { browser } = await bringIn(app.application, owner, { ...jonas, email: 'change@weftwork.example' }, 'pmm');
  const elsewhere = openBrowser(app.application);
  await elsewhere.client.sessions.create({ email: 'change@weftwork.example', password: jonas.password });
  const before = browser.jar.token;
  await expect(browser.client.profile.changePassword({ current: 'not this', password: 'eleven quiet herons' })).rejects.toMatchObject(
    refused('forbidden'),
  );
  await browser.client.profile.changePassword({ current: jonas.password, password: 'eleven quiet herons' });
  expect(browser.jar.token).not.toBe(before);
  expect((await browser.client.sessions.get({})).member).not.toBeNull();
  expect((await elsewhere.client.sessions.get({})).member).toBeNull();
  await elsewhere.client.sessions.create({ email: 'change@weftwork.example', password: 'eleven quiet herons' });
});

test('a password must be long, and not one key held down', async () => {
  const change = (password: string) => owner.client.profile.changePassword({ current: maya.password, password });
  await expect(change('short')).rejects.toMatchObject(refused('invalid', 'at least 12'));
  await expect(change('aaaaaaaaaaaaaaaa')).rejects.toMatchObject(refused('invalid', 'different'));
});

test('a stored hash names its own settings, and matches the same password typed in another Unicode form', async () => {
  const { rows } = await app.application.records.pool.query<{ hash: string }>('SELECT password_hash AS hash FROM member');
  for (const { hash } of rows) expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  const { hashPassword } = await import('./password.ts');
  const stored = await hashPassword('caf\u00e9 crème \uff21');
  expect(await passwordMatches('cafe\u0301 crème A', stored)).toBe(true);
  expect(await passwordMatches('cafe crème A', stored)).toBe(false);
  expect(await passwordMatches('anything', null)).toBe(false);
});

test('a store that is down is unavailable, never a wrong key or an ended session', async () => {
  const pool = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:9/nothing' });
  const unbounded: Records['unbounded'] = (run) => drizzle(pool).transaction(run);
  const down = { ...app.application, records: { ...app.application.records, unbounded } };
  for (const credentials of [{ bearer: 'lf_x' }, { cookieToken: 'x' }])
    await expect(identify(down, credentials)).rejects.toMatchObject(refused('unavailable'));
  await pool.end();
});

test('a sign-in that was under way while the password changed is not let in with the old one', async () => {
  const { browser } = await bringIn(app.application, owner, { ...jonas, email: 'race@weftwork.example' }, 'reader');
  const elsewhere = openBrowser(app.application);
  const old = { email: 'race@weftwork.example', password: jonas.password };
  const both = await Promise.allSettled([
    browser.client.profile.changePassword({ current: jonas.password, password: 'nine slow tortoises' }),
    ...Array.from({ length: 4 }, () => elsewhere.client.sessions.create(old)),
  ]);
  expect(both[0].status).toBe('fulfilled');
  expect((await elsewhere.client.sessions.get({})).member).toBeNull();
});

test('the command line of this machine acts as an owner; another secret does not', async () => {
  const mine = await identify(app.application, { bearer: 'll_secret', localSecret: 'll_secret', workspace: 'weftwork' });
  expect(mine).toMatchObject({ member: { name: maya.name }, workspace: { id: workspace }, actor: { kind: 'local', role: 'owner' } });
  await expect(identify(app.application, { bearer: 'll_other', localSecret: 'll_secret' })).rejects.toMatchObject(
    refused('unauthenticated'),
  );
  await expect(identify(app.application, { bearer: 'll_secret', localSecret: 'll_secret', workspace: 'x' })).rejects.toMatchObject(
    refused('not_found'),
  );
});
