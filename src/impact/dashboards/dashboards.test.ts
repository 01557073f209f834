import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const asked = { series: [{ event: 'Exported', filters: [] }] };

test('a question is kept under a name, changed, deleted and restored', async () => {
  const { client } = await app.workspace();
  const kept = await client.questions.create({ name: 'Exports a day', kind: 'trends', asked });
  await expect(client.questions.create({ name: 'exports A day', kind: 'trends', asked })).rejects.toMatchObject({ code: 'conflict' });
  const changed = await client.questions.update({ question: kept.id, note: 'Watched since the launch', version: kept.version });
  expect(changed).toMatchObject({ note: 'Watched since the launch', asked, version: 2 });
  await expect(client.questions.update({ question: kept.id, name: 'Mine', version: 1 })).rejects.toMatchObject({ code: 'conflict' });
  await client.questions.delete({ question: kept.id });
  expect((await client.questions.list({})).questions).toEqual([]);
  expect(await client.questions.restore({ question: kept.id })).toMatchObject({ name: 'Exports a day' });
});

test('a dashboard holds questions in their order; one that is deleted leaves it, and comes back with its restoring', async () => {
  const { client } = await app.workspace();
  const first = await client.questions.create({ name: 'First', kind: 'trends', asked });
  const second = await client.questions.create({ name: 'Second', kind: 'funnels', asked: {} });
  const board = await client.dashboards.create({ name: 'Weekly', questions: [first.id, second.id] });
  const turned = await client.dashboards.update({ dashboard: board.id, questions: [second.id, first.id], version: board.version });
  expect(turned.questions.map(({ name }) => name)).toEqual(['Second', 'First']);
  await client.questions.delete({ question: second.id });
  expect((await client.dashboards.list({})).dashboards).toMatchObject([{ name: 'Weekly', questions: 1 }]);
  await client.questions.restore({ question: second.id });
  expect((await client.dashboards.get({ dashboard: board.id })).questions.map(({ name }) => name)).toEqual(['Second', 'First']);
});

test('a question that is deleted while the board is changed stands on it again when it is restored', async () => {
  const { client } = await app.workspace();
  const [first, second, third] = await Promise.all(
    ['First', 'Second', 'Third'].map((name) => client.questions.create({ name, kind: 'trends', asked })),
  );
  const board = await client.dashboards.create({ name: 'Weekly', questions: [first!.id, second!.id] });
  await client.questions.delete({ question: first!.id });
  await client.dashboards.update({ dashboard: board.id, questions: [third!.id, second!.id], version: board.version });
  await client.questions.restore({ question: first!.id });
  const { questions } = await client.dashboards.get({ dashboard: board.id });
  expect(questions.map(({ name }) => name)).toEqual(['Third', 'Second', 'First']);
});

test('a change of a dashboard that another change came before is refused, and so is a question that is named twice', async () => {
  const { client } = await app.workspace();
  const { id } = await client.questions.create({ name: 'First', kind: 'trends', asked });
  const board = await client.dashboards.create({ name: 'Weekly' });
  await client.dashboards.update({ dashboard: board.id, questions: [id], version: board.version });
  const late = client.dashboards.update({ dashboard: board.id, questions: [], version: board.version });
  await expect(late).rejects.toMatchObject({ code: 'conflict', data: { current: { questions: [{ id }] } } });
  await expect(client.dashboards.create({ name: 'Twice', questions: [id, id] })).rejects.toMatchObject({ code: 'invalid' });
});

test('a dashboard takes no question of another workspace', async () => {
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  const kept = await other.client.questions.create({ name: 'Secret', kind: 'trends', asked });
  await expect(mine.client.dashboards.create({ name: 'Stolen', questions: [kept.id] })).rejects.toMatchObject({ code: 'not_found' });
});
