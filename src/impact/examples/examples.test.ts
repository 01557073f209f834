import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { accountFigures, measuredDays, personFigures } from '../../../examples/weftwork/expected.ts';
import { funnel, funnelByOrigin, trueMedianDaysToOpportunity } from '../../../examples/weftwork/funnel.ts';
import { type Company, weftwork } from '../../../examples/weftwork/generate.ts';
import { launches } from '../../../examples/weftwork/planted.ts';
import { verdicts } from '../../../examples/weftwork/truths.ts';
import type { Context } from '../../platform/context.ts';
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
    expect(found.roles).toEqual([{ role: 'owner' }]);
    expect(found.audits).toEqual([{ operation: 'examples.open' }]);
    expect(found.imports).toEqual([{ state: 'committed', number: 1, version: 1 }]);
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
    expect(found.rows).toEqual([{ workspaces: 1 }]);
  });
});
