import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { momentOf } from './moment.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test.each([
  ['2026-03-03', '09:00', 'America/New_York', '2026-03-03T14:00:00.000Z', 'in winter'],
  ['2026-03-10', '09:00', 'America/New_York', '2026-03-10T13:00:00.000Z', 'in summer'],
  ['2026-03-08', '09:00', 'America/New_York', '2026-03-08T13:00:00.000Z', 'on the day on which summer begins'],
  ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00.000Z', 'at a time that the clock skips'],
  ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'at a time that the clock shows twice: the first'],
  ['2026-06-01', '00:00', 'Asia/Shanghai', '2026-05-31T16:00:00.000Z', 'where there is no summer time'],
  ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', 'in Europe'],
  ['2026-04-05', '09:00', 'Australia/Lord_Howe', '2026-04-04T22:30:00.000Z', 'where the clock moves by half an hour'],
])('%s %s in %s is %s (%s)', (day, time, zone, moment) => {
  expect(momentOf(day, time, zone).toISOString()).toBe(moment);
});

test('a run sheet is in the order of the clock, moves with the market date, and says who checked what', async () => {
  const { client, memberAs } = await app.workspace();
  const nico = await memberAs('contributor', 'Nico Petit');
  const launch = await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-06-02' });
  await client.runSteps.create({ launch: launch.key, atTime: '10:00', text: 'Send the e-mail', ownerId: nico.id });
  const first = await client.runSteps.create({
    launch: launch.key,
    atTime: '08:30',
    text: 'Launch page is live',
    url: 'https://weftwork.example',
  });
  await client.runSteps.create({ launch: launch.key, dayOffset: 1, atTime: '09:00', text: 'Read support tickets' });
  const { steps } = await client.runSteps.list({ launch: launch.key });
  expect(steps.map(({ day, atTime, owner }) => [day, atTime, owner?.name])).toEqual([
    ['2026-06-02', '08:30', undefined],
    ['2026-06-02', '10:00', 'Nico Petit'],
    ['2026-06-03', '09:00', undefined],
  ]);
  const checked = await nico.client.runSteps.check({ step: first.id, version: 1, state: 'failed', note: 'Old picture' });
  expect(checked).toMatchObject({ state: 'failed', note: 'Old picture', checkedBy: 'Nico Petit', checkedAt: '2026-06-01T12:00:00.000Z' });
  await expect(client.runSteps.check({ step: first.id, version: 1, state: 'done' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await client.runSteps.check({ step: first.id, version: 2, state: 'waiting' })).toMatchObject({ checkedBy: null, checkedAt: null });
  await client.launches.move({ launch: launch.key, marketDate: '2026-06-16', reason: 'Two weeks later', version: 1 });
  expect((await client.runSteps.list({ launch: launch.key })).steps[0]?.day).toBe('2026-06-16');
  const bad = { launch: launch.key, atTime: '25:00', text: 'Never' };
  await expect(client.runSteps.create(bad)).rejects.toMatchObject({ code: 'invalid' });
  await expect(client.runSteps.create({ ...bad, atTime: '09:00', url: 'javascript:alert(1)' })).rejects.toMatchObject({ code: 'invalid' });
});
