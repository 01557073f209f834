import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../test/application.ts';
import { writeClicks } from '../launch/tracked-links/counting.ts';
import { makeLinks } from './links.ts';

let app: TestApplication;
let space: Awaited<ReturnType<TestApplication['workspace']>>;
beforeAll(async () => {
  app = await openTestApplication();
  space = await app.workspace();
  await space.client.programs.create({ name: 'Year' });
  await space.client.programs.create({ name: 'Spring Webinar', kind: 'webinar', parent: 'year', startsOn: '2026-04-02' });
});
afterAll(() => app.close());

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
const visit = (path: string, headers: Record<string, string> = browser, method = 'GET') =>
  makeLinks(app.application, () => 'somewhere').request(path, { method, headers });
const make = (more: object = {}) =>
  space.client.trackedLinks.create({
    program: 'spring-webinar',
    target: 'https://www.weftwork.example/webinar?seat=2#book',
    source: 'linkedin',
    medium: 'social',
    ...more,
  });
const count = async (link: string) => {
  await writeClicks(app.application);
  return space.client.trackedLinks.counts({ link });
};

test('a short link leads to its page with UTM parameters by the rule, and each click is counted on its day', async () => {
  const link = await make();
  expect(link.address).toMatch(/\/l\/[a-z0-9]{7}$/);
  const answer = await visit(`/l/${link.code}`);
  expect(answer.status).toBe(302);
  const to = 'https://www.weftwork.example/webinar?seat=2&utm_source=linkedin&utm_medium=social&utm_campaign=spring-webinar#book';
  expect(answer.headers.get('location')).toBe(to);
  expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow');
  expect(answer.headers.get('set-cookie')).toBeNull();
  await visit(`/l/${link.code.toUpperCase()}`);
  expect(await count(link.id)).toMatchObject({ total: 2, days: [{ day: '2026-06-01', clicks: 2 }] });
  await visit(`/l/${link.code}`);
  expect(await count(link.id)).toMatchObject({ total: 3 });
  const { links } = await space.client.trackedLinks.list({ program: 'year' });
  expect(links).toMatchObject([{ id: link.id, clicks: 3, leadsTo: to, program: { key: 'spring-webinar' } }]);
  expect((await space.client.trackedLinks.list({ to: '2026-05-31' })).links).toMatchObject([{ clicks: 0 }]);
  const { figures, from, to: last } = await space.client.programs.figures({});
  expect([from, last]).toEqual(['2026-05-05', '2026-06-01']);
  expect(figures.map(({ clicks }) => clicks)).toEqual([3, 3]);
});

test('bots, prefetches and who only asks for the head are led, and not counted', async () => {
  const link = await make({ code: 'booth-12' });
  const quiet: [Record<string, string>, string][] = [
    [{ 'user-agent': 'Slackbot-LinkExpanding 1.0' }, 'GET'],
    [{ 'user-agent': 'curl/8.5.0' }, 'GET'],
    [{}, 'GET'],
    [{ ...browser, 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    [browser, 'HEAD'],
  ];
  for (const [headers, method] of quiet) expect((await visit('/l/booth-12', headers, method)).status).toBe(302);
  expect((await count(link.id)).total).toBe(0);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,hello',
  '//evil.example/',
  'ftp://files.example/',
  'https://www.bank.example@evil.example/',
  'https:///nowhere',
  'https://ok.example/?UTM_source=mine',
  'https://ok .example/',
  `https://ok.example/${'a'.repeat(2000)}`,
])('a link cannot lead to %s', async (target) => {
  await expect(make({ target })).rejects.toMatchObject({ code: 'invalid' });
});

test('a link cannot lead to a short link of ours', async () => {
  const { address } = await make();
  await expect(make({ target: address })).rejects.toThrow('a short link itself');
});

test('a line break in a target cannot become a header', async () => {
  const link = await make({ target: 'https://ok.example/a\r\nSet-Cookie: a=b', content: 'x' });
  const answer = await visit(`/l/${link.code}`);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.headers.get('location')).toMatch(/^https:\/\/ok\.example\/aSet-Cookie/);
});

test('the naming rule is kept: one spelling, only allowed sources, and a rule must tell programs apart', async () => {
  const { client } = await app.workspace();
  await client.programs.create({ name: 'Wide Show', kind: 'trade_show', startsOn: '2026-09-08' });
  const link = { program: 'wide-show', target: 'https://weftwork.example/', source: 'badge', medium: 'event' };
  await expect(client.utmRules.update({ campaign: '{kind}-{year}', sources: [], media: [], version: 0 })).rejects.toThrow('{program-slug}');
  const before = await client.trackedLinks.create(link);
  await client.utmRules.update({
    campaign: '{year}-{month}_{launch}_{program-slug}',
    sources: ['badge', 'mail'],
    media: ['event'],
    version: 0,
  });
  const after = await client.trackedLinks.create(link);
  expect([before.campaign, after.campaign]).toEqual(['wide-show', '2026-09_wide-show']);
  await expect(client.trackedLinks.create({ ...link, source: 'tiktok' })).rejects.toThrow('allows: badge, mail');
  await expect(client.trackedLinks.create({ ...link, source: 'Badge' })).rejects.toThrow('small letters');
  await expect(client.utmRules.update({ campaign: '{program-slug}', sources: [], media: [], version: 0 })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await client.trackedLinks.list({})).links.find(({ id }) => id === before.id)?.campaign).toBe('wide-show');
});

test('a link that is changed keeps its address; deleted, or with its program, it leads nowhere; no ending is given twice', async () => {
  const link = await make({ code: 'summer' });
  const other = await app.workspace('Other');
  await other.client.programs.create({ name: 'Theirs' });
  await expect(
    other.client.trackedLinks.create({ program: 'theirs', target: 'https://a.example/', source: 's', medium: 'm', code: 'summer' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await expect(other.client.trackedLinks.delete({ link: link.id })).rejects.toMatchObject({ code: 'not_found' });
  const changed = await space.client.trackedLinks.update({ link: link.id, version: 1, target: 'https://weftwork.example/new' });
  expect(changed).toMatchObject({ code: 'summer', version: 2, source: 'linkedin' });
  await expect(space.client.trackedLinks.update({ link: link.id, version: 1, name: 'x' })).rejects.toMatchObject({ code: 'conflict' });
  expect((await visit('/l/summer')).headers.get('location')).toContain('https://weftwork.example/new?utm_source=linkedin');
  await space.client.trackedLinks.delete({ link: link.id });
  expect((await visit('/l/summer')).status).toBe(404);
  await expect(make({ code: 'summer' })).rejects.toMatchObject({ code: 'conflict' });
  await space.client.trackedLinks.restore({ link: link.id });
  expect((await visit('/l/summer')).status).toBe(302);
  await space.client.programs.delete({ program: 'spring-webinar' });
  expect((await visit('/l/summer')).status).toBe(404);
  for (const wrong of ['/l/never-was', '/l/..%2f..', '/l/%00', `/l/${'a'.repeat(5000)}`]) expect((await visit(wrong)).status).toBe(404);
});
