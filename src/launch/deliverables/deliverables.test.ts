import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

/** Weftwork's Smart Handoff, six weeks before its market date, with Tom of product and Jonas of sales enablement. */
const planned = async () => {
  const workspace = await app.workspace();
  const { client } = workspace;
  const [tom, jonas] = [await workspace.memberAs('contributor', 'Tom Adeyemi'), await workspace.memberAs('sales', 'Jonas Weber')];
  const launch = await client.launches.create({ name: 'Smart Handoff', marketDate: '2026-07-14', readyDate: '2026-06-30' });
  await client.charters.update({
    version: 0,
    parts: {},
    members: [
      { function: 'product', memberId: tom.id, approves: true },
      { function: 'sales_enablement', memberId: jonas.id, approves: true },
    ],
  });
  const add = (name: string, fields: object = {}) => client.deliverables.create({ launch: launch.key, name, ...fields });
  return { ...workspace, tom, jonas, launch: launch.key, add };
};

describe('a bill of materials', () => {
  test('has due days that follow the market date, but for those on a fixed day', async () => {
    const { client, launch, add } = await planned();
    expect(await add('Launch page', { leadDays: 7 })).toMatchObject({
      dueOn: '2026-07-07',
      isFixed: false,
      status: 'planned',
      owner: null,
    });
    expect(await add('Webinar', { leadDays: -3 })).toMatchObject({ dueOn: '2026-07-17' });
    expect(await add('Trade show', { dueOn: '2026-06-20' })).toMatchObject({ dueOn: '2026-06-20', isFixed: true });
    const { version } = await client.launches.get({ launch });
    await client.launches.move({ launch, marketDate: '2026-07-28', reason: 'The beta needs two weeks more', version });
    const { deliverables } = await client.deliverables.list({ launch });
    expect(deliverables.map(({ name, dueOn }) => [name, dueOn])).toEqual([
      ['Launch page', '2026-07-21'],
      ['Webinar', '2026-07-31'],
      ['Trade show', '2026-06-20'],
    ]);
    expect(await client.launches.moves({ launch })).toMatchObject({
      moves: [{ from: '2026-07-14', to: '2026-07-28', reason: 'The beta needs two weeks more', by: 'Test owner' }],
    });
  });

  test('stays right across the end of summer time', async () => {
    const { client } = await planned();
    const autumn = await client.launches.create({ name: 'Autumn', marketDate: '2026-11-02' });
    const page = await client.deliverables.create({ launch: autumn.key, name: 'Page', leadDays: 14 });
    expect(page.dueOn).toBe('2026-10-19');
  });

  test('refuses a ring of needs and names it, and what is of another launch', async () => {
    const { client, launch, add } = await planned();
    const [page, post, deck] = [await add('Page'), await add('Post'), await add('Deck')];
    await client.deliverables.update({ deliverable: post.id, version: 1, needs: [page.id] });
    await client.deliverables.update({ deliverable: deck.id, version: 1, needs: [post.id] });
    const ring = client.deliverables.update({ deliverable: page.id, version: 1, needs: [deck.id] });
    await expect(ring).rejects.toThrow('"Page" needs "Deck" needs "Post" needs "Page"');
    const other = await client.launches.create({ name: 'Other', marketDate: '2026-08-01' });
    const far = client.deliverables.create({ launch: other.key, name: 'Far', needs: [page.id] });
    await expect(far).rejects.toThrow('is not in this bill of materials');
    expect((await client.deliverables.list({ launch: other.key })).deliverables).toEqual([]);
    await client.deliverables.delete({ deliverable: post.id });
    const { deliverables } = await client.deliverables.list({ launch });
    expect(deliverables.map(({ name, needs }) => [name, needs])).toEqual([
      ['Page', []],
      ['Deck', []],
    ]);
    expect(await client.deliverables.restore({ deliverable: post.id })).toMatchObject({ name: 'Post', needs: [page.id] });
  });

  test('is changed for many at once, all or none, and taken back by the old values', async () => {
    const { client, launch, add, tom } = await planned();
    const [page, post] = [await add('Page'), await add('Post')];
    const changes = [page, post].map(({ id, version }) => ({ deliverable: id, version, ownerId: tom.id, status: 'drafting' as const }));
    const { before, deliverables } = await client.deliverables.updateMany({ launch, changes });
    expect(deliverables.map(({ owner, status }) => [owner?.name, status])).toEqual([
      ['Tom Adeyemi', 'drafting'],
      ['Tom Adeyemi', 'drafting'],
    ]);
    const back = before.map(({ id, owner, status, version }) => ({
      deliverable: id,
      version: version + 1,
      ownerId: owner?.id ?? null,
      status,
    }));
    const taken = await client.deliverables.updateMany({ launch, changes: back });
    expect(taken.deliverables.map(({ owner, status }) => [owner, status])).toEqual([
      [null, 'planned'],
      [null, 'planned'],
    ]);
    const half = [
      { deliverable: page.id, version: 3, status: 'shipped' as const },
      { deliverable: post.id, version: 1, status: 'shipped' as const },
    ];
    await expect(client.deliverables.updateMany({ launch, changes: half })).rejects.toMatchObject({ code: 'conflict' });
    expect((await client.deliverables.list({ launch })).deliverables.map(({ status }) => status)).toEqual(['planned', 'planned']);
  });

  test('names who changed what meanwhile instead of overwriting it', async () => {
    const { client, add } = await planned();
    const page = await add('Page');
    await client.deliverables.update({ deliverable: page.id, version: 1, name: 'Launch page' });
    await expect(client.deliverables.update({ deliverable: page.id, version: 1, doneWhen: 'Live' })).rejects.toMatchObject({
      code: 'conflict',
      data: { current: { name: 'Launch page' } },
    });
  });

  test('says why something is dropped, or it is not dropped', async () => {
    const { client, add } = await planned();
    const press = await add('Press release');
    const change = { deliverable: press.id, version: 1, status: 'dropped' as const };
    await expect(client.deliverables.update(change)).rejects.toThrow('Say why');
    expect(await client.deliverables.update({ ...change, droppedReason: 'No news in it' })).toMatchObject({ status: 'dropped' });
  });

  test('holds 2,000 deliverables and no more, links that lead nowhere dangerous, and owners who are here', async () => {
    const { client, clientAs, launch, add, tom } = await planned();
    await expect(add('Link', { links: [{ url: 'javascript:alert(1)' }] })).rejects.toMatchObject({ code: 'invalid' });
    await expect(add('x'.repeat(10_000))).rejects.toMatchObject({ code: 'invalid' });
    await expect(add('Nobody', { ownerId: '00000000-0000-4000-8000-000000000000' })).rejects.toThrow('is not a member');
    const owned = await add('Owned', { ownerId: tom.id });
    await clientAs('owner').members.remove({ member: tom.id });
    const { deliverables } = await client.deliverables.list({ launch });
    expect(deliverables.find(({ id }) => id === owned.id)?.owner).toMatchObject({ id: tom.id, name: 'Tom Adeyemi', gone: true });
    const change = { deliverable: owned.id, ownerId: tom.id };
    const kept = await client.deliverables.update({ ...change, version: 1, audience: 'Buyers' });
    expect(kept.owner).toMatchObject({ name: 'Tom Adeyemi', gone: true });
    const other = await add('Other');
    await expect(client.deliverables.update({ ...change, deliverable: other.id, version: 1 })).rejects.toThrow('is not a member');
    await client.deliverables.delete({ deliverable: other.id });
    await app.application.records.unbounded((transaction) =>
      transaction.execute(sql`INSERT INTO deliverable (workspace_id, launch_id, position, name, type, required, status, function, lead_days, work_days, created_at, updated_at)
        SELECT workspace_id, launch_id, position + n, 'Item ' || n, type, required, status, function, lead_days, work_days, created_at, updated_at
        FROM deliverable, generate_series(1, 1999) AS n WHERE id = ${owned.id}`),
    );
    expect((await client.deliverables.list({ launch })).deliverables).toHaveLength(2000);
    await expect(add('One more')).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('a signature', () => {
  test('is given by who approves for the function, approves what is in review, and falls when what was signed changes', async () => {
    const { client, clientAs, tom, jonas, launch, add } = await planned();
    const deck = await add('Deck', { signers: ['product', 'sales_enablement'], required: true });
    const signed = { deliverable: deck.id, decision: 'signed' as const, content: 1 };
    await expect(jonas.client.deliverables.sign({ ...signed, function: 'product' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(clientAs('pmm').deliverables.sign({ ...signed, function: 'product' })).rejects.toMatchObject({ code: 'forbidden' });
    const early = client.deliverables.update({ deliverable: deck.id, version: 1, status: 'approved' });
    await expect(early).rejects.toThrow('is not signed by product, sales enablement');
    await client.deliverables.update({ deliverable: deck.id, version: 1, status: 'in_review' });
    expect(await tom.client.deliverables.sign({ ...signed, function: 'product' })).toMatchObject({ status: 'in_review', isSigned: false });
    expect((await jonas.client.deliverables.list({ launch })).deliverables).toEqual([]);
    const approved = await jonas.client.deliverables.sign({ ...signed, function: 'sales_enablement' });
    expect(approved).toMatchObject({ status: 'approved', isSigned: true });
    expect((await jonas.client.deliverables.list({ launch })).deliverables).toHaveLength(1);
    const links = [{ label: 'Deck', url: 'https://weftwork.example/deck' }];
    const changed = await client.deliverables.update({ deliverable: deck.id, version: approved.version, links });
    expect(changed).toMatchObject({ status: 'in_review', isSigned: false, content: 2 });
    expect(changed.signOffs).toMatchObject([
      { function: 'product', state: 'waiting', isStale: true },
      { function: 'sales_enablement', state: 'waiting', isStale: true },
    ]);
    await expect(tom.client.deliverables.sign({ ...signed, function: 'product' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('given for two functions at the same moment, both count and the deliverable is approved', async () => {
    const { add, client, tom, jonas, launch } = await planned();
    const deck = await add('Deck', { signers: ['product', 'sales_enablement'] });
    await client.deliverables.update({ deliverable: deck.id, version: 1, status: 'in_review' });
    const signed = { deliverable: deck.id, decision: 'signed' as const, content: 1 };
    await Promise.all([
      tom.client.deliverables.sign({ ...signed, function: 'product' }),
      jonas.client.deliverables.sign({ ...signed, function: 'sales_enablement' }),
    ]);
    const [now] = (await client.deliverables.list({ launch })).deliverables;
    expect(now).toMatchObject({ status: 'approved', isSigned: true });
    expect(now!.signOffs.map(({ state, by }) => [state, by])).toEqual([
      ['signed', 'Tom Adeyemi'],
      ['signed', 'Jonas Weber'],
    ]);
  });

  test('may ask for changes, with words, and the deliverable goes back to its owner', async () => {
    const { client, tom, add } = await planned();
    const deck = await add('Deck', { signers: ['product'] });
    await client.deliverables.update({ deliverable: deck.id, version: 1, status: 'in_review' });
    const asked = { deliverable: deck.id, function: 'product' as const, decision: 'changes_asked' as const, content: 1 };
    await expect(tom.client.deliverables.sign(asked)).rejects.toThrow('Say which changes');
    expect(await tom.client.deliverables.sign({ ...asked, comment: 'Slide 4 is not true' })).toMatchObject({
      status: 'drafting',
      signOffs: [{ state: 'changes_asked', comment: 'Slide 4 is not true', by: 'Tom Adeyemi' }],
    });
  });

  test('stays in the records as it was given: nobody can change or delete it', async () => {
    const { id: workspace, client, tom, add } = await planned();
    const deck = await add('Deck', { signers: ['product'] });
    await tom.client.deliverables.sign({ deliverable: deck.id, function: 'product', decision: 'signed', content: 1 });
    expect((await client.deliverables.list({ launch: deck.launch })).deliverables[0]?.isSigned).toBe(true);
    for (const statement of [sql`UPDATE sign_off SET decision = 'changes_asked'`, sql`DELETE FROM sign_off`])
      await expect(app.application.records.within(workspace, (transaction) => transaction.execute(statement))).rejects.toThrow();
  });
});

test('a preview of another market date says what moves, what becomes late, what is too tight and who is overbooked', async () => {
  const { client, launch, add, tom } = await planned();
  const page = await add('Launch page', { leadDays: 30, ownerId: tom.id, workDays: 5 });
  await add('Deck', { leadDays: 30, ownerId: tom.id, workDays: 3, needs: [page.id] });
  await add('Trade show', { dueOn: '2026-06-20' });
  const calm = await client.deliverables.previewMove({ launch, marketDate: '2026-07-28' });
  expect(calm).toMatchObject({ from: '2026-07-14', to: '2026-07-28', late: [], warnings: [] });
  expect(calm.moved.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['Launch page', '2026-06-14', '2026-06-28'],
    ['Deck', '2026-06-14', '2026-06-28'],
  ]);
  expect(calm.fixed.map(({ name }) => name)).toEqual(['Trade show']);
  const early = await client.deliverables.previewMove({ launch, marketDate: '2026-06-20' });
  expect(early.warnings).toEqual(['before_ready']);
  expect(early.late.map(({ name, dueOn }) => [name, dueOn])).toEqual([
    ['Launch page', '2026-05-21'],
    ['Deck', '2026-05-21'],
  ]);
  const sooner = await client.deliverables.previewMove({ launch, marketDate: '2026-07-08' });
  // Monday 1 June to Monday 8 June are 6 workdays; the deck ends after 8.
  expect(sooner.tight.map(({ name, dueOn, daysShort }) => [name, dueOn, daysShort])).toEqual([['Deck', '2026-06-08', 2]]);
  const other = await client.launches.create({ name: 'Guest Lanes', marketDate: '2026-07-21' });
  await client.deliverables.create({ launch: other.key, name: 'Video', leadDays: 23, ownerId: tom.id, workDays: 4 });
  const crowded = await client.deliverables.previewMove({ launch, marketDate: '2026-07-28' });
  expect(crowded.overbooked).toMatchObject([{ member: { name: 'Tom Adeyemi' }, week: '2026-06-22', workDays: 12, before: 4 }]);
});
