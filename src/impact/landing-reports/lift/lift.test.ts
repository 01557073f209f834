import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { plantWeftwork } from '../weftwork.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

const stamp = { import: '00000000-0000-4000-8000-0000000000aa', version: 2 };

/** At day 90. Of 50 accounts that the lot sent to it (1 to 50) 38 accepted three hand-offs or more in a row of days, of the 50 held out none. */
const launched = async (name: string) => {
  const opened = await app.workspace(name);
  const { client, context } = opened;
  const feature = await client.features.create({ name: 'Smart Handoff', rule: { eventName: 'Handoff accepted', times: 3, days: 2 } });
  const { key: launch } = await client.launches.create({
    name: 'Smart Handoff',
    marketDate: '2026-03-03',
    featureId: feature.id,
    eligibility: { plans: ['business'] },
  });
  await plantWeftwork(context.events);
  await context.events.insert(
    'account',
    Array.from({ length: 100 }, (_, index) => ({
      ...stamp,
      id: `account-${String(index + 1).padStart(3, '0')}`,
      properties: { lot: index < 50 ? 'in' : 'out' },
    })),
  );
  const goal = async (text: string, comparison: 'holdout' | 'none' | 'before_after') => {
    const { id, version } = await client.goals.create({
      launch,
      purpose: 'usage',
      name: text,
      metric: { kind: 'adoption' },
      target: 0.25,
      smallestChange: 0.1,
      comparison,
    });
    await client.goals.register({ goal: id, version });
    return id;
  };
  return { ...opened, launch, goal };
};

const asked = (goal: string, changes: object = {}) => ({
  unit: 'account',
  design: { kind: 'holdout', property: 'lot', treated: ['in'], control: ['out'] },
  outcome: { kind: 'did', behaviour: { event: 'Handoff accepted' }, from: '2026-03-03', to: '2026-05-31' },
  goal,
  ...changes,
});

test('each registered goal has what its comparison says, or why nothing says what the launch changed, wherever the report stands', async () => {
  const { client, launch, goal } = await launched('Lift');
  const [held, silent, described] = [
    await goal('Half adopt', 'holdout'),
    await goal('All adopt', 'none'),
    await goal('More', 'before_after'),
  ];
  const before = (await client.landingReports.get({ launch })).lifts;
  expect(before.lines.map(({ goal: { id }, silence, found }) => [id, silence, found])).toEqual([
    [held, 'not_asked', null],
    [silent, 'none', null],
    [described, 'before_after', null],
  ]);
  await client.questions.create({ name: 'Drawn by lot', kind: 'lifts', asked: asked(held) });
  const { lifts } = await client.landingReports.get({ launch });
  const [line] = lifts.lines;
  const alone = await client.lifts.get(asked(held) as never);
  // Accounts 1 to 38 adopt and of 39 to 50 four more used it once (every third); of 51 to 100 every third did, 17 of them (51 to 99).
  expect([line!.found!.observed.total, line!.found!.counterfactual.total]).toEqual([42, 17]);
  expect(line!.found).toMatchObject({ verdict: 'met', worthHaving: 0.1, estimate: alone.estimate });
  expect(line!.found!.estimate!.effect).toBeCloseTo(42 / 50 - 17 / 50, 10);
  const { sentence } = alone;
  const { text } = await client.landingReports.text({ launch });
  expect(text).toContain(`Half adopt: ${sentence}`);
  expect(text).toContain('No comparison was registered, so nothing says what would have happened without the launch.');
  const { html } = await client.landingReports.document({ launch });
  expect(html.replaceAll(/<[^>]+>/g, '')).toContain(sentence);
  expect(html).not.toContain('href');
  const chinese = (await client.landingReports.text({ launch, locale: 'zh' })).text;
  expect(chinese).toContain('发布带来的变化：1 项达成，2 项无法判断');
  expect(chinese).toContain('未登记任何比较');
});

test('what cannot be asked says why in both languages, what is not reached waits, and a failed check is named', async () => {
  const { client, launch, goal } = await launched('Refusals');
  const held = await goal('Half adopt', 'holdout');
  const did = { kind: 'did', behaviour: { event: 'Handoff accepted' } };
  const ask = (name: string, changes: object) => client.questions.create({ name, kind: 'lifts', asked: asked(held, changes) });
  await ask('A: another comparison', { design: { kind: 'before_after', on: '2026-03-03' } });
  await ask('B: nobody', { design: { kind: 'holdout', property: 'nothing', treated: ['in'], control: ['out'] } });
  await ask('C: backwards', { outcome: { ...did, from: '2026-05-31', to: '2026-03-03' } });
  await ask('D: later', { outcome: { ...did, from: '2026-03-03', to: '2026-07-31' } });
  await ask('E: a lot gone wrong', { design: { ...asked(held).design, treatedShare: 0.8 } });
  const { lines } = (await client.landingReports.get({ launch })).lifts;
  expect(lines.map(({ found, silence }) => [found?.verdict ?? null, found?.reason ?? null, silence])).toEqual([
    ['cannot_tell', 'descriptive', null],
    ['cannot_tell', 'refused', null],
    [null, null, 'cannot_ask'],
    ['cannot_tell', 'not_yet', null],
    ['cannot_tell', 'check_failed', null],
  ]);
  expect(lines[2]!.refusal!.en).toContain('ends');
  expect(lines[4]!.found!.checks.filter(({ passed }) => passed === false).map(({ name }) => name)).toEqual(['registered', 'sample_ratio']);
  const { text } = await client.landingReports.text({ launch });
  expect(text).toContain('Registered was a holdout, and this is before and after.');
  expect(text).toContain('That is not chance: units went missing or came in.');
});

test('a snapshot keeps its lift, counts it again to the same, and names the comparison that was changed', async () => {
  const { client, launch, goal } = await launched('Kept lift');
  const held = await goal('Half adopt', 'holdout');
  const kept = await client.questions.create({ name: 'Drawn by lot', kind: 'lifts', asked: asked(held) });
  await client.landingReports.freeze({ launch, day: 30 });
  await client.landingReports.freeze({ launch, day: 90 });
  const { report } = await client.landingReports.snapshot({ launch, day: 90 });
  expect(report.lifts.lines[0]!.found!.verdict).toBe('met');
  // On day 30 the comparison reads days that had not come.
  const early = await client.landingReports.snapshot({ launch, day: 30 });
  expect(early.report.lifts.lines).toMatchObject([{ found: null, silence: 'not_reached', readsTo: '2026-05-31' }]);
  expect(await client.landingReports.compareSnapshot({ launch, day: 90 })).toMatchObject({ differs: false, figures: [], causes: [] });
  await client.questions.update({
    question: kept.id,
    version: kept.version,
    asked: asked(held, { outcome: { ...asked(held).outcome, to: '2026-04-30' } }),
  });
  const compared = await client.landingReports.compareSnapshot({ launch, day: 90 });
  expect(compared.figures).toMatchObject([{ figure: 'lift', name: 'Drawn by lot', before: { count: 50, of: 100 } }]);
  expect(compared.causes).toMatchObject([{ cause: 'comparison_changed', name: 'Drawn by lot' }]);
});
