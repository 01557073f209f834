import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { hasData, importFile } from '../../collect/imports/importing.fixture.ts';
import { answerOf } from '../shared-answers/answers.ts';
import * as queries from './queries.ts';
import { settle } from './records.ts';
import { type Credits, creditsAsked } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
const range = { kind: 'between' as const, from: '2026-03-01', to: '2026-03-31' };
const usual = { range, lookBackDays: 30 };
type Opened = Awaited<ReturnType<TestApplication['workspace']>>;

const touch = (id: string, account: string | null, channel: string, at: string, more: object = {}) => ({
  ...batch,
  id,
  account_id: account,
  person_id: null,
  kind: 'campaign',
  channel,
  campaign: null,
  at,
  properties: {},
  ...more,
});
const deal = (id: string, account: string | null, closed: string | null, more: object = {}) => ({
  ...batch,
  id,
  name: `Deal ${id}`,
  account_id: account,
  state: 'won',
  amount: 100,
  currency: 'USD',
  created_at: '2026-03-05 09:00:00.000',
  closed_at: closed,
  properties: {},
  ...more,
});

describe('a worked example', () => {
  let opened: Opened;
  // a: ad, fair, mail, then won. b: the ad lies one second outside of 30 days, the fair exactly on the boundary. c: touched in January only.
  // d: never touched. e: names no account. f: in euro. g: won, nobody knows when. h: touched and did not buy.
  beforeAll(async () => {
    opened = await app.workspace('Worked credits');
    const { events } = opened.context;
    await events.insert('opportunity', [
      deal('a', 'A', '2026-03-20 12:00:00.000', { amount: 100.01 }),
      deal('b', 'B', '2026-03-31 12:00:00.000', { amount: 50 }),
      deal('c', 'C', '2026-03-10 12:00:00.000'),
      deal('d', 'D', '2026-03-11 12:00:00.000'),
      deal('e', null, '2026-03-12 12:00:00.000'),
      deal('f', 'F', '2026-03-13 12:00:00.000', { currency: 'EUR', amount: 1000 }),
      deal('g', 'G', null),
      deal('late', 'A', '2026-04-01 00:00:00.000'),
      deal('lost', 'H', '2026-03-15 12:00:00.000', { state: 'lost' }),
    ]);
    await events.insert('touch', [
      touch('1', 'A', 'ad', '2026-03-01 12:00:00.000'),
      touch('2', 'A', 'fair', '2026-03-04 12:00:00.000'),
      touch('3', 'A', 'mail', '2026-03-20 12:00:00.000', { properties: { status: 'invited' } }),
      touch('4', 'A', 'after', '2026-03-20 12:00:01.000'),
      touch('5', 'B', 'ad', '2026-03-01 11:59:59.000'),
      touch('6', 'B', 'fair', '2026-03-01 12:00:00.000', { properties: { status: 'Attended' } }),
      touch('7', 'C', 'ad', '2026-01-10 12:00:00.000'),
      touch('8', 'F', 'ad', '2026-03-10 12:00:00.000'),
      touch('9', 'H', 'mail', '2026-03-09 12:00:00.000'),
      touch('10', null, 'ad', '2026-03-09 12:00:00.000'),
    ]);
  });

  test('each model shares out what was won, to the cent, in one currency; the touch a second too early and the one after it have nothing', async () => {
    const found = await opened.client.credits.get({ ...usual, own: { first: 0.5, last: 0.3, between: 0.2, lead: 0, opportunity: 0 } });
    const read = (model: 'first' | 'last' | 'linear' | 'u' | 'w' | 'own' | 'shapley') =>
      Object.fromEntries(
        found.channels.map(({ channel, credits }) => [channel, `${credits[model]?.conversions} for ${credits[model]?.value}`]),
      );
    expect(found.currency).toBe('USD');
    expect(read('first')).toEqual({ ad: '2 for 100.01', fair: '1 for 50', mail: '0 for 0' });
    expect(read('last')).toEqual({ ad: '1 for 0', fair: '1 for 50', mail: '1 for 100.01' });
    expect(read('linear')).toEqual({ ad: '1.3334 for 33.34', fair: '1.3333 for 83.34', mail: '0.3333 for 33.33' });
    expect(read('u')).toEqual({ ad: '1.4 for 40.01', fair: '1.2 for 70', mail: '0.4 for 40' });
    // The opportunity came to be at the fair (5 March); no lead is known, so 30, 30 and 10 are made to sum to 100.
    expect(read('w')).toEqual({ ad: '1.4286 for 42.86', fair: '1.4286 for 92.86', mail: '0.1428 for 14.29' });
    expect(read('own')).toEqual({ ad: '1.5 for 50.01', fair: '1.2 for 70', mail: '0.3 for 30' });
    for (const { model, conversions, value } of found.models) expect([model, conversions, value]).toEqual([model, 3, 150.01]);
    // What is left over of a ten-thousandth, or a cent, goes to the largest remainder; among equals to the first name.
  });

  test('says what no model explains and why, and agrees with the total of the deals, currency by currency', async () => {
    const found = await opened.client.credits.get(usual);
    expect(found).toMatchObject({
      conversions: 6,
      explained: 3,
      unexplained: { withoutOwner: 1, untouched: 1, tooEarly: 1 },
      undated: 1,
      nulls: 1,
      own: { conversions: 6, isReconciled: true },
      currencies: [
        { currency: 'USD', conversions: 5, value: 450.01, explained: 2, explainedValue: 150.01 },
        { currency: 'EUR', conversions: 1, value: 1000, explained: 1, explainedValue: 1000 },
      ],
    });
    const euro = await opened.client.credits.get({ ...usual, currency: 'EUR' });
    expect(euro.channels.map(({ channel, credits }) => [channel, credits.linear?.value])).toEqual([
      ['ad', 1000],
      ['fair', 0],
      ['mail', 0],
    ]);
  });

  test('without invitations, mail has no part; a window of a year takes what came too early', async () => {
    const answered = await opened.client.credits.get({ ...usual, touches: 'responded' });
    expect(answered.channels.map(({ channel }) => channel)).toEqual(['fair']);
    const year = await opened.client.credits.get({ ...usual, lookBackDays: 365 });
    expect(year.unexplained).toEqual({ withoutOwner: 1, untouched: 1, tooEarly: 0 });
  });

  test('the rows behind a figure, and one deal read touch by touch', async () => {
    const { rows, total } = await opened.client.credits.rows({ ...usual, channel: 'fair' });
    expect([total, rows.map(({ id, share }) => [id, share])]).toEqual([
      2,
      [
        ['b', 1],
        ['a', 1 / 3],
      ],
    ]);
    expect((await opened.client.credits.rows({ ...usual, which: 'too_early' })).rows.map(({ id }) => id)).toEqual(['c']);
    const path = await opened.client.credits.path({ ...usual, opportunity: 'b' });
    expect(path.touches.map(({ label, counts, shares }) => [label, counts, shares.first])).toEqual([
      ['ad', 'too_early', undefined],
      ['fair', 'counted', 1],
    ]);
    const long = await opened.client.credits.path({ ...usual, opportunity: 'a' });
    expect(long.touches.map(({ label, counts, stages, shares }) => [label, counts, stages, shares.u])).toEqual([
      ['ad', 'counted', [], 0.4],
      ['fair', 'counted', ['opportunity'], 0.2],
      ['mail', 'counted', [], 0.4],
      ['after', 'after', [], undefined],
    ]);
    await expect(opened.client.credits.path({ ...usual, opportunity: 'nothing' })).rejects.toThrow('There is no deal');
  });

  test('the agreed model is kept with who, when and why; a second hand that has not read it is told', async () => {
    const settings = { conversion: 'won', level: 'account', lookBackDays: 30, halfLifeDays: 7, reason: 'Finance and marketing' } as const;
    await opened.client.credits.agree({ model: 'w', ...settings, version: 0 });
    const found = await opened.client.credits.get(usual);
    expect(found.agreed).toMatchObject({ model: 'w', reason: 'Finance and marketing', version: 1 });
    expect(found.model).toBe('w');
    await expect(opened.client.credits.agree({ model: 'first', ...settings, version: 0 })).rejects.toThrow('Somebody agreed on a model');
    const { csv } = await opened.client.credits.export(usual);
    expect(csv).toContain('channel,fair,w,yes,1.4286');
    expect(csv).toContain('unexplained,tooEarly,,,1');
  });

  test('a question of attribution is kept, and shared by a link without who agreed on the model and why', async () => {
    const { client, context } = opened;
    const asked = { ...usual, by: 'channel', own: { first: 0.5, last: 0.5 } };
    const { id } = await client.questions.create({ name: 'Who had a part', kind: 'credits', asked });
    const page = await client.credits.get({ ...usual, own: { first: 0.5, last: 0.5 } });
    const there = await answerOf(context, await client.questions.get({ question: id }));
    const { agreed, facts: _, ...answer } = there.answer as Credits;
    expect(answer).toEqual({ ...page, agreed: undefined, facts: undefined });
    expect(agreed).toEqual({ ...page.agreed, agreedBy: '', reason: '' });
    const { link } = await client.sharedAnswers.create({ question: id });
    const opens = await client.sharedAnswers.open({ token: link.split('/').at(-1)! });
    expect(JSON.stringify(opens)).not.toContain('Finance and marketing');
    expect(opens.answer.channels).toEqual(page.channels);
    const broken = { kind: 'credits', asked: { lookBackDays: 0 } } as const;
    await expect(answerOf(context, broken)).rejects.toThrow('cannot be answered any more');
  });

  test('another workspace sees none of it, and an empty one is told so without a figure', async () => {
    const other = await app.workspace('Empty credits');
    expect(await other.client.credits.get(usual)).toMatchObject({ conversions: 0, channels: [], agreed: null });
    await expect(other.client.credits.get({ ...usual, source: 'journeys' })).rejects.toThrow('There are no counted journeys');
  });

  test('every statement can be planned by the engine', async () => {
    const asked = creditsAsked.parse({ ...usual, touches: 'responded', kinds: ['campaign'] });
    const days = { from: '2026-03-01', to: '2026-03-31' };
    const all = [asked, creditsAsked.parse({ ...usual, level: 'person', conversion: 'created', by: 'campaign' })]
      .map((one) => settle(one, null))
      .flatMap((one) => [
        queries.dealPaths(one, days, 'Asia/Shanghai'),
        queries.nullPaths(one, days, 'Asia/Shanghai', new Date('2026-06-01')),
        queries.ownTotals(one, days, 'Asia/Shanghai'),
        queries.oneDeal(one, 'a'),
        queries.touchesOf(one, 'A'),
      ]);
    for (const { sql, params } of [...all, queries.closedAt('a'), queries.journeySubjects, queries.journeyPaths('x')])
      await opened.context.events.ask({ sql: `EXPLAIN ${sql}`, params });
  });
});

describe('journeys that were counted elsewhere', () => {
  test('a file of paths is recognised, equal lines are more journeys, and the same file sent again changes nothing', async () => {
    const opened = await app.workspace('Counted');
    const bytes = 'path,total_conversions,total_conversion_value,total_null\nad > fair,2,20,1\nad > fair,2,20,1\nad,1,5.5,3\n';
    const first = await importFile(opened.context, { name: 'weeks.csv', bytes });
    expect(first.report!.targets.map(({ kind, counts }) => [kind, counts.new])).toEqual([['journey', 3]]);
    const again = await importFile(opened.context, { name: 'weeks.csv', bytes });
    expect(again.report!.targets[0]!.counts).toMatchObject({ new: 0, unchanged: 3 });
    const found = await opened.client.credits.get({ ...usual, source: 'journeys' });
    expect(found).toMatchObject({ subject: 'weeks', conversions: 5, nulls: 5, journeys: 2 });
    expect(found.channels.map(({ channel, credits }) => [channel, credits.linear?.conversions, credits.linear?.value])).toEqual([
      ['ad', 3, 25.5],
      ['fair', 2, 20],
    ]);
    expect(found.models.filter(({ refused }) => refused).map(({ model, refused }) => [model, refused])).toEqual([
      ['w', 'no_stages'],
      ['full_path', 'no_stages'],
      ['time_decay', 'no_times'],
    ]);
  });

  test.skipIf(!hasData('channel_attribution/PathData.csv'))(
    'PathData of ChannelAttribution gives its published sums and the exact removal effects, from the import to the answer',
    { timeout: 120_000 },
    async () => {
      const opened = await app.workspace('PathData');
      await importFile(opened.context, { path: 'channel_attribution/PathData.csv' });
      const found = await opened.client.credits.get({ ...usual, source: 'journeys' });
      expect(found).toMatchObject({ subject: 'PathData', conversions: 19_785, nulls: 68_602 });
      const alpha = found.channels.find(({ channel }) => channel === 'alpha')!;
      expect(alpha.credits.first).toMatchObject({ conversions: 6308, value: 19_121.27 });
      expect(alpha.credits.last).toMatchObject({ conversions: 8447, value: 28_414.21 });
      expect(alpha.credits.linear).toMatchObject({ conversions: 7574.7186, value: 24_524.71 });
      expect(alpha.credits.markov!.conversions).toBeCloseTo(5344.95, 1);
      expect(alpha.rank).toMatchObject({ rank: 1 });
    },
  );
});
