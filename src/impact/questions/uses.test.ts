import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { type FeatureRule, featureRule, stepsOf } from '../../launch/features/schema.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { makeValues } from './filters.ts';
import { type UseDays, usesOf } from './uses.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const now = '2026-06-01 12:00:00.000';
const hourMilliseconds = 3_600_000;
const start = Date.UTC(2026, 3, 1);
const dayOf = (hour: number) => new Date(start + hour * hourMilliseconds).toISOString().slice(0, 10);

type Happened = { who: string; name: string; way: string; hour: number };
const same: Record<string, string> = { b1: 'u1', b2: 'u1' };
const personOf = (who: string) => same[who] ?? who;

/** Which steps an event does, by their places. */
const doneBy = (rule: FeatureRule, { name, way }: Happened): number[] =>
  stepsOf(rule).flatMap(({ event, filters }, place) =>
    (event === null || event === name) && filters.every(({ values }) => values.includes(way)) ? [place] : [],
  );

/** Whether the rule holds at the last of these events of one person, none of which is of an earlier use. */
const holds = (rule: FeatureRule, past: Happened[]): boolean => {
  const last = past.at(-1)!;
  const inWindow = ({ hour }: Happened) => last.hour - hour <= rule.withinDays * 24;
  const steps = stepsOf(rule);
  if (rule.kind === 'all') return steps.every((_, place) => past.some((one) => inWindow(one) && doneBy(rule, one).includes(place)));
  if (rule.kind === 'count') return past.filter(inWindow).length >= rule.atLeast;
  const chain = (place: number, at: number): boolean =>
    doneBy(rule, past[at]!).includes(place) &&
    (place === 0 ? inWindow(past[at]!) : past.slice(0, at).some((_, earlier) => chain(place - 1, earlier)));
  return chain(steps.length - 1, past.length - 1);
};

/** The days of the uses of one person, by the words of `featureRule`. */
const plainly = (rule: FeatureRule, events: Happened[]): string[] => {
  const bits = (one: Happened) => doneBy(rule, one).reduce((sum, place) => sum + 2 ** place, 0);
  const track = events.filter((one) => doneBy(rule, one).length > 0).toSorted((a, b) => a.hour - b.hour || bits(a) - bits(b));
  if (rule.kind === 'event' || rule.kind === 'any') return track.map(({ hour }) => dayOf(hour));
  const days: string[] = [];
  let sinceUse: Happened[] = [];
  for (const one of track) {
    sinceUse.push(one);
    if (!holds(rule, sinceUse)) continue;
    days.push(dayOf(one.hour));
    sinceUse = [];
  }
  return days;
};

const usesIn = (events: WorkspaceEvents, rule: FeatureRule, days?: UseDays) => {
  const values = makeValues({ now });
  const sql = `SELECT toString(day) AS day, toUInt32(sum(n)) AS uses, toUInt32(uniqExact(person)) AS people FROM ${usesOf(rule, values, days)} GROUP BY day ORDER BY day`;
  return events.ask<{ day: string; uses: number; people: number }>({ sql, params: values.params });
};

const step = (event: string | null, way?: string) => ({
  event,
  filters: way ? [{ property: 'way', operator: 'is' as const, values: [way] }] : [],
});
const rules = [
  { eventName: 'A' },
  { eventName: 'A', properties: [{ name: 'way', value: 'x' }] },
  { kind: 'any' as const, steps: [step('A', 'x'), step('C')] },
  { kind: 'all' as const, steps: [step('A'), step('B'), step('C')], withinDays: 2 },
  { kind: 'all' as const, steps: [step('A'), step('A', 'x')], withinDays: 1 },
  { kind: 'sequence' as const, steps: [step('A'), step('B')], withinDays: 1 },
  { kind: 'sequence' as const, steps: [step('A'), step('B', 'x'), step('A')], withinDays: 3 },
  { kind: 'sequence' as const, steps: [step('A'), step('A'), step(null)], withinDays: 1 },
  { kind: 'count' as const, steps: [step('A')], atLeast: 2, withinDays: 1 },
  { kind: 'count' as const, steps: [step('A', 'x'), step('B')], atLeast: 4, withinDays: 4 },
].map((rule) => featureRule.parse(rule));

const store = async (given: Happened[], name: string) => {
  const { context } = await app.workspace(name);
  const at = (hour: number) => new Date(start + hour * hourMilliseconds).toISOString().replace('T', ' ').replace('Z', '');
  const of = (who: string) => (who.startsWith('u') ? { user: who } : { anonymous: who });
  const said = Object.entries(same).map(([anonymous, user], place) => ({
    message: `i${place}`,
    kind: 'identify' as const,
    name: '$identify',
    at: at(0),
    user,
    anonymous,
  }));
  const rows = given.map(({ who, name: event, way, hour }, place) => ({
    message: `m${place}`,
    name: event,
    at: at(hour),
    properties: { way },
    ...of(who),
  }));
  await storeEvents(context.events, [...rows, ...said] as GivenEvent[], { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  return context.events;
};

const expected = (rule: FeatureRule, given: Happened[], { from = '', to = '9' }: UseDays = {}) => {
  const people = [...new Set(given.map(({ who }) => personOf(who)))];
  const uses = people.flatMap((person) =>
    plainly(
      rule,
      given.filter(({ who }) => personOf(who) === person),
    ).map((day) => ({ day, person })),
  );
  const days = [...new Set(uses.map(({ day }) => day))].filter((day) => day >= from && day <= to).toSorted();
  return days.map((day) => {
    const on = uses.filter((use) => use.day === day);
    return { day, uses: on.length, people: new Set(on.map(({ person }) => person)).size };
  });
};

test('uses of every kind of rule are what its words say of each person, day by day, merges, equal moments and edges of the window included', async () => {
  const happened = fc.array(
    fc.record({
      who: fc.constantFrom('u1', 'u2', 'b1', 'b2', 'b3'),
      name: fc.constantFrom('A', 'A', 'B', 'C'),
      way: fc.constantFrom('x', 'y'),
      hour: fc.nat(40).map((place) => place * 6),
    }),
    { minLength: 20, maxLength: 60 },
  );
  let [round, found] = [0, new Map<FeatureRule, number>()];
  await fc.assert(
    fc.asyncProperty(happened, async (given) => {
      const events = await store(given, `Uses ${round++}`);
      for (const rule of rules) {
        const uses = await usesIn(events, rule);
        expect({ rule, uses }).toEqual({ rule, uses: expected(rule, given) });
        found = found.set(rule, (found.get(rule) ?? 0) + uses.length);
        const days = { from: '2026-04-04', to: '2026-04-08' };
        expect({ rule, uses: await usesIn(events, rule, days) }).toEqual({ rule, uses: expected(rule, given, days) });
      }
    }),
    { numRuns: 5, seed: 20 },
  );
  // No rule was held against nothing.
  expect([...found.values()].every((days) => days > 0)).toBe(true);
}, 180_000);

test('a sequence that began before the days asked about counts on the day on which it is complete', async () => {
  const given = [
    { who: 'u1', name: 'A', way: 'x', hour: 20 },
    { who: 'u1', name: 'B', way: 'x', hour: 30 },
  ];
  const events = await store(given, 'Over midnight');
  const rule = featureRule.parse({ kind: 'sequence', steps: [step('A'), step('B')], withinDays: 1 });
  expect(await usesIn(events, rule, { from: '2026-04-02' })).toEqual([{ day: '2026-04-02', uses: 1, people: 1 }]);
  expect(await usesIn(events, rule, { to: '2026-04-01' })).toEqual([]);
});
