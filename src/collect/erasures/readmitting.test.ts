import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { importFile } from '../imports/importing.fixture.ts';
import { ada, columnsWith, countsOf, filesWith, fill, people, personOf, receive, track } from './erasing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('somebody who was erased comes again after they were readmitted, by any key of theirs; what was erased stays erased', async () => {
  const { context, client, clientAs } = await app.workspace();
  const other = await app.workspace('Other');
  await fill(context, client);
  const person = await personOf(client, ada.email);
  const { id, hash } = await client.erasures.create({ person, confirm: person, waitSeconds: 60 });
  const readmit = (by: typeof client, key: string, confirm = key) => by.erasures.readmit({ key, confirm });
  await expect(readmit(clientAs('pmm'), ada.email)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(readmit(client, ada.email, 'yes')).rejects.toMatchObject({ code: 'invalid' });
  await expect(readmit(client, 'bob@bernoulli.example')).rejects.toMatchObject({ code: 'not_found' });
  await expect(readmit(other.client, ada.email)).rejects.toMatchObject({ code: 'not_found' });
  await receive(context, [track('n1', { userId: ada.user })]);
  const refused = await countsOf(client);

  const { erasures } = await readmit(client, ' Ada@Lovelace.example ', 'Ada@Lovelace.example');
  expect(erasures).toMatchObject([{ id, state: 'done', readmittedAt: '2026-06-01T12:00:00.000000Z' }]);
  expect((await client.erasures.list({})).erasures).toEqual(erasures);
  await expect(readmit(client, ada.email)).rejects.toMatchObject({ code: 'not_found' });
  const { entries } = await client.audit.list({});
  expect(entries[0]).toMatchObject({ operation: 'erasures.readmit', subjectId: id, after: { number: 1, hash, readmitted: true } });
  const beside = readFileSync(join(app.folder, 'tombstones.jsonl'), 'utf8');
  expect(
    beside
      .trim()
      .split('\n')
      .map((line) => Object.keys(JSON.parse(line) as object).join(' ')),
  ).toEqual(['workspace hash erasure at salt hashes', 'workspace erasure readmittedAt']);
  expect(await columnsWith(context, [...Object.values(ada), person])).toEqual([]);
  expect(filesWith(app.folder, [...Object.values(ada), person])).toEqual([]);

  await receive(context, [
    track('n2', { userId: ada.user, anonymousId: ada.browser }),
    track('n3', { anonymousId: ada.browser }),
    { type: 'identify', messageId: 'n4', userId: ada.user, anonymousId: ada.browser, traits: { email: ada.email, name: 'Ada Byron' } },
  ]);
  expect(await countsOf(client)).toEqual({ ...refused, received: refused.received + 3, stored: refused.stored + 3 });
  expect((await client.people.list({ search: ada.email })).people.map(({ name }) => name)).toContain('Ada Byron');
  const again = await importFile(context, { name: 'people.csv', bytes: people.replaceAll('Clerk', 'Baker') });
  expect(again.report!.targets[0]!.counts).toMatchObject({ rejected: 0 });

  const second = await personOf(client, 'Ada Byron');
  expect(await client.erasures.create({ person: second, confirm: second, waitSeconds: 60 })).toMatchObject({ state: 'done', number: 2 });
  await receive(context, [track('n5', { userId: ada.user })]);
  expect(await countsOf(client)).toMatchObject({ failed: refused.failed + 1 });
  expect(await columnsWith(context, [...Object.values(ada), person, second])).toEqual([]);
}, 240_000);
