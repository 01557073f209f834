import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../events/settle.ts';
import { propertyTypes } from '../planned-events/schema.ts';
import { faultOf, readyPlan, standingOf, withLikeness } from './standing.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const values = [
  '0',
  '12',
  '-3',
  '+4',
  '1.5',
  '.5',
  '5.',
  '1e5',
  '1E-3',
  '1e',
  'e5',
  'NaN',
  'inf',
  '-Infinity',
  '0x10',
  ' 1',
  '1 ',
  '1,000',
  '1e999',
  'true',
  'false',
  'True',
  'yes',
  '1',
  '2026-06-01',
  '2026-06-01T10:00:00Z',
  '2026-06-01 nonsense',
  '2026-02-28',
  '2026-13-01',
  '2026-6-1',
  'soon',
  '2026-06-011',
  'x',
  '多少',
  '-',
  '[]',
  '{"a":1}',
];

test('one event is judged as the check of the plan judges many', async () => {
  const { client, context } = await app.workspace();
  const cases = propertyTypes.flatMap((type) => [...new Set(values)].map((value, index) => ({ name: `${type}_${index}`, type, value })));
  for (const { name, type } of cases)
    await client.plannedEvents.create({ name, properties: [{ name: 'x', type, allowed: type === 'string' ? ['x', '12'] : [] }] });
  const given = cases.map(({ name, value }, index) => ({
    message: `m${index}`,
    name,
    at: '2026-05-20 10:00:00.000',
    user: 'u1',
    properties: { x: value },
  }));
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  const { events } = await client.plannedEvents.check({ days: 30, to: '2026-06-01' });
  const found = new Map(events.map(({ name, deviations }) => [name, deviations[0]?.kind ?? null]));
  const told = (judge: (name: string) => string | null) => cases.map(({ name, value }) => `${name} ${value}: ${judge(name)}`);
  const plan = new Map((await client.plannedEvents.list({})).plannedEvents.map((event) => [event.name, event.properties[0]!]));
  const valueOf = new Map(cases.map(({ name, value }) => [name, value]));
  expect(found.size).toBe(cases.length);
  expect(told((name) => faultOf(plan.get(name)!, valueOf.get(name)!))).toEqual(told((name) => found.get(name)!));
}, 120_000);

const planned = (name: string, properties: { name: string; required?: boolean }[] = []) => ({
  id: name,
  name,
  description: '',
  owner: '',
  properties: properties.map((property) => ({ type: 'string' as const, required: true, allowed: [], ...property })),
  version: 1,
  createdAt: '',
  updatedAt: '',
});
const shown = (name: string, properties: Record<string, string> = {}, kind: 'track' | 'identify' | 'failed' = 'track') => ({
  key: 'k',
  received_at: '',
  at: '',
  message: 'm',
  isCut: false,
  kind,
  name,
  properties,
});

test('what has no name of its own, and what failed, does not stand to the plan; nor does anything where there is none', () => {
  const plan = readyPlan([planned('Paid')]);
  expect(standingOf(shown('$identify', {}, 'identify'), plan).plan).toBe(null);
  expect(standingOf(shown('Paid', {}, 'failed'), plan).plan).toBe(null);
  expect(standingOf(shown('Other'), plan).plan).toBe('unplanned');
  expect(standingOf(shown('Other'), readyPlan([])).plan).toBe(null);
});

test('an optional property may be missing, an empty one is', () => {
  const plan = readyPlan([planned('Paid', [{ name: 'plan' }, { name: 'note', required: false }])]);
  expect(standingOf(shown('Paid', { plan: 'Pro' }), plan)).toMatchObject({ plan: 'as_expected', deviations: [] });
  expect(standingOf(shown('Paid', { plan: '' }), plan).deviations).toMatchObject([{ kind: 'missing', property: 'plan' }]);
});

test('names that nobody foresaw do not hold up the others: only so many likenesses are looked for at once', () => {
  const plan = readyPlan(
    Array.from({ length: 300 }, (_, index) => planned(`planned event ${String.fromCodePoint(97 + (index % 26))}${'x'.repeat(index % 17)}`)),
  );
  const likes = Array.from({ length: 150 }, (_, index) => {
    const event = { ...standingOf(shown(`plannedevent${index}`), plan), name: `planned_event_${'x'.repeat(index % 17)}${index}` };
    return withLikeness(event as never, plan);
  });
  expect(likes).toHaveLength(150);
  const late = withLikeness({ plan: 'unplanned', name: 'PLANNED EVENT A' } as never, plan);
  expect(late.like).toBe(null);
  plan.begin();
  expect(withLikeness({ plan: 'unplanned', name: 'PLANNED EVENT A' } as never, plan).like).toEqual({ name: 'planned event a', by: 'case' });
});
