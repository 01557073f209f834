import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

type Opened = Awaited<ReturnType<TestApplication['workspace']>>;
let app: TestApplication;
let opened: Opened;

const batch = { import: '00000000-0000-4000-8000-0000000000ab', version: 1 };
const range = { kind: 'between' as const, from: '2026-03-01', to: '2026-03-31' };
const at = (day: string) => `${day} 12:00:00.000`;
const place = (index: number) => String(index).padStart(3, '0');

/** 400 accounts drawn into two halves, touched by nothing: 120 of 200 that got the letter answer, 60 of 200 held out. */
const drawn = Array.from({ length: 400 }, (_, index) => ({
  ...batch,
  id: `lot-${place(index)}`,
  name: `Lot ${index}`,
  properties: { letter: index < 200 ? 'sent' : 'held', answered: (index < 200 ? index < 120 : index < 260) ? 'yes' : 'no' },
}));
const lift = {
  unit: 'account' as const,
  design: { kind: 'holdout' as const, property: 'letter', treated: ['sent'], control: ['held'], decideOn: '2026-05-01' },
  outcome: { kind: 'property_is' as const, property: 'answered', values: ['yes'] },
};

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace('Beside the models');
  const { events } = opened.context;
  const person = (id: string, heard: string, day: string) => ({ ...batch, id, account_id: id, properties: { heard }, created_at: at(day) });
  const deal = (id: string) => ({
    ...batch,
    id,
    account_id: id,
    state: 'won',
    amount: 100,
    currency: 'USD',
    created_at: at('2026-03-05'),
    closed_at: at('2026-03-20'),
    properties: {},
  });
  const touch = (id: string, account: string, channel: string, day: string) => ({
    ...batch,
    id,
    account_id: account,
    person_id: null,
    kind: 'web',
    channel,
    campaign: null,
    at: at(day),
    properties: {},
  });
  await events.insert('opportunity', [deal('a'), deal('b')]);
  await events.insert('touch', [touch('1', 'a', 'E-Mail', '2026-03-10'), touch('2', 'b', 'Letters', '2026-01-25')]);
  await events.insert('person', [
    person('a', 'your newsletter', '2026-03-02'),
    person('b', 'The Deep Work podcast', '2026-03-03'),
    person('c', 'a podcast, I think', '2026-03-04'),
    person('d', 'cannot say', '2026-03-05'),
    person('e', 'a podcast', '2026-02-05'),
  ]);
  await events.insert('account', drawn);
});
afterAll(() => app.close());

const get = (more: object = {}) => opened.client.credits.get({ range, ...more });

test('before anything is set up, the answer says what is missing beside the models', async () => {
  const found = await get();
  expect(found.said).toMatchObject({ why: 'not_set_up', answers: 0, untouched: [] });
  expect(found.holdouts).toEqual([]);
  expect(found.channels.map(({ said }) => said)).toEqual([null, null]);
});

test('what people of the period say stands beside the same channel, however it is written; what no touch carries is named too', async () => {
  const { version: _, ...setting } = await opened.client.selfReports.setting({});
  await opened.client.selfReports.update({ ...setting, sources: [{ of: 'person', event: null, property: 'heard' }], version: 0 });
  const found = await get();
  // Four answers of March; the fifth is of February, and one of the four names nothing.
  expect(found.said).toMatchObject({ why: null, answers: 4, unplaced: 1 });
  expect(found.said.untouched).toMatchObject([{ channel: 'Podcast', answers: 2, share: 0.5 }]);
  const mail = found.channels.find(({ channel }) => channel === 'E-Mail')!;
  // Wilson, 1 of 4: 0.0456 to 0.6994 (z 1.959964).
  expect(mail.said).toMatchObject({ answers: 1, share: 0.25 });
  expect(mail.said!.low).toBeCloseTo(0.0456, 4);
  expect(mail.said!.high).toBeCloseTo(0.6994, 4);
  expect(mail.credits.first!.conversions + found.channels.find(({ channel }) => channel === 'Letters')!.credits.first!.conversions).toBe(2);
  expect((await get({ by: 'kind' })).said.why).toBe('not_by_kind');
});

test('a kept holdout stands beside a name, with its interval and how many; any other lift is refused there', async () => {
  const kept = await opened.client.questions.create({ kind: 'lifts', name: 'Letters by lot', asked: lift });
  const other = { unit: 'account', design: { kind: 'before_after', on: '2026-03-01' }, outcome: lift.outcome };
  const plain = await opened.client.questions.create({ kind: 'lifts', name: 'Before and after', asked: other });
  const set = (question: string | null) => opened.client.credits.setHoldout({ by: 'channel', name: 'Letters', question });
  await expect(set(plain.id)).rejects.toThrow('is no holdout');
  await set(kept.id);
  const [holdout] = (await get()).holdouts;
  expect(holdout).toMatchObject({ name: 'Letters', title: 'Letters by lot', treated: 200, control: 200, verdict: 'met', scale: 'share' });
  expect(holdout!.effect!.effect).toBeCloseTo(0.3, 10);
  expect(holdout!.effect!.low).toBeGreaterThan(0.2);
  expect((await get({ by: 'campaign' })).holdouts).toEqual([]);
  const { csv } = await opened.client.credits.export({ range });
  expect(csv).toContain('channel,Letters,none: holdout,,,0.3');
  expect(csv).toContain('channel,Podcast,none: self-reported,,2,0.5');
  const mailed = await opened.client.questions.create({
    kind: 'lifts',
    name: 'Not over yet',
    asked: { ...lift, design: { ...lift.design, decideOn: '2026-12-01' } },
  });
  await set(mailed.id);
  expect((await get()).holdouts).toMatchObject([{ title: 'Not over yet', effect: null, verdict: 'cannot_tell' }]);
  await set(null);
  expect((await get()).holdouts).toEqual([]);
});

test('what was agreed on is what the page opens with: all settings, until one is asked for otherwise', async () => {
  const early = await get();
  expect(early).toMatchObject({ explained: 2, settings: { lookBackDays: 180, halfLifeDays: 7 } });
  const settings = { ...early.settings, lookBackDays: 20, halfLifeDays: 3, order: 2 };
  await opened.client.credits.agree({ model: 'time_decay', ...settings, reason: 'Our deals are short', version: 0 });
  // The touch of 25 January lies 54 days before the deal: outside of what was agreed on.
  expect(await get()).toMatchObject({ explained: 1, unexplained: { tooEarly: 1 }, settings, model: 'time_decay', agreed: settings });
  expect(await get({ lookBackDays: 60 })).toMatchObject({ explained: 2, settings: { lookBackDays: 60, halfLifeDays: 3, order: 2 } });
  const path = await opened.client.credits.path({ range, opportunity: 'b' });
  expect(path.touches.map(({ counts }) => counts)).toEqual(['too_early']);
  expect((await opened.client.credits.rows({ range, which: 'too_early' })).rows.map(({ id }) => id)).toEqual(['b']);
});
