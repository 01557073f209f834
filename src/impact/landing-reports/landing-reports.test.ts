import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { exportLandingReportRows, getLandingReport, listLandingReportRows, renderLandingReport } from './operations.ts';
import { takingEvents } from './store.fixture.ts';
import { plantWeftwork } from './weftwork.fixture.ts';

const router = {
  landingReports: { get: getLandingReport, rows: listLandingReportRows, csv: exportLandingReportRows, document: renderLandingReport },
};

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()), 60_000);
afterAll(() => app.close());

const goal = { target: 0.25, marks: { day30: 0.2, day60: 0.25 } };
const workspace = async (name: string) => {
  const opened = await app.workspace(name);
  return { ...opened, landing: createRouterClient(router, { context: opened.context }).landingReports };
};
const launched = async (name: string, changes: object = {}) => {
  const opened = await workspace(name);
  const feature = await opened.client.features.create({
    name: 'Smart Handoff',
    rule: { eventName: 'Handoff accepted', times: 3, days: 2 },
  });
  await opened.client.launches.create({
    name: 'Smart Handoff',
    tier: 1,
    stage: 'ga',
    marketDate: '2026-03-03',
    featureId: feature.id,
    eligibility: { plans: ['business'] },
    goal,
    ...changes,
  });
  return opened;
};

describe('a landing report', () => {
  it('judges adoption against the goal, day by day, with intervals', async () => {
    const { landing, context } = await launched('Weftwork');
    await plantWeftwork(context.events);
    const report = await landing.get({ launch: 'smart-handoff' });
    expect(report.dataTo.events).toBe('2026-05-31');
    expect(report.dayReached).toBe(90);
    expect(report.base.accounts).toEqual([
      { standing: 'eligible', accounts: 100 },
      { standing: 'created_later', accounts: 6 },
      { standing: 'other_plan', accounts: 4 },
    ]);
    expect(report.base.outside).toEqual({ uses: 1, accounts: 1, withoutAccount: 0 });
    const { marks, curve, landfallDay, now } = report.adoption.account;
    expect(marks.map(({ day, count, of, state }) => [day, count, of, state])).toEqual([
      [30, 10, 100, 'measured'],
      [60, 26, 100, 'measured'],
      [90, 38, 100, 'measured'],
    ]);
    expect(curve).toHaveLength(91);
    expect(landfallDay).toBe(45);
    expect(now.low).toBeCloseTo(0.29098, 4);
    expect(report.goals.map(({ day, verdict, reason }) => [day, verdict, reason])).toEqual([
      [90, 'met', null],
      [60, 'cannot_tell', 'interval_holds_target'],
      [30, 'missed', null],
    ]);
    expect(report.goals[1]!.needed).toBeGreaterThan(100);
    expect(report.goalRegisteredLate).toBe(true);
  });

  it('opens each figure to exactly the rows that it counts, page by page and as CSV', async () => {
    const { landing, context } = await launched('Rows');
    await plantWeftwork(context.events);
    const report = await landing.get({ launch: 'smart-handoff' });
    const total = async (asked: Omit<Parameters<typeof landing.rows>[0], 'launch'>) =>
      (await landing.rows({ launch: 'smart-handoff', ...asked })).total;
    expect(await total({ figure: 'accounts', standing: 'created_later' })).toBe(6);
    expect(await total({ figure: 'adoption_account', adoptedBy: 60 })).toBe(26);
    expect(await total({ figure: 'adoption_person' })).toBe(100);
    for (const { step, count } of report.funnel.steps) expect(await total({ figure: 'funnel', step })).toBe(count);
    const won = report.funnel.steps[2]!;
    expect(await total({ figure: 'funnel', step: 'won', time: 'negative' })).toBe(won.time!.negative);
    expect(await total({ figure: 'funnel', step: 'won', time: 'timed' })).toBe(won.time!.of);
    expect(await total({ figure: 'funnel', step: 'revenue', time: 'undated' })).toBe(report.funnel.steps[3]!.time!.undated);
    const email = report.byOrigin.find(({ origin }) => origin === 'email')!;
    expect(await total({ figure: 'funnel', origin: 'email', step: 'won' })).toBe(email.won.count);
    for (const { currency, movements } of email.money) {
      expect(await total({ figure: 'money', contact: 'known', origin: 'email', currency })).toBe(movements);
    }
    const { windowDays: window, before, after } = report.beforeAfter;
    expect(await total({ figure: 'funnel', side: 'before', window })).toBe(before.of);
    expect(await total({ figure: 'funnel', side: 'after', window, step: 'won', inTime: 'yes' })).toBe(after.count);
    expect(await total({ figure: 'adoption_account', use: 'some' })).toBe(report.adoption.account.users);
    const [segment] = report.bySegment;
    expect(await total({ figure: 'deals', step: 'won', segment: segment!.segment })).toBe(segment!.won);
    for (const row of report.bySegment)
      expect(await total({ figure: 'adoption_account', segment: row.segment, adoptedBy: 90 })).toBe(row.adopted.count);
    const first = await landing.rows({ launch: 'smart-handoff', figure: 'adoption_account', limit: 2 });
    const second = await landing.rows({ launch: 'smart-handoff', figure: 'adoption_account', limit: 2, offset: 2 });
    expect([...first.rows, ...second.rows].map(({ name, adopted_day }) => [name, adopted_day])).toEqual([
      ['Account 001', 3],
      ['Account 002', 6],
      ['Account 003', 9],
      ['Account 004', 12],
    ]);
    const file = await landing.csv({ launch: 'smart-handoff', figure: 'adoption_account', adoptedBy: 3 });
    expect(file.csv).toBe(
      '\uFEFFid,name,source_id,segment,plan,uses,use_days,first_use,adopted_day\r\naccount-001,Account 001,,Mid-market,business,3,2,2,3\r\n',
    );
  });

  it('judges people instead of accounts when the goal says so', async () => {
    const { landing, context } = await launched('People', { goal: { unit: 'person', target: 0.25, horizonDays: 60 } });
    await plantWeftwork(context.events);
    const report = await landing.get({ launch: 'smart-handoff' });
    expect(report.goals).toMatchObject([{ unit: 'person', day: 60, result: { count: 26, of: 100 }, verdict: 'cannot_tell' }]);
    expect(report.adoption.person.landfallDay).toBe(45);
    expect(report.adoption.account.landfallDay).toBeNull();
  });

  it('stands without any data, cannot tell, and says why', async () => {
    const { landing } = await launched('Empty');
    const report = await landing.get({ launch: 'smart-handoff' });
    expect(report.goals.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['cannot_tell', 'no_events'],
      ['cannot_tell', 'no_events'],
      ['cannot_tell', 'no_events'],
    ]);
    expect(report.adoption.account).toMatchObject({ eligible: 0, curve: [], landfallDay: null, now: { state: 'not_yet', share: null } });
    expect(report.funnel.steps.map(({ count }) => count)).toEqual([0, 0, 0, 0]);
    expect(report.beforeAfter).toMatchObject({ state: 'not_yet', difference: null });
    expect(report.byOrigin).toEqual([]);
  });

  it('does not judge before the horizon, and does not count a day that is still going on', async () => {
    const { landing, context } = await launched('Early', { marketDate: '2026-04-20' });
    await plantWeftwork(context.events);
    const report = await landing.get({ launch: 'smart-handoff' });
    expect(report.dayReached).toBe(42);
    expect(report.adoption.account.marks.map(({ state }) => state)).toEqual(['measured', 'not_yet', 'not_yet']);
    expect(report.goals[0]).toMatchObject({ day: 90, verdict: 'cannot_tell', reason: 'not_yet' });
    const { landing: today, context: todays } = await launched('Today', { marketDate: '2026-06-01' });
    await takingEvents(todays.events).insert('event', [
      {
        import: '00000000-0000-4000-8000-0000000000aa',
        version: 1,
        id: 'a',
        name: 'x',
        at: '2026-06-01 09:00:00',
        person_id: '',
        account_id: '',
        properties: {},
      },
    ]);
    expect((await today.get({ launch: 'smart-handoff' })).dayReached).toBe(0);
  });

  it('says that no use has arrived instead of missed, when the event has never been seen', async () => {
    const { landing, context, client } = await workspace('Misspelt');
    const feature = await client.features.create({ name: 'X', rule: { eventName: 'handoff_acepted' } });
    await client.launches.create({ name: 'X', tier: 1, marketDate: '2026-03-03', featureId: feature.id, goal: { target: 0.3 } });
    await plantWeftwork(context.events);
    expect((await landing.get({ launch: 'x' })).goals[0]).toMatchObject({ verdict: 'cannot_tell', reason: 'no_uses' });
  });

  it('is the same for any order of rows, and shows nothing of another workspace', async () => {
    const one = await launched('One');
    const other = await launched('Other');
    await plantWeftwork(one.context.events);
    await plantWeftwork({
      ...other.context.events,
      insert: (table, rows) => other.context.events.insert(table, [...(rows as object[])].toReversed()),
    });
    const strip = (report: Awaited<ReturnType<typeof one.landing.get>>) => ({
      ...report,
      feature: null,
      goalRegisteredAt: null,
      goals: report.goals.map((goal) => ({ ...goal, id: '' })),
      registeredGoals: [],
      restsOn: null,
      lifts: { ...report.lifts, lines: report.lifts.lines.map((line) => ({ ...line, goal: { ...line.goal, id: '' } })) },
    });
    expect(strip(await one.landing.get({ launch: 'smart-handoff' }))).toEqual(strip(await other.landing.get({ launch: 'smart-handoff' })));
    const empty = await launched('Third');
    expect((await empty.landing.rows({ launch: 'smart-handoff', figure: 'accounts' })).total).toBe(0);
  });

  it('refuses a launch that is not there', async () => {
    const { landing } = await workspace('None');
    await expect(landing.get({ launch: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(landing.rows({ launch: 'nothing', figure: 'accounts' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
