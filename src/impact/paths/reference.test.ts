import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import { type Definition, type Figure, figuresOf, groups, type Happened, pathsOf } from './reference.fixture.ts';
import { mostNames, type Paths, pathsAsked } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const start = Date.parse('2026-05-01T20:00:00Z');
const minute = 60_000;
const people = 70;
const user = (index: number) => `u${index}`;
/** A fifth has no account; the others share 14. */
const account = (index: number) => (index % 5 === 0 ? '' : `g${index % 14}`);

/** Few names do most, and twelve are there; around midnight on both sides, in the same minutes, by browsers that are somebody's. */
const history = fc.array(
  fc.record({
    who: fc.nat(people - 1),
    minute: fc.oneof(fc.nat(500), fc.integer({ min: 1400, max: 1800 })),
    name: fc.constantFrom('A', 'A', 'A', 'B', 'B', 'B', 'C', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'),
    plan: fc.constantFrom('pro', 'free'),
    browser: fc.boolean(),
  }),
  { minLength: 2200, maxLength: 2400 },
);

type Given = { who: number; minute: number; name: string; plan: string; browser: boolean };

const stored = async (seed: number) => {
  const opened = await app.workspace();
  const { context } = opened;
  const given: Given[] = fc.sample(history, { seed, numRuns: 1 })[0]!;
  const iso = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  const events = given.map(({ who, minute: at, name, plan, browser }, index) => ({
    message: `m${index}`,
    name,
    at: iso(start + at * minute),
    properties: { plan },
    ...(browser ? { anonymous: `b${who}` } : { user: user(who), ...(account(who) && { account: account(who) }) }),
  }));
  const said = Array.from({ length: people }, (_, who) => ({
    message: `i${who}`,
    kind: 'identify' as const,
    name: '$identify',
    at: iso(start),
    user: user(who),
    anonymous: `b${who}`,
  }));
  // Whose people they are is said once, so that what they do on a browser is their account's too.
  const grouped = Array.from({ length: people }, (_, who) => who)
    .filter((who) => account(who) !== '')
    .map((who) => ({
      message: `g${who}`,
      kind: 'group' as const,
      name: '$group',
      at: iso(start),
      user: user(who),
      account: account(who),
    }));
  const asked = { timeZone: 'UTC', receivedAt: context.now() };
  await storeEvents(context.events, [...events, ...said, ...grouped], asked);
  await refreshIdentities(context);
  return { opened, given };
};

const unitsOf = (given: Given[], unit: 'people' | 'accounts'): { unit: string; cluster: string; events: Happened[] }[] => {
  const known = given.filter(({ who }) => unit === 'people' || account(who) !== '');
  const byUnit = groups(known, ({ who }) => (unit === 'people' ? user(who) : account(who)));
  return [...byUnit].map(([id, ones]) => ({
    unit: id,
    cluster: unit === 'people' ? account(ones[0]!.who) || id : id,
    events: ones.map(({ minute: at, name, plan }) => ({ at: start + at * minute, name, plan })),
  }));
};

type Case = Partial<Definition> & { unit?: 'people' | 'accounts' };
const cases: Case[] = [
  { from: { event: 'A' } },
  { from: { event: 'B', plan: 'pro' }, depth: 3, to: { event: 'C' } },
  { from: { event: 'A', plan: 'pro' }, to: { event: 'A', plan: 'free' }, depth: 2 },
  { from: null, depth: 5 },
  { from: null, to: { event: 'D' }, direction: 'before', depth: 8 },
  { from: { event: 'C' }, direction: 'before', leaveOut: ['A', 'B'], depth: 4 },
  { from: { event: null, plan: 'pro' }, to: { event: null, plan: 'free' }, leaveOut: ['D'], depth: 3 },
  { from: { event: 'D' }, unit: 'accounts', gap: 3 * minute, depth: 3 },
  { from: { event: 'A' }, to: { event: 'B' }, unit: 'accounts', gap: minute, direction: 'before' },
];

const step = (match: Definition['from']) =>
  match && { event: match.event, filters: match.plan ? [{ property: 'plan', operator: 'is' as const, values: [match.plan] }] : [] };

type Shown = {
  key: unknown[];
  count: number;
  units: number;
  ended?: number;
  arrived?: number;
  share?: number | null;
  low?: number | null;
  seconds?: number | null;
};

const shownOf = (answer: Paths): Shown[] => [
  { key: ['all'], count: answer.count, units: answer.units, ended: answer.ended, arrived: answer.arrived },
  ...answer.positions.flatMap(({ nodes }, place) => nodes.map(({ name, ...node }) => ({ ...node, key: ['node', place + 1, name] }))),
  ...answer.links.map(({ position, from, to, count, units }) => ({ key: ['link', position, from, to], count, units })),
  ...answer.tree.map(({ path, ...one }) => ({ ...one, key: ['begins', ...path] })),
  ...(answer.reached && answer.reached.count > 0 ? [{ ...answer.reached, key: ['reached'] }] : []),
  ...answer.whole.map(({ path, ...one }) => ({ ...one, key: ['whole', ...path] })),
];

const check = (shown: Shown, figure: Figure | undefined, of: string) => {
  const { key, count, units, ended, arrived, share, low, seconds } = shown;
  expect(figure, `${of}: ${JSON.stringify(key)} is there`).toBeDefined();
  const plain = figure!;
  expect({ count, units }, `${of}: ${JSON.stringify(key)}`).toEqual({ count: plain.count, units: plain.units });
  if (ended !== undefined) expect([ended, arrived], `${of}: ${JSON.stringify(key)}`).toEqual([plain.ended, plain.arrived]);
  if (seconds !== undefined) expect(seconds, `${of}: ${JSON.stringify(key)}`).toBeCloseTo(plain.seconds!, 6);
  if (share !== undefined) {
    const estimate = clusteredShareInterval(plain.sums as never);
    if ('refused' in estimate) throw new Error('The histories have enough clusters.');
    expect([share, low], `${of}: ${JSON.stringify(key)}`).toEqual([estimate.share, estimate.low]);
  }
};

test('paths are what the plain definition says, on random histories with merges', async () => {
  for (const seed of [21, 22]) {
    const { opened, given } = await stored(seed);
    for (const one of cases) {
      const { unit = 'people', ...more } = one;
      const definition: Definition = {
        from: null,
        to: null,
        direction: 'after',
        depth: 4,
        gap: 20 * minute,
        leaveOut: [],
        begin: Date.parse('2026-05-02T00:00:00Z'),
        end: Date.parse('2026-05-02T23:59:59.999Z'),
        ...more,
      };
      const { from, to, direction, depth, gap, leaveOut } = definition;
      const range = { kind: 'between' as const, from: '2026-05-02', to: '2026-05-02' };
      const question = pathsAsked.parse({ from: step(from), to: step(to), direction, depth, gap: gap / minute, leaveOut, range, unit });
      const answer = await opened.client.paths.get(question);
      const plain = unitsOf(given, unit).flatMap(({ unit: id, cluster, events }) => pathsOf(id, cluster, events, definition));
      const { figures, names } = figuresOf(plain, mostNames);
      const said = `${seed} ${JSON.stringify(one)}`;
      expect(plain.length, said).toBeGreaterThan(20);
      expect(answer.clusters, said).toBe(new Set(plain.map(({ cluster }) => cluster)).size);
      expect(
        answer.positions.map((position) => position.names),
        said,
      ).toEqual(names);
      const shown = shownOf(answer);
      for (const figure of shown) check(figure, figures.get(JSON.stringify(figure.key)), said);
      // Nothing is missing but what is beyond the limits of the lists.
      const keys = new Set(shown.map(({ key }) => JSON.stringify(key)));
      const missing = [...figures.keys()].filter((key) => !keys.has(key)).map((key) => JSON.parse(key)[0] as string);
      expect(
        missing.filter((facet) => !['begins', 'whole', 'link'].includes(facet)),
        said,
      ).toEqual([]);
      expect(
        [answer.tree.length, answer.whole.length].every(
          (length, place) => length === [600, 20][place] || !missing.includes(['begins', 'whole'][place]!),
        ),
        said,
      ).toBe(true);
      // A figure opens to as many as it says.
      const [first] = answer.positions;
      const node = first!.nodes.at(-1)!;
      const rows = await opened.client.paths.rows({ ...question, place: { kind: 'node', position: 1, name: node.name } });
      expect([rows.total, rows.rows.reduce((sum, row) => sum + Number(row['paths']), 0)], said).toEqual([node.units, node.count]);
    }
  }
}, 240_000);
