import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { recordEvents } from '../../collect/events/record.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const export_ = (context: Context, message: string) =>
  recordEvents(app.application, context.events, [{ message, name: 'Exported', at: '2026-05-30 10:00:00.000', user: 'u1' }], {
    timeZone: 'UTC',
    receivedAt: context.now(),
  });
const kept = { name: 'Exports', kind: 'trends' as const, asked: { series: [{ event: 'Exported', filters: [] }] } };
const tokenOf = (link: string) => link.split('/').at(-1)!;

test('a shared answer stands as it was, and says when data came since', async () => {
  const { context, client } = await app.workspace();
  await export_(context, 'm1');
  const question = await client.questions.create(kept);
  const { link, shared } = await client.sharedAnswers.create({ question: question.id });
  const first = await client.sharedAnswers.open({ token: tokenOf(link) });
  expect(first).toMatchObject({ name: 'Exports', kind: 'trends', dataChangedSince: false });
  await export_(context, 'm2');
  const second = await client.sharedAnswers.open({ token: tokenOf(link) });
  expect(second).toEqual({ ...first, dataChangedSince: true });
  expect((await client.sharedAnswers.list({ question: question.id })).shared).toEqual([shared]);
});

test('a link that was revoked, changed, or moved to another workspace opens nothing', async () => {
  const { context, client } = await app.workspace();
  const other = await app.workspace('Other');
  await export_(context, 'm1');
  const question = await client.questions.create(kept);
  const { link, shared } = await client.sharedAnswers.create({ question: question.id });
  const [, secret] = tokenOf(link).split('.');
  for (const token of [`${other.id}.${secret}`, `${context.workspace.id}.wrong`, 'nonsense'])
    await expect(client.sharedAnswers.open({ token })).rejects.toMatchObject({ code: 'not_found' });
  await client.sharedAnswers.revoke({ id: shared.id });
  await expect(client.sharedAnswers.open({ token: tokenOf(link) })).rejects.toMatchObject({ code: 'not_found' });
});
