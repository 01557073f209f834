import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { catalogue } from '../../catalogue.ts';
import { recordEvents } from '../../collect/events/record.ts';
import { contextOf } from '../../collect/events/settle.ts';
import type { Context } from '../../platform/context.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const exported = (context: Context, message: string, at = '2026-05-30 10:00:00.000') =>
  recordEvents(app.application, context.events, [{ message, name: 'Exported', at, user: 'u1' }], {
    timeZone: 'UTC',
    receivedAt: context.now(),
  });
const asked = {
  series: [{ event: 'Exported', filters: [], measure: 'events' }],
  range: { kind: 'between', from: '2026-05-29', to: '2026-05-31' },
};
const kept = { name: 'Exports', kind: 'trends' as const, asked };
const tokenOf = (link: string) => link.split('/').at(-1)!;

const sharing = async (until?: string) => {
  const workspace = await app.workspace();
  await exported(workspace.context, 'm1');
  const question = await workspace.client.questions.create(kept);
  const made = await workspace.client.sharedAnswers.create({ question: question.id, until });
  return { ...workspace, question, shared: made.shared, token: tokenOf(made.link) };
};
const gone = { code: 'not_found', message: expect.stringMatching(/^This link does not work/) };

test('a shared answer stands as it was; an event that comes late into its days is said, and so is one of another day', async () => {
  const { context, client, token, question, shared } = await sharing();
  const first = await client.sharedAnswers.open({ token });
  expect(first).toMatchObject({ name: 'Exports', kind: 'trends', data: { changed: false, eventsThen: 1, eventsNow: 1 } });
  expect(first.answer.lines).toMatchObject([{ total: 1, points: [{ value: 0 }, { value: 1 }, { value: 0 }] }]);
  await exported(context, 'm2', '2026-05-01 10:00:00.000');
  expect(await client.sharedAnswers.open({ token })).toEqual({ ...first, data: { changed: true, eventsThen: 1, eventsNow: 1 } });
  await exported(context, 'm3');
  expect(await client.sharedAnswers.open({ token })).toEqual({ ...first, data: { changed: true, eventsThen: 1, eventsNow: 2 } });
  expect((await client.sharedAnswers.list({ question: question.id })).shared).toEqual([shared]);
});

test('a member counts it again for the same days; whoever only has the link does not, and another workspace neither', async () => {
  const workspace = await app.workspace();
  await exported(workspace.context, 'm1');
  // The last seven days of then are counted, not those of now.
  const last = { ...asked, range: { kind: 'last', days: 7 } };
  const question = await workspace.client.questions.create({ ...kept, asked: last });
  const { shared, link } = await workspace.client.sharedAnswers.create({ question: question.id });
  await exported(workspace.context, 'm2');
  const opened = await workspace.client.sharedAnswers.open({ token: tokenOf(link) });
  expect(opened.id).toBe(shared.id);
  expect(opened.answer.lines).toMatchObject([{ total: 1 }]);
  const now = await workspace.clientAs('reader').sharedAnswers.recount({ shared: shared.id });
  expect(now).toMatchObject({
    name: 'Exports',
    kind: 'trends',
    answer: { lines: [{ total: 2 }], facts: { from: '2026-05-26', to: '2026-06-01' } },
  });
  expect(now.asked).toMatchObject({ range: { kind: 'between', from: '2026-05-26', to: '2026-06-01' } });
  const other = (await app.workspace('Other')).client;
  await expect(other.sharedAnswers.recount({ shared: shared.id })).rejects.toMatchObject({ code: 'not_found' });
  await workspace.client.sharedAnswers.revoke({ shared: shared.id });
  await expect(workspace.client.sharedAnswers.recount({ shared: shared.id })).rejects.toMatchObject({ code: 'not_found' });
});

test.each([
  // A day of 23 hours and one of 25 hours: the link ends with the day of the workspace, not with a number of hours.
  ['America/New_York', '2026-03-08', '2026-03-09T03:59:59.000Z', '2026-03-09T04:00:00.000Z'],
  ['America/New_York', '2026-11-01', '2026-11-02T04:59:59.000Z', '2026-11-02T05:00:00.000Z'],
  ['Pacific/Auckland', '2026-04-05', '2026-04-05T11:59:59.000Z', '2026-04-05T12:00:00.000Z'],
  ['Pacific/Auckland', '2026-09-27', '2026-09-27T10:59:59.000Z', '2026-09-27T11:00:00.000Z'],
])('in %s a link until %s works at %s and no more at %s', async (timeZone, until, last, after) => {
  const { id } = await app.workspace('Zoned');
  await app.application.records.unbounded((transaction) =>
    transaction.execute(`UPDATE workspace SET time_zone = '${timeZone}' WHERE id = '${id}'`),
  );
  const inside = await contextOf(app.application, id);
  const at = (moment: string) => createRouterClient(catalogue, { context: { ...inside, now: () => new Date(moment) } });
  const begun = at(new Date(Date.parse(last) - 3_600_000).toISOString());
  const question = await begun.questions.create(kept);
  await expect(at(after).sharedAnswers.create({ question: question.id, until })).rejects.toMatchObject({ code: 'invalid' });
  const { link } = await begun.sharedAnswers.create({ question: question.id, until });
  expect(await at(last).sharedAnswers.open({ token: tokenOf(link) })).toMatchObject({ until });
  await expect(at(after).sharedAnswers.open({ token: tokenOf(link) })).rejects.toMatchObject(gone);
  expect((await at(after).sharedAnswers.list({ question: question.id })).shared).toEqual([]);
});

test('a link shows the answer and nothing else of the workspace: not its name, who shared it, or the statements', async () => {
  const { client, token } = await sharing();
  const opened = await client.sharedAnswers.open({ token });
  const { lines } = await client.trends.get(asked as never);
  expect(opened.answer.lines).toEqual(lines);
  expect(opened.answer.facts.sql).toEqual([]);
  expect(Object.keys(opened).toSorted()).toEqual(['answer', 'asked', 'data', 'id', 'kind', 'name', 'sharedAt', 'until']);
  expect(JSON.stringify(opened)).not.toMatch(/Weftwork|SELECT/);
});

test('a link that was revoked, is cut, is another’s or is of a deleted question opens nothing, and all say the same', async () => {
  const { id, client, token, shared, question } = await sharing();
  const other = await app.workspace('Other');
  const secret = token.split('.')[1]!;
  for (const wrong of ['', 'nonsense', `${id}.`, token.slice(0, -1), `${other.id}.${secret}`, `${id}.${secret}.`, secret])
    await expect(client.sharedAnswers.open({ token: wrong })).rejects.toMatchObject(gone);
  await client.questions.delete({ question: question.id });
  await expect(client.sharedAnswers.open({ token })).rejects.toMatchObject(gone);
  await client.questions.restore({ question: question.id });
  await client.sharedAnswers.open({ token });
  await client.sharedAnswers.revoke({ shared: shared.id });
  await expect(client.sharedAnswers.open({ token })).rejects.toMatchObject(gone);
  await expect(client.sharedAnswers.revoke({ shared: shared.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.sharedAnswers.list({ question: question.id })).shared).toEqual([]);
});

test('a link works through its last day, and may not end before it begins', async () => {
  const today = '2026-06-01';
  const { client, context, token, question } = await sharing(today);
  expect(context.now().toISOString().slice(0, 10)).toBe(today);
  expect(await client.sharedAnswers.open({ token })).toMatchObject({ until: today });
  await app.application.records.unbounded((transaction) =>
    transaction.execute(`UPDATE shared_answer SET until = '2026-05-31' WHERE question_id = '${question.id}'`),
  );
  await expect(client.sharedAnswers.open({ token })).rejects.toMatchObject(gone);
  expect((await client.sharedAnswers.list({ question: question.id })).shared).toEqual([]);
  await expect(client.sharedAnswers.create({ question: question.id, until: '2026-05-31' })).rejects.toMatchObject({ code: 'invalid' });
});

test('the token is kept as a hash alone, also in the audit trail', async () => {
  const { token, client, id } = await sharing();
  const stored = await app.application.records.within(id, async (transaction) => {
    const found = await transaction.execute(`SELECT row_to_json(s)::text AS text FROM shared_answer s`);
    return JSON.stringify(found.rows);
  });
  const audit = JSON.stringify(await client.audit.list({}));
  expect(stored).toContain('Exports');
  expect(audit).toContain('sharedAnswers.create');
  for (const text of [stored, audit]) expect(text).not.toContain(token.split('.')[1]);
});

test('another workspace can neither share, list nor revoke', async () => {
  const { question, shared, client } = await sharing();
  const thief = (await app.workspace('Other')).client;
  await expect(thief.sharedAnswers.create({ question: question.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(thief.sharedAnswers.list({ question: question.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(thief.sharedAnswers.revoke({ shared: shared.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.sharedAnswers.list({ question: question.id })).shared).toHaveLength(1);
});

test('a question that cannot be answered is refused, and no link is made', async () => {
  const { client } = await app.workspace();
  const question = await client.questions.create({ name: 'Old', kind: 'funnels', asked: { steps: [] } });
  await expect(client.sharedAnswers.create({ question: question.id })).rejects.toMatchObject({ code: 'invalid' });
  expect((await client.sharedAnswers.list({ question: question.id })).shared).toEqual([]);
});
