import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { figures, subjectCounts } from './queries.ts';

const file = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'synthetic_control/smoking.csv');

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;

type Figure = { metric: string; subject: string; day: string; value: number };
const store = (workspace: typeof opened, given: readonly Figure[]) =>
  workspace.context.events.insert(
    'measurement',
    given.map(({ metric, subject, day, value }) => ({
      import: '00000000-0000-0000-0000-000000000000',
      version: 1,
      id: `${metric} ${subject} ${day}`,
      metric,
      subject,
      at: `${day} 00:00:00.000`,
      value,
    })),
  );

/** Twelve regions that share a season; the first one gains 30 from the eleventh month on. */
const made = Array.from({ length: 12 }, (_, region) =>
  Array.from({ length: 16 }, (_each, month): Figure => {
    const value = 100 + 3 * region + 10 * Math.sin(month + region / 6) + ((region * 7 + month * 5) % 4);
    const day = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
    return { metric: 'sign-ups', subject: `Region ${region}`, day, value: value + (region === 5 && month >= 10 ? 30 : 0) };
  }),
).flat();

beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  await store(opened, [...made, ...made.slice(0, 3).map((one) => ({ ...one, subject: 'Too short' }))]);
});
afterAll(() => app.close());

const design = { kind: 'synthetic' as const, subject: 'Region 5', on: '2024-11-01' };
const asked = { unit: 'subject' as const, outcome: { kind: 'measured' as const, metric: 'sign-ups' }, design };

test('a mixture of the others says what would have happened; with eleven of them no more than 1 of 12 can be told, which is no interval', async () => {
  const found = await opened.client.lifts.get(asked);
  const series = found.series!;
  expect(series).toMatchObject({ periodsBefore: 10, periodsAfter: 6, incomplete: ['Too short'], rank: 1, of: 12, tail: null });
  expect(found).toMatchObject({ verdict: 'cannot_tell', reason: 'refused', estimate: null, outside: 1 });
  expect(found.refused).toMatchObject({ reason: 'too_few_donors', needed: 19 });
  expect(Math.abs(series.mean! - 30)).toBeLessThan(4);
  expect(found.checks.find(({ name }) => name === 'placebos')!.passed).toBe(false);
  expect(series.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
  expect([found.path.length, series.placebos.length]).toEqual([16, 11]);
  expect(found.facts).toMatchObject({ from: '2024-01-01', to: '2025-04-01' });
});

test('what each donor weighs, and the file, add up to what is shown', async () => {
  const found = await opened.client.lifts.get(asked);
  const last = found.path.at(-1)!;
  const mixture = found.series!.weights.reduce(
    (sum, { name, weight }) => sum + weight * made.find(({ subject, day }) => subject === name && day === last.at)!.value,
    0,
  );
  expect(last.expected!).toBeCloseTo(mixture, 0);
  expect(found.series!.last).toBeCloseTo(last.observed! - last.expected!, 9);
  const { csv } = await opened.client.lifts.export(asked);
  const lines = csv.trim().split('\r\n');
  expect(lines.filter((line) => line.startsWith('observed at'))).toHaveLength(16);
  expect(lines.filter((line) => line.startsWith('gap at 2025-04-01'))).toHaveLength(11);
});

test('a structural series needs others that are named, and enough periods before', async () => {
  const { client } = opened;
  const of = (donors: string[], on = design.on) => client.lifts.get({ ...asked, design: { ...design, kind: 'structural', donors, on } });
  expect((await of([])).refused).toMatchObject({ reason: 'no_controls', needed: null });
  expect((await of(['Region 4'])).refused).toMatchObject({ reason: 'too_few_periods_before', needed: 12 });
  const later = await of(['Region 4', 'Region 6'], '2025-02-01');
  expect(later.refused).toBeNull();
  expect(later.series!.tail).not.toBeNull();
  expect(later.estimate!.effect).toBeCloseTo(later.series!.mean!, 9);
  expect(later.total!.value).toBeCloseTo(later.estimate!.effect * 3, 6);
  expect(later.counterfactual.value! + later.estimate!.effect).toBeCloseTo(later.observed.value!, 9);
});

describe('a goal whose structural series was registered', () => {
  const structural = { ...design, kind: 'structural' as const, donors: ['Region 4', 'Region 6'], on: '2025-02-01' };
  const registered = async (comparison: 'structural' | 'synthetic', smallestChange: number | null) => {
    const { key: launch } = await opened.client.launches.create({
      name: `Region 5 ${comparison} ${smallestChange}`,
      marketDate: '2026-09-01',
    });
    const { id, version } = await opened.client.goals.create({
      launch,
      purpose: 'usage',
      name: 'Sign-ups rise',
      metric: { kind: 'outside', question: 'How many sign up?', source: 'Billing' },
      target: 0.5,
      smallestChange,
      comparison,
    });
    const { registered: text } = await opened.client.goals.register({ goal: id, version });
    expect(text!.text.comparison).toBe(comparison);
    return id;
  };
  const checksOf = async (goal: string, worthHaving?: number) => {
    const found = await opened.client.lifts.get({ ...asked, design: structural, goal, worthHaving });
    return { found, checks: new Map(found.checks.map(({ name, passed }) => [name, passed])) };
  };

  test('is asked by it, and by nothing else', async () => {
    const { checks } = await checksOf(await registered('structural', null));
    expect([checks.get('comparison'), checks.get('same_scale')]).toEqual([true, undefined]);
    const other = await checksOf(await registered('synthetic', null));
    expect(other.checks.get('comparison')).toBe(false);
    expect(other.found).toMatchObject({ verdict: 'cannot_tell', reason: 'check_failed' });
    expect(other.found.sentence).toContain('Registered was a synthetic control, and this is a structural series.');
  });

  test('names points of a share, by which sign-ups are not judged: they need a smallest change of their own', async () => {
    const goal = await registered('structural', 0.05);
    const without = await checksOf(goal);
    expect(without.found).toMatchObject({ verdict: 'cannot_tell', reason: 'check_failed', worthHaving: null });
    expect(without.found.sentence).toContain('5.0 points of a share');
    const named = await checksOf(goal, 10);
    // The rise lies before this change, so it is judged and cannot be told, but not for want of a scale.
    expect(named.found).toMatchObject({ worthHaving: 10, verdict: 'cannot_tell', reason: 'interval_holds_both' });
    expect(named.found.sentence).toContain('+10.00 that was worth having');
    expect(named.checks.get('same_scale')).toBe(false);
  });
});

test('the signal of whoever asks reaches the work', async () => {
  const gone = AbortSignal.abort();
  await expect(opened.client.lifts.get(asked, { signal: gone })).rejects.toMatchObject({ code: 'unavailable' });
});

test('what cannot be told is refused in words of its own', async () => {
  const { client } = opened;
  const of = (change: object) => client.lifts.get({ ...asked, design: { ...design, ...change } });
  expect((await of({ donors: ['Region 4', 'Region 6'] })).refused).toMatchObject({ reason: 'too_few_donors', needed: 3 });
  const never = await of({ on: '2030-01-01' });
  expect(never.refused).toMatchObject({ reason: 'no_periods_after', words: 'there is no whole period after it yet.' });
  await expect(of({ subject: 'Nobody' })).rejects.toMatchObject({ code: 'not_found' });
  const late = [{ metric: 'sign-ups', from: '2024-10-01', to: '2024-12-01' }];
  await expect(of({ predictors: late })).rejects.toMatchObject({ code: 'invalid' });
  await expect(client.lifts.get({ ...asked, unit: 'account' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(client.lifts.get({ ...asked, outcome: { kind: 'won' } })).rejects.toMatchObject({ code: 'invalid' });
  await expect(client.lifts.rows(asked)).rejects.toMatchObject({ code: 'invalid' });
  const other = await app.workspace('Other');
  await expect(other.client.lifts.get(asked)).rejects.toMatchObject({ code: 'not_found' });
});

test('the statements are ones that the engine can run', async () => {
  const done = {
    kind: 'done_by' as const,
    behaviour: { event: 'called', filters: [] },
    property: 'region',
    from: '2026-01-05',
    to: '2026-03-01',
  };
  const statements = [
    figures({ metrics: ['sign-ups'], zone: 'UTC' }),
    ...(['events', 'accounts', 'people', 'per_account'] as const).map((counted) =>
      subjectCounts({ ...done, counted, by: 'week' }, [{ property: 'plan', operator: 'is', values: ['Team'] }]),
    ),
  ];
  for (const query of statements)
    expect((await opened.context.events.ask({ ...query, sql: `EXPLAIN ${query.sql}` })).length).toBeGreaterThan(0);
});

describe.skipIf(!existsSync(file))('Proposition 99', () => {
  test('gives the published figures from measurements: five states, about 26 packs less in 2000, rank 1 of 39', async () => {
    const workspace = await app.workspace('Proposition 99');
    const columns = ['cigsale', 'lnincome', 'beer', 'age15to24', 'retprice'];
    const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
    const given = lines.flatMap((line) => {
      const [, subject, year, ...cells] = line.replaceAll('"', '').split(',');
      return cells.flatMap((cell, index): Figure[] =>
        cell === 'NA' ? [] : [{ metric: columns[index]!, subject: subject!, day: `${year}-01-01`, value: Number(cell) }],
      );
    });
    await store(workspace, given);
    const over = (metric: string, from: number, to: number) => ({ metric, from: `${from}-01-01`, to: `${to}-12-31` });
    const predictors = [
      over('lnincome', 1980, 1988),
      over('retprice', 1980, 1988),
      over('age15to24', 1980, 1988),
      over('beer', 1984, 1988),
      ...[1975, 1980, 1988].map((year) => over('cigsale', year, year)),
    ];
    const found = await workspace.client.lifts.get({
      unit: 'subject',
      outcome: { kind: 'measured', metric: 'cigsale' },
      design: { kind: 'synthetic', subject: 'California', on: '1989-01-01', predictors },
      wanted: 'less',
    });
    const series = found.series!;
    expect(series.weights.slice(0, 5).map(({ name }) => name)).toEqual(['Utah', 'Nevada', 'Montana', 'Colorado', 'Connecticut']);
    expect(Math.abs(series.weights[0]!.weight - 0.334)).toBeLessThan(0.02);
    expect(series.last).toBeCloseTo(-26, 0);
    expect(series).toMatchObject({ rank: 1, of: 39 });
    expect(found.estimate!.p).toBe(1 / 39);
    expect(found.sentence).toBe('It changed the outcome by −18.97 a period (95%: −33.26 to −4.67): more than chance brings. Rank 1 of 39.');
    expect(found).toMatchObject({ verdict: 'met', reason: null });
  });
});
