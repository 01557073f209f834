import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { dryRun } from './importing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const deals = {
  name: 'deals.csv',
  bytes: `Record ID,Deal Name,Deal Stage,Company Name,Create Date,Close Date
1,One,Signed,Acme,2026-01-02,2026-02-01
2,Two,Signed,Acme,2026-01-03,2026-02-02
3,Three,Closed lost,Rival,2026-01-04,2026-02-03
4,Four,Negotiation,Rival,2026-01-05,
`,
};

test('the dry run says what each stage is read as; a word of the house is put right, and stays right for the next file', async () => {
  const { context, client } = await app.workspace();
  const checked = await dryRun(context, deals);
  expect(checked.report?.stages).toEqual([
    { value: 'Signed', rows: 2, state: 'open' },
    { value: 'Closed lost', rows: 1, state: 'lost' },
    { value: 'Negotiation', rows: 1, state: 'open' },
  ]);
  await client.imports.remap({ import: checked.id, kind: 'state', values: { Signed: 'won' } });
  const again = await client.imports.check({ import: checked.id, waitSeconds: 60 });
  expect(again.report?.stages[0]).toEqual({ value: 'Signed', rows: 2, state: 'won' });
  await client.imports.commit({ import: checked.id, waitSeconds: 60 });
  const { opportunities } = await client.opportunities.list({});
  expect(opportunities.map(({ name, state }) => `${name} ${state}`).toSorted((one, other) => one.localeCompare(other))).toEqual([
    'Four open',
    'One won',
    'Three lost',
    'Two won',
  ]);
  const next = await dryRun(context, { ...deals, bytes: deals.bytes.replace('4,Four', '5,Five') });
  expect(next.report?.stages[0]).toEqual({ value: 'Signed', rows: 2, state: 'won' });
});
