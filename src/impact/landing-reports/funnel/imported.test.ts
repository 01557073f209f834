import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { hasData, importFile } from '../../../collect/imports/importing.fixture.ts';
import { getLandingReport, printLandingReport } from '../operations.ts';
import type { LandingReport } from '../schema.ts';

const folder = 'olist_funnel';
const leads = { path: `${folder}/olist_marketing_qualified_leads_dataset.csv` };

describe.skipIf(!hasData(leads.path))('the landing report of imported leads, deals and sellers (skipped where the data are absent)', () => {
  let app: TestApplication;
  let report: LandingReport;
  let text: string;
  beforeAll(async () => {
    app = await openTestApplication();
    const { context, client } = await app.workspace();
    await importFile(context, leads);
    await importFile(context, { path: `${folder}/olist_closed_deals_dataset.csv` });
    const sold = {
      kind: 'revenue' as const,
      rest: false,
      fields: { account_id: { column: 0, by: 'id' as const }, kind: { constant: 'order' } },
    };
    await importFile(
      context,
      { path: `${folder}/olist_sellers_dataset.csv` },
      { mapping: (mapping) => ({ ...mapping, targets: [...mapping.targets, sold] }) },
    );
    await importFile(context, { path: `${folder}/derived_seller_performance.csv` }, { answers: { 'currency:1': 'BRL' } });
    await client.launches.create({ name: 'Seller programme', tier: 1, marketDate: '2018-01-01', goal: { target: 0.3 } });
    const landing = createRouterClient({ get: getLandingReport, text: printLandingReport }, { context });
    report = await landing.get({ launch: 'seller-programme' });
    ({ text } = await landing.text({ launch: 'seller-programme' }));
  }, 300_000);
  afterAll(() => app?.close());

  it('is 8,000 first contacts, 842 opportunities, 842 won and 380 with revenue', () => {
    expect(report.funnel.steps.map(({ step, count }) => [step, count])).toEqual([
      ['first_contact', 8000],
      ['opportunity', 842],
      ['won', 842],
      ['revenue', 380],
    ]);
    const [, opportunity, won, revenue] = report.funnel.steps;
    expect(opportunity!.ofPrevious).toMatchObject({ share: 0.10525, state: 'measured' });
    expect(won!.time).toMatchObject({ of: 841, negative: 1, undated: 0 });
    expect(won!.time!.days).toBeCloseTo(14.722, 2);
    expect(revenue!.time).toMatchObject({ undated: 380, days: null });
    expect(report.funnel.skipped).toBe(0);
  });

  it('has the published origins, the empty one apart from unknown, and their revenue to the cent', () => {
    const found = report.byOrigin.map(({ origin, contacts, won, revenue, money }) => [
      origin,
      contacts,
      won.count,
      revenue,
      money.find(({ currency }) => currency === 'BRL')?.amount ?? 0,
    ]);
    expect(found).toEqual([
      ['organic search', 2296, 271, 113, 204509.79],
      ['paid search', 1586, 195, 101, 151444.15],
      ['social', 1350, 75, 31, 43394.2],
      ['unknown', 1099, 179, 81, 209651.37],
      ['direct traffic', 499, 56, 31, 21852.9],
      ['email', 493, 15, 6, 8484.99],
      ['referral', 284, 24, 9, 16578.25],
      ['other', 150, 4, 2, 6776.75],
      ['display', 118, 6, 2, 923],
      ['other publicities', 65, 3, 0, 0],
      ['', 60, 14, 4, 1242.6],
    ]);
  });

  it('compares equal windows before and after, and calls it descriptive', () => {
    expect(report.beforeAfter).toMatchObject({ label: 'descriptive', state: 'measured', windowDays: 90 });
  });

  it('prints as text that begins with the answer', () => {
    expect(text).toContain('It cannot be told whether Seller programme landed: the launch names no feature');
    expect(text).toContain('Of 8,000 first contacts, 842 were won (10.5%; 9.9% to 11.2%), and 380 brought revenue.');
    expect(text).toMatch(/unknown +1,099 +179 +16\.3% \(14\.2% to 18\.6%\)/);
    expect(text).not.toContain('**');
  });
});
