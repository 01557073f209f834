import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedNow, openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { readJson } from '../events/receiving/json.ts';
import { receiveSegment } from '../events/receiving/segment.ts';
import { settleNow } from '../events/settler.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const key = randomUUID();
const acknowledge = async ({ application, workspace }: Context, batch: object[], sentWith = key) => {
  const sender = { workspace: workspace.id, key: sentWith, receivedAt: fixedNow.getTime() };
  await application.spool.append(receiveSegment(readJson(Buffer.from(JSON.stringify({ batch }))), 'batch', sender).lines);
};
const send = async (context: Context, batch: object[]) => {
  await acknowledge(context, batch);
  await settleNow(context.application);
};
const track = (messageId: string, more: object = {}) => ({ type: 'track', event: 'Exported', userId: 'u1', messageId, ...more });
const lost = (messageId: string, more: object = {}) => ({
  type: 'track',
  event: 'Exported',
  messageId,
  properties: { uid: 'u7', plan: 'Pro' },
  ...more,
});
const exact = ({
  received,
  stored,
  duplicate,
  failed,
  waiting,
}: Record<'received' | 'stored' | 'duplicate' | 'failed' | 'waiting', number>) => {
  expect(received).toBe(stored + duplicate + failed + waiting);
  return { received, stored, duplicate, failed, waiting };
};

test('received is stored, duplicate, failed and on the way, at every moment', async () => {
  const { context, client } = await app.workspace();
  await acknowledge(context, [track('m1'), track('m1'), lost('m2'), track('m3')]);
  expect(exact(await client.events.counts({}))).toEqual({ received: 4, stored: 0, duplicate: 0, failed: 0, waiting: 4 });
  await settleNow(app.application);
  const counts = await client.events.counts({ by: 'hour' });
  expect(exact(counts)).toEqual({ received: 4, stored: 2, duplicate: 1, failed: 1, waiting: 0 });
  expect(counts.periods).toMatchObject([{ at: '2026-06-01T12:00:00Z', received: 4 }]);
  expect(counts.keys).toMatchObject([{ key, received: 4, lastAt: '2026-06-01T12:00:00Z' }]);
});

test('a failed event shows what was sent and why; a rule is tried first, and a replay counts each event once, however often', async () => {
  const { context, client } = await app.workspace();
  await send(context, [lost('m1'), lost('m2'), track('m3'), lost('m4', { properties: {} })]);
  const { events, reasons } = await client.failedEvents.list({});
  const at = expect.stringMatching(/^2026-06-01T12:00:00\.0+Z$/) as string;
  expect(reasons).toEqual([{ reason: 'missing_identity', count: 3, firstAt: at, lastAt: at }]);
  expect(events.map(({ raw }) => (JSON.parse(raw) as { messageId: string }).messageId).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'm1',
    'm2',
    'm4',
  ]);
  const rule = { reason: 'missing_identity' as const, steps: [{ do: 'copy' as const, path: 'properties.uid', to: 'userId' }] };
  expect(await client.fixRules.preview({ rule })).toMatchObject({
    matching: 3,
    fixed: 2,
    stillFailing: [{ reason: 'missing_identity', count: 1 }],
  });
  expect(exact(await client.events.counts({}))).toMatchObject({ stored: 1, failed: 3 });
  const kept = await client.fixRules.create({ name: 'User from properties', rule });
  expect(await client.fixRules.replay({ fixRule: kept.id })).toMatchObject({ replayed: 2 });
  expect(await client.fixRules.replay({ fixRule: kept.id })).toMatchObject({ replayed: 0 });
  expect(exact(await client.events.counts({}))).toEqual({ received: 4, stored: 3, duplicate: 0, failed: 1, waiting: 0 });
  expect((await client.failedEvents.list({})).total).toBe(1);
  expect((await client.failedEvents.list({ replayed: true })).events).toHaveLength(2);
  // The client sends the first copy again, now right: it is the one that was replayed.
  await send(context, [lost('m1', { userId: 'u7' })]);
  expect(exact(await client.events.counts({}))).toMatchObject({ received: 5, stored: 3, duplicate: 1, failed: 1 });
});

test('a second content under a known message id is explained, and can be counted as an event of its own', async () => {
  const { context, client } = await app.workspace();
  await send(context, [track('m1'), track('m1', { event: 'Deleted', properties: { plan: 'Pro' } })]);
  const { events } = await client.failedEvents.list({ reason: 'message_id_conflict' });
  expect(JSON.parse(events[0]!.raw)).toMatchObject({ event: 'Deleted', userId: 'u1', properties: { plan: 'Pro' } });
  const same = { reason: 'message_id_conflict' as const, steps: [{ do: 'rename_event' as const, to: 'Removed' }] };
  expect(await client.fixRules.preview({ rule: same })).toMatchObject({ matching: 1, fixed: 0 });
  const rule = { ...same, steps: [...same.steps, { do: 'new_message' as const }] };
  const kept = await client.fixRules.create({ name: 'Its own', rule });
  await client.fixRules.replay({ fixRule: kept.id });
  expect((await client.events.names({})).events.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'Exported',
    'Removed',
  ]);
  expect(exact(await client.events.counts({}))).toMatchObject({ received: 2, stored: 2, failed: 0 });
});

test('of a large event the beginning is listed and all of it can be read, by those of the workspace only', async () => {
  const { context, client } = await app.workspace();
  await send(context, [lost('m1', { properties: { note: 'x'.repeat(25_000) } })]);
  const [event] = (await client.failedEvents.list({})).events;
  expect(event).toMatchObject({ isCut: true });
  expect(event!.raw).toHaveLength(20_000);
  const whole = await client.failedEvents.get({ event: event!.id });
  expect(whole.isCut).toBe(false);
  expect(JSON.parse(whole.raw)).toMatchObject({ messageId: 'm1', properties: { note: 'x'.repeat(25_000) } });
  const other = await app.workspace();
  await expect(other.client.failedEvents.get({ event: event!.id })).rejects.toThrow('no such failed event');
});

test('deleting a failed event is noted, and that it failed stays counted', async () => {
  const { context, client } = await app.workspace();
  await send(context, [lost('m1')]);
  const { events } = await client.failedEvents.list({});
  expect(await client.failedEvents.delete({ events: [events[0]!.id] })).toEqual({ deleted: 1 });
  expect((await client.failedEvents.list({})).total).toBe(0);
  expect(exact(await client.events.counts({}))).toMatchObject({ received: 1, failed: 1 });
  const noted = await client.audit.list({});
  expect(JSON.stringify(noted)).toContain('missing_identity');
  expect(JSON.stringify(noted)).not.toContain('u7');
  await expect(client.failedEvents.delete({ events: [events[0]!.id] })).rejects.toThrow('no such failed events');
});
