import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { pino } from 'pino';
import { catalogue } from '../src/catalogue.ts';
import { enterWorkspace, insideDoor, openApplication, type RunningApplication } from '../src/platform/application.ts';
import { readConfig } from '../src/platform/config.ts';
import type { Actor, Context } from '../src/platform/context.ts';
import type { Role } from '../src/platform/roles.ts';

export const fixedNow = new Date('2026-06-01T12:00:00.000Z');

/** A database of its own on the Postgres server of LANDFALL_TEST_POSTGRES_URL, or none: then the in-process twin is used. */
export const freshDatabase = async () => {
  const server = process.env.LANDFALL_TEST_POSTGRES_URL;
  if (!server) return undefined;
  const name = `landfall_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = async () => {
    const again = new pg.Client({ connectionString: server });
    await again.connect();
    await again.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await again.end();
  };
  return { name, url: url.href, drop };
};

export type TestApplication = Awaited<ReturnType<typeof openTestApplication>>;

/** Real stores in a folder of their own, and ways in; close it after the tests. */
export const openTestApplication = async (environment: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-test-'));
  const database = await freshDatabase();
  const config = readConfig({
    LANDFALL_DATA: folder,
    LANDFALL_PORT: '0',
    ...(database && { LANDFALL_POSTGRES_URL: database.url }),
    ...environment,
  });
  const application: RunningApplication = await openApplication(config, { now: () => fixedNow, log: pino({ level: 'silent' }) });
  return {
    application,
    folder,
    workspace: (name = 'Weftwork', role: Role = 'owner') => openWorkspace(application, name, role),
    close: async () => {
      await application.close();
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A new workspace, the context of somebody in it, and the client that speaks to the catalogue as that somebody. */
const openWorkspace = async (application: RunningApplication, name: string, role: Role) => {
  const id = randomUUID();
  await application.records.unbounded((transaction) =>
    transaction.execute(sql`INSERT INTO workspace (id, name, currency) VALUES (${id}, ${name}, 'USD')`),
  );
  const as = (actorRole: Role, mayWrite = true): Context => {
    const actor: Actor = { kind: 'local', id: 'test', name: `Test ${actorRole}`, role: actorRole, mayWrite };
    return enterWorkspace(insideDoor(application, 'api'), { id, name, timeZone: 'UTC', currency: 'USD', isExample: false }, actor);
  };
  const clientAs = (actorRole: Role, mayWrite = true) => createRouterClient(catalogue, { context: as(actorRole, mayWrite) });
  /** Somebody who signs in: a row of their own, and the client that speaks as them. */
  const memberAs = async (memberRole: Role, memberName: string) => {
    const memberId = randomUUID();
    const email = `${memberId}@weftwork.example`;
    await application.records.unbounded(async (transaction) => {
      await transaction.execute(sql`INSERT INTO member (id, email, name) VALUES (${memberId}, ${email}, ${memberName})`);
      await transaction.execute(sql`INSERT INTO membership (workspace_id, member_id, role) VALUES (${id}, ${memberId}, ${memberRole})`);
    });
    const actor: Actor = { kind: 'member', id: memberId, name: memberName, role: memberRole, mayWrite: true };
    const context = enterWorkspace(insideDoor(application, 'api'), { id, name, timeZone: 'UTC', currency: 'USD', isExample: false }, actor);
    return { id: memberId, context, client: createRouterClient(catalogue, { context }) };
  };
  return { id, context: as(role), client: clientAs(role), clientAs, memberAs };
};
