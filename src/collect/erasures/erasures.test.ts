import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { writeBackup } from '../../platform/backup/backup.ts';
import type { Context } from '../../platform/context.ts';
import { rows } from '../../platform/events/sources.ts';
import { events } from '../events/queries.ts';
import { importFile } from '../imports/importing.fixture.ts';
import {
  ada,
  append,
  columnsWith,
  countsOf,
  deals,
  dealsOfPeople,
  filesWith,
  fill,
  people,
  personOf,
  receive,
  track,
  tracesOfAda,
} from './erasing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const stored = (context: Context, by: string) =>
  context.events.ask<Record<string, unknown>>({
    sql: `SELECT ${by}, toUInt32(count()) AS n FROM ${events('1', ['name', 'properties', 'day'])} GROUP BY 1 ORDER BY 1`,
  });
/** What the sums that are stored with the events say, or the events themselves. */
const sums = (context: Context, use: 0 | 1) =>
  context.events.ask({
    sql: `SELECT name, toString(day) AS day, toUInt32(bitmapCardinality(groupBitmapState(person))) AS people, toUInt32(count()) AS n
      FROM ${rows('event')} GROUP BY name, day ORDER BY name, day SETTINGS optimize_use_projections = ${use}, force_optimize_projection = ${use}`,
  });

test('a person who was erased is nowhere: no store, no file, no statement holds an id or an address of theirs, and others stay', async () => {
  const { context, client } = await app.workspace();
  const other = await app.workspace('Other');
  await receive(other.context, [track('o1', { userId: 'user-other-1' })]);
  await fill(context, client);
  const before = await countsOf(client);
  expect((await columnsWith(context, tracesOfAda)).length).toBeGreaterThan(10);
  expect(filesWith(app.folder, [ada.email]).length).toBeGreaterThan(0);

  const person = await personOf(client, ada.email);
  const erasure = await client.erasures.create({ person, confirm: person, waitSeconds: 60 });
  expect(erasure.problem).toBeNull();
  expect(erasure).toMatchObject({ state: 'done', number: 1, hash: expect.stringMatching(/^[\da-f]{64}$/) });
  // a1 to a6 were Ada's, b1 named her.
  expect(erasure.found).toMatchObject({
    event: 7,
    failed_event: 2,
    link: expect.any(Number),
    opportunity: 1,
    identity_split: 1,
    import_row: expect.any(Number),
  });

  expect(await columnsWith(context, [...tracesOfAda, person])).toEqual([]);
  expect(filesWith(app.folder, [...tracesOfAda, person])).toEqual([]);
  const { client: engine } = context.application.events;
  const [old] = await (
    await engine.query({
      query: `SELECT toUInt32(count()) AS n FROM system.parts WHERE NOT active AND table IN ('event', 'person', 'failed_event', 'erasing', 'import_row')`,
      format: 'JSONEachRow',
    })
  ).json<{ n: number }>();
  expect(old!.n).toBe(0);

  expect(await countsOf(client)).toEqual(before);
  expect(await stored(context, 'person != 0 AS known')).toEqual([{ known: 1, n: 3 }]);
  expect(await stored(context, `properties['invited'] AS invited`)).toEqual([
    { invited: '', n: 2 },
    { invited: 'erased', n: 1 },
  ]);
  expect((await client.events.names({})).events).toMatchObject([
    { name: 'Exported', events: 2 },
    { name: '$identify', events: 1 },
  ]);
  // Bob of the product and Bob of the file, who are one; the file's column of names was not one of people.
  expect(
    (await client.people.list({})).people.map(({ name, email }) => name ?? email ?? '').toSorted((one, other) => one.localeCompare(other)),
  ).toEqual(['Bob', 'bob@bernoulli.example']);
  expect((await client.opportunities.list({})).opportunities.map(({ name, person_id }) => [name, person_id !== null])).toEqual(
    expect.arrayContaining([
      ['Engine', false],
      ['Loom', true],
    ]),
  );
  expect(await sums(context, 1)).toEqual(await sums(context, 0));
  expect(await stored(other.context, 'name')).toEqual([{ name: 'Exported', n: 1 }]);
  const { entries } = await client.audit.list({});
  expect(entries.filter(({ subject }) => subject === 'erasure').map(({ operation }) => operation)).toEqual([
    'erasures.end',
    'erasures.create',
  ]);
}, 240_000);

test('what comes late, or again, of somebody who was erased is counted as failed and not kept; a file brings nobody back', async () => {
  const { context, client } = await app.workspace();
  await fill(context, client);
  const person = await personOf(client, ada.email);
  // Acknowledged, and not stored yet.
  await append(context, [track('a9', { userId: ada.user })]);
  await client.erasures.create({ person, confirm: person, waitSeconds: 60 });
  const before = await countsOf(client);
  await receive(context, [
    track('a2', { userId: ada.user, anonymousId: ada.browser, properties: { plan: 'Pro' } }),
    track('a1', { anonymousId: ada.browser }),
    { type: 'identify', messageId: 'c1', userId: 'user-new-9', traits: { email: 'Ada@Lovelace.example' } },
    { type: 'alias', messageId: 'c2', userId: 'user-bob-1', previousId: ada.phone },
    { type: 'track', messageId: 'c3', userId: ada.user, properties: { note: 'no name' } },
    track('b1', { userId: 'user-bob-1', properties: { invited: 'erased', seats: '3' } }),
    track('b4', { userId: 'user-bob-1', anonymousId: ada.browser }),
  ]);
  const after = await countsOf(client);
  expect(after).toEqual({
    received: before.received + 7,
    stored: before.stored + 1,
    duplicate: before.duplicate + 1,
    failed: before.failed + 5,
  });
  const { events: failed } = await client.failedEvents.list({ reason: 'erased', limit: 100 });
  expect(failed.slice(0, 5).map(({ raw, message }) => raw + message)).toEqual(['', '', '', '', '']);

  const again = await importFile(context, { name: 'people.csv', bytes: people.replaceAll('Clerk', 'Baker') });
  expect(again.report!.targets[0]!.counts).toMatchObject({ changed: 1, rejected: 1 });
  expect(again.report!.targets[0]!.reasons).toEqual([{ reason: 'erased', rows: 1 }]);
  await importFile(context, { name: 'deals.csv', bytes: deals.replaceAll('D-', 'E-') }, dealsOfPeople);
  const { opportunities } = await client.opportunities.list({});
  expect(opportunities.filter(({ name }) => name === 'Engine').map(({ person_id }) => person_id)).toEqual([null, null]);
  const held = await columnsWith(context, [...Object.values(ada), person]);
  expect(held).toEqual([]);
}, 240_000);

test('an erasure whose store is killed in the middle is taken up again, and ends the same', async () => {
  const { context, client } = await app.workspace();
  await fill(context, client);
  const person = await personOf(client, ada.email);
  const begun = await client.erasures.create({ person, confirm: person, waitSeconds: 0 });
  for (const wait of [1200, 2500]) {
    await pause(wait);
    process.kill(context.application.events.engineProcess()!, 'SIGKILL');
    let { state } = await client.erasures.get({ erasure: begun.id });
    for (; state === 'running' && wait === 1200; await pause(200)) ({ state } = await client.erasures.get({ erasure: begun.id }));
    await context.application.records.unbounded((transaction) =>
      transaction.execute(sql`UPDATE erasure SET lease_until = now() - interval '1 second' WHERE state = 'failed'`),
    );
  }
  let last = await client.erasures.get({ erasure: begun.id });
  for (; last.state !== 'done'; await pause(300)) {
    await context.application.records.unbounded((transaction) =>
      transaction.execute(sql`UPDATE erasure SET lease_until = now() - interval '1 second' WHERE state = 'failed'`),
    );
    last = await client.erasures.get({ erasure: begun.id });
  }
  expect(last.found).toMatchObject({ event: 7, opportunity: 1 });
  expect(await columnsWith(context, [...tracesOfAda, person])).toEqual([]);
  expect(await stored(context, 'person != 0 AS known')).toEqual([{ known: 1, n: 3 }]);
}, 240_000);

test('only an owner erases, who confirms it, and only a person of this workspace', async () => {
  const { context, client, clientAs } = await app.workspace();
  const other = await app.workspace('Other');
  await receive(context, [track('m1', { userId: 'user-cy-0001' })]);
  const { id } = (await client.people.list({})).people[0]!;
  const erase = (by: typeof client, confirm = id) => by.erasures.create({ person: id, confirm });
  await expect(erase(clientAs('pmm'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(erase(client, 'yes')).rejects.toMatchObject({ code: 'invalid' });
  await expect(erase(other.client)).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.erasures.list({})).total).toBe(0);
  expect((await client.people.list({})).total).toBe(1);
});

test('a backup after erasures holds every row that is left', async () => {
  const { context, client } = await app.workspace('Afterwards');
  await fill(context, client);
  await expect(writeBackup(app.application, join(app.folder, 'after-erasures.tar.gz'))).resolves.toMatchObject({});
}, 120_000);
