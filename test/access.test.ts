import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '../src/catalogue.ts';
import { insideDoor } from '../src/platform/application.ts';
import { asFailure } from '../src/platform/operation.ts';
import { listOperations } from '../src/platform/operations.ts';
import { roles } from '../src/platform/roles.ts';
import { openTestApplication, type TestApplication } from './application.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const operations = listOperations(catalogue);
const inWorkspace = operations.filter(({ meta }) => Array.isArray(meta.who));

type Verbs = Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => asFailure(error)?.code ?? `not a Failure: ${String(error)}`,
  );

test('every operation has a name, a summary, one path of its own and a decision who may', () => {
  const routes = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(new Set(routes).size).toBe(routes.length);
  for (const { name, summary, path } of operations) {
    expect(name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
    expect(summary.length).toBeGreaterThan(4);
    expect(path).toMatch(/^\/[a-z{]/);
  }
});

describe.each(inWorkspace.map((each) => [each.name, each] as const))('%s', (_, { noun, verb, meta }) => {
  test('without a sign-in it is refused before its input is read', async () => {
    const client = createRouterClient(catalogue, { context: insideDoor(app.application, 'api') }) as unknown as Verbs;
    expect(await codeOf(client[noun]![verb]!({ nonsense: true }))).toBe('unauthenticated');
  });

  test('each role may or may not, as declared', async () => {
    const { clientAs } = await app.workspace();
    for (const role of roles) {
      const code = await codeOf((clientAs(role) as unknown as Verbs)[noun]![verb]!('nonsense'));
      expect(`${role}: ${code}`).toBe(`${role}: ${(meta.who as readonly string[]).includes(role) ? 'invalid' : 'forbidden'}`);
    }
  });

  test.runIf(meta.writes)('a key that may only read is refused', async () => {
    const { clientAs } = await app.workspace();
    expect(await codeOf((clientAs('owner', false) as unknown as Verbs)[noun]![verb]!('nonsense'))).toBe('forbidden');
  });
});

/** An input that names things by id, filled with ids of the other workspace. */
const stealing = (schema: z.ZodType, ids: Record<string, string>): Record<string, unknown> => {
  const shape =
    (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, object> }).properties ?? {};
  return Object.fromEntries(Object.keys(shape).flatMap((name) => (ids[name] ? [[name, ids[name]]] : [])));
};

test('ids of one workspace open nothing in another', async () => {
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  const feature = await mine.client.features.create({ name: 'Planted secret', rule: { eventName: 'planted-secret-event' } });
  const launch = await mine.client.launches.create({ name: 'Planted secret', marketDate: '2026-05-01', featureId: feature.id });
  const ids = { feature: feature.id, launch: launch.id, id: launch.id };
  const thief = other.clientAs('owner') as unknown as Verbs;
  for (const { noun, verb, name, input } of inWorkspace) {
    const named = stealing(input, ids);
    if (Object.keys(named).length === 0) continue;
    const answer = await thief[noun]![verb]!({ ...named, version: 1, name: 'Stolen' }).then(
      (result) => ({ code: 'ok', text: JSON.stringify(result) }),
      (error: unknown) => ({ code: asFailure(error)?.code ?? String(error), text: JSON.stringify(asFailure(error)) }),
    );
    expect(`${name}: ${answer.code}`).toMatch(/: (not_found|invalid)$/);
    expect(answer.text ?? '').not.toContain('lanted secret');
  }
});
