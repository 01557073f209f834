import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { fixedNow, type TestApplication } from '../../../test/application.ts';
import type { Application, Context } from '../../platform/context.ts';
import { readJson } from '../events/receiving/json.ts';
import { receiveSegment } from '../events/receiving/segment.ts';
import { settleNow } from '../events/settler.ts';
import { importFile, send } from '../imports/importing.fixture.ts';
import type { ImportMapping } from '../imports/schema.ts';

export type Client = Awaited<ReturnType<TestApplication['workspace']>>['client'];

const key = randomUUID();
export const ada = {
  user: 'user-ada-1815',
  browser: 'browser-ada-5e7f',
  phone: 'phone-ada-77c1',
  crm: 'crm-ada-0042',
  email: 'ada@lovelace.example',
};
export const tracesOfAda = [...Object.values(ada), 'Countess', 'Comtesse'];

export const append = async ({ application, workspace }: Context, batch: object[]) => {
  const sender = { workspace: workspace.id, key, receivedAt: fixedNow.getTime() };
  await application.spool.append(receiveSegment(readJson(Buffer.from(JSON.stringify({ batch }))), 'batch', sender).lines);
};
export const receive = async (context: Context, batch: object[]) => {
  await append(context, batch);
  await settleNow(context.application);
};

export const track = (messageId: string, more: object) => ({
  type: 'track',
  event: 'Exported',
  messageId,
  timestamp: '2026-05-30T10:00:00.000Z',
  ...more,
});
export const people = `id,email,name,title\n${ada.crm},${ada.email},Ada Countess,Countess\ncrm-bob-0043,bob@bernoulli.example,Bob,Clerk\n`;
export const deals = `Opportunity ID,Opportunity Name,Amount,Stage,Contact Email\nD-1,Engine,100,Won,${ada.email}\nD-2,Loom,50,Won,bob@bernoulli.example\n`;

export const dealsOfPeople = {
  answers: { 'currency:0': 'USD' },
  mapping: (mapping: ImportMapping): ImportMapping => ({
    ...mapping,
    targets: mapping.targets.map((target) => ({ ...target, fields: { ...target.fields, person_id: { column: 4, by: 'email' as const } } })),
  }),
};

/** Ada, by every way that leads into Landfall, and Bob, who stays. */
export const fill = async (context: Context, client: Client) => {
  await receive(context, [
    track('a1', { anonymousId: ada.browser, properties: { page: 'pricing' } }),
    track('a2', { userId: ada.user, anonymousId: ada.browser, properties: { plan: 'Pro', email: ada.email } }),
    track('a3', { anonymousId: ada.phone }),
    { type: 'identify', messageId: 'a4', userId: ada.user, anonymousId: ada.browser, traits: { email: ada.email, name: 'Ada Countess' } },
    { type: 'alias', messageId: 'a5', userId: ada.user, previousId: ada.phone },
    { type: 'group', messageId: 'a6', userId: ada.user, groupId: 'acme', traits: { name: 'Acme' } },
    { type: 'track', messageId: 'a7', userId: ada.user, properties: { note: 'no name of an event' } },
    { type: 'track', event: 'Exported', messageId: 'a8', properties: { who: ada.email } },
    track('b1', { userId: 'user-bob-1', properties: { invited: ada.email.toUpperCase(), seats: '3' } }),
    track('b2', { userId: 'user-bob-1', anonymousId: 'browser-bob-1' }),
    { type: 'identify', messageId: 'b3', userId: 'user-bob-1', traits: { email: 'bob@bernoulli.example', name: 'Bob' } },
  ]);
  await importFile(context, { name: 'people.csv', bytes: people });
  await importFile(context, { name: 'deals.csv', bytes: deals }, dealsOfPeople);
  const wrong = await importFile(context, {
    name: 'wrong.csv',
    bytes: people.replaceAll('Clerk', 'Printer').replaceAll('Countess', 'Comtesse'),
  });
  await client.imports.undo({ import: wrong.id, waitSeconds: 60 });
  await client.fixRules.create({ name: `For ${ada.email}`, rule: { steps: [{ do: 'set', path: 'userId', value: ada.user }] } });
  await send(context, { name: 'again.csv', bytes: people });
  await context.read((transaction) =>
    transaction.execute(sql`INSERT INTO identity_split (workspace_id, key_type, key_value, "user", person, reason, by)
      VALUES (${context.workspace.id}, 'anonymous', ${ada.browser}, 'u7', 'p7', 'a shared desk', 'Test')`),
  );
  await settleNow(context.application);
};

/** Every file of the data folder that holds one of the texts, as bytes. */
export const filesWith = (folder: string, texts: readonly string[]): string[] => {
  const found = texts.flatMap((text) => {
    try {
      return execFileSync('grep', ['-rlaiF', '--', text, folder])
        .toString()
        .trim()
        .split('\n')
        .map((file) => `${text}: ${file}`);
    } catch {
      return [];
    }
  });
  return found;
};

/** Every column of every table of the event store that holds one of the texts; files there are compressed. */
export const columnsWith = async (
  { application }: { application: Pick<Application, 'events'> },
  texts: readonly string[],
): Promise<string[]> => {
  const { client } = application.events;
  const ask = async <Row>(query: string) => (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  const tables = await ask<{ name: string }>(`SELECT name FROM system.tables WHERE database = currentDatabase()`);
  const found: string[] = [];
  for (const { name } of tables)
    for (const text of texts) {
      const [row] = await ask<{ n: number }>(
        `SELECT toUInt32(count()) AS n FROM ${name} WHERE positionCaseInsensitiveUTF8(toString(tuple(*)), '${text}') > 0`,
      );
      if (row!.n > 0) found.push(`${text}: ${name} (${row!.n})`);
    }
  const old = await ask<{ table: string }>(
    `SELECT DISTINCT table FROM system.mutations WHERE ${texts.map((text) => `position(command, '${text}') > 0`).join(' OR ')}`,
  );
  return [...found, ...old.map(({ table }) => `mutation of ${table}`)];
};

export const personOf = async (client: Client, search: string) => (await client.people.list({ search })).people[0]!.id;

export const countsOf = async (client: Client) => {
  const { received, stored, duplicate, failed, waiting } = await client.events.counts({});
  expect(received).toBe(stored + duplicate + failed + waiting);
  return { received, stored, duplicate, failed };
};
