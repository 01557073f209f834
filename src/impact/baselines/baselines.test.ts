import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { plantWeftwork } from '../landing-reports/weftwork.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

/** A launch a month ahead of the 1st of June: of 100 accounts that were there 90 days before, 38 met the rule in them; 106 are there now. */
const planned = async (name: string, changes: object = {}) => {
  const opened = await app.workspace(name);
  const { client } = opened;
  const feature = await client.features.create({ name: 'Smart Handoff', rule: { eventName: 'Handoff accepted', times: 3, days: 2 } });
  const { key: launch } = await client.launches.create({
    name: 'Smart Handoff',
    marketDate: '2026-07-01',
    featureId: feature.id,
    eligibility: { plans: ['business'] },
    ...changes,
  });
  await plantWeftwork(opened.context.events);
  return { ...opened, launch };
};
const adoption = { kind: 'adoption' as const };

describe('a baseline', () => {
  it('shows no power of one series among others: that is not in how many accounts there are', async () => {
    const { client, launch } = await planned('One series');
    for (const comparison of ['synthetic', 'structural'] as const)
      expect(await client.baselines.measure({ launch, metric: adoption, target: 0.5, smallestChange: 0.1, comparison })).toMatchObject({
        design: 'one_series',
        groups: [],
        detectable: null,
        answerable: 'unknown',
        why: 'one_series',
      });
  });

  it('is the share over as many days before today as the horizon has, with its interval, while the market date is ahead', async () => {
    const { client, launch } = await planned('Ahead');
    const { baseline, eligible, unit } = await client.baselines.measure({ launch, metric: adoption, target: 0.5 });
    expect(baseline).toMatchObject({ count: 38, of: 100, share: 0.38, from: '2026-03-03', to: '2026-05-31' });
    expect(baseline!.low).toBeCloseTo(0.29098, 4);
    expect([eligible, unit]).toEqual([106, 'account']);
    const month = await client.baselines.measure({ launch, metric: adoption, target: 0.5, horizonDays: 30 });
    expect(month.baseline).toMatchObject({ from: '2026-05-02', to: '2026-05-31' });
  });

  it('says what change the accounts at hand could show, and when the goal cannot be answered by them', async () => {
    const { client, launch } = await planned('Answerable');
    const asked = { launch, metric: adoption, target: 0.5, comparison: 'holdout' as const };
    const small = await client.baselines.measure({ ...asked, smallestChange: 0.05 });
    expect(small).toMatchObject({ design: 'two_groups', groups: [53, 53], answerable: 'no', why: 'change_too_small' });
    // The equation solved apart, in Python 3.11: 0.64899.
    expect(small.detectable!.share).toBeCloseTo(0.64899, 4);
    expect(await client.baselines.measure({ ...asked, smallestChange: 0.3 })).toMatchObject({ answerable: 'yes', why: null });
    expect(await client.baselines.measure(asked)).toMatchObject({ answerable: 'no', why: 'target_too_close' });
    const alone = await client.baselines.measure({ launch, metric: adoption, target: 0.5, smallestChange: 0.15 });
    expect(alone).toMatchObject({ design: 'against_target', groups: [106], answerable: 'yes', detectable: { from: 0.5 } });
    expect(await client.baselines.measure({ launch, metric: adoption, target: 0.5, minimumSample: 200 })).toMatchObject({
      answerable: 'no',
      why: 'too_few',
    });
  });

  it('of people knows that those of one account are alike, and of a behaviour who did it once', async () => {
    const { client, launch } = await planned('People');
    const person = await client.baselines.measure({ launch, metric: { ...adoption, unit: 'person' }, target: 0.5 });
    expect(person.unit).toBe('person');
    expect(person.effective).toBeLessThanOrEqual(person.eligible);
    const metric = { kind: 'behaviour' as const, behaviour: { event: 'Signed in' } };
    expect((await client.baselines.measure({ launch, metric, target: 0.5 })).baseline).toMatchObject({ count: 1, of: 100 });
  });

  it('of deals follows each contact as long as the others, and goes back until all have been followed', async () => {
    const { client, launch } = await planned('Deals');
    const { baseline, unit } = await client.baselines.measure({ launch, metric: { kind: 'won' }, target: 0.5, horizonDays: 60 });
    expect(unit).toBe('contact');
    expect(baseline!.of).toBe(30);
    expect(Date.parse(baseline!.to) - Date.parse(baseline!.from)).toBe(29 * 86_400_000);
  });

  it('says what is missing, where there is nothing to measure', async () => {
    const opened = await app.workspace('Nothing');
    const { key: launch } = await opened.client.launches.create({ name: 'Bare', marketDate: '2026-07-01' });
    const { client } = opened;
    expect(await client.baselines.measure({ launch, metric: adoption, target: 0.5 })).toMatchObject({
      baseline: null,
      answerable: 'no',
      why: 'no_feature',
    });
    expect(await client.baselines.measure({ launch, metric: { kind: 'won' }, target: 0.5 })).toMatchObject({
      answerable: 'no',
      why: 'no_deals',
    });
  });

  it('is taken into a draft by the server, is frozen with it, and cleared when the goal is about something else', async () => {
    const { client, launch } = await planned('Taken');
    const { id } = await client.goals.create({ launch, purpose: 'usage', name: 'Half adopt', metric: adoption, target: 0.5 });
    const { goal } = await client.baselines.take({ goal: id, version: 1 });
    expect(goal).toMatchObject({ version: 2, baseline: { count: 38, of: 100 } });
    const shorter = await client.goals.update({ goal: id, version: 2, horizonDays: 30 });
    expect(shorter.baseline).toBeNull();
    await expect(client.baselines.take({ goal: id, version: 2 })).rejects.toMatchObject({ code: 'conflict' });
    const again = await client.baselines.take({ goal: id });
    const registered = await client.goals.register({ goal: id, version: again.goal.version });
    expect(registered.registered!.text.baseline).toEqual(again.goal.baseline);
    await expect(client.baselines.take({ goal: id, version: registered.version })).rejects.toMatchObject({ code: 'conflict' });
  });
});
