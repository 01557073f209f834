import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { dataEndInstant } from '../../../examples/weftwork/calendar.ts';
import { catalogue } from '../../catalogue.ts';
import { enterWorkspace, insideDoor, openApplication } from '../../platform/application.ts';
import { readConfig } from '../../platform/config.ts';
import type { Actor, Context, Member, WorkspaceScope } from '../../platform/context.ts';

/** A running Landfall on the morning after the example's last day, and Maya, who may sign in. */
export const openAfterTheData = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-example-'));
  const config = readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0' });
  const now = () => new Date(dataEndInstant + 9 * 3_600_000);
  const application = await openApplication(config, { now, log: pino({ level: 'silent' }) });
  const maya: Member = { id: randomUUID(), email: 'maya@weftwork.example', name: 'Maya Lindqvist', locale: null };
  await application.records.unbounded((transaction) =>
    transaction.execute(sql`INSERT INTO member (id, email, name) VALUES (${maya.id}, ${maya.email}, ${maya.name})`),
  );
  const actor: Actor = { kind: 'member', id: maya.id, name: maya.name, role: 'owner', mayWrite: true };
  const door = (member: Member) => ({ ...insideDoor(application, 'api'), member });
  return {
    application,
    /** Before any workspace was entered. */
    clientOf: (member: Member) => createRouterClient(catalogue, { context: door(member) }),
    maya,
    enter: (workspace: WorkspaceScope): Context => enterWorkspace(door(maya), workspace, actor),
    close: async () => {
      await application.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const inside = (context: Context) => createRouterClient(catalogue, { context });
