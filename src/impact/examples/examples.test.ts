import { randomUUID } from 'node:crypto';
import { createRouterClient } from '@orpc/server';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { accountFigures, measuredDays, personFigures } from '../../../examples/weftwork/expected.ts';
import { funnel, funnelByOrigin, trueMedianDaysToOpportunity } from '../../../examples/weftwork/funnel.ts';
import { type Company, weftwork } from '../../../examples/weftwork/generate.ts';
import { launches, recall } from '../../../examples/weftwork/planted.ts';
import { recallWaves } from '../../../examples/weftwork/recall.ts';
import { verdicts } from '../../../examples/weftwork/truths.ts';
import { stories } from '../../../examples/weftwork/work/stories.ts';
import { team } from '../../../examples/weftwork/work/team.ts';
import { catalogue } from '../../catalogue.ts';
import { insideDoor } from '../../platform/application.ts';
import type { Context } from '../../platform/context.ts';
import { liftAsked } from '../lifts/schema.ts';
import type { LandingReport } from '../landing-reports/schema.ts';
import { inside, openAfterTheData } from './example.fixture.ts';
import type { openedExample } from './schema.ts';

let landfall: Awaited<ReturnType<typeof openAfterTheData>>;
let context: Context;
let company: Company;
const reports = new Map<string, LandingReport>();
let opened: z.output<typeof openedExample>;

beforeAll(async () => {
  landfall = await openAfterTheData();
  opened = await landfall.clientOf(landfall.maya).examples.open({});
  context = landfall.enter(opened);
  company = weftwork();
  for (const launch of opened.launches) reports.set(launch, await inside(context).landingReports.get({ launch }));
}, 240_000);

afterAll(() => landfall?.close());

const report = (launch: string): LandingReport => reports.get(launch)!;

describe('the example company, opened through the front door', () => {
  test('is a workspace of its own, owned by who opened it, whole, with one audit row and one import', async () => {
    expect(opened).toMatchObject({
      name: 'Weftwork (example)',
      isExample: true,
      timeZone: 'America/New_York',
      launches: launches.map(({ key }) => key),
    });
    const found = await context.read(async (transaction) => ({
      roles: (await transaction.execute(sql`SELECT role FROM membership`)).rows,
      audits: (await transaction.execute(sql`SELECT operation FROM audit`)).rows,
      imports: (await transaction.execute(sql`SELECT state, number, version::int FROM import`)).rows,
    }));
    expect(found.roles.filter(({ role }) => role === 'owner')).toHaveLength(1);
    expect(found.audits.filter(({ operation }) => operation !== 'landingReports.freeze')).toEqual([{ operation: 'examples.open' }]);
    expect(found.imports).toEqual([{ state: 'committed', number: 1, version: 1 }]);
  });

  test('it keeps three comparisons: one that works, one that is not proven, one that cannot say', async () => {
    const { questions, lifts } = inside(context);
    const kept = (await questions.list({})).questions.filter(({ kind }) => kind === 'lifts');
    const said = await Promise.all(
      kept.map(async ({ name, asked }) => [name.split(':')[0], (await lifts.get(liftAsked.parse(asked))).verdict]),
    );
    expect(Object.fromEntries(said)).toEqual({ 'Handoff Live': 'met', 'Supper Series': 'cannot_tell', 'Guest Lanes': 'cannot_tell' });
  });

  test('what its lots say stands with what came of the two programs, and neither claims a pace', async () => {
    const [live, supper] = await Promise.all(
      ['handoff-live', 'supper-series'].map((program) => inside(context).programReturns.get({ program })),
    );
    expect(live!.lots).toMatchObject([{ name: 'Handoff Live', verdict: 'met' }]);
    expect(supper!.lots).toMatchObject([{ name: 'Supper Series', verdict: 'cannot_tell' }]);
    expect(live!.horizons.every(({ accelerated: { touched, closed } }) => closed <= touched)).toBe(true);
  });

  test('its recall survey holds the planted effect of the boards, meets its target, and stays an association apart from deals', async () => {
    const { surveys } = await inside(context).recallSurveys.list({ program: recall.program });
    const [{ finding, waves, caveats }] = surveys as [(typeof surveys)[number]];
    expect(finding).toMatchObject({ verdict: 'met', measure: 'difference_in_differences', reading: 'association' });
    expect(finding.low!).toBeLessThan(recall.effect);
    expect(finding.high!).toBeGreaterThan(recall.effect);
    // The plain difference after the boards tells too much: those who drive past knew it better before.
    expect(waves.at(-1)!.difference).toMatchObject({ kind: 'estimate' });
    expect((waves.at(-1)!.difference as { low: number }).low).toBeGreaterThan(recall.effect);
    expect(waves.map(({ exposed }) => exposed!.recalled)).toEqual(recallWaves(company.seed).map(({ exposed }) => exposed.recalled));
    expect(caveats).toEqual(['not_by_lot']);
    const returned = await inside(context).programReturns.get({ program: recall.program });
    expect(returned).toMatchObject({ accounts: 0, recall: [{ finding: { verdict: 'met' } }] });
  });

  test('what its reports said on day 30, 60 and 90 stands there at once, and says the same when it is counted again', async () => {
    const { landingReports } = inside(context);
    for (const { key: launch } of launches) {
      const { snapshots } = await landingReports.snapshots({ launch });
      expect(snapshots.map(({ day, madeBy }) => [day, madeBy])).toEqual(measuredDays[launch].map((day) => [day, 'Landfall']));
    }
    expect(await landingReports.compareSnapshot({ launch: launches[0]!.key, day: 60 })).toMatchObject({
      differs: false,
      figures: [],
      causes: [],
    });
  });

  test.each(launches)('the report counts adoption of $name exactly, and its intervals hold the true chances', (launch) => {
    const { adoption } = report(launch.key);
    for (const day of measuredDays[launch.key]) {
      const accounts = accountFigures(company, launch, day);
      const mark = adoption.account.marks.find((one) => one.day === day)!;
      expect(mark).toMatchObject({ count: accounts.adopted, of: accounts.eligible });
      const people = personFigures(company, launch, day);
      expect(adoption.person.marks.find((one) => one.day === day)).toMatchObject({ count: people.adopted, of: people.eligible });
      if (mark.state !== 'measured') continue;
      expect(mark.low).toBeLessThan(accounts.trueChance);
      expect(mark.high).toBeGreaterThan(accounts.trueChance);
    }
  });

  test.each(launches)('the report on $name is honest: the verdict of the story, on a goal registered in time', (launch) => {
    const found = report(launch.key);
    const goal = found.goals.find((one) => one.kind === 'horizon')!;
    expect(goal).toMatchObject({ day: 90, target: launch.goal.target, verdict: verdicts[launch.key].verdict });
    expect(found.goalRegisteredLate).toBe(false);
    expect(found.dataTo.events).toBe('2026-10-31');
  });

  test("adoption by segment is the generator's own count, and the vendor's own tests are not in it", () => {
    const launch = launches[0]!;
    const { bySegment } = report(launch.key);
    for (const segment of launch.eligibility.segments) {
      const own = accountFigures(company, launch, 90, (account) => account.segment === segment);
      expect(bySegment.find((row) => row.segment === segment)?.adopted).toMatchObject({ count: own.adopted, of: own.eligible });
    }
    expect(bySegment.find((row) => row.segment === 'internal')?.adopted.of).toBe(0);
  });

  test('the funnel, in all and by origin, is the generator\'s own count; the empty origin stands beside "unknown"', () => {
    const found = report('smart-handoff');
    const all = funnel(company.leads);
    expect(found.funnel.steps.map(({ count }) => count)).toEqual([all.firstContact, all.opportunity, all.won, all.firstRevenue]);
    const byOrigin = new Map(found.byOrigin.map((row) => [row.origin, row]));
    expect(found.byOrigin).toHaveLength(8);
    for (const { origin, counts } of funnelByOrigin(company)) {
      expect(byOrigin.get(origin ?? '')).toMatchObject({
        contacts: counts.firstContact,
        opportunity: counts.opportunity,
        won: { count: counts.won },
        revenue: counts.firstRevenue,
      });
    }
  });

  test('the intervals of the funnel hold the planted chance of an opportunity, and of the median time to it', () => {
    const found = report('smart-handoff');
    const opportunity = found.funnel.steps.find((step) => step.step === 'opportunity')!;
    const expected = funnelByOrigin(company).reduce((sum, { counts, planted }) => sum + counts.firstContact * planted.opportunity, 0);
    const share = expected / found.funnel.steps[0]!.count;
    expect(opportunity.ofFirst!.low).toBeLessThan(share);
    expect(opportunity.ofFirst!.high).toBeGreaterThan(share);
    const days = trueMedianDaysToOpportunity(company);
    expect(opportunity.time!.low).toBeLessThan(days);
    expect(opportunity.time!.high).toBeGreaterThan(days);
  });

  test('the traps are named: undated and negative times, tests outside the base, later customers', () => {
    const found = report('smart-handoff');
    const won = found.funnel.steps.find((step) => step.step === 'won')!;
    expect(won.time).toMatchObject({ undated: 3, negative: 1, of: funnel(company.leads).won - 4 });
    const standing = (name: string) => found.base.accounts.find((one) => one.standing === name)?.accounts ?? 0;
    expect(standing('other_segment')).toBe(company.traps.internal.length);
    expect(found.base.outside.accounts).toBeGreaterThan(company.traps.internal.length);
    expect(standing('eligible') + standing('created_later') + standing('other_segment') + standing('plan_unknown')).toBe(
      company.accounts.length,
    );
  });

  test.each(stories)(
    'the work on $key is there: bill of materials, decisions, positioning, the day, and what was announced',
    async (story) => {
      const launch = story.key;
      const { deliverables, gates, positionings, runSteps, announcements, launches: all, tiers } = inside(context);
      const items = (await deliverables.list({ launch })).deliverables;
      expect(items.every(({ owner }) => owner !== null && !owner.gone)).toBe(true);
      expect(items.filter(({ status }) => status === 'shipped')).toHaveLength(
        Object.values(story.items).filter(({ shipped }) => shipped).length,
      );
      expect(items.filter(({ status }) => status === 'shipped').every(({ isSigned }) => isSigned)).toBe(true);
      const decided = (await gates.list({ launch })).gates;
      expect(decided.every(({ standing }) => standing === 'passed')).toBe(true);
      expect(
        decided.flatMap(({ decisions }) => decisions).every(({ at, criteria }) => at < story.announcement.on && criteria.length > 0),
      ).toBe(true);
      expect((await positionings.get({ launch })).versions).toHaveLength(story.positionings.length);
      expect((await runSteps.list({ launch })).steps.every(({ state }) => state === 'done')).toBe(true);
      expect((await announcements.list({ launch })).announcements).toMatchObject([{ state: 'published', title: story.announcement.title }]);
      expect(await all.get({ launch })).toMatchObject({ stage: 'ga', template: { key: story.template.key, version: 1 } });
      expect(await tiers.get({ launch })).toMatchObject({ isOverride: false, isApproved: true });
    },
  );

  test('the launch that missed its goal was let through without a differentiator, by the owner, with the reason', async () => {
    const { gates } = await inside(context).gates.list({ launch: 'guest-lanes' });
    const last = gates.at(-1)!;
    const waived = last.decisions[0]!.criteria.find(({ kind }) => kind === 'differentiator')!;
    expect(waived).toMatchObject({ standing: 'waived', result: { code: 'no_evidence' } });
    expect(waived.waiver).toMatchObject({ by: 'Maya Lindqvist', role: 'owner' });
    expect(waived.waiver!.reason).toContain('Relaypad');
    expect(last.decisions.map(({ outcome }) => outcome)).toEqual(['go', 'hold']);
    const { overrides } = report('guest-lanes');
    expect(overrides.map(({ reason }) => reason)).toContain(waived.waiver!.reason);
  });

  test('some of the work was late, some dropped with a reason, and what a decision left to do is done', async () => {
    const all = (await inside(context).deliverables.list({ launch: 'guest-lanes' })).deliverables;
    const deck = all.find(({ templateItem }) => templateItem === 'sales-deck')!;
    expect(deck).toMatchObject({ status: 'shipped', isSigned: true });
    expect(deck.shippedOn! > deck.dueOn).toBe(true);
    expect(all.find(({ status }) => status === 'dropped')!.droppedReason).not.toBe('');
    const { gates } = await inside(context).gates.list({ launch: 'smart-handoff' });
    const { decisions, followUps } = gates.at(-1)!;
    expect(decisions[0]!.outcome).toBe('go_with_followups');
    expect(followUps.every(({ doneAt }) => doneAt !== null)).toBe(true);
  });

  test('its invented members are named and own work, and none of them can sign in or be let in', async () => {
    const { members } = await inside(context).members.list({});
    const invented = members.filter(({ id }) => id !== landfall.maya.id);
    expect(invented).toHaveLength(team.length);
    const kept = await landfall.application.records.unbounded((transaction) =>
      transaction.execute(
        sql`SELECT password_hash, oidc_subject, disabled_at IS NOT NULL AS shut FROM member WHERE id != ${landfall.maya.id}`,
      ),
    );
    expect(kept.rows.every((row) => row.password_hash === null && row.oidc_subject === null && row.shut === true)).toBe(true);
    const stranger = createRouterClient(catalogue, { context: insideDoor(landfall.application, 'web') });
    const { email } = invented[0]!;
    await expect(stranger.sessions.create({ email, password: 'anything at all' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('the example opens a second time beside the first, and can be deleted and restored', async () => {
    const again = await landfall.clientOf(landfall.maya).examples.open({ name: 'Weftwork again' });
    const { members, workspaces } = inside(landfall.enter(again));
    expect((await members.list({})).members).toHaveLength(team.length + 1);
    await workspaces.delete({ name: 'Weftwork again' });
    expect(await landfall.clientOf(landfall.maya).workspaces.restore({ workspace: again.id })).toMatchObject({ name: 'Weftwork again' });
  }, 240_000);

  test('an opening that fails leaves nothing behind', async () => {
    const stored = async () => {
      const result = await landfall.application.events.client.query({ query: 'SELECT count() AS rows FROM event', format: 'JSONEachRow' });
      return (await result.json<{ rows: number }>())[0]!.rows;
    };
    const before = await stored();
    const nobody = { id: randomUUID(), email: 'nobody@weftwork.example', name: 'Nobody', locale: null };
    await expect(landfall.clientOf(nobody).examples.open({})).rejects.toBeTruthy();
    expect(await stored()).toBe(before);
    const found = await landfall.application.records.unbounded((transaction) =>
      transaction.execute(sql`SELECT count(*)::int AS workspaces FROM workspace`),
    );
    expect(found.rows).toEqual([{ workspaces: 2 }]);
  }, 240_000);
});
