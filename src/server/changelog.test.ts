import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../test/application.ts';
import { writeLooks } from '../launch/changelogs/counting.ts';
import { linkId } from '../launch/changelogs/markdown.tsx';
import { makeChangelog } from './changelog.ts';

let app: TestApplication;
let pages: ReturnType<typeof makeChangelog>;
let space: Awaited<ReturnType<TestApplication['workspace']>>;
const browserName = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0';

beforeAll(async () => {
  app = await openTestApplication();
  pages = makeChangelog(app.application, () => 'somewhere');
  space = await app.workspace();
  await space.client.changelogs.update({
    ...settings,
    isPublic: true,
    origins: ['https://www.weftwork.example/', 'http://127.0.0.1:8080'],
  });
});
afterAll(() => app.close());

const settings = { isPublic: false, name: 'weftwork', title: 'Weftwork news', locale: 'en' as const, origins: [], version: 0 };
const get = (path: string, headers: Record<string, string> = {}) =>
  pages.request(`https://landfall.example${path}`, { headers: { 'user-agent': browserName, ...headers } });
const publish = async (fields: Parameters<typeof space.client.announcements.create>[0], publishAt?: string) => {
  const draft = await space.client.announcements.create(fields);
  return space.client.announcements.publish({ announcement: draft.id, version: 1, publishAt });
};

test('until a changelog is made public, its address says what an address says that never was', async () => {
  const other = await app.workspace('Other');
  await other.client.changelogs.update({ ...settings, name: 'hidden' });
  const entry = await other.client.announcements.create({ title: 'Secret', body: 'Secret plans' });
  await other.client.announcements.publish({ announcement: entry.id, version: 1 });
  const never = await get('/changelog/never-was');
  const said = await never.text();
  for (const path of ['', '/secret', '/feed.xml', '/widget.js', '/embed', '/go/secret/0123456789abcdef']) {
    const answer = await get(`/changelog/hidden${path}`);
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, said]);
  }
  await expect(space.client.changelogs.update({ ...settings, name: 'hidden', version: 1 })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('another name'),
  });
});

test('the page shows what is published now, and nothing of drafts, of what is scheduled, withdrawn or deleted, or of other workspaces', async () => {
  await publish({ title: 'Guest lanes', body: 'Let **guests** in.', category: 'improved', labels: ['Boards'], audience: 'admins' });
  await publish({ title: 'Tomorrow', body: 'scheduled text' }, '2026-06-02T00:00:00Z');
  await space.client.announcements.create({ title: 'Draft', body: 'draft text' });
  const taken = await publish({ title: 'Taken back', body: 'withdrawn text' });
  await space.client.announcements.withdraw({ announcement: taken.id, version: 2, reason: 'wrong reason' });
  const removed = await publish({ title: 'Removed', body: 'deleted text' });
  await space.client.announcements.delete({ announcement: removed.id });
  const answer = await get('/changelog/weftwork');
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(html).toContain('<strong>guests</strong>');
  expect(html).toContain('For admins');
  expect(html).toContain('<link rel="canonical" href="https://landfall.example/changelog/weftwork"/>');
  expect(html).not.toMatch(/scheduled text|draft text|withdrawn text|deleted text|wrong reason|Secret|Test owner/);
  const feed = await (await get('/changelog/weftwork/feed.xml')).text();
  expect(feed).toContain('<title>Guest lanes</title>');
  expect(feed).not.toMatch(/scheduled text|draft text|withdrawn text|deleted text|Secret/);
  for (const slug of ['tomorrow', 'draft', 'taken-back', 'removed', 'secret'])
    expect((await get(`/changelog/weftwork/${slug}`)).status).toBe(404);
});

test('script in Markdown is text, and links lead to http, https and mailto only', async () => {
  const body = [
    '<script>alert(1)</script> <img src=x onerror=alert(2)>',
    '[a](javascript:alert(3)) [b](data:text/html,x) [c](/settings) ![d](https://pictures.example/p.png)',
    '[good](https://docs.example/guide?a=1&b=2) [mail](mailto:help@weftwork.example)',
    '| a | b |\n|---|---|\n| 1 | 2 |',
  ].join('\n\n');
  const entry = await publish({ title: 'Safe <b>title</b>', body });
  const html = await (await get(`/changelog/weftwork/${entry.slug}`)).text();
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toMatch(/<script|<img|javascript:|data:text|href="\/settings/);
  expect(html).toContain('Safe &lt;b&gt;title&lt;/b&gt;');
  expect(html).toContain('rel="noopener nofollow"');
  expect(html).toContain('href="mailto:help@weftwork.example"');
  expect(html).toContain(
    `href="https://landfall.example/changelog/weftwork/go/${entry.slug}/${linkId('https://docs.example/guide?a=1&b=2')}"`,
  );
});

test('the page may run no script, names what may frame it, and is not sent again while it is the same', async () => {
  const page = await get('/changelog/weftwork');
  const policy = page.headers.get('content-security-policy')!;
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/);
  const embed = await get('/changelog/weftwork/embed');
  expect(embed.headers.get('content-security-policy')).toMatch(
    /frame-ancestors https:\/\/www\.weftwork\.example http:\/\/127\.0\.0\.1:8080$/,
  );
  const again = await get('/changelog/weftwork', { 'if-none-match': `W/${page.headers.get('etag')}` });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(page.headers.get('set-cookie')).toBeNull();
});

test('origins that are no origins are refused', async () => {
  for (const origin of [
    "https://a.example; script-src 'self'",
    'https://a.example/path',
    '*',
    'https://*.example',
    'javascript:alert(1)',
    "https://'self'",
  ])
    await expect(space.client.changelogs.update({ ...settings, version: 1, origins: [origin] }), origin).rejects.toMatchObject({
      code: 'invalid',
    });
});

test('views and clicks are counted as times by day, without bots and prefetches; links lead only where the entry says', async () => {
  const entry = await publish({ title: 'Counted', body: 'See [the guide](https://docs.example/counted).' });
  const target = linkId('https://docs.example/counted');
  await get(`/changelog/weftwork/${entry.slug}`);
  const { headers } = await get(`/changelog/weftwork/${entry.slug}`);
  await get(`/changelog/weftwork/${entry.slug}`, { 'if-none-match': headers.get('etag')! });
  await get(`/changelog/weftwork/${entry.slug}`, { 'user-agent': 'Googlebot/2.1' });
  await get(`/changelog/weftwork/${entry.slug}`, { 'sec-purpose': 'prefetch' });
  await get('/changelog/weftwork/embed');
  const click = await get(`/changelog/weftwork/go/${entry.slug}/${target}`);
  expect([click.status, click.headers.get('location')]).toEqual([302, 'https://docs.example/counted']);
  expect((await get(`/changelog/weftwork/go/${entry.slug}/${linkId('https://evil.example/')}`)).status).toBe(404);
  await writeLooks(app.application);
  await get(`/changelog/weftwork/${entry.slug}`);
  await writeLooks(app.application);
  const counted = await space.client.changelogs.counts({ announcement: entry.id });
  expect(counted).toEqual({
    from: '2026-05-05',
    to: '2026-06-01',
    counts: [{ announcement: entry.id, views: 4, lists: 0, embeds: 1, clicks: 1 }],
  });
  expect((await space.client.changelogs.counts({ to: '2026-05-31' })).counts).toEqual([]);
});

test('entries come twenty to a page, by language if asked, in the words of that language', async () => {
  const own = await app.workspace('Many');
  await own.client.changelogs.update({ ...settings, isPublic: true, name: 'many' });
  for (let day = 1; day <= 22; day++) {
    const draft = await own.client.announcements.create({ title: `Entry ${day}`, body: 'Text', locale: day === 22 ? 'zh' : 'en' });
    const publishAt = `2026-05-${String(day).padStart(2, '0')}T00:00:00Z`;
    await own.client.announcements.publish({ announcement: draft.id, version: 1, publishAt });
  }
  const count = async (path: string) => (await (await get(path)).text()).match(/<article>/g)?.length ?? 0;
  expect([await count('/changelog/many'), await count('/changelog/many?page=2'), await count('/changelog/many?page=3')]).toEqual([
    20, 2, 0,
  ]);
  const chinese = await (await get('/changelog/many?locale=zh')).text();
  expect(chinese).toContain('<html lang="zh-Hans">');
  expect(chinese).toContain('2026年5月22日');
  expect(chinese.match(/<article>/g)).toHaveLength(1);
});

test('the widget is a script of less than 4 kB that other pages may load', async () => {
  const answer = await get('/changelog/weftwork/widget.js');
  const script = await answer.text();
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(Buffer.byteLength(script)).toBeLessThan(5000);
  expect(script).not.toMatch(/cookie|fetch\(|XMLHttpRequest|innerHTML/);
  expect(() => new Function(script)).not.toThrow();
});
