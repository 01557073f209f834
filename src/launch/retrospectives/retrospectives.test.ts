import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('what was learnt is kept with the launch and read where its template is changed; two who write at once do not overwrite each other', async () => {
  const { client, clientAs } = await app.workspace();
  const launch = await client.launches.create({ name: 'Guest Lanes', marketDate: '2026-05-12' });
  expect(await client.retrospectives.get({ launch: launch.key })).toMatchObject({ version: 0, wentWell: '', writtenAt: null });
  await client.templates.apply({ launch: launch.key, template: 'tier-2', templateVersion: 1, version: 1 });
  const templateChanges = [{ item: 'sales-deck', what: 'Two weeks earlier: reps saw it too late' }];
  const saved = await client.retrospectives.save({ launch: launch.key, version: 0, wentBadly: 'Guests had no account', templateChanges });
  expect(saved).toMatchObject({ version: 1, writtenBy: 'Test owner', templateChanges });
  const other = clientAs('contributor').retrospectives.save({ launch: launch.key, version: 0, wentWell: 'Mine' });
  await expect(other).rejects.toMatchObject({ code: 'conflict', data: { current: { wentBadly: 'Guests had no account' } } });
  expect(await client.retrospectives.list({ template: 'tier-2' })).toMatchObject({
    retrospectives: [{ launch: 'guest-lanes', templateChanges }],
  });
  expect(await client.retrospectives.list({ template: 'tier-1' })).toEqual({ retrospectives: [] });
});
