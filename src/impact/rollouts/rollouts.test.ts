import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { Webhook as Signature } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { refreshIdentities } from '../../collect/identities/refresh.ts';
import { deliverNotices } from '../../launch/notices/delivering.ts';
import { addDays } from '../../platform/days.ts';
import { eligibleAccounts } from './queries.ts';
import { rolloutPlan } from './schema.ts';

let app: TestApplication;
let opened: Awaited<ReturnType<TestApplication['workspace']>>;
let hook: Server;
const calls: { headers: Record<string, string>; body: string }[] = [];
const lastDay = '2026-05-31';
const count = 60;
const outcome = { event: 'Shared', filters: [] };

beforeAll(async () => {
  hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => void hook.listen(0, '127.0.0.1', resolve));
  app = await openTestApplication({ LANDFALL_WEBHOOK_PRIVATE: 'true' });
  opened = await app.workspace();
  const { context } = opened;
  // Of 60 accounts each third shares in the last four weeks, each sixth in the four before; every fourth is on Scale.
  const given = Array.from({ length: count }, (_, n): GivenEvent[] => {
    const account = `g${n}`;
    const at = (day: string) => ({ at: `${day} 12:00:00.000`, user: `${account}-a`, account });
    const base: GivenEvent = { message: `l${n}`, name: 'Opened', ...at(lastDay) };
    const now: GivenEvent[] = n % 3 === 0 ? [{ message: `s${n}`, name: 'Shared', ...at(addDays(lastDay, -(n % 28))) }] : [];
    const before: GivenEvent[] = n % 6 === 0 ? [{ message: `b${n}`, name: 'Shared', ...at(addDays(lastDay, -40)) }] : [];
    return [base, ...now, ...before];
  });
  await storeEvents(context.events, given.flat(), { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  const units = await context.events.ask<{ id: string; key: string }>({
    sql: `SELECT id, key_value AS key FROM unit WHERE workspace = {workspace:UUID} AND kind = 'account'`,
  });
  const rows = units.map(({ id, key }) => {
    const n = Number(key.slice(1));
    const properties = { region: n < 30 ? 'north' : 'south' };
    return {
      import: '00000000-0000-0000-0000-000000000000',
      version: 1,
      id,
      name: `Account ${n}`,
      plan: n % 4 === 0 ? 'Scale' : 'Team',
      properties,
    };
  });
  await context.events.insert('account', rows);
});
afterAll(async () => {
  hook.close();
  await app.close();
});

test('before it is drawn, a roll-out says who is eligible, the base, and the smallest change that shows', async () => {
  const found = await opened.client.rollouts.preview({ outcome, worthHaving: 0.4 });
  expect(found).toMatchObject({
    eligible: count,
    leftOut: 0,
    base: { count: 20, of: 60, from: '2026-05-04', to: lastDay },
    answerable: 'yes',
    why: null,
  });
  // 30 against 30 from a base of a third: the equation of two proportions by hand gives 0.357.
  expect(found.detectable!).toBeCloseTo(0.357, 2);
  expect(found.strata.map(({ name, treated, held }) => [name, treated + held])).toEqual([
    ['Scale', 15],
    ['Team', 45],
  ]);
  for (const { treated, held } of found.strata) expect(Math.abs(treated - held)).toBeLessThanOrEqual(1);
  const small = await opened.client.rollouts.preview({ outcome, worthHaving: 0.05 });
  expect(small).toMatchObject({ answerable: 'no', why: 'change_too_small' });
  expect(small.needed!).toBeGreaterThan(1000);
});

test('it can be narrowed by plan and property, and says when nothing can be told', async () => {
  const { client } = opened;
  const only = [{ property: 'region', operator: 'is' as const, values: ['north'] }];
  expect(await client.rollouts.preview({ outcome, plans: ['Scale'], only })).toMatchObject({ eligible: 8 });
  expect(await client.rollouts.preview({ outcome, plans: ['None'] })).toMatchObject({ eligible: 0, why: 'no_eligible', detectable: null });
  expect(await client.rollouts.preview({ outcome: { event: 'Never', filters: [] } })).toMatchObject({
    answerable: 'no',
    base: { count: 0 },
  });
  const empty = await app.workspace('Empty');
  expect(await empty.client.rollouts.preview({ outcome })).toMatchObject({ eligible: 0, base: null });
});

test('a stepped wedge measures how alike two periods of an account are, and pairs are of like use', async () => {
  const wedge = await opened.client.rollouts.preview({ outcome, lot: 'stepped_wedge', waves: 3 });
  expect(wedge.arms.map(({ wave, accounts }) => [wave, accounts])).toEqual([
    [1, 20],
    [2, 20],
    [3, 20],
  ]);
  // By hand: 10 of 60 did it in both, 20 now, 10 before: (1/6 - 1/3 * 1/6) / sqrt(2/9 * 5/36).
  expect(wedge.likeness).toBeCloseTo((1 / 6 - 1 / 18) / Math.sqrt((2 / 9) * (5 / 36)), 12);
  const pairs = await opened.client.rollouts.preview({ outcome, lot: 'pairs', plans: ['Scale'] });
  expect([pairs.leftOut, pairs.arms.map(({ accounts }) => accounts)]).toEqual([1, [7, 7]]);
});

test('the lot is kept, the same for the same seed, exported, and never changed', async () => {
  const { client, context } = opened;
  const first = await client.rollouts.create({ name: 'Summer', outcome, seed: 4711 });
  const again = await client.rollouts.create({ name: 'Summer again', outcome, seed: 4711 });
  const listOf = async (id: string) => (await client.rollouts.accounts({ rollout: id, limit: 500 })).accounts;
  expect(await listOf(again.id)).toEqual(await listOf(first.id));
  const other = await client.rollouts.create({ name: 'Another seed', outcome, seed: 4712 });
  expect(await listOf(other.id)).not.toEqual(await listOf(first.id));
  const { csv, total } = await client.rollouts.exportAccounts({ rollout: first.id });
  expect([total, csv.trim().split('\r\n').length]).toEqual([60, 61]);
  expect(csv.split('\r\n')[0]).toContain('account,source_id,name,arm,wave,stratum');
  expect(csv.match(/gets_it/g)).toHaveLength(30);
  for (const statement of [sql`UPDATE rollout_account SET wave = 1`, sql`DELETE FROM rollout_account`, sql`UPDATE rollout SET plan = '{}'`])
    await expect(context.read((transaction) => transaction.execute(statement))).rejects.toThrow();
  await expect(client.rollouts.create({ name: 'summer', outcome })).rejects.toMatchObject({ code: 'conflict' });
});

test('who got it in spite of the lot is recorded beside it; the lot stays', async () => {
  const { client } = opened;
  const { id } = (await client.rollouts.list({})).rollouts.find(({ name }) => name === 'Summer')!;
  const before = await client.rollouts.accounts({ rollout: id, limit: 500 });
  const held = before.accounts.find(({ wave }) => wave === 0)!;
  const changed = await client.rollouts.recordDeviation({
    rollout: id,
    account: held.sourceId,
    got: true,
    day: '2026-06-03',
    note: 'Asked for it',
  });
  expect(changed.deviations).toMatchObject([{ account: held.account, name: held.name, wave: 0, got: true, note: 'Asked for it' }]);
  expect(await client.rollouts.accounts({ rollout: id, limit: 500 })).toEqual(before);
  await expect(client.rollouts.recordDeviation({ rollout: id, account: 'nobody', got: true, day: '2026-06-03' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('the list goes to a webhook, signed, every account once; other forms are refused', async () => {
  const { client, context } = opened;
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/flags`;
  const { webhook, secret } = await client.webhooks.create({ name: 'Flags', url, kinds: ['gate'] });
  const { id } = (await client.rollouts.list({})).rollouts.find(({ name }) => name === 'Summer')!;
  expect(await client.rollouts.send({ rollout: id, webhook: webhook.id })).toEqual({ messages: 1, accounts: 60 });
  await deliverNotices(context);
  const [call] = calls;
  const { headers, body: text } = call!;
  // The clock of the test stands still, so the signature is made again instead of held against the age of the message.
  const signedAt = new Date(Number(headers['webhook-timestamp']) * 1000);
  expect(headers['webhook-signature']).toBe(new Signature(secret).sign(headers['webhook-id']!, signedAt, text));
  const body = JSON.parse(text) as { type: string; data: { list: { accounts: { account: string; arm: string }[] } } };
  expect(body.type).toBe('notice.rollout');
  const { accounts } = await client.rollouts.accounts({ rollout: id, limit: 500 });
  const arms = new Map(accounts.map(({ account, wave }) => [account, wave === 0 ? 'held_out' : 'gets_it']));
  expect(body.data.list.accounts).toHaveLength(60);
  for (const { account, arm } of body.data.list.accounts) expect(arm).toBe(arms.get(account));
  const slack = await client.webhooks.create({ name: 'Chat', url, kinds: ['gate'], format: 'slack' });
  await expect(client.rollouts.send({ rollout: id, webhook: slack.webhook.id })).rejects.toMatchObject({ code: 'invalid' });
});

test('what cannot be is refused, another workspace sees nothing, and what is deleted comes back', async () => {
  const { client } = opened;
  await expect(client.rollouts.create({ name: 'Nobody', outcome, plans: ['None'] })).rejects.toMatchObject({ code: 'invalid' });
  const made = await client.rollouts.create({ name: 'Short', outcome });
  const other = await app.workspace('Other');
  await expect(other.client.rollouts.get({ rollout: made.id })).rejects.toMatchObject({ code: 'not_found' });
  await client.rollouts.delete({ rollout: made.id });
  await expect(client.rollouts.accounts({ rollout: made.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.rollouts.restore({ rollout: made.id })).name).toBe('Short');
});

test('the statement is one that the engine can run', async () => {
  const plan = rolloutPlan.parse({ outcome, only: [{ property: 'region', operator: 'set', values: [] }] });
  const { sql: text, params } = eligibleAccounts(plan, { before: '2026-03-01', from: '2026-04-01', to: '2026-05-01', zone: 'UTC' });
  expect((await opened.context.events.ask({ sql: `EXPLAIN ${text}`, params })).length).toBeGreaterThan(0);
});
