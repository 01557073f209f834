import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook as Signature } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterWorkspace, insideDoor } from '../../platform/application.ts';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { bringIn, jonas, maya as mayaHerself, welcomeMaya } from '../../workspace/visitor.fixture.ts';
import { deliverNotices } from './delivering.ts';
import { tellNotices } from './telling.ts';

let app: TestApplication;
let smtp: SMTPServer;
let hook: Server;
let hookUrl: string;
let workspace: string;
let clock = new Date('2026-06-01T12:00:00.000Z');
let refuseMail = false;
let status = 200;
const mails: { to: string[]; text: string }[] = [];
const calls: { headers: IncomingHttpHeaders; body: string; path: string }[] = [];
let maya: Awaited<ReturnType<typeof welcomeMaya>>['browser'];
let other: Awaited<ReturnType<typeof bringIn>>;

const decoded = (text: string) =>
  /content-transfer-encoding: base64/i.test(text) ? Buffer.from(text.split('\r\n\r\n').slice(1).join(''), 'base64').toString() : text;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, callback) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (refuseMail) return callback(Object.assign(new Error('Try later'), { responseCode: 451 }));
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: text.replaceAll('=\r\n', '') });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push({ headers: request.headers, body, path: request.url ?? '' });
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('said');
    });
  });
  await new Promise<void>((resolve) => void hook.listen(0, '127.0.0.1', resolve));
  hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
  app = await openTestApplication({
    LANDFALL_SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    LANDFALL_MAIL_FROM: 'Landfall <landfall@weftwork.example>',
    LANDFALL_PUBLIC_URL: 'https://landfall.example',
    LANDFALL_WEBHOOK_PRIVATE: 'true',
  });
  app.application.now = () => clock;
  ({ browser: maya, workspace } = await welcomeMaya(app.application));
  other = await bringIn(app.application, maya, jonas, 'pmm');
  await pass();
});
afterAll(async () => {
  await app.close();
  await new Promise<void>((resolve) => void hook.close(() => resolve()));
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

/** One look at what happened, at the time that it is. */
const pass = async (at = clock) => {
  clock = at;
  const scope = { id: workspace, name: 'Weftwork', timeZone: 'Europe/Berlin', currency: 'EUR', isExample: false };
  const context = enterWorkspace(insideDoor(app.application, 'job'), scope, job);
  await tellNotices(context);
  await deliverNotices(context);
};
const job = { kind: 'job', id: 'start', name: 'Landfall', role: 'owner', mayWrite: true } as const;
const signIn = async () => {
  await maya.client.sessions.create(mayaHerself);
  await other.browser.client.sessions.create(jonas);
};
const later = (minutes: number) => new Date(clock.getTime() + minutes * 60_000);

test('whoever is given a deliverable is told once, by e-mail; whoever does it is not', async () => {
  const launch = await maya.client.launches.create({ name: 'Smart Handoff', marketDate: '2026-07-01' });
  await maya.client.deliverables.create({ launch: launch.key, name: 'Launch page', leadDays: 5, ownerId: other.member });
  await pass();
  await pass(later(5));
  expect(mails.map(({ to }) => to)).toEqual([['jonas@weftwork.example']]);
  expect(decoded(mails[0]!.text)).toContain('gave');
  expect(mails[0]!.text).toMatch(/Subject: .*Launch/);
  const { notices } = await other.browser.client.notices.list({});
  expect(notices).toMatchObject([{ state: 'sent', tries: 1, content: { kind: 'assigned', title: 'Launch page', day: '2026-06-26' } }]);
  expect((await maya.client.notices.list({})).notices).toEqual([]);
});

test('what a member does not want by e-mail stays to be read', async () => {
  await other.browser.client.notices.updateSettings({ emailKinds: ['due'] });
  const before = mails.length;
  const { deliverables } = await maya.client.deliverables.list({ launch: 'smart-handoff' });
  const [page] = deliverables;
  await maya.client.deliverables.update({ deliverable: page!.id, version: page!.version, ownerId: null });
  await maya.client.deliverables.update({ deliverable: page!.id, version: page!.version + 1, ownerId: other.member });
  await pass(later(1));
  expect(mails.length).toBe(before);
  expect((await other.browser.client.notices.list({})).notices.map(({ state }) => state)).toEqual(['kept', 'sent']);
});

test('a mail server that refuses is tried again later, and then given up with its words', async () => {
  await other.browser.client.notices.updateSettings({ emailKinds: ['moved'] });
  refuseMail = true;
  const launch = await maya.client.launches.get({ launch: 'smart-handoff' });
  await maya.client.launches.move({ launch: launch.key, marketDate: '2026-07-15', reason: 'The demo is late', version: launch.version });
  await pass(later(1));
  const newest = async () => (await other.browser.client.notices.list({})).notices[0]!;
  expect(await newest()).toMatchObject({ state: 'waiting', tries: 1, error: expect.stringContaining('Try later') });
  await pass();
  expect((await newest()).tries).toBe(1);
  refuseMail = false;
  const before = mails.length;
  await pass(later(2));
  expect(await newest()).toMatchObject({ state: 'sent', tries: 2, content: { before: '2026-07-01', day: '2026-07-15' } });
  expect(mails.length).toBe(before + 1);
});

test('once a day from seven, each owner is told what is due in two days or overdue', async () => {
  await other.browser.client.notices.updateSettings({ emailKinds: ['due'] });
  const before = mails.length;
  await pass(new Date('2026-07-08T03:00:00Z')); // five in Berlin
  expect(mails.length).toBe(before);
  await pass(new Date('2026-07-08T05:30:00Z'));
  await pass(new Date('2026-07-08T12:00:00Z'));
  expect(mails.slice(before).map(({ to }) => to)).toEqual([['jonas@weftwork.example']]);
  await pass(new Date('2026-07-09T06:00:00Z'));
  expect(mails.length).toBe(before + 2);
});

test('a webhook is signed so that the library of its receiver verifies it, and its secret is shown once', async () => {
  await signIn();
  const { webhook, secret } = await maya.client.webhooks.create({ name: 'Ops', url: `${hookUrl}/standard`, kinds: ['announcement'] });
  await maya.client.webhooks.create({ name: 'Slack', url: `${hookUrl}/slack`, kinds: ['announcement'], format: 'slack', locale: 'zh' });
  await maya.client.webhooks.create({ name: 'Teams', url: `${hookUrl}/teams`, kinds: ['announcement'], format: 'teams' });
  await maya.client.webhooks.create({ name: 'Gates only', url: `${hookUrl}/gates`, kinds: ['gate'] });
  expect(JSON.stringify(await maya.client.webhooks.list({}))).not.toContain(secret);
  expect(JSON.stringify((await maya.client.audit.list({})).entries)).not.toContain(secret);
  const draft = await maya.client.announcements.create({ title: 'Fast <lanes> & more', body: 'Text' });
  await maya.client.announcements.publish({ announcement: draft.id, version: 1, publishAt: '2026-07-09T08:00:00Z' });
  await pass(new Date('2026-07-09T07:59:00Z'));
  expect(calls).toEqual([]);
  clock = new Date('2026-07-09T08:01:00Z');
  await pass();
  await pass(later(10));
  expect(calls.map(({ path }) => path).toSorted()).toEqual(['/slack', '/standard', '/teams']);
  const standard = calls.find(({ path }) => path === '/standard')!;
  const verified = new Signature(secret);
  const age = Math.floor(Date.now() / 1000) - Number(standard.headers['webhook-timestamp']);
  // The clock of the test is not that of the library, which refuses what is old: signed text and id are what counts here.
  expect(age).not.toBe(0);
  expect(
    verified.sign(String(standard.headers['webhook-id']), new Date(Number(standard.headers['webhook-timestamp']) * 1000), standard.body),
  ).toBe(standard.headers['webhook-signature']);
  expect(JSON.parse(standard.body)).toMatchObject({
    type: 'notice.announcement',
    data: { title: 'Fast <lanes> & more', url: expect.stringContaining('https://landfall.example/announcements/') },
  });
  expect(JSON.parse(calls.find(({ path }) => path === '/slack')!.body).text).toContain('Fast &lt;lanes&gt; &amp; more');
  expect(JSON.parse(calls.find(({ path }) => path === '/teams')!.body)).toMatchObject({ type: 'message' });
  clock = new Date();
  await signIn();
  expect(await maya.client.webhooks.test({ webhook: webhook.id })).toMatchObject({ state: 'sent', content: { kind: 'test' } });
  const tried = calls.at(-1)!;
  expect(verified.verify(tried.body, tried.headers as Record<string, string>)).toMatchObject({ type: 'notice.test' });
  expect(() => new Signature(`${secret.slice(0, -4)}AAA=`).verify(tried.body, tried.headers as Record<string, string>)).toThrow();
  // A new secret: both sign for a day, then only the new one.
  const { version } = (await maya.client.webhooks.list({})).webhooks.find(({ id }) => id === webhook.id)!;
  const renewed = new Signature((await maya.client.webhooks.renewSecret({ webhook: webhook.id, version })).secret);
  const signatures = async () => {
    expect(await maya.client.webhooks.test({ webhook: webhook.id })).toMatchObject({ state: 'sent' });
    const { body, headers } = calls.at(-1)!;
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    return [renewed, verified].map((one) =>
      String(headers['webhook-signature'])
        .split(' ')
        .includes(one.sign(String(headers['webhook-id']), at, body)),
    );
  };
  expect(await signatures()).toEqual([true, true]);
  const wasAt = clock;
  clock = new Date(clock.getTime() + 25 * 3_600_000);
  await signIn();
  expect(await signatures()).toEqual([true, false]);
  clock = wasAt;
  await signIn();
});

test('a webhook that fails is tried with longer and longer pauses, then given up where its owner sees why; a redirect is not followed', async () => {
  const { webhook } = await maya.client.webhooks.create({ name: 'Broken', url: `${hookUrl}/broken`, kinds: ['moved'] });
  status = 302;
  const launch = await maya.client.launches.get({ launch: 'smart-handoff' });
  await maya.client.launches.move({ launch: launch.key, marketDate: '2026-08-15', reason: 'Again late', version: launch.version });
  const before = calls.length;
  for (const minutes of [0, 2, 6, 31, 121, 361, 721, 1441, 5000]) await pass(later(minutes));
  expect(calls.slice(before).filter(({ path }) => path === '/broken')).toHaveLength(8);
  await signIn();
  const [delivery] = (await maya.client.webhooks.deliveries({ webhook: webhook.id })).deliveries;
  expect(delivery).toMatchObject({ state: 'failed', tries: 8, error: expect.stringContaining('302') });
  const tried = calls.slice(before).filter(({ path }) => path === '/broken');
  expect(new Set(tried.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  status = 200;
  expect(await maya.client.webhooks.retry({ delivery: delivery!.id })).toMatchObject({ state: 'sent', tries: 9 });
  status = 410;
  await maya.client.webhooks.test({ webhook: webhook.id });
  expect((await maya.client.webhooks.list({})).webhooks.find(({ id }) => id === webhook.id)).toMatchObject({
    disabledReason: expect.stringContaining('410'),
  });
  status = 200;
});

test('only an owner sets up webhooks, and only a member has notices', async () => {
  await expect(other.browser.client.webhooks.list({})).rejects.toMatchObject({ code: 'forbidden' });
  const { client } = await app.workspace();
  await expect(client.notices.list({})).rejects.toMatchObject({ code: 'forbidden' });
});

/** What the other member was told of a launch, the newest first. */
const toldOf = async (launch: string) =>
  (await other.browser.client.notices.list({})).notices.map(({ content }) => content).filter((each) => each.launch?.key === launch);

test('whoever is newly mentioned in a brief is told once, and a name that is no member tells nobody', async () => {
  await signIn();
  const stranger = '00000000-0000-4000-8000-000000000000';
  const mention = `Ask [@Jonas](member:${other.member}) and [@Eve](member:${stranger}).`;
  const { key: launch } = await maya.client.launches.create({ name: 'Mentioned', marketDate: '2026-09-01', brief: mention });
  await pass(later(1));
  expect(await toldOf(launch)).toMatchObject([{ kind: 'mention', by: 'Maya Lindqvist', path: `/launches/${launch}` }]);
  const { version } = await maya.client.launches.get({ launch });
  await maya.client.launches.update({ launch, version, brief: `${mention} Soon.` });
  await pass(later(1));
  expect(await toldOf(launch)).toHaveLength(1);
});

test('whoever is given many things by a file is told in one notice, and a restored one is told again', async () => {
  const { key: launch } = await maya.client.launches.create({ name: 'Many', marketDate: '2026-09-01' });
  const rows = Array.from({ length: 5 }, (_, index) => `Item ${index},2026-08-0${index + 1},${jonas.name}`);
  await maya.client.deliverables.import({ launch, csv: `Name,Due date,Owner\n${rows.join('\n')}`, dryRun: false });
  await pass(later(1));
  expect(await toldOf(launch)).toMatchObject([{ kind: 'assigned', items: { length: 5 } }]);
  const [first] = (await maya.client.deliverables.list({ launch })).deliverables;
  await maya.client.deliverables.delete({ deliverable: first!.id });
  await maya.client.deliverables.restore({ deliverable: first!.id });
  await pass(later(1));
  expect((await toldOf(launch)).map(({ title }) => title)).toEqual([first!.name, 'Many']);
});

test('whoever approves is asked to sign, the owner of a criterion is told of it, and both of the decision at the gate', async () => {
  const { key: launch } = await maya.client.launches.create({ name: 'Decided', marketDate: '2026-09-01', stage: 'beta' });
  const { version } = await maya.client.charters.get({});
  await maya.client.charters.update({ version, parts: {}, members: [{ function: 'product', memberId: other.member, approves: true }] });
  const made = await maya.client.deliverables.create({
    launch,
    name: 'Sales deck',
    leadDays: 5,
    signers: ['product'],
    ownerId: other.member,
  });
  await maya.client.deliverables.update({ deliverable: made.id, version: made.version, status: 'in_review' });
  const criterion = { kind: 'manual', function: 'product', text: 'Prices agreed', required: true, leadDays: 5, threshold: null } as const;
  const { gates } = await maya.client.gates.create({ launch, plans: [{ stage: 'beta', leadDays: 4, criteria: [criterion] }] });
  const [prices] = gates[0]!.criteria;
  await maya.client.gates.updateCriterion({ criterion: prices!.id, version: prices!.version, ownerId: other.member });
  const { gates: now } = await maya.client.gates.list({ launch });
  await maya.client.gates.decide({ gate: now[0]!.id, version: now[0]!.version, outcome: 'hold', note: 'Prices are not agreed yet' });
  await pass(later(1));
  const kinds = (await toldOf(launch)).map(({ kind, title, outcome }) => [kind, title, outcome]);
  expect(kinds.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
    ['assigned', 'Prices agreed', ''],
    ['assigned', 'Sales deck', ''],
    ['gate', 'beta', 'hold'],
    ['sign_off', 'Sales deck', ''],
  ]);
});
