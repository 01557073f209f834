import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { groupTimeEffects, type GroupTimeEffects } from '../../methods/lift/group-time-effects.ts';
import { seededRandom } from '../../methods/numeric/random.ts';

/** 120 accounts over six months: two waves of 30 get something that adds three calls a month; 60 never do. */
const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'];
const random = seededRandom(9);
const accounts = Array.from({ length: 120 }, (_, place) => {
  const from = place < 30 ? 2 : place < 60 ? 4 : null;
  const level = 2 + Math.floor(random() * 6);
  const counts = months.map((_month, at) => level + Math.floor(random() * 3) + (from !== null && at >= from ? 3 : 0));
  return { id: `a${place}`, from, counts };
});

let app: TestApplication;
let client: Awaited<ReturnType<TestApplication['workspace']>>['client'];
beforeAll(async () => {
  app = await openTestApplication();
  const opened = await app.workspace();
  client = opened.client;
  const send = async (fileName: string, lines: string[]) => {
    const sender = createRouterClient(catalogue, { context: { ...opened.context, body: Readable.from([Buffer.from(lines.join('\n'))]) } });
    const { id } = await sender.imports.upload({ fileName });
    const checked = await client.imports.check({ import: id, waitSeconds: 60 });
    expect(checked.report!.targets[0]!.counts.rejected).toBe(0);
    await client.imports.commit({ import: id, waitSeconds: 60 });
  };
  await send('accounts.csv', [
    'account_id,account_name,got_it',
    ...accounts.map(({ id, from }) => `${id},Account ${id},${from === null ? '' : `${months[from]}-03`}`),
  ]);
  await send('events.csv', [
    'event,timestamp,account_id',
    ...accounts.flatMap(({ id, counts }) =>
      counts.flatMap((count, at) =>
        Array.from({ length: count }, (_, n) => `called,${months[at]}-${String(5 + n).padStart(2, '0')}T10:00:00Z,${id}`),
      ),
    ),
  ]);
}, 60_000);
afterAll(() => app.close());

const asked = {
  unit: 'account' as const,
  design: { kind: 'staged' as const, property: 'got_it', by: 'month' as const },
  outcome: { kind: 'times' as const, behaviour: { event: 'called', filters: [] }, from: '2025-11-01', to: '2026-04-30' },
};

test('a staged roll-out: the planted three calls a month are found, as the method finds them in the counts that were written', async () => {
  const found = await client.lifts.get({ ...asked, worthHaving: 2 });
  const apart = groupTimeEffects(accounts.map(({ from, counts }) => ({ from, outcomes: counts }))) as GroupTimeEffects;
  expect(found.estimate!.effect).toBeCloseTo(apart.overall.effect, 9);
  expect(found.estimate!.low).toBeCloseTo(apart.overall.low, 9);
  expect(found.estimate!.low).toBeLessThan(3);
  expect(found.estimate!.high).toBeGreaterThan(3);
  expect([found.observed.units, found.counterfactual.units]).toEqual([60, 60]);
  expect(found.path.map(({ at }) => at)).toEqual(months.map((month) => `${month}-01`));
  expect(found.events!.map(({ period }) => period)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  expect(found.checks.find(({ name }) => name === 'alike_trend')).toMatchObject({ passed: true });
  // The newest event is of 17 April at the latest: the period is not over, so there is no verdict yet.
  expect(found).toMatchObject({ verdict: 'cannot_tell', reason: 'not_yet' });
});

test('of whole months that the data reach, the verdict is met', async () => {
  const found = await client.lifts.get({ ...asked, outcome: { ...asked.outcome, to: '2026-03-31' }, worthHaving: 2 });
  expect(found).toMatchObject({ verdict: 'met', reason: null });
});
