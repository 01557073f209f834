import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { asFailure } from '../../platform/operation.ts';
import { openWriteKeys } from './write-keys.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

/** The same application, and how often and how much at once Postgres is asked. */
const counted = () => {
  const asked = { times: 0, atOnce: 0, most: 0 };
  const { records } = app.application;
  const unbounded: typeof records.unbounded = async (run) => {
    asked.times++;
    asked.most = Math.max(asked.most, ++asked.atOnce);
    return records.unbounded(run).finally(() => asked.atOnce--);
  };
  return { asked, application: { ...app.application, records: { ...records, unbounded } } };
};

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => asFailure(error)?.code,
  );

test('made-up keys in any number neither push out a key that is known nor reach Postgres in any number', async () => {
  const { client, id } = await app.workspace();
  const made = await client.keys.create({ name: 'Web page', kind: 'write' });
  const { asked, application } = counted();
  const keys = openWriteKeys(application, { known: 10, unknown: 50, asking: 8 });
  expect(await keys.find(made.token)).toEqual({ key: made.key.id, workspace: id });
  asked.times = 0;

  const codes = await Promise.all(Array.from({ length: 2000 }, (_, index) => codeOf(keys.find(`lw_flood${index}`))));
  expect(asked.most).toBeLessThanOrEqual(8);
  expect(asked.times).toBeLessThanOrEqual(8);
  expect(new Set(codes)).toEqual(new Set(['unauthenticated', 'unavailable']));
  expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(8);

  for (let index = 0; index < 120; index++) expect(await codeOf(keys.find(`lw_next${index}`))).toBe('unauthenticated');
  expect(keys.held()).toEqual({ known: 1, unknown: 50, asking: 0 });
  asked.times = 0;
  expect(await codeOf(keys.find('lw_next119'))).toBe('unauthenticated');
  expect(asked.times).toBe(0);
  expect(await codeOf(keys.find(made.token))).toBe('ok');
});

test('a key that was unknown a moment ago is found once it is made, and a revoked one is refused', { timeout: 20_000 }, async () => {
  const { client } = await app.workspace();
  const { application } = counted();
  const keys = openWriteKeys(application);
  const made = await client.keys.create({ name: 'Web page', kind: 'write' });
  expect(await codeOf(keys.find(made.token))).toBe('ok');
  await client.keys.revoke({ key: made.key.id });
  await expect.poll(() => codeOf(keys.find(made.token)), { timeout: 8000 }).toBe('unauthenticated');
  expect(keys.held()).toEqual({ known: 0, unknown: 1, asking: 0 });
});
