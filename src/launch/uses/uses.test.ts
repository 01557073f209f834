import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import type { Context } from '../../platform/context.ts';
import { makeLinks } from '../../server/links.ts';
import { writeClicks } from '../tracked-links/counting.ts';
import { placeOf, useOf } from './queries.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const send = (context: Context, deliverable: string) =>
  createRouterClient(catalogue, { context: { ...context, body: Readable.from([Buffer.from('slides')]) } }).attachments.upload({
    deliverable,
    fileName: 'deck.pdf',
  });
const on = (context: Context, day: string) =>
  createRouterClient(catalogue, { context: { ...context, now: () => new Date(`${day}T10:00:00Z`) } });
const click = async (code: string) => {
  await makeLinks(app.application, () => 'somewhere').request(`/l/${code}`, { headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' } });
  await writeClicks(app.application);
};

/** Relay with a deck that has a file, a page that a short link leads to, and a talk that nobody can follow. */
const withWork = async () => {
  const space = await app.workspace();
  const maya = await space.memberAs('pmm', 'Maya Lind');
  const [nico, jonas] = [await space.memberAs('contributor', 'Nico Petit'), await space.memberAs('sales', 'Jonas Weber')];
  const { key: launch } = await space.client.launches.create({ name: 'Relay', marketDate: '2026-07-14' });
  const add = (name: string, links: { url: string }[] = []) => space.client.deliverables.create({ launch, name, links });
  const [deck, page, talk] = [
    await add('Deck'),
    await add('Page', [{ url: 'https://www.weftwork.example/relay/?utm_source=x#top' }]),
    await add('Talk', [{ url: 'https://talks.example/relay' }]),
  ];
  await space.client.programs.create({ name: 'Spring' });
  const link = await space.client.trackedLinks.create({
    program: 'spring',
    target: 'https://www.weftwork.example/relay',
    source: 'linkedin',
    medium: 'social',
  });
  const uses = async () => {
    const all = (await space.client.deliverables.uses({ launch })).uses;
    return Object.fromEntries(all.map((one) => [[deck, page, talk].find(({ id }) => id === one.deliverable)!.name, one]));
  };
  return { ...space, maya, nico, jonas, launch, deck, page, talk, link, uses };
};

test('downloads are counted by member and day; not those of whoever added the file, nor of a key', async () => {
  const { context, client, nico, maya, deck, uses } = await withWork();
  const { id: attachment } = await send(nico.context, deck.id);
  expect((await uses()).Deck).toMatchObject({
    isMeasured: true,
    downloads: 0,
    lastOn: null,
    countedSince: '2026-06-01T12:00:00.000Z',
    by: [],
  });
  await nico.client.attachments.download({ attachment });
  const key: Context = { ...context, actor: { ...context.actor, kind: 'key', name: 'Nightly copy' } };
  await createRouterClient(catalogue, { context: key }).attachments.download({ attachment });
  expect((await uses()).Deck).toMatchObject({ downloads: 0, by: [] });
  await maya.client.attachments.download({ attachment });
  await on(maya.context, '2026-06-03').attachments.download({ attachment });
  await on(maya.context, '2026-06-03').attachments.download({ attachment });
  const { Deck } = await uses();
  expect(Deck).toMatchObject({ downloads: 3, clicks: 0, lastOn: '2026-06-03' });
  expect(Deck!.by).toMatchObject([{ member: { name: 'Maya Lind', gone: false }, downloads: 3, lastOn: '2026-06-03' }]);
  await client.attachments.delete({ attachment });
  expect((await uses()).Deck, 'what was used stays used').toMatchObject({ isMeasured: true, downloads: 3 });
});

test('a short link of a program to the same page counts for its deliverable; other links say that nobody can tell', async () => {
  const { page, link, client, uses } = await withWork();
  expect(await uses()).toMatchObject({
    Page: { isMeasured: true, clicks: 0, lastOn: null },
    Talk: { isMeasured: false, countedSince: null },
  });
  await click(link.code);
  await click(link.code);
  expect((await uses()).Page).toMatchObject({ clicks: 2, lastOn: '2026-06-01' });
  await client.deliverables.update({ deliverable: page.id, version: page.version, links: [{ url: link.address }] });
  expect((await uses()).Page, 'the short link itself is its link').toMatchObject({ clicks: 2 });
  await client.trackedLinks.delete({ link: link.id });
  expect((await uses()).Page).toMatchObject({ isMeasured: false, clicks: 0 });
});

test('sales is told of what it may read', async () => {
  const { jonas, launch } = await withWork();
  expect(await jonas.client.deliverables.uses({ launch })).toEqual({ uses: [] });
});

test('the landing report names what was used and what never was, and how many nobody can tell of', async () => {
  const { client, nico, jonas, launch, deck, page, talk, link } = await withWork();
  const { id: attachment } = await send(nico.context, deck.id);
  for (const { id } of [deck, page, talk]) {
    const one = (await client.deliverables.list({ launch })).deliverables.find((each) => each.id === id)!;
    await client.deliverables.update({ deliverable: id, version: one.version, status: 'approved' });
  }
  await jonas.client.attachments.download({ attachment });
  const { work } = await client.landingReports.get({ launch });
  expect(work).toMatchObject({
    uses: [
      { name: 'Page', downloads: 0, clicks: 0, lastOn: null, since: '2026-06-01' },
      { name: 'Deck', downloads: 1, clicks: 0, lastOn: '2026-06-01' },
    ],
    unmeasured: 1,
  });
  const { html } = await client.landingReports.document({ launch, locale: 'en' });
  expect(html).toContain('Page: never used since it is counted (');
  expect(html).toContain('Deck: 1 download, 0 clicks on short links; last used ');
  expect(html).toContain('of 1 deliverable it cannot be told');
  await click(link.code);
  expect((await client.landingReports.get({ launch })).work.uses).toMatchObject([{ name: 'Deck' }, { name: 'Page', clicks: 1 }]);
});

test('what came after a day does not count for a report that ends on it', () => {
  const counted = {
    deliverable: 'deck',
    countedSince: '2026-06-01T12:00:00.000Z',
    downloads: [{ memberId: 'jonas', day: '2026-06-09', times: 4 }],
    clicks: [{ day: '2026-06-02', times: 1 }],
  };
  expect(useOf(counted, '2026-06-05')).toMatchObject({ downloads: 0, clicks: 1, lastOn: '2026-06-02' });
  expect(useOf({ ...counted, clicks: [] }, '2026-05-31')).toMatchObject({ isMeasured: false, countedSince: null, lastOn: null });
});

test('two addresses are one page whatever names the visitor, and never across pages, sites or ports', () => {
  expect(placeOf('https://W.example/a/?utm_source=x&b=1#c')).toBe(placeOf('http://w.example/a?b=1'));
  expect(new Set(['https://w.example/a', 'https://w.example/b', 'https://v.example/a', 'https://w.example:8443/a'].map(placeOf)).size).toBe(
    4,
  );
  expect([placeOf('mailto:a@w.example'), placeOf('https://')]).toEqual([null, null]);
});
