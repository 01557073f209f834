import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inside, openAfterTheData } from '../../impact/examples/example.fixture.ts';
import type { WorkspaceScope } from '../../platform/context.ts';
import { purgeDeleted, purgeEvents } from './purging.ts';

let landfall: Awaited<ReturnType<typeof openAfterTheData>>;
beforeAll(async () => void (landfall = await openAfterTheData()));
afterAll(() => landfall.close());

const hours = 3_600_000;
/** The same Landfall, so many hours later. */
const later = (by: number) => {
  const { application } = landfall;
  return { ...application, now: () => new Date(application.now().getTime() + by * hours) };
};

const rowsOf = async (workspace: string) => {
  const { records, events } = landfall.application;
  const counts = (query: string, query_params: object = {}) =>
    events.client.query({ query, query_params: { workspace, ...query_params }, format: 'JSONEachRow' });
  const tables = await (
    await counts(`SELECT DISTINCT table FROM system.columns WHERE database = currentDatabase() AND name = 'workspace' AND type = 'UUID'`)
  ).json<{ table: string }>();
  let sent = 0;
  for (const { table } of tables) {
    const [row] = await (
      await counts(`SELECT toUInt32(count()) AS n FROM ${table} WHERE workspace = {workspace:UUID}`)
    ).json<{ n: number }>();
    sent += row!.n;
  }
  const written = await records.unbounded(async (transaction) => {
    const { rows } = await transaction.execute<{ name: string }>(
      sql`SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'workspace_id' AND table_schema = 'public'`,
    );
    let all = 0;
    for (const { name } of rows) {
      const found = await transaction.execute<{ n: number }>(
        sql`SELECT count(*)::int AS n FROM ${sql.identifier(name)} WHERE workspace_id = ${workspace}`,
      );
      all += found.rows[0]!.n;
    }
    return all;
  });
  return { sent, written };
};

const membersAlive = async () => {
  const { rows } = await landfall.application.records.unbounded((transaction) =>
    transaction.execute<{ name: string }>(sql`SELECT name FROM member ORDER BY name`),
  );
  return rows.map(({ name }) => name);
};

const openExample = async (): Promise<WorkspaceScope> => {
  const opened = await landfall.clientOf(landfall.maya).examples.open({});
  return { ...opened, isExample: true };
};

test('a workspace that was deleted 30 days ago goes from both stores, whoever was killed in between; another one loses nothing', async () => {
  const gone = await openExample();
  const kept = await openExample();
  const before = await rowsOf(kept.id);
  expect(before.sent).toBeGreaterThan(100_000);
  expect(await rowsOf(gone.id)).toMatchObject({ sent: before.sent });
  const people = await membersAlive();
  await inside(landfall.enter(gone)).workspaces.delete({ name: gone.name });

  await purgeDeleted(later(30 * 24));
  expect((await rowsOf(gone.id)).sent, 'it can be restored for 30 days').toBe(before.sent);

  // Killed between the stores: the rows that machines sent are gone, the rest is there.
  await purgeEvents(landfall.application.events, gone.id);
  expect(await rowsOf(gone.id)).toMatchObject({ sent: 0 });
  expect((await rowsOf(gone.id)).written).toBeGreaterThan(100);

  await purgeDeleted(later(30 * 24 + 2));
  expect(await rowsOf(gone.id)).toEqual({ sent: 0, written: 0 });
  expect(await rowsOf(kept.id)).toEqual(before);
  const left = await membersAlive();
  expect(left).toContain(landfall.maya.name);
  expect(left.length, 'those invented for it are gone; those of the other one stay').toBe(people.length - (people.length - 1) / 2);

  await purgeDeleted(later(60 * 24));
  expect(await rowsOf(kept.id), 'what was not deleted is never taken').toEqual(before);
}, 180_000);

test('a store that does not answer keeps the workspace until it does, and the others do not wait for it', async () => {
  const make = async (name: string) => {
    const made = await landfall.clientOf(landfall.maya).workspaces.create({ name, timeZone: 'UTC', currency: 'USD' });
    await inside(landfall.enter({ ...made, isExample: false })).workspaces.delete({ name });
    return made.id;
  };
  const [first, second] = [await make('First'), await make('Second')];
  const { events } = landfall.application;
  const client = new Proxy(events.client, {
    get: (target, key) =>
      key === 'command'
        ? (asked: { query_params?: { workspace?: string } }) =>
            asked.query_params?.workspace === first
              ? Promise.reject(new Error('ECONNREFUSED'))
              : target.command(asked as Parameters<typeof target.command>[0])
        : (target[key as keyof typeof target] as unknown),
  });
  const broken = { ...later(31 * 24), events: { ...events, client } };
  await purgeDeleted(broken);
  const there = async () => {
    const { rows } = await landfall.application.records.unbounded((transaction) =>
      transaction.execute<{ id: string }>(sql`SELECT id FROM workspace WHERE id IN (${first}, ${second})`),
    );
    return rows.map(({ id }) => id);
  };
  expect(await there()).toEqual([first]);
  await purgeDeleted(later(31 * 24));
  expect(await there()).toEqual([]);
});
