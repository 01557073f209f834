import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../test/application.ts';
import { beyondTheWall } from './beyond-the-wall.ts';
import { welcomeMaya } from './visitor.fixture.ts';

let app: TestApplication;
let workspace: string;
let other: string;
beforeAll(async () => {
  app = await openTestApplication();
  const { browser, workspace: first } = await welcomeMaya(app.application);
  workspace = first;
  other = (await browser.client.workspaces.create({ name: 'Other', timeZone: 'UTC', currency: 'USD' })).id;
  for (const id of [workspace, other]) {
    await browser.in(id).keys.create({ name: `Key of ${id}` });
    await browser.in(id).invitations.create({ email: `guest@${id}.example` });
    await browser.in(id).features.create({ name: 'Handoff', rule: { eventName: 'Handoff accepted' } });
    await browser.in(id).launches.create({ name: 'Handoff', marketDate: '2026-03-03' });
  }
});
afterAll(() => app.close());

type Row = Record<string, unknown>;
const walledTables = async () => {
  const { rows } = await app.application.records.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

const asRole = async (statement: string, inside?: string): Promise<Row[]> =>
  app.application.records.unbounded(async (transaction) => {
    await transaction.execute(sql`SELECT set_config('role', 'landfall_app', true)`);
    if (inside) await transaction.execute(sql`SELECT set_config('landfall.workspace', ${inside}, true)`);
    return (await transaction.execute<Row>(sql.raw(statement))).rows;
  });

/** Postgres's own words, from under the wrapping of the driver. */
const denied = (error: Error & { cause?: Error }) => (error.cause ?? error).message;

test('every table that carries a workspace has row-level security, forced', async () => {
  const { rows } = await app.application.records.pool.query<{ name: string; enabled: boolean; forced: boolean }>(
    `SELECT relname AS name, relrowsecurity AS enabled, relforcerowsecurity AS forced FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  const names = await walledTables();
  expect(names).toEqual(expect.arrayContaining(['audit', 'feature', 'import', 'invitation', 'key', 'launch', 'membership']));
  for (const name of [...names, 'workspace', 'member'])
    expect(
      rows.find((row) => row.name === name),
      name,
    ).toMatchObject({ enabled: true, forced: true });
});

test('the role that Landfall works as is no superuser and cannot pass the wall', async () => {
  const { rows } = await app.application.records.pool.query(
    `SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'landfall_app'`,
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
});

test('with no workspace named, the role sees 0 rows of every table', async () => {
  for (const name of [...(await walledTables()), 'workspace', 'member']) {
    const columns = name === 'member' ? 'id' : '*';
    expect(await asRole(`SELECT ${columns} FROM "${name}"`), name).toEqual([]);
  }
});

test('inside a workspace, the role sees its rows and none of another', async () => {
  for (const name of ['audit', 'feature', 'invitation', 'key', 'launch', 'membership']) {
    const rows = await asRole(`SELECT DISTINCT workspace_id::text AS workspace FROM "${name}"`, workspace);
    expect(rows, name).toEqual([{ workspace }]);
  }
  expect(await asRole('SELECT id::text FROM workspace', other)).toEqual([{ id: other }]);
});

test('the role cannot write a row into another workspace', async () => {
  const insert = `INSERT INTO launch (workspace_id, key, name, tier, stage, market_date, eligibility) VALUES ('${other}', 'x', 'x', 1, 'ga', '2026-01-01', '{}')`;
  await expect(asRole(insert, workspace).catch(denied)).resolves.toMatch(/row-level security/);
  const move = `UPDATE launch SET workspace_id = '${other}'`;
  await expect(asRole(move, workspace).catch(denied)).resolves.toMatch(/row-level security/);
  expect(await asRole(`UPDATE launch SET name = 'y' WHERE workspace_id = '${other}' RETURNING id`, workspace)).toEqual([]);
});

test('the role cannot change or take away a row of the audit trail', async () => {
  for (const statement of [`UPDATE audit SET actor_name = 'Nobody'`, 'DELETE FROM audit', 'TRUNCATE audit'])
    await expect(asRole(statement, workspace).catch(denied)).resolves.toMatch(/permission denied/);
});

test('the role cannot read password hashes, sessions or tries to sign in', async () => {
  for (const statement of ['SELECT password_hash FROM member', 'SELECT * FROM session', 'SELECT * FROM sign_in_try'])
    await expect(asRole(statement, workspace).catch(denied)).resolves.toMatch(/permission denied/);
});

test('what a walled write does beyond the wall is undone with it, and the wall stands again after it', async () => {
  const { records } = app.application;
  const tried = records.within(workspace, async (transaction) => {
    await beyondTheWall(transaction, async () => void (await transaction.execute(sql`UPDATE member SET name = 'Changed'`)));
    await transaction.execute(sql`SELECT password_hash FROM member`);
  });
  await expect(tried.catch(denied)).resolves.toMatch(/permission denied/);
  const { rows } = await records.pool.query(`SELECT count(*)::int AS number FROM member WHERE name = 'Changed'`);
  expect(rows).toEqual([{ number: 0 }]);
});
