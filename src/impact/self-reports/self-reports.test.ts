import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { storeEvents } from '../../collect/events/settle.ts';
import { ruleFor } from './classifying.ts';
import { answerProperties, countAnswers } from './queries.ts';
import { usualRules } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const version = { import: '00000000-0000-0000-0000-000000000000', version: 1 };
const person = (id: string, heard: string, more: object = {}) => ({
  ...version,
  id,
  account_id: `of-${id}`,
  properties: heard ? { heard } : {},
  created_at: '2026-05-04 10:00:00.000',
  ...more,
});
const touch = (id: string, whose: object, channel: string | null, at: string) => ({
  ...version,
  id,
  person_id: null,
  account_id: null,
  kind: 'web',
  campaign: null,
  channel,
  at: `${at} 10:00:00.000`,
  properties: {},
  ...whose,
});

const withAnswers = async () => {
  const workspace = await app.workspace();
  const { events } = workspace.context;
  await events.insert('person', [
    person('a', 'A colleague told me, then I googled'),
    person('b', 'the Deep Work Podcast', { created_at: '2026-05-20 10:00:00.000' }),
    person('c', 'THE DEEP WORK PODCAST ', { created_at: null }),
    person('d', 'A billboard on Mars'),
    person('e', 'can not remember'),
    person('f', ''),
  ]);
  await events.insert('touch', [
    touch('t1', { person_id: 'a' }, 'paid search', '2026-05-02'),
    touch('t2', { person_id: 'a' }, 'email', '2026-05-01'),
    touch('t3', { account_id: 'of-b' }, 'direct', '2026-05-01'),
  ]);
  return workspace;
};

test('the first rule that fits holds: who was told and then searched was told', () => {
  expect(ruleFor('A colleague told me, then I googled', usualRules)?.channel).toBe('Word of mouth');
  expect(ruleFor('同事推荐，百度搜索', usualRules)?.channel).toBe('Word of mouth');
  expect(ruleFor('Google', usualRules)?.channel).toBe('Search');
  expect(ruleFor('dunno', usualRules)).toBeUndefined();
});

test('answers are counted by channel beside the first touch on record, and what no rule fits is listed', async () => {
  const { client } = await withAnswers();
  expect((await client.selfReports.get({})).answers).toBe(0);
  const program = await client.programs.create({ name: 'Deep Work', kind: 'advertising' });
  const { rules } = await client.selfReports.setting({});
  await client.selfReports.update({
    version: 0,
    sources: [{ of: 'person', property: 'heard' }],
    rules: [{ words: ['Deep Work'], channel: 'Podcast', program: program.id }, ...rules],
  });
  const found = await client.selfReports.get({});
  expect(found).toMatchObject({
    answers: 5,
    firstDay: '2026-05-04',
    lastDay: '2026-05-20',
    undated: 1,
    unmatched: [{ answer: 'can not remember', answers: 1 }],
    unmatchedAnswers: 1,
    withoutTouch: 3,
  });
  expect(found.channels).toMatchObject([
    {
      channel: 'Podcast',
      program: { key: 'deep-work' },
      answers: 2,
      share: 0.4,
      tracked: [
        { channel: 'direct', answers: 1 },
        { channel: null, answers: 1 },
      ],
    },
    { channel: 'Billboard', answers: 1 },
    { channel: 'Word of mouth', answers: 1, tracked: [{ channel: 'email', answers: 1 }] },
  ]);
  // Wilson for 2 of 5, by hand: 0.1176 to 0.7693.
  expect(found.channels[0]!.low).toBeCloseTo(0.1176, 3);
  expect(found.channels[0]!.high).toBeCloseTo(0.7693, 3);
  expect((await client.selfReports.export({})).csv).toContain('Podcast,Deep Work,2,0.4');
  expect((await client.selfReports.properties({})).properties).toEqual([{ of: 'person', property: 'heard', values: 5, different: 5 }]);
});

test('answers in events count too; a change made meanwhile, or a program of another workspace, is refused', async () => {
  const { client, context } = await app.workspace();
  const other = await app.workspace('Other');
  const theirs = await other.client.programs.create({ name: 'Theirs' });
  const given = [{ message: 'm1', name: 'Signed up', at: '2026-05-03 10:00:00.000', user: 'u1', properties: { how: 'via Reddit' } }];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  const sources = [{ of: 'event' as const, event: 'Signed up', property: 'how' }];
  await client.selfReports.update({ version: 0, sources, rules: usualRules });
  expect((await client.selfReports.get({})).channels).toMatchObject([{ channel: 'Social', answers: 1, tracked: [{ channel: null }] }]);
  await expect(client.selfReports.update({ version: 0, sources: [], rules: [] })).rejects.toMatchObject({ code: 'conflict' });
  const rules = [{ words: ['x'], channel: 'X', program: theirs.id }];
  await expect(client.selfReports.update({ version: 1, sources: [], rules })).rejects.toThrow('not in this workspace');
  await expect(client.selfReports.update({ version: 1, sources: [{ of: 'event', property: 'how' }], rules: [] })).rejects.toMatchObject({
    code: 'invalid',
  });
  const query = countAnswers([...sources, { of: 'person', event: null, property: 'a' }, { of: 'opportunity', event: null, property: 'b' }]);
  for (const { sql, params } of [query, answerProperties])
    expect((await context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
});
