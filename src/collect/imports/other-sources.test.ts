import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { current } from '../objects/queries.ts';
import { clientOf, countsOf, dryRun, hasData, importFile, send } from './importing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());
const ask = async <Row>(context: Context, sql: string): Promise<Row> => (await context.events.ask<Row>({ sql }))[0]!;

describe.skipIf(!hasData('maven_crm/accounts.csv'))('a CRM of accounts, products and opportunities', () => {
  test('products and accounts by name, then the pipeline with a misspelt product put right', { timeout: 120_000 }, async () => {
    const { context } = await app.workspace();
    const client = clientOf(context);
    const products = await importFile(context, { path: 'maven_crm/products.csv' }, { answers: { 'currency:0': 'USD' } });
    expect(countsOf(products)).toMatchObject({ product: { new: 7 } });
    const accounts = await importFile(context, { path: 'maven_crm/accounts.csv' });
    expect(accounts.mapping!.targets.map(({ kind, matchKey }) => [kind, matchKey])).toEqual([['account', 'name']]);
    expect(countsOf(accounts)).toMatchObject({ account: { new: 85 } });

    const pipeline = await dryRun(context, { path: 'maven_crm/sales_pipeline.csv' }, { answers: { 'currency:0': 'USD' } });
    expect(pipeline.problem).toBeNull();
    expect(pipeline.questions.map(({ id }) => id)).toEqual(['currency:0']); // month first is settled: days exceed 12
    expect(countsOf(pipeline)).toMatchObject({ opportunity: { new: 8800, rejected: 0 }, stage_change: { new: 6711 } });
    expect(pipeline.report!.missing).toEqual([
      {
        kind: 'product',
        by: 'name',
        rows: 1480,
        distinct: 1,
        created: false,
        values: [{ value: 'GTXPro', rows: 1480, suggestion: 'GTX Pro' }],
      },
    ]);

    await client.imports.remap({ import: pipeline.id, kind: 'product', values: { GTXPro: 'GTX Pro' } });
    const mended = await client.imports.check({ import: pipeline.id, waitSeconds: 60 });
    expect(mended.report!.missing).toEqual([]);
    await client.imports.commit({ import: pipeline.id, waitSeconds: 60 });
    const facts = await ask(
      context,
      `SELECT toUInt32(countIf(state = 'won')) AS won, toUInt32(countIf(state = 'lost')) AS lost, toUInt32(countIf(state = 'open')) AS open,
      toFloat64(sumIf(amount, state = 'won')) AS value, toUInt32(countIf(product_id IS NULL)) AS without, toUInt32(countIf(account_id IS NULL)) AS nobody, toString(toDate(min(closed_at))) AS first FROM ${current('opportunity')}`,
    );
    expect(facts).toEqual({ won: 4238, lost: 2473, open: 2089, value: 10005534, without: 0, nobody: 1425, first: '2017-03-01' });
  });
});

describe.skipIf(!hasData('jenkins_usage/total-jenkins.csv'))('published series', () => {
  test('a file without a header row, of months and numbers', async () => {
    const { context } = await app.workspace();
    const done = await importFile(context, { path: 'jenkins_usage/total-jenkins.csv' });
    expect(done.mapping).toMatchObject({
      header: false,
      targets: [{ kind: 'measurement', fields: { metric: { constant: 'total-jenkins' }, at: { column: 0 }, value: { column: 1 } } }],
    });
    expect(countsOf(done)).toMatchObject({ measurement: { new: 187 } });
    expect(await ask(context, `SELECT value FROM ${current('measurement')} WHERE at = '2008-12-01 00:00:00'`)).toEqual({ value: 1278 });
  });
  test('whether the first row is a header can be changed, and then it is no row', async () => {
    const { context } = await app.workspace();
    const client = clientOf(context);
    const sent = await send(context, { path: 'jenkins_usage/total-jenkins.csv' });
    const changed = await client.imports.map({ import: sent.id, mapping: { ...sent.mapping!, header: true } });
    expect(changed.columns.map(({ name }) => name)).toEqual(['200812', '1278']);
    expect(countsOf(await client.imports.check({ import: sent.id }))).toMatchObject({ measurement: { new: 186 } });
  });
  test('years and figures that are missing: each number column is a metric, of the state that the line names', async () => {
    const { context } = await app.workspace();
    const done = await importFile(context, { path: 'synthetic_control/smoking.csv' });
    expect(done.report!.targets.map(({ kind, counts }) => [kind, counts.new, counts.rejected])).toEqual([
      ['measurement', 1209, 0],
      ['measurement', 1014, 0],
      ['measurement', 546, 0],
      ['measurement', 819, 0],
      ['measurement', 1209, 0],
    ]);
    const cell = `SELECT value FROM ${current('measurement')} WHERE metric = 'cigsale' AND subject = 'California' AND at = '1970-01-01 00:00:00'`;
    expect(await ask(context, cell)).toEqual({ value: 123 });
  });
  test('232,010 rows of plugins, packed with gzip', { timeout: 180_000 }, async () => {
    const { context } = await app.workspace();
    const done = await importFile(context, { path: 'jenkins_usage/plugin_monthly.csv.gz' });
    expect(done.state).toBe('committed');
    expect(done.report!.targets.map(({ kind, counts }) => [kind, counts.new, counts.rejected])).toEqual([
      ['measurement', 231434, 572],
      ['measurement', 231430, 580],
    ]);
    // The published file says two different things about 290 plugins in one month: neither is taken.
    expect(done.report!.targets[0]!.reasons).toEqual([{ reason: 'conflicting_rows', rows: 572 }]);
    expect(
      await ask(
        context,
        `SELECT value FROM ${current('measurement')} WHERE metric = 'installations' AND subject = 'git' AND at = '2024-06-01 00:00:00'`,
      ),
    ).toEqual({ value: 269003 });
  });
});
