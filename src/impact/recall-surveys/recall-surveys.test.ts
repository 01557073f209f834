import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import type { Context } from '../../platform/context.ts';
import type { Role } from '../../platform/roles.ts';
import { mostWaves, type SurveyFields, type WaveFields } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const question = 'Which tools for handing over work between teams do you know?';
const words = {
  question,
  askedOf: 'Operations leads in Boston, online panel, fresh people in each wave',
  exposure: 'Say that they drive on the ring road at least weekly',
};
const billboard = { name: 'Ring Road', kind: 'billboard' as const, startsOn: '2026-03-01', endsOn: '2026-04-30', actualCost: 64_000 };
const before: WaveFields = {
  moment: 'before',
  startsOn: '2026-02-02',
  endsOn: '2026-02-08',
  exposed: { asked: 400, recalled: 48 },
  notExposed: { asked: 500, recalled: 60 },
};
const after: WaveFields = {
  moment: 'after',
  startsOn: '2026-05-04',
  endsOn: '2026-05-10',
  exposed: { asked: 400, recalled: 96 },
  notExposed: { asked: 500, recalled: 70 },
};

/** The same member on another day. */
const on = (context: Context, day: string) =>
  createRouterClient(catalogue, { context: { ...context, now: () => new Date(`${day}T12:00:00Z`) } });

const planned = async (fields: Partial<SurveyFields> = {}, role: Role = 'owner') => {
  const workspace = await app.workspace('Weftwork', role);
  await workspace.client.programs.create(billboard);
  const survey = await workspace.client.recallSurveys.create({ program: 'ring-road', ...words, ...fields });
  return { ...workspace, survey: survey.id };
};

const withWaves = async (fields: Partial<SurveyFields>, waves: WaveFields[]) => {
  const found = await planned(fields);
  for (const wave of waves) await found.client.recallSurveys.enterWave({ survey: found.survey, ...wave });
  return { ...found, answer: await found.client.recallSurveys.get({ survey: found.survey }) };
};

const refusal = (code: string, text: RegExp) => ({ code, message: expect.stringMatching(text) as string });

describe('a recall survey', () => {
  test('says recall by wave and group with Wilson intervals, differences with Newcombe intervals, and how much further recall rose', async () => {
    const { answer } = await withWaves({}, [after, before]);
    expect(answer.waves.map(({ moment }) => moment)).toEqual(['before', 'after']);
    const [first, last] = answer.waves;
    // R 4.2.2: prop.test(48, 400, correct = FALSE) and (96, 400).
    expect(first!.exposed!.low!.toFixed(4)).toBe('0.0917');
    expect(first!.exposed!.high!.toFixed(4)).toBe('0.1555');
    expect([last!.exposed!.share, last!.notExposed!.share]).toEqual([0.24, 0.14]);
    expect(last!.difference).toMatchObject({ kind: 'estimate', value: expect.closeTo(0.1, 12) as number });
    const [step] = answer.steps;
    expect(answer.steps).toHaveLength(1);
    expect(step).toMatchObject({ from: first!.id, to: last!.id, exposed: { value: expect.closeTo(0.12, 12) as number } });
    const further = step!.differenceInDifferences as { value: number; low: number; high: number };
    expect([further.value, further.low, further.high].map((value) => value.toFixed(6))).toEqual(['0.100000', '0.032481', '0.167134']);
  });

  test('without a registered target it is described, called an association where chance did not decide, and never met', async () => {
    const { answer } = await withWaves({}, [before, after]);
    expect(answer.finding).toMatchObject({
      verdict: 'described',
      why: 'no_target',
      measure: 'difference_in_differences',
      asked: 1800,
      reading: 'association',
    });
    expect(answer.caveats).toEqual(['not_by_lot']);
  });

  test('it is called an effect only where chance decided which people were exposed, not where it drew places', async () => {
    const [people, places] = await Promise.all([
      withWaves({ lot: 'people' }, [before, after]),
      withWaves({ lot: 'places', prompt: 'aided', samePeople: true }, [before, after]),
    ]);
    expect([people.answer.finding.reading, people.answer.caveats]).toEqual(['effect', []]);
    expect([places.answer.finding.reading, places.answer.caveats]).toEqual(['association', ['lot_of_places', 'same_people', 'aided']]);
  });

  test('where the interval holds none it cannot tell, whatever else is there', async () => {
    const { answer } = await withWaves({}, [before, { ...after, exposed: { asked: 400, recalled: 60 } }]);
    expect(answer.finding).toMatchObject({ verdict: 'cannot_tell', why: 'holds_none' });
  });

  test('it says the most that was asked for: a difference without a wave before, a change without others, recall alone', async () => {
    const [difference, change, alone, others] = await Promise.all([
      withWaves({}, [after]),
      withWaves({}, [
        { ...before, notExposed: null },
        { ...after, notExposed: null },
      ]),
      withWaves({}, [{ ...after, notExposed: null }]),
      withWaves({}, [{ ...after, exposed: null }]),
    ]);
    expect(difference.answer.finding).toMatchObject({ measure: 'difference', verdict: 'described', baseline: null });
    expect(change.answer.finding).toMatchObject({ measure: 'change', verdict: 'described', reading: 'description' });
    expect(change.answer.waves[0]!.difference).toMatchObject({ kind: 'refused', why: 'no_not_exposed' });
    expect(alone.answer.finding).toMatchObject({ measure: 'recall', verdict: 'described', value: 0.24, reading: 'description' });
    expect(others.answer.finding).toMatchObject({ verdict: 'cannot_tell', why: 'no_exposed' });
  });

  test('under 20 asked it shows the count and no share, and refuses to compare', async () => {
    const { answer } = await withWaves({}, [before, { ...after, exposed: { asked: 19, recalled: 9 } }]);
    expect(answer.waves[1]!.exposed).toEqual({ asked: 19, recalled: 9, share: null, low: null, high: null });
    expect(answer.waves[1]!.difference).toEqual({ kind: 'refused', why: 'too_few', asked: 19, needed: 20 });
    expect(answer.finding).toMatchObject({ verdict: 'cannot_tell', why: 'too_few', asked: 19, needed: 20, value: null });
  });

  test('the first wave after the program is judged, whatever a later one says; each later one stands beside the last before it', async () => {
    const during = { ...before, moment: 'during' as const, startsOn: '2026-03-20', endsOn: '2026-03-21' };
    const later = { ...after, startsOn: '2026-05-20', endsOn: '2026-05-21', exposed: { asked: 400, recalled: 380 } };
    const { answer } = await withWaves({}, [before, during, after, later]);
    const [one, two, three, four] = answer.waves.map(({ id }) => id);
    expect(answer.finding).toMatchObject({ wave: three, baseline: one, value: expect.closeTo(0.1, 12) as number });
    expect(answer.steps.map(({ from, to }) => [from, to])).toEqual([
      [one, two],
      [two, three],
      [one, three],
      [three, four],
      [one, four],
    ]);
  });

  test('waves at odds with the days of the program are said', async () => {
    const { answer } = await withWaves({}, [
      { ...before, endsOn: '2026-03-02' },
      { ...after, startsOn: '2026-04-29' },
    ]);
    expect(answer.caveats).toEqual(['not_by_lot', 'before_in_program', 'after_in_program']);
  });
});

describe('its target', () => {
  const target = { measure: 'difference_in_differences' as const, atLeast: 0.03 };
  const judged = async (
    atLeast: number,
    given: WaveFields = after,
    measure: 'recall' | 'difference' | 'difference_in_differences' = target.measure,
  ) => {
    const { client, context, survey } = await planned();
    await client.recallSurveys.enterWave({ survey, ...before });
    const { version } = await client.recallSurveys.get({ survey });
    await on(context, '2026-02-20').recallSurveys.register({ survey, version, measure, atLeast });
    return (await client.recallSurveys.enterWave({ survey, ...given })).finding;
  };

  test('registered before the first wave after the program it is met, missed, or cannot be told by the whole interval', async () => {
    // The rise is 10.0 points (3.2 to 16.7) further.
    expect(await judged(0.03)).toMatchObject({ verdict: 'met', why: null });
    expect(await judged(0.17)).toMatchObject({ verdict: 'missed', why: null });
    expect(await judged(0.05)).toMatchObject({ verdict: 'cannot_tell', why: 'holds_target' });
    expect(await judged(0.2, after, 'recall')).toMatchObject({ verdict: 'met', measure: 'recall', value: 0.24 });
    expect(await judged(0.2, { ...after, exposed: { asked: 12, recalled: 9 } }, 'recall')).toMatchObject({
      verdict: 'cannot_tell',
      why: 'too_few',
    });
    expect(await judged(0.03, { ...after, notExposed: null })).toMatchObject({ verdict: 'cannot_tell', why: 'no_not_exposed' });
  });

  test('is refused once people were asked after the program, and late when such a wave turns up afterwards', async () => {
    const { client, context, survey } = await planned();
    await client.recallSurveys.enterWave({ survey, ...after });
    await expect(client.recallSurveys.register({ survey, version: 1, ...target })).rejects.toMatchObject(
      refusal('conflict', /chosen to fit/),
    );
    const { waves } = await client.recallSurveys.get({ survey });
    await client.recallSurveys.deleteWave({ survey, wave: waves[0]!.id });
    // The very day on which the asking began is too late.
    await on(context, '2026-05-04').recallSurveys.register({ survey, version: 1, ...target });
    await client.recallSurveys.enterWave({ survey, ...before });
    const { finding, caveats } = await client.recallSurveys.enterWave({ survey, ...after });
    expect(finding).toMatchObject({ verdict: 'described', why: 'late' });
    expect(caveats).toContain('late_target');
  });

  test('is kept with the words it rests on: they are not changed afterwards, nor is it registered twice, nor by a contributor', async () => {
    const { client, clientAs, survey } = await planned();
    const asked = { survey, version: 1, ...target };
    await expect(clientAs('contributor').recallSurveys.register(asked)).rejects.toMatchObject({ code: 'forbidden' });
    const registered = await client.recallSurveys.register(asked);
    expect(registered.target).toMatchObject({ ...target, by: 'Test owner', words: { ...words, prompt: 'unaided', lot: 'none' } });
    expect(registered.finding).toMatchObject({ verdict: 'not_yet', why: 'no_after_wave' });
    const changed = client.recallSurveys.update({ survey, version: registered.version, exposure: 'Live there' });
    await expect(changed).rejects.toMatchObject(refusal('conflict', /registered on 2026-06-01/));
    await expect(client.recallSurveys.register({ ...asked, version: registered.version })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('its waves', () => {
  test('are refused when they cannot be', async () => {
    const { client, survey } = await withWaves({}, [before, after]);
    const enter = (wave: Partial<WaveFields>) =>
      client.recallSurveys.enterWave({ survey, ...after, startsOn: '2026-05-20', endsOn: null, ...wave });
    await expect(enter({ exposed: { asked: 10, recalled: 11 } })).rejects.toMatchObject({ code: 'invalid' });
    await expect(enter({ endsOn: '2026-05-19' })).rejects.toMatchObject(refusal('invalid', /Turn them round/));
    await expect(enter({ endsOn: '2026-06-02' })).rejects.toMatchObject(refusal('invalid', /has not come yet \(today is 2026-06-01\)/));
    await expect(enter({ exposed: null, notExposed: null })).rejects.toMatchObject(refusal('invalid', /needs the counts of a group/));
    await expect(enter({ startsOn: '2026-05-04' })).rejects.toMatchObject(refusal('conflict', /began on 2026-05-04 is there already/));
    await expect(enter({ moment: 'during' })).rejects.toMatchObject(refusal('invalid', /during the program cannot begin on 2026-05-20/));
    expect((await client.recallSurveys.get({ survey })).waves).toHaveLength(2);
  });

  test('are corrected by version, and deleted', async () => {
    const { client, survey, answer } = await withWaves({}, [before, after]);
    const [wave] = answer.waves;
    const fields = { survey, wave: wave!.id, ...before, exposed: { asked: 401, recalled: 49 } };
    const corrected = await client.recallSurveys.updateWave({ ...fields, version: 1 });
    expect(corrected.waves[0]).toMatchObject({ exposed: { asked: 401, recalled: 49 }, version: 2 });
    await expect(client.recallSurveys.updateWave({ ...fields, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
    expect((await client.recallSurveys.deleteWave({ survey, wave: wave!.id })).waves.map(({ moment }) => moment)).toEqual(['after']);
    await expect(client.recallSurveys.deleteWave({ survey, wave: wave!.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('come from a pasted table with a look before, the same table again changes nothing, and the export can be pasted back', async () => {
    const { client, survey } = await planned();
    const csv =
      'Wave\tFirst day\tLast day\tExposed asked\tExposed recalled\tNot exposed asked\tNot exposed recalled\n' +
      'before\t2026-02-02\t2026-02-08\t400\t48\t1,500\t180\nafter\t2026-05-04\t\t400\t96\t\t\n';
    const look = await client.recallSurveys.importWaves({ survey, csv });
    expect(look).toEqual({ done: false, created: 2, changed: 0, unchanged: 0, faults: [] });
    expect((await client.recallSurveys.get({ survey })).waves).toEqual([]);
    expect(await client.recallSurveys.importWaves({ survey, csv, dryRun: false })).toMatchObject({ done: true, created: 2 });
    const { waves } = await client.recallSurveys.get({ survey });
    expect(waves).toMatchObject([
      { moment: 'before', notExposed: { asked: 1500, recalled: 180 } },
      { moment: 'after', startsOn: '2026-05-04', endsOn: '2026-05-04', notExposed: null },
    ]);
    const { csv: exported } = await client.recallSurveys.exportWaves({ survey });
    expect(await client.recallSurveys.importWaves({ survey, csv: exported, dryRun: false })).toMatchObject({
      unchanged: 2,
      changed: 0,
      created: 0,
    });
    const corrected = exported.replace(',48,', ',50,');
    expect(await client.recallSurveys.importWaves({ survey, csv: corrected, dryRun: false })).toMatchObject({ done: true, changed: 1 });
    expect((await client.recallSurveys.get({ survey })).waves[0]!.exposed).toMatchObject({ recalled: 50 });
  });

  test('of a pasted table are all refused with one that cannot be taken, line by line', async () => {
    const { client, survey } = await planned();
    const rows = [
      'before,2026-02-02,48,400',
      'after,2026-05-04,400,48',
      'after,2027-05-04,400,48',
      'after,2026-05-04,400,50',
      'then,2026-05-05,400,50',
    ];
    const csv = `wave,date,exposed asked,exposed recalled\n${rows.join('\n')}\n`;
    const found = await client.recallSurveys.importWaves({ survey, csv, dryRun: false });
    expect(found.done).toBe(false);
    expect(found.faults.map(({ line }) => line)).toEqual([2, 4, 5, 6]);
    expect(found.faults[0]!.message).toMatch(/more recalled it than were asked/);
    expect((await client.recallSurveys.get({ survey })).waves).toEqual([]);
    await expect(client.recallSurveys.importWaves({ survey, csv: 'a,b\n1,2\n' })).rejects.toMatchObject(
      refusal('invalid', /first line must name/),
    );
  });

  test(`are ${mostWaves} at most`, async () => {
    const { client, survey } = await planned();
    const day = (place: number) => new Date(Date.UTC(2026, 1, 1 + place)).toISOString().slice(0, 10);
    const rows = Array.from({ length: mostWaves + 1 }, (_, place) => `before,${day(place)},40,4`);
    const csv = `wave,date,exposed asked,exposed recalled\n${rows.join('\n')}\n`;
    await expect(client.recallSurveys.importWaves({ survey, csv, dryRun: false })).rejects.toMatchObject({ code: 'too_many' });
  });
});

describe('beside the rest of a program', () => {
  test('it stands in what the program returned, apart from deals and money, also with the program that its own is a part of', async () => {
    const { client, survey } = await withWaves({}, [before, after]);
    const whole = await client.programs.create({ name: 'Spring' });
    const { version } = await client.programs.get({ program: 'ring-road' });
    const bare = await client.programReturns.get({ program: 'ring-road' });
    await client.programs.update({ program: 'ring-road', version, parent: whole.id });
    for (const program of ['ring-road', 'spring']) {
      const { recall, ...rest } = await client.programReturns.get({ program });
      expect(recall).toMatchObject([{ id: survey, program: { key: 'ring-road' }, question, finding: { verdict: 'described' } }]);
      expect(recall[0]).not.toHaveProperty('waves');
      expect(JSON.stringify(rest)).not.toContain(survey);
      expect(rest.horizons).toEqual(bare.horizons);
    }
    expect((await client.recallSurveys.list({ program: 'spring' })).surveys).toHaveLength(1);
  });

  test('it goes and comes back with its program, and by itself; another workspace never sees it', async () => {
    const { client, clientAs, survey } = await withWaves({}, [before]);
    const { id } = await client.programs.get({ program: 'ring-road' });
    await client.programs.delete({ program: 'ring-road' });
    expect((await client.recallSurveys.list({})).surveys).toEqual([]);
    await expect(client.recallSurveys.get({ survey })).rejects.toMatchObject({ code: 'not_found' });
    await client.programs.restore({ id });
    await expect(clientAs('contributor').recallSurveys.delete({ survey })).rejects.toMatchObject({ code: 'forbidden' });
    await client.recallSurveys.delete({ survey });
    expect((await client.programReturns.get({ program: 'ring-road' })).recall).toEqual([]);
    expect(await client.recallSurveys.restore({ survey })).toMatchObject({ id: survey, waves: [{ moment: 'before' }] });
    const other = await app.workspace('Other');
    expect((await other.client.recallSurveys.list({})).surveys).toEqual([]);
    await expect(other.client.recallSurveys.enterWave({ survey, ...after })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a change names the version that was read, and readers only read', async () => {
    const { client, clientAs, survey } = await planned();
    const changed = await client.recallSurveys.update({ survey, version: 1, lot: 'people' });
    expect(changed).toMatchObject({ lot: 'people', question, version: 2 });
    await expect(client.recallSurveys.update({ survey, version: 1, question: 'Other?' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(clientAs('reader').recallSurveys.enterWave({ survey, ...before })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await clientAs('reader').recallSurveys.get({ survey })).id).toBe(survey);
  });
});
