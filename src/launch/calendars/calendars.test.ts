import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { openFeed } from './feed.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const forSegments = (...segments: string[]) => ({ plans: [], segments, createdBeforeMarketDate: true });

test('launches for the same audience that are close to each other are named, with days and audience; others are not', async () => {
  const { client } = await app.workspace();
  const launch = (name: string, marketDate: string, ...segments: string[]) =>
    client.launches.create({ name, marketDate, eligibility: forSegments(...segments) });
  await launch('Relay', '2026-07-14', 'enterprise', 'regulated');
  await launch('Lanes', '2026-07-20', 'regulated', 'small');
  await launch('Campus', '2026-07-21', 'education');
  await launch('For all', '2026-08-02');
  const cancelled = await launch('Gone', '2026-07-15', 'enterprise');
  await client.launches.cancel({ launch: cancelled.key, reason: 'Not now', version: 1 });
  const { collisions, launches, collisionDays, version } = await client.calendars.get({});
  expect(launches.map(({ name }) => name)).toEqual(['Relay', 'Lanes', 'Campus', 'For all']);
  expect([collisionDays, version]).toEqual([14, 0]);
  expect(collisions.map(({ first, second, daysApart, segments }) => [first.name, second.name, daysApart, segments])).toEqual([
    ['Relay', 'Lanes', 6, ['regulated']],
    ['Lanes', 'For all', 13, ['regulated', 'small']],
    ['Campus', 'For all', 12, ['education']],
  ]);
  await client.calendars.update({ collisionDays: 7, version: 0 });
  expect((await client.calendars.get({})).collisions).toHaveLength(1);
  await expect(client.calendars.update({ collisionDays: 3, version: 0 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(client.calendars.get({ from: '2026-08-01', to: '2026-07-01' })).rejects.toThrow('before the first');
});

test('a market date within a freeze period is said, and the period can be taken out', async () => {
  const { client, clientAs } = await app.workspace();
  await client.launches.create({ name: 'Relay', marketDate: '2026-12-24' });
  const freeze = { name: 'Winter', from: '2026-12-20', to: '2026-12-31' };
  await expect(clientAs('contributor').freezePeriods.create(freeze)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(client.freezePeriods.create({ ...freeze, to: '2026-12-01' })).rejects.toThrow('must not be before');
  const { id } = await client.freezePeriods.create(freeze);
  const range = { from: '2026-12-01', to: '2026-12-31' };
  expect(await client.calendars.get(range)).toMatchObject({ launches: [{ frozenBy: ['Winter'] }], freezes: [freeze] });
  await client.freezePeriods.delete({ freeze: id });
  expect(await client.calendars.get(range)).toMatchObject({ launches: [{ frozenBy: [] }], freezes: [] });
});

const read = (url: string) => openFeed(app.application, url.split('/calendar/')[1]!.replace(/\.ics$/, ''), 'https://landfall.example');

test('a calendar program reads whole days at a secret address, which follow a move and stop when it is revoked', async () => {
  const { client } = await app.workspace();
  const other = await app.workspace('Other');
  await other.client.launches.create({ name: 'Secret of others', marketDate: '2026-07-14' });
  const launch = await client.launches.create({ name: 'Relay, now; soon', marketDate: '2026-07-14', readyDate: '2026-06-30' });
  const { link, url } = await client.calendarLinks.create({ name: 'Team' });
  const feed = (await read(url))!;
  expect(feed).toContain('BEGIN:VCALENDAR');
  expect(feed.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(feed).toContain(`UID:${launch.id}-market@landfall`);
  expect(feed).toContain('DTSTART;VALUE=DATE:20260714');
  expect(feed).toContain('DTEND;VALUE=DATE:20260715');
  expect(feed).toContain('SUMMARY:Relay\\, now\\; soon');
  expect(feed).not.toContain('Secret of others');
  await client.launches.move({ launch: launch.key, marketDate: '2026-07-28', reason: 'Later', version: 1 });
  const moved = (await read(url))!;
  expect(moved).toContain('DTSTART;VALUE=DATE:20260728');
  expect(moved).toContain('SEQUENCE:2');
  expect(JSON.stringify(await client.calendarLinks.list({}))).not.toContain(url.split('.').at(-2)!.slice(-20));
  expect(await read(url.replace(url.split('/calendar/')[1]!.split('.')[0]!, other.id))).toBeNull();
  await client.calendarLinks.revoke({ link: link.id });
  expect(await read(url)).toBeNull();
  expect(await read('/calendar/nonsense.ics')).toBeNull();
});
