import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedNow, openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { readJson } from '../events/receiving/json.ts';
import { receiveSegment } from '../events/receiving/segment.ts';
import { settleNow } from '../events/settler.ts';
import { importFile } from '../imports/importing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const receive = async ({ application, workspace }: Context, batch: object[]) => {
  const sender = { workspace: workspace.id, key: randomUUID(), receivedAt: fixedNow.getTime() };
  await application.spool.append(receiveSegment(readJson(Buffer.from(JSON.stringify({ batch }))), 'batch', sender).lines);
  await settleNow(application);
};
const track = (messageId: string, more: object) => ({
  type: 'track',
  event: 'Exported',
  messageId,
  timestamp: '2026-05-30T10:00:00.000Z',
  ...more,
});

test('an export holds all that is known of a person, whatever the key, in pages, and nothing of others', async () => {
  const { context, client, clientAs } = await app.workspace();
  const other = await app.workspace('Other');
  const many = Array.from({ length: 5200 }, (_, n) => track(`m${n}`, { userId: 'user-ada-1', properties: { n: String(n) } }));
  for (let from = 0; from < many.length; from += 2000) await receive(context, many.slice(from, from + 2000));
  await receive(context, [
    track('x1', { anonymousId: 'browser-ada-1', properties: { page: '价格 "quoted"' } }),
    {
      type: 'identify',
      messageId: 'x2',
      userId: 'user-ada-1',
      anonymousId: 'browser-ada-1',
      traits: { email: 'ada@lovelace.example', name: 'Ada' },
    },
    { type: 'track', messageId: 'x3', userId: 'user-ada-1' },
    track('x4', { userId: 'user-bob-1', properties: { note: 'of Bob' } }),
    { type: 'identify', messageId: 'x5', userId: 'user-bob-1', traits: { email: 'bob@bernoulli.example' } },
  ]);
  await importFile(context, {
    name: 'people.csv',
    bytes: 'id,email,title\n1,ada@lovelace.example,Countess\n2,bob@bernoulli.example,Clerk\n',
  });
  const { people } = await client.people.list({ search: 'ada@lovelace.example' });
  for (const { id } of people) {
    const lines: { of: string; [name: string]: unknown }[] = [];
    let pages = 0;
    for (let after: string | undefined | null = undefined; after !== null; pages++) {
      const page = await client.subjectExports.get({ person: id, after: after ?? undefined });
      lines.push(...page.lines.map((line) => JSON.parse(line) as { of: string }));
      after = page.next;
    }
    expect(pages).toBe(2);
    const by = (of: string) => lines.filter((line) => line.of === of);
    expect(by('event').filter(({ name }) => name === 'Exported')).toHaveLength(5201);
    expect(new Set(by('event').map(({ properties }) => (properties as { n?: string }).n)).size).toBe(5201);
    expect(by('event').find(({ properties }) => 'page' in (properties as object))).toMatchObject({
      name: 'Exported',
      at: '2026-05-30T10:00:00.000000Z',
      properties: { page: '价格 "quoted"' },
    });
    expect(by('description').map(({ email }) => email)).toContain('ada@lovelace.example');
    expect(by('key').map(({ key_value }) => key_value)).toEqual(expect.arrayContaining(['user-ada-1', 'ada@lovelace.example']));
    expect(by('link')).toMatchObject([
      { key_value: 'browser-ada-1', user: 'user-ada-1' },
      { key_value: 'user-ada-1', user: 'user-ada-1' },
    ]);
    expect(by('failed_event')).toMatchObject([{ reason: 'missing_event', raw: expect.stringContaining('user-ada-1') }]);
    expect(by('imported_row')).toMatchObject([{ cells: ['1', 'ada@lovelace.example', 'Countess'] }]);
    expect(JSON.stringify(lines)).not.toMatch(/bob/i);
    await expect(other.client.subjectExports.get({ person: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(clientAs('pmm').subjectExports.get({ person: id })).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(people.length).toBeGreaterThan(0);
});
