import { and, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone, type Role } from '../../platform/roles.ts';
import { readApprovedVersion } from '../gates/decided.ts';
import { readLaunch } from '../launches/queries.ts';
import { readPositionings, readStatements, requirePast } from './queries.ts';
import { type Positioning, positioning, positioningContent, positioningStage, statementFields } from './schema.ts';
import { positionings, statements } from './tables.ts';

const named = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const dayMilliseconds = 86_400_000;

/** Sales read what was approved: what stood when a gate was last decided "go". */
const read = async (transaction: Transaction, key: string, role: Role): Promise<Positioning> => {
  const { id, key: launchKey, name, stage } = await readLaunch(transaction, key);
  const all = await readPositionings(transaction, id);
  const approved = role === 'sales' ? await readApprovedVersion(transaction, id) : null;
  const versions = role === 'sales' ? all.filter(({ version }) => version === approved) : all;
  const shown = new Set(versions.map(({ version }) => version));
  return {
    launch: { id, key: launchKey, name },
    stage: stage === 'deprecated' ? 'ga' : stage,
    versions,
    statements: (await readStatements(transaction, id)).filter(({ version }) => shown.has(version)),
    isWithheld: versions.length < all.length,
  };
};

export const getPositioning = operation({
  summary: 'Read what a launch says of itself: all versions, and what testers said of each',
  method: 'GET',
  path: '/launches/{launch}/positioning',
  who: everyone,
  input: named,
  output: positioning,
  run: (context, input) => context.read((transaction) => read(transaction, input.launch, context.actor.role)),
});

export const savePositioning = operation({
  summary: 'Save a new version of what a launch says of itself; names the version that was read',
  method: 'POST',
  path: '/launches/{launch}/positioning',
  who: editors,
  input: named.extend({
    ...positioningContent.shape,
    basedOn: z
      .int()
      .min(0)
      .describe('The newest version that was read; 0 when there was none. A version saved meanwhile is not overwritten'),
    stage: positioningStage.optional().describe('For which stage; that of the launch if not given'),
    note: z.string().trim().max(1000).default('').describe('What changed, and why'),
  }),
  output: positioning,
  run: (context, { launch: key, basedOn, stage, note, ...content }) =>
    context
      .write('positioning', async (transaction) => {
        requirePast(content.evidence, dayIn(context.now(), context.workspace.timeZone));
        const before = await read(transaction, key, context.actor.role);
        const current = before.versions[0] ?? null;
        if ((current?.version ?? 0) !== basedOn) throw savedMeanwhile(current?.createdBy, { current });
        await transaction.insert(positionings).values({
          workspaceId: context.workspace.id,
          launchId: before.launch.id,
          version: basedOn + 1,
          stage: stage ?? before.stage,
          content,
          note,
          createdBy: context.actor.name,
          createdAt: context.now(),
        });
        const result = await read(transaction, key, context.actor.role);
        return { id: before.launch.id, before: current, after: result.versions[0], result };
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? savedMeanwhile() : error;
      }),
});

const savedMeanwhile = (who = 'Somebody', details?: unknown) =>
  new Failure(
    'conflict',
    {
      en: `${who} saved another version meanwhile. Compare it with yours, then save again.`,
      zh: `${who} 在此期间保存了另一个版本。请与你的版本对比，再保存。`,
    },
    details,
  );

const requireVersion = ({ versions }: Positioning, version: number | undefined): number => {
  const found = version === undefined ? versions[0] : versions.find((each) => each.version === version);
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such version of the positioning yet. Save what the launch says, then add what testers say of it.',
      zh: '还没有这个版本的定位。请先保存发布的说法，再添加试用者对它的评价。',
    });
  return found.version;
};

export const addStatement = operation({
  summary: 'Add what a tester said of a version of the positioning',
  method: 'POST',
  path: '/launches/{launch}/positioning/statements',
  who: editors,
  input: named.extend({
    ...statementFields.shape,
    version: z.int().min(1).optional().describe('Of which version; the newest if not given'),
  }),
  output: positioning,
  run: (context, { launch: key, version, ...fields }) =>
    context.write('positioning', async (transaction) => {
      requirePast([fields], dayIn(context.now(), context.workspace.timeZone));
      const before = await read(transaction, key, context.actor.role);
      const after = {
        ...fields,
        workspaceId: context.workspace.id,
        launchId: before.launch.id,
        version: requireVersion(before, version),
        addedBy: context.actor.name,
        addedAt: context.now(),
      };
      await transaction.insert(statements).values(after);
      return { id: before.launch.id, before: null, after, result: await read(transaction, key, context.actor.role) };
    }),
});

const ofStatement = named.extend({ statement: z.uuid() });
const gone = () =>
  new Failure('not_found', {
    en: 'There is no such statement on this launch. Read the positioning to see those there are.',
    zh: '此发布没有这条言论。请读取定位查看。',
  });

export const removeStatement = operation({
  summary: 'Remove what a tester said; it can be restored for 30 days',
  method: 'DELETE',
  path: '/launches/{launch}/positioning/statements/{statement}',
  who: editors,
  input: ofStatement,
  output: positioning,
  run: (context, { launch: key, statement: id }) =>
    context.write('positioning', async (transaction) => {
      const { launch, statements: all } = await read(transaction, key, context.actor.role);
      const before = all.find((each) => each.id === id);
      if (!before) throw gone();
      await transaction.update(statements).set({ deletedAt: context.now() }).where(eq(statements.id, id));
      return { id: launch.id, before, after: null, result: await read(transaction, key, context.actor.role) };
    }),
});

export const restoreStatement = operation({
  summary: 'Restore what a tester said, removed in the last 30 days',
  method: 'POST',
  path: '/launches/{launch}/positioning/statements/{statement}/restore',
  who: editors,
  input: ofStatement,
  output: positioning,
  run: (context, { launch: key, statement: id }) =>
    context.write('positioning', async (transaction) => {
      const { launch } = await read(transaction, key, context.actor.role);
      const since = new Date(context.now().getTime() - 30 * dayMilliseconds);
      const restored = await transaction
        .update(statements)
        .set({ deletedAt: null })
        .where(and(eq(statements.id, id), eq(statements.launchId, launch.id), gt(statements.deletedAt, since)))
        .returning();
      if (restored.length === 0) throw gone();
      return { id: launch.id, before: null, after: restored[0], result: await read(transaction, key, context.actor.role) };
    }),
});

export const reviewStatements = operation({
  summary: 'Note that what testers said has been taken in: all of a stage that nobody has noted yet',
  method: 'POST',
  path: '/launches/{launch}/positioning/statements/review',
  who: editors,
  input: named.extend({ stage: positioningStage.optional().describe('Only what was said in this stage') }),
  output: positioning,
  run: (context, { launch: key, stage }) =>
    context.write('positioning', async (transaction) => {
      const { launch } = await read(transaction, key, context.actor.role);
      const reviewed = await transaction
        .update(statements)
        .set({ reviewedBy: context.actor.name, reviewedAt: context.now() })
        .where(
          and(
            eq(statements.launchId, launch.id),
            isNull(statements.reviewedAt),
            isNull(statements.deletedAt),
            stage && eq(statements.stage, stage),
          ),
        )
        .returning({ id: statements.id });
      return { id: launch.id, before: null, after: { reviewed }, result: await read(transaction, key, context.actor.role) };
    }),
});
