import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('a member finds all that waits for them over all launches, the earliest first, and what is done waits no longer', async () => {
  const workspace = await app.workspace();
  const { client } = workspace;
  const tom = await workspace.memberAs('contributor', 'Tom Adeyemi');
  const nico = await workspace.memberAs('contributor', 'Nico Petit');
  await client.charters.update({ version: 0, parts: {}, members: [{ function: 'product', memberId: tom.id, approves: true }] });
  const relay = await client.launches.create({ name: 'Relay', tier: 1, marketDate: '2026-07-14' });
  const lanes = await client.launches.create({ name: 'Lanes', tier: 3, marketDate: '2026-06-20' });
  const guide = await client.deliverables.create({ launch: relay.key, name: 'Help pages', ownerId: tom.id, leadDays: 20 });
  const deck = await client.deliverables.create({
    launch: lanes.key,
    name: 'Deck',
    leadDays: 21,
    signers: ['product'],
    reviewers: [nico.id],
  });
  await client.runSteps.create({ launch: lanes.key, atTime: '09:00', text: 'Watch errors', ownerId: tom.id });
  const scores = Object.fromEntries((await client.tiers.rule({})).rule.criteria.map(({ key }) => [key, 3]));
  await client.tiers.decide({ launch: relay.key, version: 1, scores });
  expect((await nico.client.assignments.list({})).waiting).toEqual([]);
  await client.deliverables.update({ deliverable: deck.id, version: 1, status: 'in_review' });
  const kinds = (list: { kind: string; what: string; isLate: boolean }[]) => list.map(({ kind, what, isLate }) => [kind, what, isLate]);
  expect(kinds((await tom.client.assignments.list({})).waiting)).toEqual([
    ['sign', 'Deck', true],
    ['run_step', 'Watch errors', false],
    ['deliver', 'Help pages', false],
    ['approve_tier', '1', false],
  ]);
  expect(kinds((await nico.client.assignments.list({})).waiting)).toEqual([['review', 'Deck', true]]);
  await tom.client.deliverables.sign({ deliverable: deck.id, function: 'product', decision: 'signed', content: 1 });
  await tom.client.deliverables.update({ deliverable: guide.id, version: 1, status: 'shipped' });
  await tom.client.tiers.approve({ launch: relay.key, function: 'product', tier: 1 });
  expect(kinds((await tom.client.assignments.list({})).waiting)).toEqual([['run_step', 'Watch errors', false]]);
  await client.launches.cancel({ launch: lanes.key, reason: 'Not worth it', version: 1 });
  expect((await tom.client.assignments.list({})).waiting).toEqual([]);
});

test('what belongs to somebody who was removed is listed until somebody else has it', async () => {
  const workspace = await app.workspace();
  const { client, clientAs } = workspace;
  const tom = await workspace.memberAs('contributor', 'Tom Adeyemi');
  const amelie = await workspace.memberAs('pmm', 'Amelie Fournier');
  const relay = await client.launches.create({ name: 'Relay', tier: 1, marketDate: '2026-07-14' });
  const page = await client.deliverables.create({ launch: relay.key, name: 'Help pages', ownerId: tom.id });
  const { gates } = await client.gates.create({ launch: relay.key });
  const criterion = gates.at(-1)!.criteria[0]!;
  await client.gates.updateCriterion({ criterion: criterion.id, version: criterion.version, ownerId: tom.id });
  await clientAs('owner').members.remove({ member: tom.id });
  const { ownerless } = await amelie.client.assignments.list({});
  expect(ownerless.map(({ kind, owner }) => [kind, owner.gone])).toEqual([
    ['criterion', true],
    ['deliver', true],
  ]);
  expect(ownerless.map(({ owner }) => owner.name)).toEqual(['Tom Adeyemi', 'Tom Adeyemi']);
  const other = await client.launches.create({ name: 'Lanes', marketDate: '2026-07-20', marketingOwnerId: amelie.id });
  const named = async (launch: string) => (await client.assignments.list({ launch })).ownerless.map(({ kind }) => kind);
  expect([await named(relay.key), await named(other.key)]).toEqual([['criterion', 'deliver'], []]);
  await client.deliverables.update({ deliverable: page.id, version: 1, ownerId: amelie.id });
  expect((await amelie.client.assignments.list({})).ownerless.map(({ kind }) => kind)).toEqual(['criterion']);
  await clientAs('owner').members.remove({ member: amelie.id });
  expect(await named(other.key)).toEqual(['market_date']);
  await client.launches.update({ launch: other.key, version: 1, marketingOwnerId: null });
  expect(await named(other.key)).toEqual([]);
  await expect(client.assignments.list({})).rejects.toThrow('A key has nothing to do by itself');
});

test('the same few statements are asked for one launch and for forty', async () => {
  const workspace = await app.workspace();
  const { client } = workspace;
  const tom = await workspace.memberAs('contributor', 'Tom Adeyemi');
  const add = async (name: string) => {
    const { key: launch } = await client.launches.create({ name, tier: 1, marketDate: '2026-07-14' });
    await client.gates.create({ launch });
    await client.deliverables.create({ launch, name: `Deck of ${name}`, ownerId: tom.id });
    await client.runSteps.create({ launch, atTime: '09:00', text: `Watch ${name}`, ownerId: tom.id });
  };
  const statements = async () => {
    const asked = vi.spyOn(pg.Client.prototype, 'query');
    const { waiting } = await tom.client.assignments.list({});
    const { length } = asked.mock.calls;
    asked.mockRestore();
    return { waiting: waiting.length, length };
  };
  await add('Launch 1');
  const one = await statements();
  for (let number = 2; number <= 40; number++) await add(`Launch ${number}`);
  const forty = await statements();
  expect([one.waiting, forty.waiting]).toEqual([2, 80]);
  expect(one.length).toBeGreaterThan(10);
  expect(forty.length).toBe(one.length);
}, 120_000);
