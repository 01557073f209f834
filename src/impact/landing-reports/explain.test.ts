import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Query } from '../../platform/events/store.ts';
import { baseCounts } from '../adoptions/queries.ts';
import * as adoption from './adoption/queries.ts';
import { facts } from './facts.fixture.ts';
import * as funnel from './funnel/queries.ts';
import * as pipeline from './pipeline/queries.ts';
import { figurePage, figureTotal } from './rows/queries.ts';
import { type FigureAsked, figures, standings, steps } from './schema.ts';
import { openStore, type OpenedStore } from './store.fixture.ts';

let opened: OpenedStore;
beforeAll(async () => void (opened = await openStore()), 60_000);
afterAll(() => opened?.close());

const ranks = { counts: [0, 9], low: [0, 2], high: [0, 8] };
const statements: Record<string, Query> = {
  peopleCounts: adoption.peopleCounts(facts),
  baseCounts: baseCounts(facts),
  adoptionBySegment: adoption.adoptionBySegment(facts),
  funnel: funnel.funnelCounts(facts),
  times: funnel.funnelTimes(ranks, facts),
  money: funnel.moneyByOrigin(facts),
  dealsBySegment: funnel.dealsBySegment(facts),
  lastDeal: funnel.lastDeal(facts),
  beforeAfter: funnel.beforeAfter(30, facts),
};
const frame = { now: facts.now, zone: facts.timeZone, days: null, claimed: { names: ['spring'], called: [[pipeline.own]] } };
for (const until of [null, '2026-04-01']) {
  const scope = { rule: { lookbackDays: 180, invitedCounts: false }, frame, features: ['smart handoff'], until };
  const name = until ?? '';
  statements[`sides${name}`] = pipeline.sides(scope);
  statements[`onRecord${name}`] = pipeline.onRecord(scope);
  statements[`wins${name}`] = pipeline.wins(scope);
  statements[`launchSpells${name}`] = pipeline.launchSpells(scope);
}
const every = { adoptedBy: 30, origin: '', segment: '', currency: 'EUR', standing: standings[0] };
const asked: FigureAsked[] = [
  ...figures.map((figure) => ({ figure })),
  ...figures.map((figure) => ({ figure, contact: 'known' as const, ...every })),
  { figure: 'money', contact: 'none', interval: 'month' },
  { figure: 'funnel', side: 'before', window: 30, inTime: 'yes' },
  { figure: 'adoption_account', use: 'some' },
  { figure: 'deals', step: 'won', segment: '' },
  ...steps.flatMap((step) => (['timed', 'undated', 'negative'] as const).map((time) => ({ figure: 'funnel' as const, step, time }))),
];
for (const figure of asked) {
  statements[`rows ${JSON.stringify(figure)}`] = figurePage(figure, { offset: 0, limit: 10 }, facts);
  statements[`total ${JSON.stringify(figure)}`] = figureTotal(figure, facts);
}

it('every statement of the landing report is understood by the real engine, and can also be run on no data', async () => {
  for (const [name, { sql, params }] of Object.entries(statements)) {
    await expect(opened.store.ask({ sql: `EXPLAIN ${sql}`, params }), name).resolves.toBeDefined();
    if (!name.includes(' ')) await expect(opened.store.ask({ sql, params }), name).resolves.toBeDefined();
  }
}, 120_000);
