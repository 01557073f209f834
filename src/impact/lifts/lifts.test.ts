import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import truths from '../../../examples/weftwork/truths.json' with { type: 'json' };
import { designKinds } from '../../launch/goals/schema.ts';
import { inside, openAfterTheData } from '../examples/example.fixture.ts';
import * as queries from './queries.ts';
import { design, type LiftAsked } from './schema.ts';

let app: Awaited<ReturnType<typeof openAfterTheData>>;
let client: ReturnType<typeof inside>;
beforeAll(async () => {
  app = await openAfterTheData();
  client = inside(app.enter(await app.clientOf(app.maya).examples.open({})));
}, 120_000);
afterAll(() => app.close());

const program = (property: string, rest: Partial<LiftAsked> = {}) => ({
  unit: 'opportunity' as const,
  design: { kind: 'holdout' as const, property, treated: ['invited'], control: ['held out'] },
  outcome: { kind: 'won' as const },
  ...rest,
});
const [handoffLive, supperSeries] = truths.programs;
const checkOf = (checks: { name: string; passed: boolean | null }[], name: string) => checks.find((one) => one.name === name)?.passed;

describe('programs of the example whose invitations were drawn by lot', () => {
  test('Handoff Live: the counts are exact, and its planted effect of 12 points lies inside the interval', async () => {
    const found = await client.lifts.get(program('handoff_live', { worthHaving: 0.02 }));
    const { invited, heldOut } = handoffLive!.seenAtTheEnd;
    expect([found.observed.units, found.observed.total, found.counterfactual.units, found.counterfactual.total]).toEqual([
      invited.closed,
      invited.won,
      heldOut.closed,
      heldOut.won,
    ]);
    const { low, high, effect, p, method } = found.estimate!;
    const planted = handoffLive!.effectOfInvitation.map((one) => one.effect);
    expect(low).toBeLessThan(Math.min(...planted));
    expect(high).toBeGreaterThan(Math.max(...planted));
    expect([effect.toFixed(3), method]).toEqual(['0.143', 'share-difference']);
    expect(p).toBeLessThan(0.01);
    expect(found).toMatchObject({ verdict: 'met', reason: null, scale: 'share', refused: null });
    expect([checkOf(found.checks, 'sample_ratio'), checkOf(found.checks, 'as_many_known'), checkOf(found.checks, 'by_lot')]).toEqual([
      true,
      true,
      null,
    ]);
    expect(found.sentence).toMatch(/^Met: it changed the outcome by \+14\.3 points/);
    expect(found.total!.value).toBeCloseTo(effect * invited.closed, 9);
  });

  test('the Supper Series, which does nothing, is not proven, and says how many deals it would take', async () => {
    const found = await client.lifts.get(program('supper_series', { worthHaving: 0.1 }));
    const { invited, heldOut } = supperSeries!.seenAtTheEnd;
    expect([found.observed.total, found.observed.units, found.counterfactual.total, found.counterfactual.units]).toEqual([
      invited.won,
      invited.closed,
      heldOut.won,
      heldOut.closed,
    ]);
    expect(found.estimate!.low).toBeLessThan(0);
    expect(found.estimate!.high).toBeGreaterThan(0);
    expect(found.verdict).not.toBe('met');
    expect(found.next.unitsPerArm).toBeGreaterThan(300);
    const free = await client.lifts.get(program('supper_series'));
    expect(free).toMatchObject({ verdict: 'cannot_tell', reason: 'interval_holds_both' });
  });

  test('an interval for any day is wider, and needs a smallest change worth having', async () => {
    const once = await client.lifts.get(program('handoff_live', { worthHaving: 0.05 }));
    const design = {
      kind: 'holdout' as const,
      property: 'handoff_live',
      treated: ['invited'],
      control: ['held out'],
      looks: 'any' as const,
    };
    const any = await client.lifts.get({ ...program('handoff_live', { worthHaving: 0.05 }), design });
    expect(any.estimate!.method).toBe('always-valid');
    expect(any.estimate!.high).toBeGreaterThan(once.estimate!.high);
    const without = await client.lifts.get({ ...program('handoff_live'), design });
    expect(without).toMatchObject({ verdict: 'cannot_tell', reason: 'check_failed' });
  });

  test('a lot that should have sent four in five blocks the verdict, whatever the effect', async () => {
    const design = { kind: 'holdout' as const, property: 'handoff_live', treated: ['invited'], control: ['held out'], treatedShare: 0.8 };
    const found = await client.lifts.get({ ...program('handoff_live'), design });
    expect(found).toMatchObject({ verdict: 'cannot_tell', reason: 'check_failed' });
    expect(checkOf(found.checks, 'sample_ratio')).toBe(false);
    expect(found.sentence).toContain('not chance');
  });

  test('before the day of the verdict there is none', async () => {
    const design = {
      kind: 'holdout' as const,
      property: 'handoff_live',
      treated: ['invited'],
      control: ['held out'],
      decideOn: '2027-01-01',
    };
    expect(await client.lifts.get({ ...program('handoff_live'), design })).toMatchObject({ verdict: 'cannot_tell', reason: 'not_yet' });
  });

  test('a feature that nobody drew a lot for is not proven by before and after: the trap is refused', async () => {
    const guestLanes = {
      unit: 'account' as const,
      design: { kind: 'before_after' as const, on: '2026-05-12' },
      outcome: { kind: 'times' as const, behaviour: { event: 'handoff_sent', filters: [] }, from: '2026-02-12', to: '2026-08-10' },
    };
    const found = await client.lifts.get(guestLanes);
    expect(found).toMatchObject({ verdict: 'cannot_tell', reason: 'descriptive', estimate: null, refused: { reason: 'descriptive_only' } });
    expect(found.observed.total).toBeGreaterThan(0);
    expect(found.sentence).toContain('described, not explained');
    expect(JSON.stringify(found)).not.toContain('"p":0');
  });

  test('segments are corrected for how many there are, and add up to the whole', async () => {
    const found = await client.lifts.get(program('supper_series', { segment: 'owner' }));
    expect(found.segments!.length).toBeGreaterThan(2);
    expect(found.segments!.reduce((sum, { treated }) => sum + treated, 0)).toBe(found.observed.units);
    expect(found.segments!.every(({ finding }) => !finding)).toBe(true);
  });

  test('money in one currency is compared, in another refused; the units behind are listed', async () => {
    const asked = program('handoff_live', { outcome: { kind: 'amount', currency: 'EUR' } });
    const found = await client.lifts.get(asked);
    expect(found).toMatchObject({ verdict: 'cannot_tell', reason: 'refused' });
    const rows = await client.lifts.rows({ ...program('handoff_live'), arm: 'treated', limit: 500 });
    expect(rows.rows.filter(({ outcome }) => outcome === 1)).toHaveLength(handoffLive!.seenAtTheEnd.invited.won);
    const { csv } = await client.lifts.export(program('handoff_live'));
    expect(csv).toContain('sample_ratio');
  });

  test('what cannot be asked is refused in words', async () => {
    await expect(client.lifts.get({ ...program('handoff_live'), unit: 'account' })).rejects.toMatchObject({ code: 'invalid' });
    const both = { kind: 'holdout' as const, property: 'handoff_live', treated: ['invited'], control: ['invited'] };
    await expect(client.lifts.get({ ...program('handoff_live'), design: both })).rejects.toMatchObject({ code: 'invalid' });
    const none = await client.lifts.get(program('no_such_property'));
    expect(none).toMatchObject({ verdict: 'cannot_tell', refused: { reason: 'no_units' } });
  });
});

describe('a staged roll-out', () => {
  const asked = {
    unit: 'account' as const,
    design: { kind: 'staged' as const, property: 'got_it', by: 'month' as const },
    outcome: { kind: 'times' as const, behaviour: { event: 'handoff_sent', filters: [] }, from: '2025-11-01', to: '2026-09-30' },
  };

  test('without anybody who got it, or of what has no periods, is refused in words', async () => {
    expect(await client.lifts.get(asked)).toMatchObject({ verdict: 'cannot_tell', refused: { reason: 'no_treated' } });
    const property = { kind: 'property_is' as const, property: 'plan', values: ['x'] };
    await expect(client.lifts.get({ ...asked, outcome: property })).rejects.toMatchObject({ code: 'invalid' });
    const short = { ...asked.outcome, from: '2026-09-02' };
    await expect(client.lifts.get({ ...asked, outcome: short })).rejects.toMatchObject({ code: 'invalid' });
  });
});

test('every way of comparing can be registered with a goal, under the same name', () => {
  expect(design.options.map(({ shape }) => shape.kind.value).toSorted()).toEqual(designKinds.toSorted());
});

describe('a comparison that answers a launch goal', () => {
  test('another comparison than the one that was registered leaves no verdict', async () => {
    const { goals } = await client.lifts.choices({ unit: 'opportunity' });
    expect(goals.map(({ launch }) => launch)).toContain('Smart Handoff');
    const found = await client.lifts.get(program('handoff_live', { goal: goals.find(({ launch }) => launch === 'Smart Handoff')!.id }));
    expect(found).toMatchObject({ verdict: 'cannot_tell', reason: 'check_failed' });
    expect(checkOf(found.checks, 'comparison')).toBe(false);
  });

  test('the properties that a comparison can be asked by are listed with their values', async () => {
    const { properties } = await client.lifts.choices({ unit: 'opportunity' });
    expect(properties.find(({ name }) => name === 'handoff_live')!.values.toSorted()).toEqual(['held out', 'invited']);
  });
});

test('every statement is understood by the engine', async () => {
  const holdout = { kind: 'holdout' as const, property: 'lot', treated: ['a'], control: ['b'], treatedShare: 0.5, looks: 'once' as const };
  const done = { kind: 'did' as const, behaviour: { event: 'handoff_sent', filters: [] }, from: '2026-01-01', to: '2026-01-31' };
  const outcomes = [
    { kind: 'won' as const },
    { kind: 'amount' as const, currency: 'USD' },
    { kind: 'property_is' as const, property: 'p', values: ['x'] },
    { kind: 'property_number' as const, property: 'p' },
  ];
  const only = [{ property: 'plan', operator: 'is' as const, values: ['x'] }];
  const wholes = [
    ...outcomes.map((outcome) => ({ unit: 'opportunity' as const, design: holdout, outcome, only })),
    ...(['account', 'person'] as const).map((unit) => ({ unit, design: holdout, outcome: done, only: [], covariate: 'x', segment: 'y' })),
  ];
  const page = { offset: 0, limit: 10 };
  const before = { kind: 'before_after' as const, on: '2026-01-15' };
  const statements = [
    ...wholes.flatMap((whole) => [
      queries.armSums(whole),
      queries.segmentSums(whole),
      queries.countUnits(whole),
      queries.listUnits(whole, page),
    ]),
    ...(['account', 'person', 'opportunity'] as const).map((unit) => queries.propertyChoices(unit)),
    queries.panelRows(
      { unit: 'account', design: { kind: 'staged', property: 'got_it', by: 'week' }, outcome: { ...done, kind: 'times' }, only },
      'Europe/Berlin',
    ),
    queries.sidesOf({ unit: 'person', design: before, outcome: done, only: [] }, 'UTC'),
    queries.sidesOf({ unit: 'opportunity', design: before, outcome: { kind: 'amount', currency: 'USD' }, only: [] }, 'UTC'),
  ];
  const context = app.enter(await client.workspaces.get({}));
  for (const { sql, params } of statements) await context.events.ask({ sql: `EXPLAIN ${sql}`, params });
});
