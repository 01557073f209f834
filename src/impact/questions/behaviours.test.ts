import { afterAll, beforeAll, expect, test } from 'vitest';
import { timeZone } from '../../../examples/weftwork/calendar.ts';
import { weftwork } from '../../../examples/weftwork/generate.ts';
import { type EventRow, eventRows } from '../../../examples/weftwork/rows.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import { inside, openAfterTheData } from '../examples/example.fixture.ts';

type Client = ReturnType<typeof inside>;
type Happened = Pick<EventRow, 'name' | 'properties'> & { person: string; account: string; at: number; day: string };
type Use = Pick<Happened, 'person' | 'account' | 'day'>;

let app: Awaited<ReturnType<typeof openAfterTheData>>;
let client: Client;
let handoff: { id: string; version: number };
let roundTrip: { id: string };
let events: Happened[];
const range = { kind: 'between' as const, from: '2026-07-01', to: '2026-10-31' };
const of = (feature: { id: string }, version?: number) => ({ kind: 'feature' as const, feature: feature.id, version });
const step = (event: string) => ({ event, filters: [] });

beforeAll(async () => {
  app = await openAfterTheData();
  client = inside(app.enter(await app.clientOf(app.maya).examples.open({})));
  handoff = (await client.features.list({})).features.find(({ name }) => name === 'Smart Handoff')!;
  const rule = { kind: 'sequence' as const, steps: [step('task_created'), step('handoff_sent')], withinDays: 1 };
  roundTrip = await client.features.create({ name: 'Round trip', rule });
  await client.features.update({ feature: roundTrip.id, rule: { ...rule, withinDays: 3 } });
  const days = new Map<number, string>();
  events = [...eventRows(weftwork())]
    .map(({ name, at, properties, person_id: person, account_id: account }) => {
      const moment = Date.parse(`${at.replace(' ', 'T')}Z`);
      const minute = Math.floor(moment / 60_000);
      if (!days.has(minute)) days.set(minute, dayIn(new Date(moment), timeZone));
      return { name, properties, person, account, at: moment, day: days.get(minute)! };
    })
    .toSorted((a, b) => a.at - b.at || Number(a.name === 'handoff_sent') - Number(b.name === 'handoff_sent'));
}, 180_000);
afterAll(() => app.close());

/** The definition in plain words: a task, then a hand-off by the same person within so many 24 hours; then it starts anew. */
const roundTrips = (withinDays: number): Use[] => {
  const begun = new Map<string, number>();
  return events.flatMap(({ person, account, name, at, day }) => {
    if (name === 'task_created') begun.set(person, at);
    if (name !== 'handoff_sent' || (begun.get(person) ?? -Infinity) < at - withinDays * 86_400_000) return [];
    begun.delete(person);
    return [{ person, account, day }];
  });
};
const handoffs = (): Use[] => events.filter(({ name, properties }) => name === 'handoff_accepted' && properties.mode === 'smart');
const firstDays = (done: readonly Use[], who: 'person' | 'account'): Map<string, string> => {
  const found = new Map<string, string>();
  for (const use of done) if (use.day < (found.get(use[who]) ?? '9')) found.set(use[who], use.day);
  return found;
};
const inRange = (day: string) => day >= range.from && day <= range.to;
const month = (day: string) => `${day.slice(0, 7)}-01`;

test('a trend of uses, their people and accounts is the plain count of a feature that is made of several events, in the version that is asked for', async () => {
  const measures = ['events', 'people', 'accounts', 'events_per_person'] as const;
  for (const [version, withinDays] of [
    [1, 1],
    [undefined, 3],
  ] as const) {
    const series = measures.map((measure) => ({ ...of(roundTrip, version), measure }));
    const { lines, facts } = await client.trends.get({ series, range, by: 'month' });
    const done = roundTrips(withinDays).filter(({ day }) => inRange(day));
    const plain = (uses: readonly Use[]) => {
      const people = new Set(uses.map(({ person }) => person)).size;
      return [uses.length, people, new Set(uses.map(({ account }) => account)).size, uses.length / people];
    };
    const months = ['2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'];
    const expected = months.map((at) => plain(done.filter(({ day }) => month(day) === at)));
    expect(lines[0]!.points.map((_, place) => lines.map(({ points }) => points[place]!.value))).toEqual(expected);
    expect(lines.map(({ total }) => total)).toEqual(plain(done));
    expect([lines[0]!.name, lines[0]!.counts]).toEqual(['Round trip', 'uses']);
    expect(facts.features).toEqual([{ id: roundTrip.id, name: 'Round trip', version: version ?? 2, newestVersion: 2 }]);
    const rows = await client.trends.rows({ series, range, by: 'month', at: '2026-08-01', unit: 'accounts', limit: 500 });
    expect(rows.total).toBe(expected[1]![2]);
    expect(rows.rows.reduce((sum, row) => sum + Number(row.events), 0)).toBe(expected[1]![0]);
  }
}, 120_000);

test('uses are added up, compared, followed over seven days and broken down like events', async () => {
  const done = roundTrips(3);
  const cumulative = await client.trends.get({ series: [{ ...of(roundTrip), measure: 'people' }], range, by: 'month', cumulative: true });
  const first = firstDays(
    done.filter(({ day }) => inRange(day)),
    'person',
  );
  expect(cumulative.lines[0]!.points.at(-1)!.value).toBe(first.size);
  const sticky = await client.trends.get({ series: [{ ...of(roundTrip), measure: 'stickiness_7' }], range, by: 'month' });
  const last = done.filter(({ day }) => day > addDays(range.to, -7) && day <= range.to);
  const days = new Set(last.map(({ person, day }) => `${person} ${day}`)).size;
  expect(sticky.lines[0]!.points.at(-1)!.value).toBeCloseTo(days / new Set(last.map(({ person }) => person)).size, 10);
  const byPlan = { by: 'account_property' as const, name: 'plan' };
  const broken = await client.trends.get({ series: [{ ...of(roundTrip), measure: 'events' }], range, by: 'month', breakdown: byPlan });
  expect(broken.lines.length).toBeGreaterThan(1);
  expect(broken.lines.reduce((sum, { total }) => sum + (total ?? 0), 0)).toBe(done.filter(({ day }) => inRange(day)).length);
}, 60_000);

test('a feature of single events gives what its event gives, wherever it stands', async () => {
  const event = { event: 'handoff_accepted', filters: [{ property: 'mode', operator: 'is' as const, values: ['smart'] }] };
  const bare = ({ facts: _facts, ...answer }: { facts: object }) =>
    JSON.stringify(answer).replaceAll('Smart Handoff', 'handoff_accepted').replaceAll('"counts":"uses"', '"counts":"events"');
  const trend = (one: object) => client.trends.get({ series: [{ ...one, measure: 'people' }], range, by: 'week', compare: true } as never);
  expect(bare(await trend(of(handoff)))).toBe(bare(await trend(event)));
  const funnel = (one: object) => client.funnels.get({ steps: [step('task_created'), one], range, exclusions: [] } as never);
  const way = await funnel(of(handoff));
  expect(bare(way)).toBe(bare(await funnel(event)));
  expect(way.steps[1]!.count).toBeGreaterThan(0);
  expect(way.facts.features).toMatchObject([{ name: 'Smart Handoff', version: 1 }]);
  const rows = (one: object) => client.funnels.rows({ steps: [step('task_created'), one], range, place: 2 } as never);
  expect(await rows(of(handoff))).toEqual(await rows(event));
  const retention = (one: object) => client.retentions.get({ start: one, return: one, range, by: 'month' } as never);
  expect(bare(await retention(of(handoff)))).toBe(bare(await retention(event)));
}, 120_000);

test.each([
  ['people', 'person'],
  ['accounts', 'account'],
] as const)(
  'retention of %s begins with the first use of one feature and comes back with a use of another, as the plain definition says',
  async (unit, who) => {
    const asked = { start: of(handoff), return: of(roundTrip, 1), range, by: 'month' as const, periods: 2, unit };
    const { cohorts, all, facts } = await client.retentions.get(asked);
    const begun = [...firstDays(handoffs(), who)].filter(([, day]) => inRange(day));
    const returns = new Map<string, string[]>();
    for (const use of roundTrips(1)) returns.set(use[who], [...(returns.get(use[who]) ?? []), use.day]);
    const came = (one: string, start: string, period: string) =>
      (returns.get(one) ?? []).some((day) => day >= start && month(day) === period);
    const months = [...new Set(begun.map(([, day]) => month(day)))].toSorted();
    const expected = months.map((cohort) => {
      const own = begun.filter(([, day]) => month(day) === cohort);
      const place = Number(cohort.slice(5, 7));
      const periods = [place, place + 1, place + 2]
        .filter((number) => number <= 10)
        .map((number) => `2026-${String(number).padStart(2, '0')}-01`);
      return [cohort, own.length, ...periods.map((period) => own.filter(([one, start]) => came(one, start, period)).length)];
    });
    expect(cohorts.map(({ start, n, cells }) => [start, n, ...cells.flatMap((cell) => (cell ? [cell.count] : []))])).toEqual(expected);
    expect(all.n).toBe(begun.length);
    expect(all.n).toBeGreaterThan(30);
    expect(new Set(facts.features!.map(({ name, version }) => `${name} ${version}`))).toEqual(new Set(['Round trip 1', 'Smart Handoff 1']));
  },
  60_000,
);

test('an early behaviour and staying can be uses of features: who did it and who stayed are those of the plain definition', async () => {
  const asked = {
    range: { kind: 'between' as const, from: '2025-06-01', to: '2026-08-31' },
    earlyDays: 30,
    staying: { from: 31, to: 60, step: of(roundTrip) },
    behaviours: [of(roundTrip, 1), { event: 'task_created', filters: [] }],
  };
  const trips = { early: roundTrips(1), later: roundTrips(3) };
  const seen = [...firstDays(events, 'person')].filter(([, day]) => day >= asked.range.from && day <= asked.range.to);
  const byPerson = (uses: readonly Use[]) => {
    const found = new Map<string, Use[]>();
    for (const use of uses) found.set(use.person, [...(found.get(use.person) ?? []), use]);
    return found;
  };
  const [early, later] = [byPerson(trips.early), byPerson(trips.later)];
  const within = (uses: readonly Use[] | undefined, from: string, to: string) =>
    (uses ?? []).filter(({ day }) => day >= from && day <= to).length;
  const plain = seen.map(([person, start]) => ({
    times: within(early.get(person), start, addDays(start, 29)),
    stayed: within(later.get(person), addDays(start, 31), addDays(start, 60)) > 0,
  }));
  for (const times of [1, 2])
    for (const did of [true, false])
      for (const stayed of [true, false]) {
        const { total } = await client.activations.rows({ ...asked, behaviour: 0, times, did, stayed });
        expect([times, did, stayed, total]).toEqual([
          times,
          did,
          stayed,
          plain.filter((one) => one.times >= times === did && one.stayed === stayed).length,
        ]);
      }
  expect(plain.filter(({ times, stayed }) => times > 0 && stayed).length).toBeGreaterThan(5);
  const answer = await client.activations.search(asked);
  const judged = [...answer.findings, ...answer.leftOut];
  expect(judged.filter(({ event, times }) => event === 'Round trip' && times === 1)).toMatchObject([{ behaviour: 0 }]);
  // What was asked for by name is not looked at a second time.
  expect(judged.filter(({ event, times }) => event === 'task_created' && times === 1)).toMatchObject([{ behaviour: 1 }]);
  expect(new Set(answer.facts.features!.map(({ version }) => version))).toEqual(new Set([1, 2]));
  await expect(client.activations.rows({ ...asked, behaviour: 2 })).rejects.toThrow('There are 2 behaviours; place 2 is none of them.');
  await expect(client.activations.rows({ ...asked })).rejects.toThrow('Name the event whose rows are listed');
}, 180_000);

test('a kept question names the feature, and is answered by the version of that time; what was shared stays as it was', async () => {
  const rule = { kind: 'count' as const, steps: [step('task_created')], atLeast: 3, withinDays: 1 };
  const feature = await client.features.create({ name: 'Busy day', rule });
  const asked = { series: [{ ...of(feature), measure: 'events' }], range, by: 'month' };
  const kept = await client.questions.create({ name: 'Busy days', kind: 'trends', asked });
  const { link, shared } = await client.sharedAnswers.create({ question: kept.id });
  await client.features.update({ feature: feature.id, rule: { ...rule, atLeast: 6 } });
  const opened = await client.sharedAnswers.open({ token: link.split('/').at(-1)! });
  expect(opened.answer.facts.features).toMatchObject([{ name: 'Busy day', version: 1 }]);
  const again = await client.sharedAnswers.recount({ shared: shared.id });
  expect(again.answer.facts.features).toMatchObject([{ name: 'Busy day', version: 2, newestVersion: 2 }]);
  expect((await client.questions.get({ question: kept.id })).asked).toMatchObject({ series: [{ feature: feature.id }] });
  const total = ({ answer }: { answer: object }) => (answer as { lines: { total: number }[] }).lines[0]!.total;
  expect(total(again)).toBeLessThan(total(opened));
}, 60_000);

test('what a feature cannot answer is refused, with what to do', async () => {
  const { trends, funnels, retentions } = client;
  const series = (more: object) => trends.get({ series: [{ ...of(roundTrip), ...more }], range });
  await expect(funnels.get({ steps: [of(roundTrip), of(handoff)], range })).rejects.toThrow(
    'A use of "Round trip" is made of several events: it has a day, but no moment and no properties. A step of a funnel is one event',
  );
  await expect(funnels.get({ steps: [step('task_created'), of(handoff)], exclusions: [of(roundTrip)], range })).rejects.toThrow(
    'no moment',
  );
  await expect(series({ measure: 'mean', property: 'minutes' })).rejects.toThrow('Count its uses, people or accounts.');
  const byProperty = { by: 'property' as const, name: 'mode' };
  await expect(trends.get({ series: [of(roundTrip)], range, breakdown: byProperty })).rejects.toThrow('Break down by a field');
  await expect(retentions.get({ start: of(roundTrip), range, breakdown: byProperty })).rejects.toThrow('Break down by a field');
  await expect(series({ version: 9 })).rejects.toThrow('"Round trip" has no version 9; the newest is 2.');
  const elsewhere = '00000000-0000-4000-8000-000000000000';
  await expect(series({ feature: elsewhere })).rejects.toThrow('There is no such feature in this workspace');
  await expect(series({ feature: "') OR 1 = 1 --" })).rejects.toThrow('series.0.feature');
  await expect(trends.get({ series: [{ kind: 'uses', event: null }], range } as never)).rejects.toThrow('series.0.kind');
  const other = inside(app.enter(await app.clientOf(app.maya).workspaces.create({ name: 'Other', timeZone: 'UTC', currency: 'USD' })));
  await expect(other.trends.get({ series: [of(handoff)], range })).rejects.toThrow('There is no such feature in this workspace');
}, 60_000);
