import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedNow, openTestApplication, type TestApplication } from '../../../test/application.ts';
import { answerOf } from '../shared-answers/answers.ts';
import type { Frame } from './groups.ts';
import * as queries from './queries.ts';
import { figures, type Issue, type Pipeline, type PipelineAsked, pipelineRowsAsked, type Role } from './schema.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
const on = (day: string | null) => day && `${day} 12:00:00.000`;

type Deal = {
  account?: string;
  person?: string;
  state?: string | null;
  created?: string;
  closed?: string;
  amount?: number;
  currency?: string;
  competitor?: string;
};
const deal = (id: string, { account, person, state = 'open', created, closed, amount, currency, competitor }: Deal) => ({
  ...batch,
  id,
  name: `Deal ${id}`,
  account_id: account ?? null,
  person_id: person ?? null,
  product_id: null,
  stage: null,
  state,
  amount: amount ?? null,
  currency: currency ?? null,
  origin: null,
  owner: id < 'd4' ? 'Ana' : null,
  loss_reason: null,
  created_at: on(created ?? null),
  closed_at: on(closed ?? null),
  properties: competitor ? { competitor } : {},
});
const touch = (id: string, at: string, campaign: string, of: { person?: string; account?: string }, status = 'attended') => ({
  ...batch,
  id,
  person_id: of.person ?? null,
  account_id: of.account ?? null,
  kind: 'campaign',
  channel: 'event',
  campaign,
  at: on(at),
  properties: { status },
});
const change = (opportunity_id: string, at: string, stage: string, state: string) => ({
  ...batch,
  id: `${opportunity_id} ${stage}`,
  opportunity_id,
  stage,
  state,
  at: on(at),
});
const account = (id: string, segment: string | null) => ({ ...batch, id, name: id.toUpperCase(), segment, properties: {} });
const person = (id: string, account_id: string | null) => ({ ...batch, id, account_id, email: `${id}@example.com`, properties: {} });

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace('Counted');
  const { events } = opened.context;
  await events.insert('account', [account('a', 'Mid'), account('b', 'Large'), account('c', null)]);
  await events.insert('person', [person('p', 'a'), person('q', null)]);
  await events.insert('touch', [
    touch('t1', '2026-01-01', 'Spring webinar', { person: 'p' }),
    touch('t2', '2026-01-05', 'Spring webinar', { account: 'b' }, 'Invited'),
    touch('t3', '2026-02-15', 'Field dinner', { account: 'b' }),
    touch('t4', '2025-01-01', 'Advertisement', { person: 'q' }),
    touch('t5', '2026-07-01', 'Field dinner', { person: 'q' }),
  ]);
  await events.insert('opportunity', [
    deal('d1', { account: 'a', person: 'p', state: 'won', created: '2026-01-10', closed: '2026-02-09', amount: 1000, currency: 'USD' }),
    deal('d2', {
      account: 'b',
      state: 'won',
      created: '2026-02-01',
      closed: '2026-03-05',
      amount: 500,
      currency: 'EUR',
      competitor: 'Relaypad',
    }),
    deal('d3', {
      account: 'b',
      state: 'lost',
      created: '2026-03-01',
      closed: '2026-03-11',
      amount: 90,
      currency: 'USD',
      competitor: 'Relaypad',
    }),
    deal('d4', { person: 'q', created: '2026-03-01', amount: 700, currency: 'USD' }),
    deal('d5', { state: 'won', amount: 300, currency: 'USD' }),
    deal('d6', { account: 'c', state: 'won', closed: '2026-04-01' }),
    deal('d7', { account: 'a', state: 'won', created: '2026-04-01', amount: 50, currency: 'USD' }),
    deal('d8', { account: 'c', state: 'lost', created: '2026-04-10', closed: '2026-04-01', amount: 5, currency: 'USD' }),
  ]);
  await events.insert('stage_change', [
    change('d1', '2026-01-20', 'Demo', 'open'),
    change('d1', '2026-02-09', 'Won', 'won'),
    change('d2', '2026-02-01', 'Demo', 'open'),
    change('d2', '2026-03-05', 'Won', 'won'),
    change('d3', '2026-03-06', 'Demo', 'open'),
    change('d3', '2026-03-11', 'Lost', 'lost'),
    change('d4', '2026-03-21', 'Demo', 'open'),
  ]);
});
afterAll(() => app.close());

const usd = (created: number, won: number, open: number) => ({ currency: 'USD', created, won, open });

describe('eight deals, counted by hand', () => {
  test('each deal is in one part, and the parts add up to all', async () => {
    const { all, parts } = await opened.client.pipelines.get({});
    expect(all).toMatchObject({ created: 8, won: 5, lost: 2, open: 1, other: 0, sourced: 3, influenced: 4 });
    expect(all.amounts).toEqual([usd(2145, 1350, 700), { currency: 'EUR', created: 500, won: 500, open: 0 }]);
    const said = Object.fromEntries(parts.map(({ role, created, won, lost, open }) => [role, [created, won, lost, open]]));
    expect(said).toEqual({
      sourced: [3, 2, 1, 0], // d1 by the webinar, d3 by the dinner, d7 by the webinar
      influenced: [1, 1, 0, 0], // d2, whose dinner came after it was created; being invited is no touch
      untouched: [2, 0, 1, 1], // d4, whose touch is too old, or still to come; d8
      undated: [1, 1, 0, 0], // d6
      nobody: [1, 1, 0, 0], // d5
    } satisfies Record<Role, number[]>);
  });

  test('being invited can be made to count, and the look-back be longer', async () => {
    const { parts, definition } = await opened.client.pipelines.get({ invitedCounts: true, lookbackDays: 500 });
    expect(definition).toEqual({ version: 1, lookbackDays: 500, invitedCounts: true });
    expect(parts.find(({ role }) => role === 'sourced')?.created).toBe(5); // d2 and d4 as well
  });

  test('won of closed, not of all; how long it took, with the mean', async () => {
    const { all } = await opened.client.pipelines.get({});
    expect(all.winRate).toMatchObject({ won: 5, closed: 7, share: { share: 5 / 7 } });
    expect(all.cycle).toMatchObject({ timed: 2, median: 31, mean: 31, low: null, timedLost: 1, meanLost: 10 });
  });

  test('campaigns overlap, owners and segments do not; nothing is added up across currencies', async () => {
    const by = async (breakdown: PipelineAsked['breakdown']) => {
      const { groups, groupsOverlap } = await opened.client.pipelines.get({ breakdown });
      return [
        groupsOverlap,
        groups.map(({ kind, name, created, won, sourced, influenced }) => [name || kind, created, won, sourced, influenced]),
      ];
    };
    expect(await by({ by: 'campaign', name: '' })).toEqual([
      true,
      [
        ['Spring webinar', 2, 2, 2, 2],
        ['Field dinner', 2, 1, 1, 2],
        ['not_set', 4, 2, 0, 0],
      ],
    ]);
    expect(await by({ by: 'segment', name: '' })).toEqual([
      false,
      [
        ['Mid', 2, 2, 2, 2],
        ['Large', 2, 1, 1, 2],
        ['not_set', 4, 2, 0, 0],
      ],
    ]);
    expect(await by({ by: 'property', name: 'competitor' })).toEqual([
      false,
      [
        ['Relaypad', 2, 1, 1, 2],
        ['not_set', 6, 4, 2, 2],
      ],
    ]);
  });

  test('programs claim the campaigns of touches, and their launch with them', async () => {
    await opened.client.launches.create({ name: 'Spring release', marketDate: '2026-01-01' });
    await opened.client.programs.create({ name: 'Webinars', kind: 'webinar', campaigns: [' spring WEBINAR '], launch: 'spring-release' });
    const by = async (name: 'program' | 'launch') =>
      (await opened.client.pipelines.get({ breakdown: { by: name } })).groups.map(({ kind, name: said, created, sourced }) => [
        said || kind,
        created,
        sourced,
      ]);
    expect(await by('program')).toEqual([
      ['Webinars', 2, 2],
      ['not_set', 6, 0],
    ]);
    expect(await by('launch')).toEqual([
      ['Spring release', 2, 2],
      ['not_set', 6, 0],
    ]);
  });

  test('deals of a period: created in it, closed in it, and the rest named', async () => {
    const { all, reconciliation } = await opened.client.pipelines.get({ range: { kind: 'between', from: '2026-03-01', to: '2026-03-31' } });
    expect(all).toMatchObject({ created: 2, won: 1, lost: 1, open: 1 });
    expect(reconciliation).toMatchObject({ deals: 8, created: 2, closed: 2, neither: 5 });
  });

  test('what does not add up is named, with the deals behind it', async () => {
    const { reconciliation } = await opened.client.pipelines.get({});
    const said = Object.fromEntries(reconciliation.issues.map(({ issue, deals }) => [issue, deals]));
    expect(said).toEqual({
      won_without_person: 4,
      without_account: 2,
      without_anybody: 1,
      without_created: 2,
      won_without_closed: 2,
      closed_before_created: 1,
      won_without_amount: 1,
    } satisfies Partial<Record<Issue, number>>);
    expect(reconciliation.issues[0]).toMatchObject({ issue: 'won_without_person', share: 4 / 5 });
    for (const { issue, deals } of reconciliation.issues) {
      const { total, rows } = await opened.client.pipelines.rows({ figure: issue });
      expect([issue, total, rows.length]).toEqual([issue, deals, deals]);
    }
  });

  test('stages: who came, moved on, was lost or waits; too few moves say nothing of pace', async () => {
    const { stages, acceleration } = await opened.client.pipelines.get({});
    expect(stages.map(({ stage, entered, moved, lost, waiting }) => [stage, entered, moved, lost, waiting])).toEqual([
      ['Demo', 4, 2, 1, 1],
      ['', 3, 3, 0, 0], // d2 came straight to the demo
    ]);
    expect(acceleration).toMatchObject({ verdict: 'cannot_tell', why: 'too_few_moves', needed: 10, deals: 1 });
    expect((await opened.client.pipelines.rows({ figure: 'accelerated' })).rows.map(({ name }) => name)).toEqual(['Deal d2']);
  });

  test('the rows of a group, and all of it as a file', async () => {
    const { rows, total } = await opened.client.pipelines.rows({
      breakdown: { by: 'campaign' },
      group: { kind: 'usual', name: 'Field dinner' },
    });
    expect([
      total,
      rows.map(({ name, role, account: of, days, touches, first_campaign }) => [name, of, role, days, touches, first_campaign]),
    ]).toEqual([
      2,
      [
        ['Deal d2', 'B', 'influenced', 32, 1, 'Field dinner'],
        ['Deal d3', 'B', 'sourced', 10, 1, 'Field dinner'],
      ],
    ]);
    expect((await opened.client.pipelines.exportRows({ figure: 'won' })).csv.split('\n')).toHaveLength(7);
    const { csv } = await opened.client.pipelines.export({ breakdown: { by: 'segment' } });
    expect(csv).toContain('part,undated,1,1,0,0');
    expect(csv).toContain('to put right,won_without_person,4');
  });

  test('an empty workspace has an answer, too', async () => {
    const { client } = await app.workspace('Empty');
    const answer = await client.pipelines.get({ breakdown: { by: 'program' } });
    expect([answer.all.created, answer.groups, answer.all.winRate.share, answer.reconciliation.issues]).toEqual([0, [], null, []]);
  });
});

test('the engine understands every statement', async () => {
  const frame: Frame = {
    now: fixedNow,
    zone: 'UTC',
    days: { from: '2026-01-01', to: '2026-06-01' },
    claimed: { names: ['x'], called: [['X']] },
  };
  const dimensions = ['program', 'segment', 'product', 'property'] as const;
  const statements = [
    queries.beside(fixedNow),
    ...dimensions.flatMap((by) => {
      const asked = pipelineRowsAsked.parse({ breakdown: { by, name: 'competitor' } });
      return [
        queries.topGroups(asked, frame),
        queries.groupRows(asked, frame, null),
        queries.groupRows(asked, frame, ['x']),
        queries.spellRows(asked, frame),
      ];
    }),
    ...figures.flatMap((figure) => {
      const asked = pipelineRowsAsked.parse({ figure, breakdown: { by: 'segment' }, group: { kind: 'usual', name: 'x' }, state: 'won' });
      return figure === 'all'
        ? [queries.countRows(asked, frame, ['x']), queries.pageRows(asked, frame, ['x'], { offset: 0, limit: 10 })]
        : [queries.countRows(asked, frame, ['x'])];
    }),
  ];
  for (const { sql, params } of statements)
    expect((await opened.context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
});

test('a question about deals can be kept, put on a dashboard, and is answered there as on its page', async () => {
  const { client, context } = opened;
  const asked = { breakdown: { by: 'owner', name: '' }, lookbackDays: 90 };
  const { id } = await client.questions.create({ name: 'By owner', kind: 'pipelines', asked });
  const kept = await client.questions.get({ question: id });
  const { answer } = await answerOf(context, kept);
  const page = await client.pipelines.get({ breakdown: { by: 'owner', name: '' }, lookbackDays: 90 });
  expect({ ...(answer as Pipeline), facts: null }).toEqual({ ...page, facts: null });
  await expect(answerOf(context, { kind: 'pipelines', asked: { lookbackDays: 0 } })).rejects.toThrow('cannot be answered any more');
});

describe('deals in several currencies', () => {
  const asked = { breakdown: { by: 'origin' as const, name: '' } };

  test('are added at the rate of the day they closed, or were created; without it the sum is refused', async () => {
    const { client, context } = await app.workspace('Currencies');
    await context.events.insert('opportunity', [
      deal('e1', { state: 'won', created: '2026-01-05', closed: '2026-02-02', amount: 1000, currency: 'USD' }),
      deal('e2', { state: 'won', created: '2026-01-05', closed: '2026-03-02', amount: 1000, currency: 'USD' }),
      deal('e3', { state: 'open', created: '2026-02-02', amount: 500, currency: 'USD' }),
      deal('e4', { state: 'won', created: '2026-01-05', closed: '2026-03-02', amount: 300, currency: 'EUR' }),
      deal('e5', { state: 'won', created: '2026-01-05', closed: '2026-03-02', amount: 77 }),
      deal('e6', { state: 'lost', created: '2026-01-05', closed: '2026-03-02', currency: 'CHF' }),
    ]);
    const apart = await client.pipelines.get(asked);
    expect([apart.conversion, apart.all.amounts.map(({ currency, won }) => [currency, won])]).toEqual([
      null,
      [
        ['USD', 2000],
        ['EUR', 300],
        ['', 77],
      ],
    ]);
    const csv = 'day,from,to,rate,source\n2026-02-01,USD,EUR,0.9,ECB\n';
    await client.exchangeRates.import({ csv, dryRun: false });
    await expect(client.pipelines.get({ ...asked, convertTo: 'EUR' })).rejects.toThrow('USD/EUR: 2026-03-02');
    await client.exchangeRates.set({ day: '2026-03-02', from: 'EUR', to: 'USD', rate: 1.25, source: 'Bank' });
    const { all, groups, parts, conversion } = await client.pipelines.get({ ...asked, convertTo: 'EUR' });
    // 1,000 at 0.9, 1,000 at 1 / 1.25, 300 as they are; the open 500 at 0.9. 77 state no currency.
    expect(all.amounts).toEqual([
      { currency: 'EUR', created: 2450, won: 2000, open: 450 },
      { currency: '', created: 77, won: 77, open: 0 },
    ]);
    expect(groups[0]!.amounts).toEqual(all.amounts);
    expect(parts.reduce((sum, { amounts }) => sum + (amounts.find(({ currency }) => currency === 'EUR')?.won ?? 0), 0)).toBe(2000);
    expect(conversion).toEqual({
      to: 'EUR',
      left: 1,
      used: [{ from: 'USD', amounts: 3, rates: 2, firstDay: '2026-02-01', lastDay: '2026-03-02', sources: ['Bank', 'ECB'] }],
    });
  });
});
