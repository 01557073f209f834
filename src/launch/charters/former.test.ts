import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('who was removed keeps a name on the launch, its run sheet and its deliverables; unrelated changes leave it there', async () => {
  const { client, memberAs } = await app.workspace();
  const anna = await memberAs('contributor', 'Anna Berg');
  const here = { id: anna.id, name: 'Anna Berg', gone: false };
  const left = { ...here, gone: true };
  const relay = await client.launches.create({ name: 'Relay', marketDate: '2026-07-14', productOwnerId: anna.id });
  const step = await client.runSteps.create({ launch: relay.key, atTime: '09:00', text: 'Watch errors', ownerId: anna.id });
  expect([relay.productOwner, step.owner]).toEqual([here, here]);
  await client.members.remove({ member: anna.id });
  const [launch] = (await client.launches.list({})).launches;
  expect(launch!.productOwner).toEqual(left);
  const renamed = await client.launches.update({ launch: relay.key, version: relay.version, name: 'Relay 2', productOwnerId: anna.id });
  expect(renamed.productOwner).toEqual(left);
  const moved = await client.runSteps.update({ step: step.id, version: step.version, atTime: '10:00', ownerId: anna.id });
  expect(moved.owner).toEqual(left);
  const given = client.launches.update({ launch: relay.key, version: renamed.version, marketingOwnerId: anna.id });
  await expect(given, 'she owned another part of it').resolves.toBeDefined();
  await expect(client.runSteps.create({ launch: relay.key, atTime: '09:00', text: 'x', ownerId: anna.id })).rejects.toMatchObject({
    code: 'invalid',
  });
  expect((await client.charters.get({})).people.map(({ name }) => name)).not.toContain('Anna Berg');
});

test('the audit trail names who was removed by the words that migration 0030 looks for', async () => {
  const { client, context, memberAs } = await app.workspace();
  const anna = await memberAs('contributor', 'Anna Berg');
  await client.members.remove({ member: anna.id });
  const { rows } = await context.read((transaction) =>
    transaction.execute<{ operation: string; name: string }>(
      sql`SELECT operation, before->>'name' AS name FROM audit WHERE subject = 'member' AND subject_id = ${anna.id}`,
    ),
  );
  expect(rows).toContainEqual({ operation: 'members.remove', name: 'Anna Berg' });
});
