import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { type Definition, type Done, placeOf, stand, type Stands } from './reference.fixture.ts';
import type { RetentionAsked, RetentionCell } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const timeZone = 'Asia/Tokyo';
const begin = Date.parse('2026-02-10T00:00:00Z');
const hour = 3_600_000;
const people = 160;
const companies = 40;
const lastDay = '2026-05-20';

type Given = { who: number; hours: number; name: string; plan: string; browser: boolean; elsewhere: boolean };
/** People who begin at any time and do little, on browsers that turn out to be theirs; now and then for another company. */
const history = fc.noBias(
  fc.array(
    fc.record({
      who: fc.nat(people - 1),
      hours: fc.nat(99 * 24 + 8),
      name: fc.constantFrom('Signed up', 'Used', 'Used', 'Used', 'Viewed'),
      plan: fc.constantFrom('', 'pro', 'free'),
      browser: fc.boolean(),
      elsewhere: fc.nat(9).map((one) => one === 0),
    }),
    { minLength: 900, maxLength: 1100 },
  ),
);

const accountOf = (who: number) => who % companies;
const local = (at: number) => new Date(at + 9 * hour).toISOString().slice(0, 10);
const iso = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '');

const stored = async (seed: number) => {
  const { context: opened } = await app.workspace();
  const context = { ...opened, workspace: { ...opened.workspace, timeZone } };
  const [given] = fc.sample(history, { seed, numRuns: 1 }) as [Given[]];
  const events = given.map(({ who, hours, name, plan, browser, elsewhere }, index) => ({
    message: `m${index}`,
    name,
    at: iso(begin + hours * hour),
    ...(browser ? { anonymous: `b${who}` } : { user: `u${who}` }),
    ...(elsewhere && { account: `g${accountOf(who + 1)}` }),
    properties: { plan },
  }));
  // Who is whose is said late; the last event of all is the newest one.
  const saidAt = begin + 60 * 24 * hour;
  const said = Array.from({ length: people }, (_, who) => [
    { message: `i${who}`, kind: 'identify' as const, name: '$identify', at: iso(saidAt), user: `u${who}`, anonymous: `b${who}` },
    { message: `g${who}`, kind: 'group' as const, name: '$group', at: iso(saidAt), user: `u${who}`, account: `g${accountOf(who)}` },
  ]).flat();
  const newest = { message: 'n', name: 'Viewed', at: `${lastDay} 01:00:00.000`, user: 'u0', properties: { plan: '' } };
  const how = { timeZone, receivedAt: context.now() };
  // A third arrives late: after the rest was settled and it was worked out who is who.
  await storeEvents(context.events, [...events.filter((_, index) => index % 3 > 0), ...said, newest], how);
  await refreshIdentities(context);
  await storeEvents(
    context.events,
    events.filter((_, index) => index % 3 === 0),
    how,
  );
  await refreshIdentities(context);
  const all = [
    ...given.map(({ who, hours, name, plan, elsewhere }) => ({
      who,
      at: begin + hours * hour,
      name,
      plan,
      account: accountOf(elsewhere ? who + 1 : who),
    })),
    ...Array.from({ length: people }, (_, who) =>
      ['$identify', '$group'].map((name) => ({ who, at: saidAt, name, plan: '', account: accountOf(who) })),
    ).flat(),
    { who: 0, at: Date.parse(`${lastDay}T01:00:00Z`), name: 'Viewed', plan: '', account: accountOf(0) },
  ].map((one) => ({ ...one, day: local(one.at) }));
  return { client: createRouterClient(catalogue, { context }), all };
};

const byUnit = (all: readonly (Done & { who: number; account: number })[], unit: RetentionAsked['unit']) => {
  const found = new Map<number, Done[]>();
  for (const done of all) {
    const number = unit === 'people' ? done.who : done.account;
    found.set(number, [...(found.get(number) ?? []), done]);
  }
  return found;
};

type Counted = { cluster: number; came: boolean };

const shareOf = (units: Counted[], unit: RetentionAsked['unit'], incomplete: boolean): RetentionCell | null => {
  const [of, count] = [units.length, units.filter(({ came }) => came).length];
  if (of === 0) return null;
  const clusters = [...new Set(units.map(({ cluster }) => cluster))].map((cluster) => {
    const own = units.filter((one) => one.cluster === cluster);
    return { n: own.length, y: own.filter(({ came }) => came).length };
  });
  const sum = (of_: (one: { n: number; y: number }) => number) => clusters.reduce((total, one) => total + of_(one), 0);
  const sums = { sumYY: sum(({ y }) => y * y), sumYN: sum(({ y, n }) => y * n), sumNN: sum(({ n }) => n * n) };
  const estimate =
    unit === 'people'
      ? clusteredShareInterval({ clusters: clusters.length, successes: count, trials: of, ...sums })
      : shareInterval(count, of);
  const silent = of < 20 || incomplete || 'refused' in estimate;
  const limits = silent || 'refused' in estimate ? { low: null, high: null } : { low: estimate.low, high: estimate.high };
  return { count, of, share: of < 5 ? null : count / of, ...limits, incomplete };
};

const signedUp = { event: 'Signed up', filters: [] };
const used = { event: 'Used', filters: [] };
const usedPro = { event: 'Used', filters: [{ property: 'plan', operator: 'is' as const, values: ['pro'] }] };
const isUsed = ({ name }: Done) => name === 'Used';
const behaves = ({ name }: Done) => !name.startsWith('$');
const between = (from: string, to: string) => ({ kind: 'between' as const, from, to });

type Case = {
  asked: Omit<RetentionAsked, 'range'> & { range: { kind: 'between'; from: string; to: string } };
  says: Pick<Definition, 'begins' | 'returns'>;
};
const base = { kind: 'on', unit: 'people', by: 'week', periods: 6, range: between('2026-02-16', '2026-05-31') } as const;
const cases: Case[] = [
  { asked: { ...base, start: null, return: null }, says: { begins: null, returns: behaves } },
  {
    asked: { ...base, start: signedUp, return: used, kind: 'onOrAfter' },
    says: { begins: ({ name }) => name === 'Signed up', returns: isUsed },
  },
  {
    asked: { ...base, start: used, return: used, by: 'day', periods: 14, range: between('2026-02-20', '2026-03-25') },
    says: { begins: isUsed, returns: isUsed },
  },
  {
    asked: { ...base, start: usedPro, return: usedPro, by: 'month', periods: 3, range: between('2026-02-15', '2026-05-31') },
    says: { begins: (done) => isUsed(done) && done.plan === 'pro', returns: (done) => isUsed(done) && done.plan === 'pro' },
  },
  {
    asked: { ...base, start: null, return: used, unit: 'accounts', kind: 'onOrAfter', range: between('2026-02-10', '2026-05-31') },
    says: { begins: null, returns: isUsed },
  },
  {
    asked: { ...base, start: used, return: null, unit: 'accounts', range: between('2026-02-10', '2026-05-31') },
    says: { begins: isUsed, returns: behaves },
  },
  {
    asked: {
      ...base,
      start: signedUp,
      return: null,
      breakdown: { by: 'property', name: 'plan' },
      range: between('2026-02-10', '2026-04-30'),
    },
    says: { begins: ({ name }) => name === 'Signed up', returns: behaves },
  },
];

test('the statement counts what the plain definition counts, on random histories with merges and late events', async () => {
  for (const seed of [21, 22]) {
    const { client, all } = await stored(seed);
    for (const { asked, says } of cases) {
      const definition: Definition = {
        ...says,
        by: asked.by,
        periods: asked.periods,
        kind: asked.kind,
        from: asked.range.from,
        to: asked.range.to,
        lastDay,
      };
      const stands = [...byUnit(all, asked.unit)].flatMap(([number, done]) => {
        const one = stand(done, definition);
        return one ? [{ ...one, cluster: asked.unit === 'people' ? accountOf(number) : number }] : [];
      });
      const cell = (units: (Stands & { cluster: number })[], place: number, incomplete: boolean) =>
        shareOf(
          units.map(({ came, cluster }) => ({ came: came[place]!, cluster })),
          asked.unit,
          incomplete,
        );
      const places = Array.from({ length: asked.periods + 1 }, (_, place) => place);
      const pooled = (units: typeof stands) =>
        places.map((place) =>
          cell(
            units.filter(({ over }) => over[place]),
            place,
            false,
          ),
        );
      const cohorts = [...new Set(stands.map(({ cohort }) => cohort))].toSorted().map((start) => {
        const units = stands.filter(({ cohort }) => cohort === start);
        const begunUntil = placeOf(start, lastDay, asked.by);
        return {
          start,
          n: units.length,
          cells: places.map((place) => (start > lastDay || place > begunUntil ? null : cell(units, place, !units[0]!.over[place]))),
        };
      });
      const answer = await client.retentions.get(asked);
      const what = `${seed} ${JSON.stringify(asked)}`;
      expect(answer.lastDay).toBe(lastDay);
      expect(
        answer.cohorts.map(({ start, n, cells }) => ({ start, n, cells })),
        what,
      ).toEqual(cohorts);
      expect(answer.all, what).toEqual({ n: stands.length, cells: pooled(stands) });
      expect(answer.all.n).toBeGreaterThan(15);
      const groups = ['pro', 'free', ''].map((plan) => {
        const own = stands.filter((one) => one.plan === plan);
        return { kind: plan ? 'usual' : 'not_set', name: plan, n: own.length, cells: pooled(own) };
      });
      const order = <Group extends { name: string }>(list: Group[]) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      expect(order(answer.groups), what).toEqual(asked.breakdown ? order(groups) : []);
    }
  }
}, 120_000);
