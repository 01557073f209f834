import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { catalogue } from '../../../catalogue.ts';
import { type MatchedControls, matchedControls } from '../../../methods/lift/matched-controls.ts';
import { seededRandom } from '../../../methods/numeric/random.ts';

/** 240 accounts: those that called more before, and the large ones, came to the webinar more often. It adds four calls in the month after. */
const random = seededRandom(31);
const accounts = Array.from({ length: 240 }, (_, place) => {
  const employees = 10 + Math.floor(190 * random());
  const plan = random() < 0.4 ? 'Team' : 'Free';
  const calledBefore = Math.floor(employees / 40) + Math.floor(4 * random()) + (plan === 'Team' ? 2 : 0);
  const came = random() < 0.1 + 0.04 * calledBefore;
  const calledAfter = calledBefore + Math.floor(3 * random()) + (came ? 4 : 0);
  return { id: `m${place}`, employees, plan, calledBefore, came, calledAfter };
});

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
let client: typeof opened.client;
let feature: string;
beforeAll(async () => {
  app = await openTestApplication();
  opened = await app.workspace();
  client = opened.client;
  const send = async (fileName: string, lines: string[]) => {
    const sender = createRouterClient(catalogue, { context: { ...opened.context, body: Readable.from([Buffer.from(lines.join('\n'))]) } });
    const { id } = await sender.imports.upload({ fileName });
    const checked = await client.imports.check({ import: id, waitSeconds: 60 });
    expect(checked.report!.targets[0]!.counts.rejected).toBe(0);
    await client.imports.commit({ import: id, waitSeconds: 60 });
  };
  await send('accounts.csv', [
    'account_id,account_name,employees,plan,webinar',
    ...accounts.map(({ id, employees, plan, came }) => `${id},Account ${id},${employees},${plan},${came ? 'came' : 'no'}`),
  ]);
  const times = (id: string, name: string, month: string, count: number) =>
    Array.from({ length: count }, (_, n) => `${name},${month}-${String(1 + n).padStart(2, '0')}T10:00:00Z,${id}`);
  await send('events.csv', [
    'event,timestamp,account_id',
    ...accounts.flatMap(({ id, calledBefore, calledAfter, came }) => [
      ...times(id, 'called', '2026-01', calledBefore),
      ...times(id, 'called', '2026-03', calledAfter),
      ...(came ? times(id, 'opened board', '2026-02', 1) : []),
    ]),
    'seen,2026-04-20T10:00:00Z,m0',
  ]);
  const made = await client.features.create({ name: 'Board', rule: { eventName: 'opened board' } });
  feature = made.id;
}, 90_000);
afterAll(() => app.close());

const called = { event: 'called', filters: [] };
const design = {
  kind: 'matched' as const,
  treatedBy: { kind: 'property' as const, property: 'webinar', values: ['came'] },
  on: '2026-02-01',
  before: '2026-03-01',
  numbers: ['employees'],
  categories: ['plan'],
  earlier: [{ behaviour: called, days: 31 }],
};
const asked = {
  unit: 'account' as const,
  design,
  outcome: { kind: 'times' as const, behaviour: called, from: '2026-03-01', to: '2026-03-31' },
};

test('accounts that came, against others alike before: the planted four calls, as the method finds them in what was written', async () => {
  const found = await client.lifts.get({ ...asked, worthHaving: 2 });
  const of = (came: boolean) =>
    accounts
      .filter((one) => one.came === came)
      .map(({ id, employees, calledBefore, plan, calledAfter }) => ({
        name: `Account ${id}`,
        features: [employees, calledBefore, plan === 'Free' ? 0 : 1],
        outcome: calledAfter,
      }));
  const apart = matchedControls(of(true), of(false)) as MatchedControls;
  expect(found.refused).toBeNull();
  expect(found.estimate!.effect).toBeCloseTo(apart.effect, 9);
  expect(found.estimate!.low).toBeCloseTo(apart.low, 9);
  expect([found.estimate!.low < 4, found.estimate!.high > 4]).toEqual([true, true]);
  expect(found).toMatchObject({ verdict: 'met', comparison: 'matched', scale: 'number' });
  const { matched, treated, others, used, balance } = found.matched!;
  expect([treated, others]).toEqual([of(true).length, of(false).length]);
  expect([matched, used]).toEqual([apart.matched, apart.controlsUsed]);
  expect(balance.map(({ kind, name, value }) => [kind, name, value])).toEqual([
    ['number', 'employees', null],
    ['earlier', 'called', null],
    ['category', 'plan', 'Team'],
  ]);
  expect(Math.max(...balance.map(({ before }) => Math.abs(before)))).toBeGreaterThan(0.1);
  expect(Math.max(...balance.map(({ after }) => Math.abs(after)))).toBeLessThanOrEqual(0.1);
  expect(found.checks.map(({ name, passed }) => [name, passed])).toEqual([
    ['balance', true],
    ['overlap', true],
    ['nothing_unseen', null],
    ['as_before', null],
  ]);
  const { csv } = await client.lifts.export(asked);
  expect(csv.split('\r\n').filter((line) => line.startsWith('balance'))).toHaveLength(3);
});

test('who first used a feature in these days is the same group, and finds the same', async () => {
  const [byProperty, byFeature] = await Promise.all([
    client.lifts.get(asked),
    client.lifts.get({ ...asked, design: { ...design, treatedBy: { kind: 'feature', feature } } }),
  ]);
  expect(byFeature.estimate).toEqual(byProperty.estimate);
  const earlier = { ...design, on: '2026-02-02', treatedBy: { kind: 'feature' as const, feature } };
  // Whoever used it before the first day is on neither side.
  expect((await client.lifts.get({ ...asked, design: earlier })).refused).toMatchObject({ reason: 'no_treated' });
});

test('where even the nearest differ, or nobody is near, there is no answer; and the days must follow each other', async () => {
  const of = (change: object, outcome = asked.outcome) => client.lifts.get({ ...asked, design: { ...design, ...change }, outcome });
  const onlyTeam = await client.lifts.get({
    ...asked,
    design: { ...design, treatedBy: { kind: 'property', property: 'plan', values: ['Team'] }, categories: ['webinar', 'plan'] },
  });
  expect(onlyTeam).toMatchObject({ refused: { reason: 'no_overlap' }, verdict: 'cannot_tell', estimate: null });
  await expect(of({ numbers: [], categories: [], earlier: [] })).rejects.toMatchObject({ code: 'invalid' });
  await expect(of({ before: '2026-01-15' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(of({}, { ...asked.outcome, from: '2026-02-15' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(of({ treatedBy: { kind: 'program', program: 'nothing-of-the-kind' } })).rejects.toMatchObject({ code: 'not_found' });
  const nobody = { ...asked.outcome, behaviour: { event: 'never done', filters: [] } };
  expect(await of({}, nobody)).toMatchObject({ refused: { reason: 'no_variance' }, estimate: null });
  expect((await of({ treatedBy: { kind: 'property', property: 'webinar', values: ['maybe'] } })).refused).toMatchObject({
    reason: 'no_treated',
  });
});
