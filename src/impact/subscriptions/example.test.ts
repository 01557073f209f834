import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timeZone } from '../../../examples/weftwork/calendar.ts';
import { weftwork } from '../../../examples/weftwork/generate.ts';
import { openTestApplication } from '../../../test/application.ts';
import { dataFile, hasData } from '../../collect/imports/importing.fixture.ts';
import { dayIn } from '../../platform/days.ts';
import { inside, openAfterTheData } from '../examples/example.fixture.ts';
import { keptOf, type Moved, monthsBetween, paid } from './reference.fixture.ts';

let app: Awaited<ReturnType<typeof openAfterTheData>>;
let client: ReturnType<typeof inside>;
beforeAll(async () => {
  app = await openAfterTheData();
  client = inside(app.enter(await app.clientOf(app.maya).examples.open({})));
});
afterAll(() => app.close());

test('on the example company MRR and what is kept of it are those of the movements that were made', async () => {
  const moved = weftwork().movements.map(({ account, kind, monthly, at }): Moved => ({
    account: account.id,
    kind,
    amount: monthly,
    currency: 'USD',
    months: 1,
    day: dayIn(new Date(at), timeZone),
  }));
  const range = { kind: 'between' as const, from: '2025-05-01', to: '2026-10-31' };
  const answer = await client.subscriptions.get({ range, over: 12 });
  const months = monthsBetween('2025-05', '2026-10');
  const accounts = [...new Set(moved.map(({ account }) => account))];
  expect(answer.months.map(({ at, mrr }) => [at.slice(0, 7), mrr])).toEqual(
    months.map((month) => [month, accounts.reduce((sum, account) => sum + paid(moved, account, month), 0)]),
  );
  const pairs = accounts.map((account) => [paid(moved, account, '2025-10'), paid(moved, account, '2026-10')] as const);
  const plain = keptOf(pairs.filter(([then]) => then > 0));
  const { locked } = answer;
  expect(locked).toMatchObject({ accounts: plain.accounts, paying: plain.paying, start: plain.start, end: plain.end });
  expect(locked!.net!.share).toBeCloseTo(plain.end / plain.start, 12);
  expect(locked!.gross!.share).toBeCloseTo(plain.gross / plain.start, 12);
  expect(locked!.accounts).toBeGreaterThan(100);
  expect(answer.leftOut).toEqual({ oneOff: 0, withoutAccount: 0, unfinished: 0, interval: 0, intervals: [], belowZero: 0 });
});

const file = 'ravenstack_synthetic/ravenstack_subscriptions.csv';

test.skipIf(!hasData(file))(
  '5,000 subscriptions of RavenStack: MRR of those that are open is the published sum (skipped where the data are absent)',
  async () => {
    const [head, ...lines] = readFileSync(dataFile(file), 'utf8').trim().split(/\r?\n/);
    const columns = head!.split(',');
    const subscriptions = lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [columns[place]!, cell])));
    const row = (one: Record<string, string>, kind: string, day: string) => ({
      import: '00000000-0000-4000-8000-0000000000aa',
      version: 1,
      id: `${one.subscription_id} ${kind}`,
      account_id: one.account_id,
      kind,
      amount: Number(one.mrr_amount),
      currency: 'USD',
      interval: 'month',
      at: `${day} 12:00:00.000`,
      properties: {},
    });
    const rows = subscriptions
      .filter(({ mrr_amount: amount }) => Number(amount) > 0)
      .flatMap((one) => [row(one, 'new', one.start_date!), ...(one.end_date ? [row(one, 'churn', one.end_date)] : [])]);
    const own = await openTestApplication();
    const opened = await own.workspace('RavenStack');
    await opened.context.events.insert('revenue', rows);
    const answer = await opened.client.subscriptions.get({ range: { kind: 'between', from: '2023-01-01', to: '2025-12-31' }, over: 12 });
    expect(subscriptions.length).toBe(5000);
    expect(answer.leftOut.belowZero).toBe(0);
    expect(answer.months.at(-1)!.mrr).toBe(10_159_608);
    const sumAt = (month: string) =>
      subscriptions.reduce((sum, one) => {
        const isOpen = one.start_date!.slice(0, 7) <= month && (!one.end_date || one.end_date.slice(0, 7) > month);
        return sum + (isOpen ? Number(one.mrr_amount) : 0);
      }, 0);
    for (const { at, mrr } of answer.months) expect([at, mrr]).toEqual([at, sumAt(at.slice(0, 7))]);
    await own.close();
  },
);
