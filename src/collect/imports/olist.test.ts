import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { rows } from '../../platform/events/sources.ts';
import { current } from '../objects/queries.ts';
import { checksums, clientOf, countsOf, dryRun, hasData, importFile } from './importing.fixture.ts';

const leads = { path: 'olist_funnel/olist_marketing_qualified_leads_dataset.csv' };
const deals = { path: 'olist_funnel/olist_closed_deals_dataset.csv' };
const sellers = { path: 'olist_funnel/olist_sellers_dataset.csv' };
const performance = { path: 'olist_funnel/derived_seller_performance.csv' };

describe.skipIf(!hasData(leads.path))('a real funnel of leads, deals and sellers', () => {
  let app: TestApplication;
  let context: Context;
  let client: Awaited<ReturnType<TestApplication['workspace']>>['client'];
  beforeAll(async () => {
    app = await openTestApplication();
    ({ context, client } = await app.workspace());
  });
  afterAll(() => app.close());

  test('the leads are people with a first contact, recognised from the header', async () => {
    const done = await importFile(context, leads);
    expect(done.problem).toBeNull();
    expect(done).toMatchObject({
      state: 'committed',
      mapping: { source: 'generic', targets: [{ kind: 'person', matchKey: 'id' }, { kind: 'touch' }] },
    });
    expect(countsOf(done)).toMatchObject({ person: { new: 8000, rejected: 0 }, touch: { new: 8000, rejected: 0 } });
    const byChannel = await context.events.ask<{ channel: string | null; n: number }>({
      sql: `SELECT channel, toUInt32(count()) AS n FROM ${current('touch')} WHERE kind = 'first_contact' GROUP BY channel`,
    });
    const counts = new Map(byChannel.map(({ channel, n }) => [channel, n]));
    expect([counts.get('organic search'), counts.get('unknown'), counts.get('')]).toEqual([2296, 1099, 60]);
  });

  test('the deals are accounts, won opportunities and their stage changes', async () => {
    const done = await importFile(context, deals);
    expect(countsOf(done)).toMatchObject({ account: { new: 842 }, opportunity: { new: 842 }, stage_change: { new: 842 } });
    expect(done.report!.missing).toEqual([]);
    const [won] = await context.events.ask<{ n: number; known: number }>({
      sql: `SELECT toUInt32(count()) AS n, toUInt32(countIf(person_id IN (SELECT id FROM ${rows('person')}))) AS known FROM ${current('opportunity')} WHERE state = 'won'`,
    });
    expect(won).toEqual({ n: 842, known: 842 });
    const { accounts } = await client.accounts.list({ search: '2c43fb513632d29b3b58df74816f1b06' });
    expect(accounts).toMatchObject([{ segment: 'pet' }]);
    const [segment] = await context.events.ask<{ n: number }>({
      sql: `SELECT toUInt32(count()) AS n FROM ${current('account')} WHERE segment = 'pet'`,
    });
    expect(segment!.n).toBeGreaterThan(0);
  });

  test('a seller that is listed has sold: with a revenue target added, 380 of the won sellers have a movement', async () => {
    const done = await importFile(context, sellers, {
      mapping: (mapping) => ({
        ...mapping,
        targets: [
          ...mapping.targets,
          { kind: 'revenue', rest: false, fields: { account_id: { column: 0, by: 'id' }, kind: { constant: 'order' } } },
        ],
      }),
    });
    expect(countsOf(done)).toMatchObject({ account: { new: 2715, changed: 380, unchanged: 0 }, revenue: { new: 3095 } });
    const [sold] = await context.events.ask<{ n: number; amounts: number }>({
      sql: `SELECT toUInt32(count()) AS n, toUInt32(countIf(amount IS NOT NULL)) AS amounts FROM ${current('revenue')} WHERE account_id IN (SELECT account_id FROM ${current('opportunity')} WHERE state = 'won')`,
    });
    expect(sold).toEqual({ n: 380, amounts: 0 });
  });

  test('revenue without a currency is asked for, and the sums are those of the README', async () => {
    await expect(dryRun(context, performance)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('currency:1') });
    const done = await importFile(context, performance, { answers: { 'currency:1': 'BRL' } });
    expect(done.mapping!.targets.map(({ kind }) => kind)).toEqual(['account', 'revenue']);
    expect(countsOf(done)).toMatchObject({ revenue: { new: 2970 } });
    const [sum] = await context.events.ask<{ all: string; won: string }>({
      sql: `SELECT sum(amount) AS all, sumIf(amount, account_id IN (SELECT account_id FROM ${current('opportunity')} WHERE state = 'won')) AS won FROM ${current('revenue')} WHERE currency = 'BRL'`,
    });
    expect([Number(sum!.all), Number(sum!.won)]).toEqual([13221498.11, 664858]);
  });

  test('the same files again change nothing, and undo leaves what was there before', { timeout: 120_000 }, async () => {
    const before = await checksums(context);
    for (const file of [leads, deals]) {
      const again = await importFile(context, file);
      for (const counts of Object.values(countsOf(again))) expect(counts).toMatchObject({ new: 0, changed: 0, rejected: 0 });
    }
    expect(await checksums(context)).toEqual(before);
    const last = (await clientOf(context).imports.list({})).imports.find(
      ({ state, fileName }) => state === 'committed' && fileName.startsWith('derived'),
    )!;
    await clientOf(context).imports.undo({ import: last.id, waitSeconds: 60 });
    const [left] = await context.events.ask<{ n: number }>({
      sql: `SELECT toUInt32(count()) AS n FROM ${current('revenue')} WHERE amount IS NOT NULL`,
    });
    expect(left!.n).toBe(0);
  });
});
