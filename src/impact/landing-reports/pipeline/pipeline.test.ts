import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { takingEvents } from '../store.fixture.ts';
import { endOf } from './read.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1, properties: {} };
const on = (day: string | null) => day && `${day} 12:00:00.000`;
const touch = (id: string, at: string, campaign: string, account: string) => ({
  ...batch,
  id,
  account_id: account,
  kind: 'attended',
  campaign,
  at: on(at),
});
type Deal = {
  account: string;
  person?: string;
  state: string;
  created: string | null;
  closed?: string;
  amount?: number;
  currency?: string;
  product?: string;
};
const deal = (id: string, { account, person, state, created, closed, amount, currency, product }: Deal) => ({
  ...batch,
  id,
  name: id,
  account_id: account,
  person_id: person ?? null,
  product_id: product ?? null,
  state,
  amount: amount ?? null,
  currency: currency ?? null,
  created_at: on(created),
  closed_at: on(closed ?? null),
});

/**
 * The launch has the program Spring webinar, of which Spring mail is a part; Field dinner is of another.
 * a: sourced by the webinar, won. b: sourced by the dinner, influenced by the mail, won. c: as b, lost; in EUR. d: sourced, open, no amount.
 * e: touched, won nobody knows when. f: by the dinner alone; its product is the feature. g: touched after it was closed.
 */
const launched = async (name: string) => {
  const opened = await app.workspace(name);
  const { client, context } = opened;
  const feature = await client.features.create({ name: 'Smart Handoff', rule: { eventName: 'Handoff accepted' } });
  const { key: launch } = await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-03-03', featureId: feature.id });
  const whole = await client.programs.create({ name: 'Spring webinar', launch, campaigns: ['Spring webinar'] });
  await client.programs.create({ name: 'Spring mail', parent: whole.key, campaigns: ['Spring mail'] });
  await client.programs.create({ name: 'Field dinner', campaigns: ['Field dinner'] });
  const { events } = context;
  await events.insert('product', [
    { ...batch, id: 'p1', name: ' smart HANDOFF' },
    { ...batch, id: 'p2', name: 'Anything' },
  ]);
  await events.insert('touch', [
    touch('t1', '2026-01-01', 'Spring Webinar ', 'a'),
    ...['b', 'c', 'f'].map((account) => touch(`t2${account}`, '2026-01-01', 'Field dinner', account)),
    ...['b', 'c'].map((account) => touch(`t3${account}`, '2026-02-10', 'Spring mail', account)),
    touch('t4', '2026-02-20', 'Spring webinar', 'd'),
    touch('t5', '2026-02-20', 'Spring webinar', 'e'),
    touch('t6', '2026-03-20', 'Spring webinar', 'g'),
  ]);
  await events.insert('opportunity', [
    deal('a', { account: 'a', person: 'x', state: 'won', created: '2026-02-01', closed: '2026-03-10', amount: 1000, currency: 'USD' }),
    deal('b', { account: 'b', state: 'won', created: '2026-02-01', closed: '2026-05-10', amount: 500, currency: 'USD' }),
    deal('c', { account: 'c', state: 'lost', created: '2026-02-01', closed: '2026-03-10', amount: 70, currency: 'EUR' }),
    deal('d', { account: 'd', state: 'open', created: '2026-03-01' }),
    deal('e', { account: 'e', state: 'won', created: '2026-02-01', amount: 9, currency: 'USD' }),
    deal('f', { account: 'f', state: 'won', created: '2026-04-15', closed: '2026-04-20', amount: 300, currency: 'USD', product: 'p1' }),
    deal('g', { account: 'g', state: 'won', created: '2026-02-01', closed: '2026-03-10', amount: 4, currency: 'USD', product: 'p2' }),
  ]);
  return { ...opened, launch };
};

const usd = (created: number, won: number, open: number) => ({ currency: 'USD', created, won, open });

test('deals of a launch, counted by hand: each once by what the launch did for it, in each currency, and as the pipeline page counts them', async () => {
  const { client, launch } = await launched('Counted');
  const { pipeline } = await client.landingReports.get({ launch });
  expect(pipeline).toMatchObject({
    programs: [{ name: 'Spring webinar' }],
    features: ['Smart Handoff'],
    sourced: { deals: 2, open: 1, won: 1, lost: 0, unpriced: 1, amounts: [usd(1000, 1000, 0)] },
    influenced: { deals: 2, open: 0, won: 1, lost: 1, amounts: [{ currency: 'EUR', created: 70, won: 0, open: 0 }, usd(500, 500, 0)] },
    undated: { deals: 1, won: 1, amounts: [usd(9, 9, 0)] },
    named: { deals: 1, won: 1, amounts: [usd(300, 300, 0)] },
    from: '2026-02-01',
    to: '2026-04-15',
    winRate: { won: 3, closed: 4 },
    onRecord: { deals: 7, won: 5, wonWithoutPerson: 4 },
  });
  const { groups } = await client.pipelines.get({ breakdown: { by: 'launch' } });
  const whole = groups.find(({ name }) => name === 'Smart Handoff')!;
  const { sourced, influenced, undated } = pipeline!;
  expect(whole).toMatchObject({ created: sourced.deals + influenced.deals + undated.deals, sourced: sourced.deals, won: 3, lost: 1 });
});

test('it says so in both languages: nothing added up, currencies apart, what is not known, and where the rest is', async () => {
  const { client, launch } = await launched('Said');
  const { text } = await client.landingReports.text({ launch });
  expect(text).toContain('The launch sourced 2 deals and influenced 2 more');
  expect(text).toContain('No total is given: amounts are in EUR and USD');
  expect(text).toContain('80.0% of won deals on record (4 of 5) name no contact, so what is influenced is a lower bound');
  expect(text).toContain('3 of 4 closed ones are won: too few for a rate');
  expect((await client.landingReports.text({ launch, locale: 'zh' })).text).toContain('不同币种从不相加');
  const { html } = await client.landingReports.document({ launch });
  expect(html).toContain('The launch sourced 2 deals and influenced 2 more');
  const { key: bare } = await client.launches.create({ name: 'Bare', marketDate: '2026-03-03' });
  expect((await client.landingReports.text({ launch: bare })).text).toContain(
    'No program belongs to this launch, so no deal can be traced to it',
  );
});

test('a snapshot has the pipeline as of its day, and says the same when it is counted again', async () => {
  const { client, launch, context } = await launched('As of');
  const event = { ...batch, id: 'last', name: 'Signed in', at: '2026-05-30 12:00:00', person_id: '', account_id: '' };
  await takingEvents(context.events).insert('event', [event]);
  const kept = async (day: 30 | 60) => {
    await client.landingReports.freeze({ launch, day });
    return (await client.landingReports.snapshot({ launch, day })).report.pipeline!;
  };
  // Day 30 ends with 1 April: b is still open, f is not there yet.
  expect(await kept(30)).toMatchObject({
    influenced: { deals: 2, open: 1, won: 0, lost: 1 },
    named: { deals: 0 },
    to: '2026-03-01',
    onRecord: { deals: 6, won: 3 },
  });
  expect(await client.landingReports.compareSnapshot({ launch, day: 30 })).toMatchObject({ differs: false, figures: [], causes: [] });
});

test('a day ends where its clock says so', () => {
  expect(endOf('2026-03-29', 'Europe/Berlin').toISOString()).toBe('2026-03-29T21:59:59.999Z');
  expect(endOf('2026-03-28', 'Europe/Berlin').toISOString()).toBe('2026-03-28T22:59:59.999Z');
  expect(endOf('2026-01-01', 'Pacific/Kiritimati').toISOString()).toBe('2026-01-01T09:59:59.999Z');
  expect(endOf('2026-01-01', 'Pacific/Pago_Pago').toISOString()).toBe('2026-01-02T10:59:59.999Z');
});
