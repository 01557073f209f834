import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { own } from '../../platform/events/sources.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { doingOf } from '../questions/behaviours.ts';
import { makeValues } from '../questions/filters.ts';
import { follow, type Happened, type Stands } from './reference.fixture.ts';
import type { Order } from './schema.ts';
import { type Way, ways } from './ways.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const begin = Date.parse('2026-05-01T00:00:00Z');
const minute = 60_000;
const people = 60;
const user = (index: number) => `u${index}`;

/** Events by few people in few minutes, so that all happens: ties, repeats, browsers that turn out to be somebody's. */
const history = fc.array(
  fc.record({
    who: fc.nat(people - 1),
    minute: fc.nat(40),
    name: fc.constantFrom('A', 'A', 'B', 'B', 'C', 'D', 'X', 'Z'),
    browser: fc.boolean(),
  }),
  { minLength: 700, maxLength: 900 },
);

const stored = async (seed: number) => {
  const { context } = await app.workspace();
  const [given] = fc.sample(history, { seed, numRuns: 1 });
  const iso = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  const events = given!.map(({ who, minute: at, name, browser }, index) => ({
    message: `m${index}`,
    name,
    at: iso(begin + at * minute),
    ...(browser ? { anonymous: `b${who}` } : { user: user(who) }),
  }));
  const said = Array.from({ length: people }, (_, who) => ({
    message: `i${who}`,
    kind: 'identify' as const,
    name: '$identify',
    at: iso(begin),
    user: user(who),
    anonymous: `b${who}`,
  }));
  await storeEvents(context.events, [...events, ...said], { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  const byPerson = new Map<string, Happened[]>();
  for (const { who, minute: at, name } of given!)
    byPerson.set(user(who), [...(byPerson.get(user(who)) ?? []), { at: begin + at * minute, name }]);
  return { context, byPerson };
};

type Case = { order: Order; steps: string[]; exclusions: string[]; minutes: number; now: number };
const cases: Case[] = [
  { order: 'ordered', steps: ['A', 'B'], exclusions: [], minutes: 5, now: 60 },
  { order: 'ordered', steps: ['A', 'B', 'C'], exclusions: [], minutes: 12, now: 60 },
  { order: 'ordered', steps: ['A', 'B', 'C', 'D'], exclusions: ['X'], minutes: 20, now: 30 },
  { order: 'ordered', steps: ['A', 'A', 'B'], exclusions: [], minutes: 10, now: 60 },
  { order: 'ordered', steps: ['A', 'B', 'A'], exclusions: ['X'], minutes: 15, now: 35 },
  { order: 'strict', steps: ['A', 'B'], exclusions: [], minutes: 10, now: 60 },
  { order: 'strict', steps: ['A', 'B', 'C'], exclusions: ['X'], minutes: 30, now: 38 },
  { order: 'strict', steps: ['A', 'A'], exclusions: [], minutes: 30, now: 60 },
  { order: 'any', steps: ['A', 'B', 'C'], exclusions: [], minutes: 6, now: 60 },
  { order: 'any', steps: ['A', 'B', 'C', 'D'], exclusions: ['X'], minutes: 15, now: 33 },
];

type Row = Stands & { id: string };

test('the statement says of each person what the plain definition says, on random histories with merges', async () => {
  for (const seed of [11, 12, 13]) {
    const { context, byPerson } = await stored(seed);
    for (const { order, steps, exclusions, minutes, now } of cases) {
      const at = new Date(begin + now * minute);
      const step = (event: string) => doingOf({ event, filters: [] }, at);
      const way: Way = {
        steps: steps.map(step),
        exclusions: exclusions.map(step),
        order,
        window: { count: minutes, in: 'minutes' },
        unit: 'people',
        range: { kind: 'last', days: 30 },
        days: { from: '2026-05-01', to: '2026-05-01' },
        now: at,
      };
      const values = makeValues();
      const sql = `SELECT u.key_value AS id, toUInt8(depth) AS depth, entered, moments, CAST(w.under_way = 1, 'Bool') AS underWay, CAST(w.settled = 1, 'Bool') AS settled
        FROM ${ways(way, values)} AS w INNER JOIN (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u ON u.number = w.number ORDER BY id`;
      const found = await context.events.ask<Row>({ sql, params: values.params });
      const definition = {
        steps,
        exclusions,
        order,
        length: minutes * minute,
        to: Date.parse('2026-05-01T23:59:59.999Z'),
        now: at.getTime(),
      };
      const expected = [...byPerson]
        .flatMap(([id, all]) => {
          const stands = follow(
            all.filter((event) => event.at <= at.getTime()),
            definition,
          );
          return stands ? [{ id, ...stands }] : [];
        })
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(found, `${seed} ${order} ${steps.join(' ')}`).toEqual(expected);
      expect(new Set(expected.map(({ depth }) => depth)).size).toBeGreaterThan(1);
    }
  }
}, 120_000);
