import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { rowsOfImport } from '../../platform/events/sources.ts';
import { current } from '../objects/queries.ts';
import type { PatchedKind } from '../objects/schema.ts';
import { writeTarget } from './committing.ts';
import { checksums, clientOf, countsOf, dryRun, importFile, send } from './importing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const people = {
  name: 'people.csv',
  bytes: 'contact_id,email,full_name,company\n1,ada@acme.example,Ada,Acme\n2,bob@acme.example,Bob,Acme\n3,eve@rival.example,Eve,Rival\n',
};
const all = async (context: Context, kind: PatchedKind) => context.events.ask({ sql: `SELECT * FROM ${current(kind)} ORDER BY id` });
const inOrder = <Item>(items: Item[]): Item[] => items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const count = async (context: Context, kind: PatchedKind) => (await all(context, kind)).length;

test('a file that is refused leaves its reason and nothing else', async () => {
  const { context, client } = await app.workspace();
  await expect(send(context, { name: 'x.csv', bytes: 'a,b\n1,"open\n2,3\n' })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('line 2'),
  });
  const { imports } = await client.imports.list({});
  expect(imports).toMatchObject([{ state: 'failed', number: 1 }]);
  const failed = await client.imports.get({ import: imports[0]!.id });
  expect(failed.problem).toMatchObject({ code: 'invalid', details: { reason: 'unclosed_quote', line: 2 } });
  const chinese = await clientOf({ ...context, language: 'zh' }).imports.get({ import: failed.id });
  expect(chinese.problem!.message).toMatch(/^第 2 行的引号没有闭合/);
  expect(await context.events.ask({ sql: `SELECT line FROM ${rowsOfImport('import_row')}`, params: { import: failed.id } })).toEqual([]);
});

test('rows that cannot be taken are listed with line and reason, the others are not held up', async () => {
  const { context, client } = await app.workspace();
  const bytes =
    'contact_id,email,created_at\n1,a@x.example,2024-02-30\n2,nobody,2024-01-01\n,c@x.example,2024-01-01\n4,d@x.example\n5,e@x.example,2024-01-05\n5,e@x.example,2024-01-05\n6,f@x.example,2024-01-01\n6,g@x.example,2024-01-01\n"7"x,h@x.example,2024-01-01\n8,i@x.example,\n';
  const checked = await dryRun(context, { name: 'people.csv', bytes });
  expect(countsOf(checked).person).toEqual({ new: 2, changed: 0, unchanged: 0, rejected: 7, duplicate: 1 });
  const { rows: found } = await client.imports.rows({ import: checked.id, outcome: 'rejected' });
  expect(found.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
    [2, 'not_a_date', 'created_at'],
    [3, 'not_an_email', 'email'],
    [4, 'no_key', 'contact_id'],
    [5, 'ragged', '2'],
    [8, 'conflicting_rows', 'email: 8, 9'],
    [9, 'conflicting_rows', 'email: 8, 9'],
    [10, 'stray_quote', ''],
  ]);
  expect((await client.imports.rows({ import: checked.id, outcome: 'duplicate' })).rows).toMatchObject([{ line: 7, detail: '6' }]);
  expect(await count(context, 'person')).toBe(0);
});

test('dates that could be read two ways, and money that could be, are asked for and read as answered', async () => {
  const { context, client } = await app.workspace();
  const bytes = 'deal_id;deal_name;stage;amount;close_date\n1;A;Closed Won;1.234;03/04/2024\n2;B;Open;2.500;05/06/2024\n';
  const sent = await send(context, { name: 'deals.csv', bytes });
  expect(sent.questions.map(({ id, suggestion }) => [id, suggestion])).toEqual([
    ['decimal:3', null],
    ['date:4', null],
    ['currency:0', 'USD'],
  ]);
  await expect(client.imports.check({ import: sent.id })).rejects.toMatchObject({ code: 'invalid', data: { reason: 'open_questions' } });
  await client.imports.map({ import: sent.id, answers: { 'decimal:3': ',', 'currency:0': 'EUR', 'date:4': 'day_month' } });
  const checked = await client.imports.check({ import: sent.id, waitSeconds: 60 });
  await client.imports.commit({ import: checked.id, waitSeconds: 60 });
  const { opportunities } = await client.opportunities.list({});
  expect(inOrder(opportunities.map(({ name, amount, currency, closed_at, state }) => [name, amount, currency, closed_at, state]))).toEqual([
    ['A', '1234', 'EUR', '2024-04-03T00:00:00Z', 'won'],
    ['B', '2500', 'EUR', '2024-06-05T00:00:00Z', 'open'],
  ]);
});

test('what the file settles itself is not asked: 1.234,56 and 25.12.2024 can be read one way only', async () => {
  const { context, client } = await app.workspace();
  const bytes =
    'deal_id;stage;amount;currency;close_date\n1;Won;1.234,56;eur;25.12.2024\n2;Lost;0,5;EUR;01.02.2024 14:30\n3;Open;"(1 000,25)";EUR;\n';
  const done = await importFile(context, { name: 'deals.csv', bytes });
  expect(done.questions).toEqual([]);
  const { opportunities } = await client.opportunities.list({});
  expect(inOrder(opportunities.map(({ amount, closed_at, state }) => [amount, closed_at, state]))).toEqual([
    ['-1000.25', null, 'open'],
    ['0.5', '2024-02-01T14:30:00Z', 'lost'],
    ['1234.56', '2024-12-25T00:00:00Z', 'won'],
  ]);
});

test('text of every script, formulas and ids above 2^53 come back as they were', async () => {
  const { context, client } = await app.workspace();
  const names = ['李雷', 'سارة أحمد', '👩‍🔬 Zoë', '=HYPERLINK("http://x")', '𠮷野家', 'e\u0301 and é'];
  const bytes = `user_id,full_name\n${names.map((name, index) => `900719925474099${index},"${name.replaceAll('"', '""')}"`).join('\n')}\n`;
  await importFile(context, { name: 'people.csv', bytes });
  const { people: found } = await client.people.list({});
  expect(inOrder(found.map(({ name }) => name))).toEqual(inOrder(names));
  const exact = await client.people.list({ search: '9007199254740993' });
  expect(exact.people).toMatchObject([{ name: names[3] }]);
  expect((await client.people.get({ person: exact.people[0]!.id })).keys).toContainEqual({
    keyType: 'id:generic',
    keyValue: '9007199254740993',
  });
});

test('a value too large for money is refused with its line, never rounded or made infinite', async () => {
  const { context, client } = await app.workspace();
  const checked = await dryRun(context, {
    name: 'deals.csv',
    bytes: 'deal_id,stage,amount,currency\n1,Won,1e308,USD\n2,Won,NaN,USD\n3,Won,-0,USD\n4,Won,0.10,USD\n',
  });
  const { rows: refused } = await client.imports.rows({ import: checked.id, target: 0, outcome: 'rejected' });
  expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'not_a_number'],
    [3, 'not_a_number'],
  ]);
});

test('a later file changes only what it brings; an empty cell keeps, or clears when asked', async () => {
  const { context, client } = await app.workspace();
  await importFile(context, people);
  const later = { name: 'later.csv', bytes: 'contact_id,full_name\n1,Ada Lovelace\n2,\n' };
  const kept = await dryRun(context, later);
  expect(countsOf(kept).person).toMatchObject({ changed: 1, unchanged: 1 });
  const cleared = await importFile(context, later, { mapping: (mapping) => ({ ...mapping, emptyCell: 'clear' }) });
  expect(countsOf(cleared).person).toMatchObject({ changed: 2 });
  const { people: found } = await client.people.list({});
  expect(inOrder(found.map(({ name, email }) => [name, email]))).toEqual([
    ['', 'bob@acme.example'],
    ['Ada Lovelace', 'ada@acme.example'],
    ['Eve', 'eve@rival.example'],
  ]);
});

test('references to who is not known make stubs, or stay empty when asked', async () => {
  const { context, client } = await app.workspace();
  const done = await importFile(context, people);
  expect(done.report!.missing).toEqual([]); // the accounts are rows of the same file
  const deals = { name: 'deals.csv', bytes: 'deal_id,stage,account_name\n1,Won,ACME \n2,Won,Acmee\n3,Lost,Unheard Of\n' };
  const created = await dryRun(context, deals);
  expect(created.report!.missing).toMatchObject([
    {
      kind: 'account',
      by: 'name',
      rows: 2,
      created: true,
      values: [
        { value: 'Acmee', suggestion: 'Acme' },
        { value: 'Unheard Of', suggestion: null },
      ],
    },
  ]);
  await client.imports.remap({ import: created.id, kind: 'account', values: { Acmee: 'Acme' } });
  await client.imports.check({ import: created.id, waitSeconds: 60 });
  await client.imports.commit({ import: created.id, waitSeconds: 60 });
  const { accounts } = await client.accounts.list({});
  expect(inOrder(accounts.map(({ name }) => name))).toEqual(['Acme', 'Rival', 'Unheard Of']);
});

test('a mapping is offered again for the next file with that header', async () => {
  const { context } = await app.workspace();
  const first = await importFile(context, people, { mapping: (mapping) => ({ ...mapping, source: 'crm' }) });
  expect(first.remembered).toBe(true);
  const next = await send(context, people);
  expect([next.remembered, next.mapping!.source]).toEqual([true, 'crm']);
});

test('a mapping that cannot work is refused with the target and the field', async () => {
  const { context, client } = await app.workspace();
  const sent = await send(context, people);
  const wrong = { ...sent.mapping!, targets: [{ kind: 'revenue' as const, fields: { amount: { column: 0 } }, rest: false }] };
  await expect(client.imports.map({ import: sent.id, mapping: wrong })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('kind'),
  });
  await expect(client.imports.commit({ import: sent.id })).rejects.toMatchObject({ code: 'conflict' });
});

test('cancelled in the middle of the commit, nothing of it is there', async () => {
  const { context, client } = await app.workspace();
  const before = await checksums(context);
  const checked = await dryRun(context, people);
  const slow: Context = {
    ...context,
    events: {
      ...context.events,
      command: async (query) => (await wait(query.sql.startsWith('INSERT') ? 150 : 0), context.events.command(query)),
    },
  };
  await clientOf(slow).imports.commit({ import: checked.id, waitSeconds: 0 });
  await wait(200);
  const cancelled = await client.imports.cancel({ import: checked.id, waitSeconds: 60 });
  expect(cancelled.state).toBe('cancelled');
  expect(await checksums(context)).toEqual(before);
});

test('killed in the middle of the commit, nothing is seen until the next look finishes it', async () => {
  const { context, client } = await app.workspace();
  const before = await checksums(context);
  const checked = await dryRun(context, people);
  // What a killed server leaves: the state, half of the rows, and a lease that has run out.
  await context.read((transaction) =>
    transaction.execute(
      sql`UPDATE import SET state = 'committing', version = 1, lease_until = now() - interval '1 second' WHERE id = ${checked.id}`,
    ),
  );
  await context.events.command(writeTarget({ importId: checked.id, version: 1 }, 'person', 0, { from: 0, to: 3 }));
  expect(await context.events.ask({ sql: `SELECT id FROM ${rowsOfImport('person')}`, params: { import: checked.id } })).not.toEqual([]);
  expect(await checksums(context)).toEqual(before);
  await client.imports.list({});
  for (let tries = 0; tries < 100 && (await client.imports.get({ import: checked.id })).state !== 'committed'; tries++) await wait(100);
  expect((await client.imports.get({ import: checked.id })).state).toBe('committed');
  expect([await count(context, 'person'), await count(context, 'account')]).toEqual([3, 2]);
});

test('killed while the file was being sent, the import has failed and holds no rows', async () => {
  const { context, client } = await app.workspace();
  const sent = await send(context, people);
  await context.read((transaction) =>
    transaction.execute(sql`UPDATE import SET state = 'uploading', lease_until = now() - interval '1 second' WHERE id = ${sent.id}`),
  );
  await client.imports.list({});
  for (let tries = 0; tries < 300 && (await client.imports.get({ import: sent.id })).state !== 'failed'; tries++) await wait(100);
  expect((await client.imports.get({ import: sent.id })).problem).toMatchObject({ details: { reason: 'interrupted' } });
  expect(await context.events.ask({ sql: `SELECT line FROM ${rowsOfImport('import_row')}`, params: { import: sent.id } })).toEqual([]);
});

test('rows of a file are kept for 30 days; what was imported stays', async () => {
  const { context, client } = await app.workspace();
  const done = await importFile(context, people);
  await client.imports.list({});
  const staged = () => context.events.ask({ sql: `SELECT line FROM ${rowsOfImport('import_row')}`, params: { import: done.id } });
  expect(await staged()).toHaveLength(4);
  await context.read((transaction) =>
    transaction.execute(sql`UPDATE import SET created_at = created_at - interval '31 days' WHERE id = ${done.id}`),
  );
  await client.imports.list({});
  expect(await staged()).toEqual([]);
  expect(await client.imports.get({ import: done.id })).toMatchObject({ state: 'committed', file: { forgotten: true } });
  expect(await count(context, 'person')).toBe(3);
});

test('imports of one workspace are not seen from another, and a reader may not send files', async () => {
  const { context } = await app.workspace('First');
  const second = await app.workspace('Second');
  const done = await importFile(context, people);
  await expect(second.client.imports.get({ import: done.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(second.client.imports.rows({ import: done.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(second.client.imports.undo({ import: done.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await second.client.people.list({})).total).toBe(0);
  await expect(second.clientAs('reader').imports.upload({ fileName: 'x.csv' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('any order of the rows gives the same objects, and undo gives back the state before', { timeout: 300_000 }, async () => {
  const row = fc.tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('', 'Ada', 'Bob'),
    fc.constantFrom('', 'Acme', 'Rival'),
    fc.constantFrom('', '2024-01-01', '13/13/2024'),
  );
  const shuffled = fc
    .array(row, { minLength: 1, maxLength: 8 })
    .chain((table) => fc.tuple(fc.constant(table), fc.shuffledSubarray(table, { minLength: table.length, maxLength: table.length })));
  const { context } = await app.workspace();
  await importFile(context, people);
  const before = await checksums(context);
  await fc.assert(
    fc.asyncProperty(shuffled, async (tables) => {
      const states = [];
      for (const table of tables) {
        const bytes = `contact_id,full_name,company,first_contact_date\n${table.map((cells) => cells.join(',')).join('\n')}\n`;
        const done = await importFile(context, { name: 't.csv', bytes }, { answers: { 'date:3': 'day_month' } });
        states.push([await all(context, 'person'), await all(context, 'account'), await all(context, 'touch'), countsOf(done)]);
        await clientOf(context).imports.undo({ import: done.id, waitSeconds: 60 });
        expect(await checksums(context)).toEqual(before);
      }
      expect(states[0]).toEqual(states[1]);
    }),
    { numRuns: 4, seed: 11, endOnFailure: true },
  );
});
