import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { seededRandom } from '../../methods/numeric/random.ts';
import { commonNames, searchAround, searchCounts, searchRows } from './queries.ts';
import { searchAsked, searchRowsAsked } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const march = { kind: 'between' as const, from: '2026-03-01', to: '2026-03-31' };
const frame = { from: '2026-03-01', to: '2026-03-31', lastDay: '2026-05-31', zone: 'UTC', stays: null, behaviours: [] };
const onDay = (day: number): string => `${new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10)} 10:00:00.000`;

const openWith = async (name: string, events: GivenEvent[]) => {
  const opened = await app.workspace(name);
  const { context } = opened;
  await storeEvents(context.events, events, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  return opened;
};

let message = 0;
const event = (user: string, name: string, day: number, more: object = {}): GivenEvent => ({
  message: String((message += 1)),
  name,
  at: onDay(day),
  user,
  ...more,
});

describe('counts by hand', () => {
  const newest = event('late', 'Opened', 90);
  const given = [
    // Invited twice early, and came back on day 15.
    event('a', 'Opened', 0),
    event('a', 'Invited', 6),
    event('a', 'Invited', 6),
    event('a', 'Opened', 15),
    // Invited on the eighth day, which is not early; back on day 28, the last that counts.
    event('b', 'Opened', 0),
    event('b', 'Invited', 7),
    event('b', 'Opened', 28),
    // Back too early and too late: left.
    event('c', 'Invited', 1),
    event('c', 'Opened', 15),
    event('c', 'Opened', 30),
    // Seen before the period, so not new in it.
    event('d', 'Opened', -1),
    event('d', 'Invited', 2),
    event('d', 'Opened', 20),
    // A browser of a's: nobody of its own.
    { ...event('', 'Exported', 3), anonymous: 'x' },
    { ...event('a', '$identify', 3), kind: 'identify' as const, anonymous: 'x' },
  ];

  test('each behaviour has those who did it early, by whether they were back in time', async () => {
    const { context } = await openWith('By hand', [...given, newest]);
    const asked = searchAsked.parse({ range: march });
    const { sql, params } = searchCounts(asked, frame, ['Opened', 'Invited', 'Exported']);
    const rows = await context.events.ask<{ event: string; times: number; stayed: number; away: number }>({
      sql: `SELECT event, times, toUInt32(sum(stayed)) AS stayed, toUInt32(sum(away)) AS away FROM (${sql}) GROUP BY event, times ORDER BY event, times`,
      params,
    });
    expect(rows).toEqual([
      { event: '', times: 0, stayed: 2, away: 1 },
      { event: 'Exported', times: 1, stayed: 1, away: 0 },
      { event: 'Invited', times: 1, stayed: 1, away: 1 },
      { event: 'Invited', times: 2, stayed: 1, away: 0 },
      { event: 'Opened', times: 1, stayed: 2, away: 0 },
    ]);
  });

  test('too few people are refused, and said how many there are', async () => {
    const { client } = await openWith('Few', [...given, newest]);
    const answer = await client.activations.search({ range: march });
    expect(answer).toMatchObject({ refused: 'too_few', needed: 30, findings: [], reading: 'association', tooYoung: 0, accounts: 3 });
    const whole = [answer.halves.training, answer.halves.holdOut];
    expect(whole.reduce((sum, { stayed }) => sum + stayed, 0)).toBe(2);
    expect(whole.reduce((sum, { left }) => sum + left, 0)).toBe(1);
    const { csv } = await client.activations.exportHalves({ range: march });
    expect(csv.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
      'half,stayed,left',
      ...(['training', 'holdOut'] as const).map((half) => `${half},${answer.halves[half].stayed},${answer.halves[half].left}`),
    ]);
    await expect(client.activations.search({ range: march, earlyDays: 20 })).rejects.toThrow(/reaches into/);
  });

  test('a figure opens to who did it and stayed, or did not', async () => {
    const { client } = await openWith('Rows', [...given, newest]);
    const of = async (more: object) =>
      (await client.activations.rows({ range: march, event: 'Invited', times: 1, ...more })).rows.map(({ source_id }) => source_id);
    expect(await of({ did: true, stayed: true })).toEqual(['a']);
    expect(await of({ did: true, stayed: false })).toEqual(['c']);
    expect(await of({ did: false })).toEqual(['b']);
    expect(new Set(await of({}))).toEqual(new Set(['a', 'b', 'c']));
    const { csv, total } = await client.activations.exportRows({ range: march, event: 'Invited', did: true });
    expect(total).toBe(2);
    expect(csv).toContain('2026-03-02');
  });

  test('staying can be a step with filters, and accounts are counted as people are', async () => {
    const paid = (user: string, day: number, plan: string) => event(user, 'Paid', day, { account: `of ${user}`, properties: { plan } });
    const { client } = await openWith('Accounts', [
      event('a', 'Invited', 0, { account: 'of a' }),
      paid('a', 16, 'pro'),
      event('b', 'Invited', 0, { account: 'of b' }),
      paid('b', 16, 'free'),
      newest,
    ]);
    const step = { event: 'Paid', filters: [{ property: 'plan', operator: 'is' as const, values: ['pro'] }] };
    const asked = { range: march, unit: 'accounts' as const, staying: { from: 15, to: 28, step }, event: 'Invited' };
    const stayed = await client.activations.rows({ ...asked, stayed: true });
    expect(stayed.rows.map(({ source_id, times }) => [source_id, times])).toEqual([['of a', 1]]);
    expect((await client.activations.rows({ ...asked, stayed: false })).total).toBe(1);
  });
});

/** 600 people, 21 behaviours that a third does. Staying depends on the first, where it is planted: 65 % instead of 30 %. */
const people = (seed: number, isPlanted: boolean): GivenEvent[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 600 }, (_, person) => {
    const user = `p${person}`;
    const start = Math.floor(random() * 28);
    const did = Array.from({ length: 21 }, () => random() < 0.35);
    const stays = random() < (isPlanted ? (did[0] ? 0.65 : 0.3) : 0.42);
    const early = did.flatMap((isDone, place) => (isDone ? [event(user, `Behaviour ${place}`, start + 1 + Math.floor(random() * 5))] : []));
    return [event(user, 'Opened', start), ...early, ...(stays ? [event(user, 'Opened', start + 20)] : [])];
  })
    .flat()
    .concat(event('late', 'Opened', 90));
};

test('of 21 behaviours the planted one is found, and no other', async () => {
  const { client } = await openWith('Planted', people(11, true));
  const answer = await client.activations.search({ range: march });
  expect(answer.refused).toBeNull();
  expect(answer.findings.filter(({ isFinding }) => isFinding).map(({ event: name, times }) => [name, times])).toEqual([['Behaviour 0', 1]]);
  const { didStayed, didLeft, notStayed, notLeft } = answer.findings[0]!.counts;
  expect(answer.findings[0]!.difference.low).toBeGreaterThan(0);
  expect(didStayed + notStayed).toBe(answer.halves.holdOut.stayed);
  expect(didLeft + notLeft).toBe(answer.halves.holdOut.left);
  const behind = async (more: object) => (await client.activations.rows({ range: march, event: 'Behaviour 0', limit: 1, ...more })).total;
  expect(await behind({ did: true, stayed: true, half: 'holdOut' })).toBe(didStayed);
  const { csv } = await client.activations.export({ range: march });
  const lines = csv.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines[0]).toMatch(/^event,times,result,did_stayed,did_left,not_stayed,not_left,did_share/);
  expect(lines[1]).toMatch(new RegExp(`^Behaviour 0,1,finding,${didStayed},${didLeft},${notStayed},${notLeft},`));
  expect(lines.length).toBe(1 + answer.findings.length + answer.leftOut.length);
  expect(lines.filter((line) => line.includes(',not_among_the_best')).length).toBeGreaterThan(0);
  // Counted while they were made, beside the store: both halves together.
  expect(await behind({ did: true, stayed: true })).toBe(144);
  expect(await behind({ did: true, stayed: false })).toBe(220 - 144);
  expect(await behind({ did: false, stayed: true })).toBe(116);
  expect(await behind({ did: false, stayed: false })).toBe(380 - 116);
});

test('a search is kept as a question, and another workspace finds nobody in it', async () => {
  const { client } = await openWith('Kept', [event('a', 'Opened', 0), event('a', 'Opened', 20)]);
  const kept = await client.questions.create({ name: 'What goes with staying', kind: 'activations', asked: { range: march } });
  expect((await client.questions.get({ question: kept.id })).kind).toBe('activations');
  const other = await app.workspace('Elsewhere');
  const answer = await other.client.activations.search({ range: march });
  expect([answer.refused, answer.tooYoung, answer.accounts, answer.lastDay]).toEqual(['no_candidate', 0, 0, null]);
  expect((await other.client.activations.rows({ range: march, event: 'Opened' })).total).toBe(0);
  expect((await other.client.activations.export({ range: march })).csv.trim().split('\r\n').length).toBe(1);
});

test('where nothing goes with staying, nothing is found', async () => {
  const { client } = await openWith('Null', people(12, false));
  const answer = await client.activations.search({ range: march });
  expect(answer.refused).toBeNull();
  expect(answer.findings.length).toBeGreaterThan(0);
  expect(answer.findings.filter(({ isFinding }) => isFinding)).toEqual([]);
});

test('the engine takes each statement, and reads names from the sums', async () => {
  const { context } = await app.workspace('Plans');
  for (const unit of ['people', 'accounts'] as const) {
    const asked = searchAsked.parse({ range: march, unit });
    const rows = searchRows(searchRowsAsked.parse({ range: march, unit, event: 'Opened', did: true, half: 'holdOut' }), frame);
    const statements = [
      searchCounts(asked, frame, ['Opened']),
      searchAround(asked, frame),
      { sql: `SELECT * FROM ${rows.source}`, params: rows.params },
    ];
    for (const { sql, params } of [...statements, commonNames(asked, frame)]) {
      expect((await context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
    }
  }
});
