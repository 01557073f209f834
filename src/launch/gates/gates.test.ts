import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { criterionOf, criterion, gateOf, openLaunch, proof, said } from './gates.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

describe('the gates of a launch', () => {
  test('are the usual ones of its tier, in the order of the stages, each due before the market date', async () => {
    const { client } = await app.workspace('Usual');
    const { key: launch } = await client.launches.create({ name: 'Smart Handoff', tier: 1, marketDate: '2026-07-01' });
    expect((await client.gates.list({ launch })).gates).toEqual([]);
    const { gates, verdict } = await client.gates.create({ launch });
    expect(gates.map(({ stage, leadsTo, dueOn, standing }) => [stage, leadsTo, dueOn, standing])).toEqual([
      ['concept', 'alpha', '2026-04-02', 'fails'],
      ['alpha', 'beta', '2026-05-02', 'fails'],
      ['beta', 'ga', '2026-06-27', 'fails'],
    ]);
    expect(gates[2]!.criteria.map(({ kind }) => kind)).toEqual([
      'differentiator',
      'audience',
      'goals',
      'deliverables',
      'feedback',
      'proofread',
      'field_readiness',
      'support_briefed',
      'legal_cleared',
      'tier',
    ]);
    expect(verdict).toEqual({ isClear: false, fails: 3, waits: 0, passed: 0, ahead: 3 });
    await expect(client.gates.create({ launch })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('are, for a launch that is under way, those of the stages that are ahead', async () => {
    const { client } = await app.workspace('Under way');
    const { key: launch } = await client.launches.create({ name: 'Smart Handoff', tier: 1, marketDate: '2026-07-01', stage: 'alpha' });
    expect((await client.gates.create({ launch })).gates.map(({ stage }) => stage)).toEqual(['alpha', 'beta']);
    const { key: gone } = await client.launches.create({ name: 'Out', tier: 1, marketDate: '2026-05-01', stage: 'ga' });
    await expect(client.gates.create({ launch: gone })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('move with the market date, except where a day is fixed', async () => {
    const { client, launch, read, find } = await openLaunch(app, 'Moved', [criterion('manual'), criterion('proofread')]);
    const { id, version } = await find('proofread');
    await client.gates.updateCriterion({ criterion: id, version, fixedDay: '2026-06-20' });
    const gate = await read();
    await expect(client.gates.update({ gate: gate.id, version: gate.version - 1, leadDays: 10 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await client.gates.update({ gate: gate.id, version: gate.version, leadDays: 10 });
    const held = await client.launches.get({ launch });
    await client.launches.move({ launch, version: held.version, marketDate: '2026-07-15', reason: 'Two weeks for the field' });
    expect(await read()).toMatchObject({ dueOn: '2026-07-05' });
    expect([(await find('manual')).dueOn, (await find('proofread')).dueOn]).toEqual(['2026-07-10', '2026-06-20']);
  });

  test('are not gone around by writing another stage', async () => {
    const { client } = await app.workspace('Around');
    const { key: launch, version } = await client.launches.create({ name: 'Smart Handoff', tier: 3, marketDate: '2026-07-01' });
    await client.gates.create({ launch });
    await expect(client.launches.update({ launch, version, stage: 'ga' })).rejects.toThrow(
      'The stage "beta" of this launch ends with a gate',
    );
    const beta = await client.launches.update({ launch, version, stage: 'beta' });
    await expect(client.launches.update({ launch, version: beta.version, stage: 'ga' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('are nobody’s in another workspace', async () => {
    const { read } = await openLaunch(app, 'Mine', [criterion('manual')]);
    const other = await app.workspace('Theirs');
    const { id, version, criteria } = await read();
    const missing = { code: 'not_found' };
    await expect(other.client.gates.decide({ gate: id, version, outcome: 'go' })).rejects.toMatchObject(missing);
    await expect(other.client.gates.update({ gate: id, version, leadDays: 1 })).rejects.toMatchObject(missing);
    await expect(other.client.gates.waive({ criterion: criteria[0]!.id, reason: 'Because we may not' })).rejects.toMatchObject(missing);
    const set = other.client.gates.setState({ criterion: criteria[0]!.id, version: 1, state: 'ready' });
    await expect(set).rejects.toMatchObject(missing);
  });
});

describe('a criterion', () => {
  test('that somebody sets has a state, its evidence, and who said so; what changed meanwhile is not overwritten', async () => {
    const { clientAs, find } = await openLaunch(app, 'Set', [criterion('support_briefed')]);
    const { id, version, standing } = await find('support_briefed');
    expect(standing).toBe('waits');
    const gate = await clientAs('contributor').gates.setState({
      criterion: id,
      version,
      state: 'ready',
      evidence: [{ ...proof, what: '14 help pages, 9 macros' }],
    });
    expect(gate.standing).toBe('clear');
    expect(gate.criteria[0]).toMatchObject({
      result: { state: 'ready', code: 'set', have: 1 },
      setBy: 'Test contributor',
      setAt: '2026-06-01T12:00:00.000Z',
      version: version + 1,
    });
    const late = clientAs('pmm').gates.setState({ criterion: id, version, state: 'not_ready' });
    await expect(late).rejects.toMatchObject({ code: 'conflict', data: { current: { setBy: 'Test contributor' } } });
    await expect(clientAs('sales').gates.setState({ criterion: id, version: 2, state: 'ready' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('waits until it is due while nobody has said anything, and fails from then on', async () => {
    const { find } = await openLaunch(app, 'Late', [
      criterion('proofread', { leadDays: 31 }),
      criterion('legal_cleared', { leadDays: 30 }),
    ]);
    expect([(await find('proofread')).standing, (await find('legal_cleared')).standing]).toEqual(['fails', 'waits']);
  });

  test('that checks itself cannot be set, nor field readiness by anything but its counts', async () => {
    const kinds = ['differentiator', 'field_readiness', 'proofread'] as const;
    const { client, find } = await openLaunch(
      app,
      'Self',
      kinds.map((kind) => criterion(kind)),
    );
    const set = async (kind: (typeof kinds)[number], fields: object) =>
      client.gates.setState({ criterion: (await find(kind)).id, version: (await find(kind)).version, ...fields });
    await expect(set('differentiator', { state: 'ready' })).rejects.toThrow('checks itself');
    await expect(set('field_readiness', { state: 'ready' })).rejects.toThrow('by its counts');
    await expect(set('field_readiness', { counted: 43, countedOf: 42 })).rejects.toThrow('43 of 42');
    await expect(set('proofread', { counted: 1, countedOf: 2 })).rejects.toThrow('Only field readiness');
    await expect(set('proofread', {})).rejects.toThrow('Say whether');
    await expect(set('proofread', { state: 'ready', evidence: [{ ...proof, day: '2026-06-02' }] })).rejects.toThrow('not come yet');
  });

  test('is owned by a member; one who was removed is shown as gone, and the criterion needs an owner again', async () => {
    const { client, memberAs, find } = await openLaunch(app, 'Owned', [criterion('manual')]);
    expect(await find('manual')).toMatchObject({ owner: null, needsOwner: true });
    const jonas = await memberAs('contributor', 'Jonas Weber');
    const { id, version } = await find('manual');
    await client.gates.updateCriterion({ criterion: id, version, ownerId: jonas.id });
    expect(await find('manual')).toMatchObject({ owner: { id: jonas.id, name: 'Jonas Weber', gone: false }, needsOwner: false });
    await client.members.remove({ member: jonas.id });
    expect(await find('manual')).toMatchObject({ owner: { id: jonas.id, name: 'Jonas Weber', gone: true }, needsOwner: true });
    // What was theirs stays theirs when something else is changed; nothing new is given to them.
    await client.gates.updateCriterion({ criterion: id, version: version + 1, ownerId: jonas.id, leadDays: 3 });
    expect(await find('manual')).toMatchObject({ leadDays: 3, owner: { name: 'Jonas Weber', gone: true } });
    await client.gates.updateCriterion({ criterion: id, version: version + 2, ownerId: null });
    const again = client.gates.updateCriterion({ criterion: id, version: version + 3, ownerId: jonas.id });
    await expect(again).rejects.toMatchObject({ code: 'invalid' });
  });

  test('is added, removed and brought back by who markets; the differentiator stays', async () => {
    const { client, clientAs, read, find } = await openLaunch(app, 'Edited', [criterion('differentiator'), criterion('proofread')]);
    const gate = (await read()).id;
    await expect(client.gates.addCriterion({ gate, ...criterion('manual', { text: '' }) })).rejects.toThrow('Say in words');
    await client.gates.addCriterion({ gate, ...criterion('manual', { text: 'Security review' }) });
    expect((await read()).criteria.map(({ kind, text }) => text || kind)).toEqual(['differentiator', 'proofread', 'Security review']);
    const { id } = await find('proofread');
    expect((await client.gates.removeCriterion({ criterion: id })).criteria).toHaveLength(2);
    expect((await client.gates.restoreCriterion({ criterion: id })).criteria).toHaveLength(3);
    const differentiator = await find('differentiator');
    await expect(client.gates.removeCriterion({ criterion: differentiator.id })).rejects.toThrow('No differentiator, no launch');
    const optional = { criterion: differentiator.id, version: differentiator.version, required: false };
    await expect(client.gates.updateCriterion(optional)).rejects.toThrow('No differentiator, no launch');
    await expect(clientAs('contributor').gates.removeCriterion({ criterion: id })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('what checks itself', () => {
  test('a differentiator is named, and evidence has a source and a day', async () => {
    const { client, launch, find } = await openLaunch(app, 'Differentiator', [criterion('differentiator')]);
    const result = async () => (await find('differentiator')).result;
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_positioning', have: 0, need: 1 });
    await client.positionings.save({ launch, basedOn: 0, ...said, differentiator: '' });
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_differentiator' });
    await client.positionings.save({ launch, basedOn: 1, ...said });
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_evidence' });
    await client.positionings.save({ launch, basedOn: 2, ...said, evidence: [proof] });
    expect(await result()).toMatchObject({ state: 'ready', code: 'differentiator_proven', have: 1 });
    await client.positionings.save({ launch, basedOn: 3, ...said });
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_evidence' });
    const [lastFresh, stale] = ['2025-06-01', '2025-05-31'].map((day) => ({ ...proof, day }));
    await client.positionings.save({ launch, basedOn: 4, ...said, evidence: [stale!, lastFresh!] });
    expect(await result()).toMatchObject({ state: 'ready', have: 2 });
    await client.positionings.save({ launch, basedOn: 5, ...said, evidence: [stale!] });
    expect(await result()).toMatchObject({ state: 'at_risk', code: 'evidence_stale', have: 1 });
  });

  test('the tier is approved by product and by product marketing; tier 3 needs nobody', async () => {
    const { launch, find, memberAs } = await openLaunch(app, 'Tier', [criterion('tier')], { fields: { tier: 1 } });
    const result = async () => (await find('tier')).result;
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'tier_unapproved', names: ['product', 'product_marketing'] });
    const maya = await memberAs('owner', 'Maya Lindqvist');
    await maya.client.tiers.approve({ launch, function: 'product', tier: 1 });
    expect(await result()).toMatchObject({ state: 'not_ready', have: 1, need: 2, names: ['product_marketing'] });
    await maya.client.tiers.approve({ launch, function: 'product_marketing', tier: 1 });
    expect(await result()).toMatchObject({ state: 'ready', code: 'tier_approved' });
    const small = await openLaunch(app, 'Small tier', [criterion('tier')], { fields: { tier: 3 } });
    expect((await small.find('tier')).result).toMatchObject({ state: 'ready', code: 'tier_needs_none' });
  });

  test('a persona and a segment are named, and the segment has accounts today', async () => {
    const { client, context, launch, find } = await openLaunch(app, 'Audience', [criterion('audience')]);
    const change = async (fields: object) => {
      const { version } = await client.launches.get({ launch });
      await client.launches.update({ launch, version, ...fields });
      return (await find('audience')).result;
    };
    const segments = (...names: string[]) => ({ eligibility: { segments: names } });
    expect((await find('audience')).result).toMatchObject({ state: 'not_ready', code: 'no_persona' });
    expect(await change({ personas: ['Operations lead'] })).toMatchObject({ state: 'not_ready', code: 'no_segment' });
    expect(await change(segments('Enterprise', 'Growth'))).toMatchObject({
      state: 'not_ready',
      code: 'segments_empty',
      have: 0,
      names: ['Enterprise', 'Growth'],
    });
    const stamp = { import: '00000000-0000-0000-0000-000000000000', version: 1 };
    const account = (id: string, segment: string) => ({ ...stamp, id, name: id, segment });
    await context.events.insert('account', [account('a', 'Growth'), account('b', 'Growth'), account('c', 'Student')]);
    expect((await find('audience')).result).toMatchObject({ state: 'ready', code: 'audience_sized', have: 2, names: ['Enterprise'] });
  });

  test('as much of the field is certified as was asked for, counted by somebody', async () => {
    const { client, context, launch, find } = await openLaunch(app, 'Field', [criterion('field_readiness', { threshold: 0.8 })]);
    const count = async (counted: number, countedOf: number) => {
      const { id, version } = await find('field_readiness');
      return (await client.gates.setState({ criterion: id, version, counted, countedOf })).criteria[0]!;
    };
    expect((await find('field_readiness')).result).toMatchObject({ code: 'not_counted' });
    expect(await count(27, 42)).toMatchObject({
      result: { state: 'not_ready', code: 'too_few_certified', have: 27, need: 34 },
      standing: 'fails',
    });
    expect(await count(4, 5)).toMatchObject({
      result: { state: 'ready', code: 'enough_certified', have: 4, need: 4 },
      setAt: '2026-06-01T12:00:00.000Z',
    });
    expect((await find('field_readiness')).setBy, 'who counted is named').not.toBe('');
    const on = async (day: string) => {
      const later = { ...context, now: () => new Date(`${day}T12:00:00Z`) };
      const { gates } = await createRouterClient(catalogue, { context: later }).gates.list({ launch });
      return gates[0]!.criteria[0]!.result;
    };
    expect(await on('2026-07-01')).toMatchObject({ state: 'ready', code: 'enough_certified' });
    expect(await on('2026-07-02')).toMatchObject({ state: 'at_risk', code: 'count_stale', have: 4, need: 4 });
  });

  test('what the launch is judged by is written down, and where that starts from', async () => {
    const { client, launch, find } = await openLaunch(app, 'Goals', [criterion('goals')]);
    const result = async () => (await find('goals')).result;
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_goal', have: 0, need: 1 });
    const metric = { kind: 'outside' as const, question: 'Which tools do you know?', source: 'Recall survey' };
    const { id, version } = await client.goals.create({ launch, purpose: 'awareness', name: 'They know us', metric, target: 0.2 });
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_baseline', have: 0, need: 1 });
    await client.goals.enter({ goal: id, version, when: 'before', count: 12, of: 100, day: '2026-05-20' });
    expect(await result()).toMatchObject({ state: 'ready', code: 'goals_registered', have: 1, need: 1 });
  });

  test('every required deliverable is signed by all who must; a dropped one is missing, and an optional one asked by nobody', async () => {
    const { client, launch, find } = await openLaunch(app, 'Deliverables', [criterion('deliverables')]);
    const result = async () => (await find('deliverables')).result;
    expect(await result()).toMatchObject({ state: 'at_risk', code: 'no_required_deliverable' });
    const add = (name: string, fields: object) => client.deliverables.create({ launch, name, leadDays: 7, ...fields });
    await add('Webinar', { signers: ['product'] });
    const page = await add('Launch page', { required: true, signers: ['product', 'legal'] });
    const post = await add('Changelog', { required: true });
    expect(await result()).toMatchObject({
      state: 'not_ready',
      code: 'deliverables_unsigned',
      have: 0,
      need: 2,
      names: ['Launch page', 'Changelog'],
    });
    await client.deliverables.update({ deliverable: post.id, version: post.version, status: 'approved' });
    for (const signer of ['product', 'legal'] as const)
      await client.deliverables.sign({ deliverable: page.id, function: signer, decision: 'signed', content: page.content });
    expect(await result()).toMatchObject({ state: 'ready', code: 'deliverables_signed', have: 2, need: 2 });
    const { version } = (await client.deliverables.list({ launch })).deliverables.find(({ id }) => id === post.id)!;
    await client.deliverables.update({ deliverable: post.id, version, status: 'dropped', droppedReason: 'No room' });
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'deliverables_dropped', have: 1, need: 2, names: ['Changelog'] });
  });

  test('testers of alpha and beta were heard before the market gate, and somebody took in what they said', async () => {
    const { client, launch, find } = await openLaunch(app, 'Feedback', [criterion('feedback')]);
    const result = async () => (await find('feedback')).result;
    const statement = { launch, quote: 'I get it', who: 'A lead', day: '2026-05-30', verdict: 'understood' } as const;
    await client.positionings.save({ launch, basedOn: 0, ...said });
    await client.positionings.addStatement({ ...statement, stage: 'alpha' });
    expect(await result()).toMatchObject({ state: 'not_ready', code: 'no_feedback', have: 1, need: 2, names: ['beta'] });
    await client.positionings.reviewStatements({ launch });
    await client.positionings.addStatement({ ...statement, stage: 'beta' });
    expect(await result()).toMatchObject({ state: 'at_risk', code: 'feedback_unread', have: 1, need: 2 });
    await client.positionings.reviewStatements({ launch });
    expect(await result()).toMatchObject({ state: 'ready', code: 'feedback_reviewed', have: 2, need: 2 });
  });

  test('the alpha gate asks for the testers of alpha only', async () => {
    const { client, launch, find } = await openLaunch(app, 'Alpha', [criterion('feedback')], { stage: 'alpha' });
    await client.positionings.save({ launch, basedOn: 0, ...said });
    await client.positionings.addStatement({ launch, quote: 'Hm', who: 'A lead', day: '2026-05-30', verdict: 'unclear', stage: 'alpha' });
    expect((await find('feedback')).result).toMatchObject({ code: 'feedback_unread', have: 0, need: 1 });
  });

  test('a verdict over all gates counts those ahead that fail and that wait', async () => {
    const { client, launch } = await openLaunch(app, 'Verdict', [criterion('manual')]);
    const { gates } = await client.gates.create({
      launch,
      plans: [
        { stage: 'alpha', leadDays: 40, criteria: [criterion('differentiator')] },
        { stage: 'beta', leadDays: 4, criteria: [criterion('manual'), criterion('proofread', { required: false, leadDays: 60 })] },
      ],
    });
    const { verdict } = await client.gates.list({ launch });
    expect(verdict).toEqual({ isClear: false, fails: 1, waits: 1, passed: 0, ahead: 2 });
    const beta = gateOf({ gates } as never, 'beta');
    expect(beta.counts).toEqual({ ready: 0, waits: 1, fails: 0, waived: 0 });
    expect(criterionOf(beta, 'proofread').standing).toBe('fails');
  });
});
