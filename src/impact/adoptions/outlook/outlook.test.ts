import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { storeEvents } from '../../../collect/events/settle.ts';
import { refreshIdentities } from '../../../collect/identities/refresh.ts';
import { bassOutlook } from '../../../methods/lift/bass-diffusion.ts';
import { bassCurve, type BassFit } from '../../../methods/lift/bass-fit.ts';
import { seededRandom } from '../../../methods/numeric/random.ts';
import { incidenceAt } from '../../../methods/retention/incidence-at.ts';
import { kaplanMeier } from '../../../methods/retention/kaplan-meier.ts';
import { shareInterval } from '../../../methods/numeric/share-interval.ts';
import { addDays } from '../../../platform/days.ts';

const market = '2026-01-05';
const lastDay = '2026-05-31';
const daysSince = (day: string) => Math.round((Date.parse(lastDay) - Date.parse(day)) / 86_400_000) + 1;
type Planted = { id: string; start: string; adopted: number | null };
const planted: Planted[] = [];
const late: Planted[] = [];

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  const { context, client } = opened;
  const random = seededRandom(69);
  // 300 accounts that were there; of them some 200 adopt along a curve whose peak is in the sixth week.
  bassCurve({ innovation: 0.03, imitation: 0.45, market: 205 } as BassFit, 21).forEach((each, week) => {
    for (let n = 0; n < Math.round(each + 2 * (random() - 0.5)); n++)
      planted.push({ id: `a${planted.length}`, start: market, adopted: 7 * week + 1 + Math.floor(random() * 7) });
  });
  while (planted.length < 300) planted.push({ id: `a${planted.length}`, start: market, adopted: null });
  // 60 accounts that came while the second launch was out, half of which adopt soon after.
  for (let n = 0; n < 60; n++) {
    const start = addDays('2026-04-01', n);
    const adopted = n % 2 === 0 ? 3 + Math.floor(random() * 20) : null;
    late.push({ id: `l${n}`, start, adopted });
  }
  const stamp = { import: '00000000-0000-0000-0000-000000000000', version: 1, segment: '' };
  await context.events.insert('account', [
    ...planted.map(({ id }) => ({ ...stamp, id, name: id, plan: 'pro', created_at: '2025-01-01 00:00:00' })),
    ...late.map(({ id, start }) => ({ ...stamp, id, name: id, plan: 'new', created_at: `${start} 08:00:00` })),
  ]);
  await context.events.insert(
    'person',
    [...planted, ...late].map(({ id }) => ({ import: stamp.import, version: 1, id: `p-${id}`, name: id, account_id: id })),
  );
  const used = [...planted, ...late]
    .filter(({ adopted }) => adopted !== null)
    .map(({ id, start, adopted }) => ({
      message: id,
      name: 'Exported',
      at: `${addDays(start, adopted! - 1)} 10:00:00.000`,
      person_id: `p-${id}`,
    }))
    .filter(({ at }) => at.slice(0, 10) <= lastDay);
  const end = { message: 'end', name: 'Other', at: `${lastDay} 12:00:00.000`, person_id: 'p-a0' };
  await storeEvents(context.events, [...used, end], { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  const feature = await client.features.create({ name: 'Export', rule: { eventName: 'Exported' } });
  const launch = (name: string, marketDate: string, plans: string[]) =>
    client.launches.create({
      name,
      marketDate,
      featureId: feature.id,
      eligibility: { plans, segments: [], createdBeforeMarketDate: false },
    });
  await launch('Export', market, ['pro']);
  await launch('Export for new', '2026-04-01', ['new']);
  await launch('Export later', '2026-09-01', ['pro']);
}, 120_000);
afterAll(() => app.close());

const adoptedBy = (some: Planted[], day: number) =>
  some.filter(({ adopted, start }) => adopted !== null && adopted <= day && adopted <= daysSince(start));

describe('outlook of adoption', () => {
  const ask = (asked: object = {}) => opened.client.adoptions.outlook({ launch: 'export', ...asked });

  test('rests on the whole weeks since the market date, and is that of the method', async () => {
    const found = await ask({ weeks: 6 });
    const weeks = Array.from({ length: 21 }, (_, place) => adoptedBy(planted, 7 * place + 7).length - adoptedBy(planted, 7 * place).length);
    expect(found.eligible).toBe(300);
    expect(found.weeks.map(({ adopted }) => adopted)).toEqual(weeks);
    expect(found.weeks.at(-1)).toMatchObject({ lastDay, total: adoptedBy(planted, 147).length });
    const plain = bassOutlook(weeks, { horizon: 6, draws: 200 });
    if ('refused' in plain) throw new Error(plain.refused);
    expect(found.outlook).toMatchObject({ state: 'told', curve: { market: plain.market, marketHigh: plain.marketHigh } });
    expect(found.outlook.ahead.at(-1)).toMatchObject({ value: plain.outlook[5]!.adopters, lastDay: addDays(lastDay, 42) });
    expect(found.outlook.ahead.every(({ high }) => high <= 300)).toBe(true);
  });

  test('of people is counted of people', async () => {
    const found = await ask({ unit: 'people' });
    expect([found.unit, found.eligible, found.weeks.at(-1)!.total]).toEqual(['people', 300, adoptedBy(planted, 147).length]);
  });

  test('is refused with few weeks, nobody, or a day of its own for each account; nothing is told of another workspace', async () => {
    const since = (day: string) => ({ since: { kind: 'day', day } });
    expect(await ask(since('2026-05-01'))).toMatchObject({
      outlook: { state: expect.stringMatching(/too_few_periods|no_observations/), ahead: [] },
    });
    expect(await ask(since('2026-05-29'))).toMatchObject({ eligible: 300, weeks: [], outlook: { state: 'no_observations' } });
    expect(await ask({ since: { kind: 'access' } })).toMatchObject({ weeks: [], outlook: { state: 'own_days' } });
    await expect(ask({ weeks: 0 })).rejects.toMatchObject({ code: 'invalid' });
    const other = await app.workspace('Other');
    await expect(other.client.adoptions.outlook({ launch: 'export' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

const linesOf = (csv: string): string[][] =>
  csv
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

test('the weeks and what is foretold leave as CSV', async () => {
  const asked = { launch: 'export', weeks: 3 };
  const [answer, { csv, fileName }] = await Promise.all([
    opened.client.adoptions.outlook(asked),
    opened.client.adoptions.exportOutlook(asked),
  ]);
  const [head, ...rows] = linesOf(csv);
  expect([fileName, head!.join()]).toEqual(['adoption-outlook-accounts.csv', 'what,week,last_day,adopted_in_week,total,low,high,fitted']);
  expect(answer.weeks.length).toBeGreaterThan(0);
  expect(rows.map(([what, week, lastDay, adopted, total]) => [what, week, lastDay, adopted, total])).toEqual([
    ...answer.weeks.map(({ week, lastDay, adopted, total }) => ['measured', `${week}`, lastDay, `${adopted}`, `${total}`]),
    ...answer.outlook.ahead.map(({ period, lastDay, value }) => ['outlook', `${period}`, lastDay, '', `${value}`]),
  ]);
});

describe('launches laid over each other', () => {
  const ask = (asked: object = {}) => opened.client.adoptions.launches({ ...asked });

  test('each from its market date, by its own base, by hand; a launch to come is none', async () => {
    const { launches, without } = await ask();
    expect(launches.map(({ key, eligible }) => [key, eligible])).toEqual([
      ['export-for-new', 60],
      ['export', 300],
    ]);
    const [, first] = launches;
    const count = adoptedBy(planted, 60).length;
    expect(first!.marks.find(({ day }) => day === 60)).toMatchObject({ state: 'measured', count, of: 300, ...shareInterval(count, 300) });
    expect([first!.waiting, launches[0]!.waiting, without]).toEqual([0, waitingOf(90), []]);
  });

  test('from access, those who have not had the time count as far as they were followed', async () => {
    const { launches } = await ask({ from: 'access', launches: ['export-for-new'] });
    const rows = new Map<number, { time: number; events: number; censored: number }>();
    for (const { start, adopted } of late) {
      const followed = Math.min(90, daysSince(start));
      const event = adopted !== null && adopted <= followed;
      const time = event ? adopted : followed;
      const row = rows.get(time) ?? { time, events: 0, censored: 0 };
      rows.set(time, { time, events: row.events + (event ? 1 : 0), censored: row.censored + (event ? 0 : 1) });
    }
    const curve = kaplanMeier([...rows.values()].toSorted((a, b) => a.time - b.time));
    if ('refused' in curve) throw new Error(curve.refused);
    const [found] = launches;
    expect(found!.marks[0]).toMatchObject({ day: 30, state: 'measured', ...incidenceAt(curve, 30) });
    expect(found!.marks[2]).toMatchObject({ day: 90, state: 'not_yet', share: null });
    expect(found!.until).toBe(curve.until);
    expect(found!.waiting).toBe(late.filter(({ start, adopted }) => !(adopted !== null && adopted <= daysSince(start))).length);
    // Taken as if all had had the time, the share would be too low.
    expect(found!.marks[0]!.share!).toBeGreaterThan(adoptedBy(late, 30).length / 60);
  });

  test('they leave as CSV, a line for each mark and each day of a curve', async () => {
    const { launches } = await ask({ horizonDays: 60 });
    const [head, ...rows] = linesOf((await opened.client.adoptions.exportLaunches({ horizonDays: 60 })).csv);
    expect(head!.join()).toBe(
      'launch,name,market_date,feature,version,eligible,have_not_had_the_time,half_by_day,what,day,state,adopted,of,share,low,high',
    );
    const of = (key: string, what: string) => rows.filter((row) => row[0] === key && row[8] === what);
    for (const { key, marks, curve } of launches) {
      expect(of(key, 'mark').map((row) => [row[9], row[10], row[11]])).toEqual(
        marks.map(({ day, state, count }) => [`${day}`, state, `${count}`]),
      );
      expect(of(key, 'curve').map((row) => [row[9], row[13]])).toEqual(curve.map(({ day, share }) => [`${day}`, `${share}`]));
    }
  });

  test('what is not there, or cannot be counted, is said', async () => {
    expect((await ask({ launches: ['export-later', 'export'] })).without).toEqual(['export-later']);
    await expect(ask({ launches: ['nothing'] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask({ from: 'access', unit: 'people' })).rejects.toMatchObject({ code: 'invalid' });
    const other = await app.workspace('Another');
    expect((await other.client.adoptions.launches({})).launches).toEqual([]);
    await expect(other.client.adoptions.launches({ launches: ['export'] })).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** Of the second launch, 61 days after its market date: who has not adopted by then has not had 90 days. */
function waitingOf(horizon: number): number {
  const followed = Math.min(horizon, daysSince('2026-04-01'));
  return late.filter(({ start, adopted }) => {
    const day =
      adopted === null ? Infinity : Math.round((Date.parse(addDays(start, adopted - 1)) - Date.parse('2026-04-01')) / 86_400_000) + 1;
    return day > followed;
  }).length;
}
