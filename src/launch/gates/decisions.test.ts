import { sql } from 'drizzle-orm';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { criterion, openLaunch, proof, said } from './gates.fixture.ts';
import { readDecisions, readWaivers } from './queries.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const why = 'Launching as a rename, nothing is new';

/** A market gate with a criterion that somebody sets, already ready, and one that checks itself and fails. */
const prepared = async (name: string) => {
  const opened = await openLaunch(app, name, [criterion('differentiator'), criterion('proofread')]);
  const { id, version } = await opened.find('proofread');
  await opened.client.gates.setState({ criterion: id, version, state: 'ready', evidence: [proof] });
  const prove = () => opened.client.positionings.save({ launch: opened.launch, basedOn: 0, ...said, evidence: [proof] });
  const maya = await opened.memberAs('owner', 'Maya Lindqvist');
  const nico = await opened.memberAs('pmm', 'Nico Park');
  const decide = async (fields: object, client = maya.client) => {
    const { id: gate, version: read } = await opened.read();
    return client.gates.decide({ gate, version: read, outcome: 'go', ...fields });
  };
  return { ...opened, prove, decide, maya, nico };
};

describe('no differentiator, no launch', () => {
  test('"go" is refused with what is missing, and let through once what only we have is proven', async () => {
    const { client, launch, prove, decide } = await prepared('Blocked');
    await expect(decide({})).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Not clear to launch: 1 required criterion is not ready (differentiator)'),
      data: { criteria: [{ kind: 'differentiator', result: { code: 'no_positioning', have: 0, need: 1 } }] },
    });
    const left = { outcome: 'go_with_followups', followUps: [{ text: 'Find one', ownerId: null, dueOn: '2026-06-10' }] };
    await expect(decide(left)).rejects.toMatchObject({ code: 'invalid' });
    expect((await client.launches.get({ launch })).stage).toBe('beta');
    await prove();
    const gate = await decide({ note: 'All green' });
    expect(gate).toMatchObject({ standing: 'passed', decisions: [{ outcome: 'go', by: 'Maya Lindqvist', stageAfter: 'ga' }] });
    expect((await client.launches.get({ launch })).stage).toBe('ga');
  });

  test('only an owner waives it, with a reason, once, and the waiver is there to be read', async () => {
    const { context, maya, nico, find, decide, launch, client } = await prepared('Waived');
    const { id } = await find('differentiator');
    await expect(nico.client.gates.waive({ criterion: id, reason: why })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(maya.client.gates.waive({ criterion: id, reason: 'too short' })).rejects.toMatchObject({ code: 'invalid' });
    const gate = await maya.client.gates.waive({ criterion: id, reason: why });
    expect(gate).toMatchObject({ standing: 'clear', counts: { ready: 1, waived: 1 } });
    await expect(maya.client.gates.waive({ criterion: id, reason: why })).rejects.toThrow(
      'Maya Lindqvist has waived this criterion already',
    );
    await decide({}, nico.client);
    const { id: launchId } = await client.launches.get({ launch });
    expect(await context.read((transaction) => readWaivers(transaction, launchId))).toMatchObject([
      {
        stage: 'beta',
        reason: why,
        by: 'Maya Lindqvist',
        role: 'owner',
        criterion: { kind: 'differentiator', result: { state: 'not_ready' } },
      },
    ]);
  });

  test('another criterion is waived by who markets; one that is ready needs no waiver', async () => {
    const { nico, find } = await prepared('Others');
    const { id } = await find('proofread');
    await expect(nico.client.gates.waive({ criterion: id, reason: why })).rejects.toThrow('nothing to waive');
    const { version } = await find('proofread');
    await nico.client.gates.setState({ criterion: id, version, state: 'not_ready' });
    expect((await nico.client.gates.waive({ criterion: id, reason: why })).counts).toMatchObject({ fails: 1, waived: 1 });
    await expect(nico.client.gates.removeCriterion({ criterion: id })).rejects.toThrow('Nico Park has waived this criterion');
  });
});

describe('a decision', () => {
  test('holds who, when and how every criterion stood, whatever comes later', async () => {
    const { context, client, launch, prove, decide, nico } = await prepared('Snapshot');
    await prove();
    await decide({ outcome: 'hold', note: 'The field is on holiday' }, nico.client);
    await client.positionings.save({ launch, basedOn: 1, ...said });
    const { id } = await client.launches.get({ launch });
    const [kept] = await context.read((transaction) => readDecisions(transaction, id));
    expect(kept).toMatchObject({
      stage: 'beta',
      outcome: 'hold',
      note: 'The field is on holiday',
      by: 'Nico Park',
      role: 'pmm',
      at: '2026-06-01T12:00:00.000Z',
      positioningVersion: 1,
      stageAfter: 'beta',
    });
    expect(kept!.criteria.map(({ kind, result, evidence }) => [kind, result.state, evidence.length])).toEqual([
      ['differentiator', 'ready', 0],
      ['proofread', 'ready', 1],
    ]);
  });

  test('of two at the same moment the second is told of the first', async () => {
    const { read, prove, maya, nico } = await prepared('Both');
    await prove();
    const { id: gate, version } = await read();
    const both = await Promise.allSettled([
      maya.client.gates.decide({ gate, version, outcome: 'go' }),
      nico.client.gates.decide({ gate, version, outcome: 'no_go', note: 'Not before the audit' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { decisions } = await read();
    expect(decisions).toHaveLength(1);
    const [first] = decisions;
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'conflict',
        message: expect.stringContaining(`${first!.by} decided "${first!.outcome}" at this gate meanwhile`),
        data: { decision: { id: first!.id } },
      },
    });
  });

  test('is refused when what it rests on changed since it was read', async () => {
    const { read, find, prove, maya, client } = await prepared('Stale');
    await prove();
    const { id: gate, version } = await read();
    const proofread = await find('proofread');
    await client.gates.setState({ criterion: proofread.id, version: proofread.version, state: 'at_risk' });
    const late = maya.client.gates.decide({ gate, version, outcome: 'hold', note: 'Wait for a week' });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('changed meanwhile'),
      data: { decision: null },
    });
  });

  test('"go with follow-ups" lets pass what is at risk, and each follow-up is tracked until it is done', async () => {
    const { client, clientAs, find, prove, decide, nico, maya } = await prepared('Left');
    await prove();
    const { id, version } = await find('proofread');
    await client.gates.setState({ criterion: id, version, state: 'at_risk' });
    await expect(decide({})).rejects.toThrow('Not clear to launch');
    const followUp = { text: 'Proofread the Chinese pages', ownerId: nico.id, dueOn: '2026-06-20' };
    const left = (one: object, outcome = 'go_with_followups') => decide({ outcome, followUps: [{ ...followUp, ...one }] });
    await expect(decide({ outcome: 'go_with_followups' })).rejects.toThrow('Say what is left to do');
    await expect(left({}, 'go')).rejects.toThrow('leave the follow-ups out');
    await expect(left({ dueOn: '2026-05-31' })).rejects.toThrow('2026-05-31 is over');
    await expect(left({ ownerId: '00000000-0000-0000-0000-000000000000' })).rejects.toThrow('not a member');
    const gate = await left({});
    expect(gate.followUps).toMatchObject([{ text: followUp.text, dueOn: followUp.dueOn, owner: { name: 'Nico Park' }, doneAt: null }]);
    const { id: open, version: read } = gate.followUps[0]!;
    await expect(clientAs('sales').gates.closeFollowUp({ followUp: open, version: read })).rejects.toMatchObject({ code: 'forbidden' });
    const done = await nico.client.gates.closeFollowUp({ followUp: open, version: read });
    expect(done.followUps[0]).toMatchObject({ doneBy: 'Nico Park', doneAt: '2026-06-01T12:00:00.000Z' });
    await expect(maya.client.gates.closeFollowUp({ followUp: open, version: read })).rejects.toMatchObject({ code: 'conflict' });
    await maya.client.gates.closeFollowUp({ followUp: open, version: read + 1, done: false });
  });

  test('says why when the launch does not go on, and closes the criteria when it does, until it is held again', async () => {
    const { client, launch, find, prove, decide } = await prepared('Held');
    await expect(decide({ outcome: 'no_go' })).rejects.toThrow('at least 10 characters');
    await prove();
    await decide({});
    const { id, version } = await find('proofread');
    await expect(client.gates.setState({ criterion: id, version, state: 'not_ready' })).rejects.toThrow(
      'Maya Lindqvist let the launch through',
    );
    await expect(decide({})).rejects.toThrow('already');
    // What becomes of it later did not decide anything; held again, it counts again.
    await client.positionings.save({ launch, basedOn: 1, ...said });
    expect((await find('differentiator')).result.state).toBe('ready');
    const held = await decide({ outcome: 'hold', note: 'The API broke in rehearsal' });
    expect(held.decisions.map(({ outcome, stageBefore, stageAfter }) => [outcome, stageBefore, stageAfter])).toEqual([
      ['hold', 'ga', 'beta'],
      ['go', 'beta', 'ga'],
    ]);
    expect((await client.launches.get({ launch })).stage).toBe('beta');
    expect((await find('differentiator')).result.code).toBe('no_evidence');
    expect((await client.gates.setState({ criterion: id, version, state: 'not_ready' })).standing).toBe('fails');
  });

  test('comes after that of the gate before, and not for a cancelled launch', async () => {
    const { client, launch, maya } = await (async () => {
      const opened = await openLaunch(app, 'Order', [], { stage: 'alpha' });
      await opened.client.gates.create({ launch: opened.launch, plans: [{ stage: 'beta', leadDays: 4, criteria: [] }] });
      return { ...opened, maya: await opened.memberAs('owner', 'Maya Lindqvist') };
    })();
    const go = async (place: number) => {
      const { id: gate, version } = (await client.gates.list({ launch })).gates[place]!;
      return maya.client.gates.decide({ gate, version, outcome: 'go' });
    };
    await expect(go(1)).rejects.toThrow('The gate of alpha comes first');
    await go(0);
    const { stage, version } = await client.launches.get({ launch });
    expect(stage).toBe('beta');
    await client.launches.cancel({ launch, version, reason: 'The feature was cut' });
    await expect(go(1)).rejects.toThrow('cancelled');
  });

  test('and a waiver are a person’s: keys, assistants and those who do not market are refused', async () => {
    const { id: workspace, context, clientAs, read, find } = await prepared('Persons');
    const { id: gate, version } = await read();
    const { id } = await find('differentiator');
    const asKey = { ...context, actor: { ...context.actor, kind: 'key' as const } };
    const asAssistant = { ...context, door: 'mcp' as const };
    for (const caller of [asKey, asAssistant]) {
      const client = createRouterClient(catalogue, { context: caller });
      await expect(client.gates.decide({ gate, version, outcome: 'hold', note: 'I am a program' })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(client.gates.waive({ criterion: id, reason: why })).rejects.toMatchObject({ code: 'forbidden' });
    }
    const proofread = await find('proofread');
    const assistant = createRouterClient(catalogue, { context: asAssistant });
    const set = assistant.gates.setState({ criterion: proofread.id, version: proofread.version, state: 'ready' });
    await expect(set).rejects.toMatchObject({ code: 'forbidden' });
    for (const role of ['contributor', 'sales', 'reader'] as const)
      await expect(clientAs(role).gates.decide({ gate, version, outcome: 'go' })).rejects.toMatchObject({ code: 'forbidden' });
    const kept = await app.application.records.within(workspace, (transaction) =>
      transaction.execute(sql`SELECT count(*)::integer AS count FROM gate_decision`),
    );
    expect(kept.rows).toEqual([{ count: 0 }]);
  });

  test('and a waiver stay: not even the program can change or delete them', async () => {
    const { id, find, maya, decide } = await prepared('Immutable');
    await maya.client.gates.waive({ criterion: (await find('differentiator')).id, reason: why });
    await decide({});
    const run = (statement: ReturnType<typeof sql>) =>
      app.application.records.within(id, (transaction) => transaction.execute(statement)).catch((error: Error) => String(error.cause));
    for (const statement of [
      sql`UPDATE gate_decision SET outcome = 'no_go'`,
      sql`DELETE FROM gate_decision`,
      sql`UPDATE gate_waiver SET reason = 'Another reason'`,
      sql`DELETE FROM gate_waiver`,
      sql`DELETE FROM gate_criterion`,
      sql`DELETE FROM gate`,
    ])
      expect(await run(statement)).toContain('permission denied');
    expect(await run(sql`DELETE FROM launch`)).toContain('foreign key');
  });

  test('and all that belongs to it goes with its workspace, and with nothing else', async () => {
    const { id, find, maya, prove, launch, client } = await prepared('Gone');
    await prove();
    const statement = { quote: 'Hm', who: 'A lead', stage: 'beta', day: '2026-05-30', verdict: 'unclear' } as const;
    await client.positionings.addStatement({ launch, ...statement });
    const { id: criterionId, version } = await find('proofread');
    await client.gates.setState({ criterion: criterionId, version, state: 'not_ready' });
    const gate = await maya.client.gates.waive({ criterion: criterionId, reason: why });
    const followUps = [{ text: 'Look again', ownerId: maya.id, dueOn: '2026-06-20' }];
    await maya.client.gates.decide({ gate: gate.id, version: gate.version, outcome: 'go_with_followups', followUps });
    const left = await app.application.records.unbounded(async (transaction) => {
      await transaction.execute(sql`DELETE FROM workspace WHERE id = ${id}`);
      const tables = ['positioning', 'positioning_statement', 'gate', 'gate_criterion', 'gate_waiver', 'gate_decision', 'gate_follow_up'];
      const counts = tables.map((table) => `SELECT 1 FROM ${table} WHERE workspace_id = '${id}'`).join(' UNION ALL ');
      return (await transaction.execute(sql.raw(counts))).rows.length;
    });
    expect(left).toBe(0);
  });

  test('approves what sales may read of the positioning: the version that stood then', async () => {
    const { client, clientAs, launch, prove, decide } = await prepared('Sales');
    await prove();
    const asSales = () => clientAs('sales').positionings.get({ launch });
    expect(await asSales()).toMatchObject({ versions: [], isWithheld: true });
    await decide({});
    await client.positionings.save({ launch, basedOn: 1, ...said, soWhat: 'Not approved yet' });
    expect(await asSales()).toMatchObject({ versions: [{ version: 1 }], isWithheld: true });
    expect((await clientAs('reader').positionings.get({ launch })).versions).toHaveLength(2);
  });
});
