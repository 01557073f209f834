import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { timeZone } from '../../../examples/weftwork/calendar.ts';
import { type Company, weftwork } from '../../../examples/weftwork/generate.ts';
import { currency } from '../../../examples/weftwork/rows.ts';
import { enterWorkspace, insideDoor } from '../../platform/application.ts';
import { writeWithAudit } from '../../platform/audit.ts';
import type { Actor, Application, Context, DoorContext, Member, WorkspaceScope } from '../../platform/context.ts';
import { memberOperation } from '../../platform/operation.ts';
import { workspaceFields } from '../../workspace/workspaces/schema.ts';
import { insertMembership, insertWorkspace } from '../../workspace/workspaces/queries.ts';
import { keepDueReports } from '../landing-reports/snapshots/keeping.ts';
import { type Batch, insertCompany, insertExampleImport, insertExampleLaunches, removeCompany, type Written } from './queries.ts';
import { openedExample } from './schema.ts';
import { insertExampleWork } from './work.ts';

type Opening = DoorContext & { member: Member } & Partial<Pick<Context, 'actor'>>;

/** All that people would have written, in one transaction with its audit row. */
const writeRecords = (context: Opening, batch: Batch, name: string, { written, company }: { written: Written; company: Company }) => {
  const { application, member, door, requestId, now } = context;
  const scope = { id: batch.workspaceId, name, timeZone, currency, isExample: true };
  const asMember: Actor = { kind: 'member', id: member.id, name: member.name, role: 'owner', mayWrite: true };
  const actor = context.actor?.kind === 'local' ? context.actor : asMember;
  return writeWithAudit(
    application.records,
    { actor, workspace: scope, door, requestId, now },
    'examples.open',
    'workspace',
    async (transaction) => {
      const createdAt = now();
      const workspace = await insertWorkspace(transaction, { ...scope, createdAt });
      await insertMembership(transaction, { workspaceId: scope.id, memberId: member.id, role: 'owner', createdAt });
      await insertExampleImport(transaction, batch, { written, createdBy: actor.name, now: createdAt });
      const launches = await insertExampleLaunches(transaction, scope.id, { createdBy: actor.name, createdAt });
      await insertExampleWork(
        { ...context, workspace: scope, events: application.events.of(scope.id, async () => []) },
        transaction,
        company,
      );
      const result = { ...workspace, launches, rows: written.reduce((sum, { rows }) => sum + rows, 0) };
      return { id: scope.id, before: null, after: result, result };
    },
  );
};

/** The reports of day 30, 60 and 90 are long due in the past of the company. Should one fail, it is kept later like any other. */
const keepReports = async (application: Application, workspace: WorkspaceScope): Promise<void> => {
  const actor: Actor = { kind: 'job', id: 'example', name: 'Landfall', role: 'owner', mayWrite: true };
  try {
    await keepDueReports(enterWorkspace(insideDoor(application, 'job'), workspace, actor));
  } catch (error) {
    application.log.warn({ err: error, workspace: workspace.id }, 'landing reports of an example wait');
  }
};

const openCompany = async (context: Opening, name: string) => {
  const batch: Batch = { importId: randomUUID(), workspaceId: randomUUID() };
  const events = context.application.events.of(batch.workspaceId, async () => []);
  try {
    // Rows first: until the workspace is written, nobody can see them, so that it appears whole or not at all.
    const company = weftwork();
    const written = await insertCompany(events, batch, company, context.application);
    return await writeRecords(context, batch, name, { written, company });
  } catch (error) {
    await removeCompany(events).catch((cleaning: unknown) =>
      context.application.log.warn(
        { err: cleaning, import: batch.importId },
        'rows of an example that failed to open are left in the event store',
      ),
    );
    throw error;
  }
};

export const openExample = memberOperation({
  summary: 'Open the example company, in a workspace of its own',
  method: 'POST',
  path: '/examples',
  input: z.object({ name: workspaceFields.shape.name.default('Weftwork (example)') }),
  output: openedExample,
  run: async (context, input) => {
    const opened = await openCompany(context, input.name);
    await keepReports(context.application, opened);
    return opened;
  },
});
