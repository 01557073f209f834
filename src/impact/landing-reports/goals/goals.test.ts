import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { plantWeftwork } from '../weftwork.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

/** Weftwork's launch of 3 March, at day 90: 100 eligible accounts, of which 38 adopt; one signs in on the last day. */
const launched = async (name: string) => {
  const opened = await app.workspace(name);
  const { client } = opened;
  const feature = await client.features.create({ name: 'Smart Handoff', rule: { eventName: 'Handoff accepted', times: 3, days: 2 } });
  const eligibility = { plans: ['business'] };
  const { key: launch } = await client.launches.create({
    name: 'Smart Handoff',
    marketDate: '2026-03-03',
    featureId: feature.id,
    eligibility,
  });
  await plantWeftwork(opened.context.events);
  return { ...opened, launch };
};

const signingIn = { kind: 'behaviour' as const, behaviour: { event: 'Signed in' } };
const usage = { purpose: 'usage' as const };

describe('a landing report', () => {
  it('judges every registered goal by its own metric: one met, one missed, and two that cannot be told', async () => {
    const { client, launch } = await launched('Every goal');
    await client.goals.create({ launch, ...usage, name: 'A quarter adopt', metric: { kind: 'adoption' }, target: 0.25 });
    await client.goals.create({ launch, purpose: 'retention', name: 'Half sign in', metric: signingIn, target: 0.5 });
    await client.goals.create({
      launch,
      purpose: 'conversion',
      name: 'A third are won',
      metric: { kind: 'won' },
      target: 0.33,
      horizonDays: 60,
    });
    const outside = { kind: 'outside' as const, question: 'Do you know us?', source: 'Recall survey' };
    const recall = await client.goals.create({ launch, purpose: 'awareness', name: 'They know us', metric: outside, target: 0.2 });
    await client.goals.registerAll({ launch });
    await client.goals.create({ launch, ...usage, name: 'Only a draft', metric: { kind: 'adoption' }, target: 0.9 });
    const report = await client.landingReports.get({ launch });
    expect(
      report.goals.map(({ name, unit, result, verdict, reason, leading }) => [
        name,
        unit,
        result.count,
        result.of,
        verdict,
        reason,
        leading,
      ]),
    ).toEqual([
      ['A quarter adopt', 'account', 38, 100, 'met', null, true],
      ['Half sign in', 'account', 1, 100, 'missed', null, false],
      // 30 people were first contacted by 1 April; of the 15 of them with a deal every third lost it. Counted by hand.
      ['A third are won', 'contact', 10, 30, 'cannot_tell', 'interval_holds_target', false],
      ['They know us', 'answer', 0, 0, 'cannot_tell', 'not_entered', false],
    ]);
    expect([report.drafts, report.registeredGoals.every(({ registered }) => registered.late)]).toEqual([1, true]);
    const { goals } = await client.goals.list({ launch });
    const { version } = goals.find(({ id }) => id === recall.id)!;
    await client.goals.enter({ goal: recall.id, version, when: 'after', count: 60, of: 200, day: '2026-05-30' });
    const again = await client.landingReports.get({ launch });
    expect(again.goals.at(-1)).toMatchObject({ verdict: 'met', result: { count: 60, of: 200 } });
    const { text } = await client.landingReports.text({ launch });
    expect(text).toContain('Of 4 registered goals, 2 were met, 1 was missed, 1 cannot be told.');
    const { html } = await client.landingReports.document({ launch, locale: 'zh' });
    expect(html).toContain('4 项已登记目标中');
  });

  it('judges an amended goal by what was registered, and says what it would be by the amended text', async () => {
    const { client, launch } = await launched('Amended');
    const { id } = await client.goals.create({ launch, ...usage, name: 'Half adopt', metric: { kind: 'adoption' }, target: 0.5 });
    const { version } = await client.goals.register({ goal: id, version: 1 });
    expect((await client.landingReports.get({ launch })).goals[0]).toMatchObject({ verdict: 'missed', target: 0.5 });
    await client.goals.update({ goal: id, version, target: 0.25, reason: 'The plan was too bold' });
    const report = await client.landingReports.get({ launch });
    expect(report.goals[0]).toMatchObject({ verdict: 'missed', target: 0.5 });
    expect(report.registeredGoals[0]).toMatchObject({
      amendments: [{ kind: 'changed', changed: ['target'], reason: 'The plan was too bold' }],
      amended: { target: 0.25, verdict: 'met' },
    });
    const { text } = await client.landingReports.text({ launch });
    expect(text).toContain('Amended on 1 Jun 2026 by Test owner (target), because: The plan was too bold');
    expect(text).toContain('By the text as it is now (25% by day 90): Met.');
  });

  it('judges on those for whom the goal was registered, whoever the launch is for afterwards', async () => {
    const { client, launch } = await launched('Others');
    await client.goals.create({ launch, ...usage, name: 'Half adopt', metric: { kind: 'adoption' }, target: 0.5 });
    await client.goals.registerAll({ launch });
    const { version } = await client.launches.get({ launch });
    await client.launches.update({
      launch,
      version,
      eligibility: { segments: ['Enterprise'], plans: ['business'], createdBeforeMarketDate: true },
    });
    const report = await client.landingReports.get({ launch });
    expect(report.goals[0]).toMatchObject({ result: { of: 100 }, verdict: 'missed' });
    expect(report.registeredGoals[0]).toMatchObject({ eligibilityChanged: true, amended: { result: { of: 40 } } });
    expect((await client.landingReports.text({ launch })).text).toContain('The launch is for others now');
  });

  it('still judges a goal that was withdrawn after it had been registered', async () => {
    const { client, launch } = await launched('Withdrawn');
    const { id } = await client.goals.create({ launch, ...usage, name: 'Half adopt', metric: { kind: 'adoption' }, target: 0.5 });
    const { version } = await client.goals.register({ goal: id, version: 1 });
    await client.goals.delete({ goal: id, version, reason: 'It looked bad' });
    const report = await client.landingReports.get({ launch });
    expect(report.goals).toMatchObject([{ name: 'Half adopt', verdict: 'missed', leading: false }]);
    expect((await client.landingReports.text({ launch })).text).toContain('Withdrawn on 1 Jun 2026 by Test owner, because: It looked bad');
  });

  it('says which deliverables were late, were dropped, or never shipped', async () => {
    const { client, launch } = await launched('Work');
    const make = (name: string, dueOn: string) => client.deliverables.create({ launch, name, type: 'page', function: 'marketing', dueOn });
    const shipped = await make('Launch page', '2026-02-20');
    await make('Demo video', '2026-02-25');
    await client.deliverables.update({ deliverable: shipped.id, version: shipped.version, status: 'shipped' });
    const { work, overrides } = await client.landingReports.get({ launch });
    expect(overrides).toEqual([]);
    expect(work).toMatchObject({ deliverables: 2, shipped: 1 });
    expect(work.behind.map(({ name, status, daysLate }) => [name, status, daysLate])).toEqual([
      ['Launch page', 'shipped', 101],
      ['Demo video', 'planned', 96],
    ]);
    const { text } = await client.landingReports.text({ launch });
    expect(text).toContain('Launch page: 101 days late, shipped 1 Jun 2026, due 20 Feb 2026');
    expect(text).toContain('Demo video: never shipped (planned), due 25 Feb 2026');
  });
});
