import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../platform/days.ts';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { seededRandom } from '../../methods/numeric/random.ts';
import type { Definition } from './schema.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
type Did = { account: string; name: string; day: string };
const history: Did[] = [];
const start = '2026-03-01';

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context } = opened;
  const random = seededRandom(11);
  const among = (count: number) => Math.floor(random() * count);
  // Some accounts use the product a lot, and those convert more often, some before the day that is tested.
  for (let n = 0; n < 500; n++) {
    const account = `g${n}`;
    const isKeen = random() < 0.3;
    const first = among(60);
    history.push({ account, name: 'Signed up', day: addDays(start, first) });
    for (let k = among(isKeen ? 14 : 4); k > 0; k--)
      history.push({ account, name: random() < 0.5 ? 'Exported' : 'Shared', day: addDays(start, first + among(100)) });
    if (random() < (isKeen ? 0.5 : 0.12)) history.push({ account, name: 'Upgraded', day: addDays(start, first + 20 + among(90)) });
  }
  const given = history.map(({ account, name, day }, n): GivenEvent => {
    const user = `${account}-${n % 3}`;
    return { message: `m${n}`, name, at: `${day} 12:00:00.${String(n % 1000).padStart(3, '0')}`, user, account };
  });
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
});
afterAll(() => app.close());

const happening = (event: string) => ({ event, filters: [] });
const definition: Definition = {
  unit: 'accounts',
  days: 30,
  criteria: [
    { step: happening('Exported'), times: 2, points: 3 },
    { step: happening('Shared'), times: 1, points: 2 },
  ],
  line: 2,
  conversion: { by: 'event', step: happening('Upgraded') },
  within: 30,
};

/** The same, said without a database: accounts that were there and had not converted, their score, and whether they converted in time. */
const judgedAt = (day: string) => {
  const accounts = [...new Set(history.map(({ account }) => account))].map((account) => {
    const own = history.filter((one) => one.account === account);
    const recent = (name: string) => own.filter((one) => one.name === name && one.day > addDays(day, -30) && one.day <= day).length;
    const convertedOn = own
      .filter(({ name }) => name === 'Upgraded')
      .map((one) => one.day)
      .toSorted()[0];
    const score = (recent('Exported') >= 2 ? 3 : 0) + (recent('Shared') >= 1 ? 2 : 0);
    return { account, score, isThere: own.some((one) => one.day <= day), convertedOn };
  });
  return accounts.filter(({ isThere, convertedOn }) => isThere && !(convertedOn && convertedOn <= day));
};

test('the back-test compares those above the line with those below it, as a plain reading of the history does', async () => {
  const { id } = await opened.client.pqls.create({ name: 'Keen', definition });
  const day = '2026-04-20';
  const found = await opened.client.pqls.backTest({ pql: id, day });
  const all = judgedAt(day);
  const inTime = ({ convertedOn }: (typeof all)[number]) => convertedOn !== undefined && convertedOn <= addDays(day, 30);
  for (const { score, happened, not } of found.scores) {
    const own = all.filter((one) => one.score === score);
    expect([score, happened, not]).toEqual([score, own.filter(inTime).length, own.filter((one) => !inTime(one)).length]);
  }
  const above = all.filter(({ score }) => score >= 2);
  expect(found.result!.people).toBe(all.length);
  expect(found.result!.precision.share).toBeCloseTo(above.filter(inTime).length / above.length, 12);
  expect(found.result!.reach.share).toBeCloseTo(above.filter(inTime).length / all.filter(inTime).length, 12);
  expect(found.result!.lift.lift).toBeGreaterThan(1.2);
  // It was written today, after the day that is tested.
  expect(found).toMatchObject({ reading: 'association', isAhead: false, version: 1, refused: null });
});

test('leads are those above the line who have not converted, the highest first', async () => {
  const { id } = await opened.client.pqls.create({ name: 'Leads', definition });
  const day = '2026-04-20';
  const { rows, total } = await opened.client.pqls.leads({ pql: id, day });
  const expected = judgedAt(day).filter(({ score }) => score >= 2);
  expect(total).toBe(expected.length);
  expect(new Map(rows.map((row) => [row.source_id, row.score]))).toEqual(new Map(expected.map(({ account, score }) => [account, score])));
  const scores = rows.map(({ score }) => Number(score));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});

test('a change of the definition is a version; the earlier one can still be tried, and a lost race is told', async () => {
  const made = await opened.client.pqls.create({ name: 'Versions', definition });
  const changed = await opened.client.pqls.update({ pql: made.id, definition: { ...definition, line: 5 }, version: 1 });
  expect(changed.versions.map(({ version, definition: { line } }) => [version, line])).toEqual([
    [2, 5],
    [1, 2],
  ]);
  await expect(opened.client.pqls.update({ pql: made.id, name: 'Mine', version: 1 })).rejects.toMatchObject({ code: 'conflict' });
  const [first, second] = [1, 2].map((version) => opened.client.pqls.backTest({ pql: made.id, version, day: '2026-04-20' }));
  expect((await first!).result!.above.share).toBeGreaterThan((await second!).result?.above.share ?? 0);
  await expect(opened.client.pqls.backTest({ pql: made.id, version: 3 })).rejects.toMatchObject({ code: 'not_found' });
  await opened.client.pqls.delete({ pql: made.id });
  expect((await opened.client.pqls.list({})).pqls.some(({ id }) => id === made.id)).toBe(false);
  expect((await opened.client.pqls.restore({ pql: made.id })).version).toBe(2);
});

test('a won opportunity is a conversion, of the day on which it was won', async () => {
  const { context, client } = opened;
  const [row] = await context.events.ask<{ id: string }>({
    sql: `SELECT id FROM unit WHERE workspace = {workspace:UUID} AND kind = 'account' AND key_value = '${judgedAt('2026-04-20')[0]!.account}'`,
  });
  const deal = { import: '00000000-0000-0000-0000-000000000000', version: 1, account_id: row!.id, state: 'won' };
  await context.events.insert('opportunity', [{ ...deal, id: 'o1', closed_at: '2026-04-30 00:00:00.000' }]);
  const { id } = await client.pqls.create({ name: 'Won', definition: { ...definition, conversion: { by: 'won' } } });
  const { scores, refused, needed } = await client.pqls.backTest({ pql: id, day: '2026-04-20' });
  expect(scores.reduce((sum, { happened }) => sum + happened, 0)).toBe(1);
  expect({ refused, needed }).toEqual({ refused: 'happened', needed: 5 });
  expect((await client.pqls.backTest({ pql: id, day: '2026-04-30' })).scores.reduce((sum, { happened }) => sum + happened, 0)).toBe(0);
});

test('what cannot be is refused: a line that nobody reaches, a day that is too young, another workspace', async () => {
  const { client } = opened;
  await expect(client.pqls.create({ name: 'High', definition: { ...definition, line: 6 } })).rejects.toMatchObject({ code: 'invalid' });
  const { id } = await client.pqls.create({ name: 'Young', definition });
  await expect(client.pqls.backTest({ pql: id, day: '2026-11-01' })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('has had 30 days'),
  });
  const other = await app.workspace('Other');
  await expect(other.client.pqls.get({ pql: id })).rejects.toMatchObject({ code: 'not_found' });
  const own = await other.client.pqls.create({ name: 'Empty', definition });
  expect(await other.client.pqls.backTest({ pql: own.id })).toMatchObject({ day: null, refused: 'no_events', result: null });
  expect((await other.client.pqls.leads({ pql: own.id })).total).toBe(0);
});
