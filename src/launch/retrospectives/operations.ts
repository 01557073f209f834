import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { launches } from '../launches/tables.ts';
import { type Retrospective, retrospective, retrospectiveFields } from './schema.ts';
import { retrospectives } from './tables.ts';

const named = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const nothing = { wentWell: '', wentBadly: '', learned: '', templateChanges: [], version: 0, writtenBy: '', writtenAt: null };

type About = Pick<Launch, 'id' | 'key' | 'name'>;

const asRetrospective = ({ key, name }: Omit<About, 'id'>, row: typeof retrospectives.$inferSelect | undefined): Retrospective => ({
  launch: key,
  launchName: name,
  ...(row ? { ...row.content, version: row.version, writtenBy: row.writtenBy, writtenAt: row.writtenAt.toISOString() } : nothing),
});

const readOne = async (transaction: Transaction, launch: About): Promise<Retrospective> => {
  const [row] = await transaction.select().from(retrospectives).where(eq(retrospectives.launchId, launch.id));
  return asRetrospective(launch, row);
};

export const getRetrospective = operation({
  summary: 'Read the retrospective of a launch: what went well and badly, what was learnt, what to change in its template',
  method: 'GET',
  path: '/launches/{launch}/retrospective',
  who: everyone,
  input: named,
  output: retrospective,
  run: (context, input) => context.read(async (transaction) => readOne(transaction, await readLaunch(transaction, input.launch))),
});

export const saveRetrospective = operation({
  summary: 'Write the retrospective of a launch; names the version that was read',
  method: 'PUT',
  path: '/launches/{launch}/retrospective',
  who: editors,
  input: named.extend({ ...retrospectiveFields.shape, version: z.int().min(0).describe('The version that was read; 0 for the first') }),
  output: retrospective,
  run: (context, { launch: key, version, ...content }) =>
    context.write('retrospective', async (transaction) => {
      const launch = await readLaunch(transaction, key);
      await transaction.execute(sql`SELECT id FROM launch WHERE id = ${launch.id} FOR UPDATE`);
      const before = await readOne(transaction, launch);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody wrote here meanwhile. Look at what it says now, then repeat your change.',
            zh: '此期间有人写入了内容。请先看现在的内容，再重复你的修改。',
          },
          {
            current: before,
          },
        );
      const written = { content, version: version + 1, writtenBy: context.actor.name, writtenAt: context.now() };
      await transaction
        .insert(retrospectives)
        .values({ launchId: launch.id, workspaceId: context.workspace.id, ...written })
        .onConflictDoUpdate({ target: retrospectives.launchId, set: written });
      const result = await readOne(transaction, launch);
      return { id: launch.id, before: before.version === 0 ? null : before, after: result, result };
    }),
});

export const listRetrospectives = operation({
  summary: 'List the retrospectives of the launches that were made from a template: what to change in it',
  method: 'GET',
  path: '/templates/{template}/retrospectives',
  who: everyone,
  input: z.object({ template: z.string().min(1).max(60) }),
  output: z.object({ retrospectives: z.array(retrospective) }),
  run: (context, { template }) =>
    context.read(async (transaction) => {
      const rows = await transaction
        .select({ row: retrospectives, launch: { key: launches.key, name: launches.name } })
        .from(retrospectives)
        .innerJoin(launches, eq(launches.id, retrospectives.launchId))
        .where(and(eq(launches.templateKey, template), isNull(launches.deletedAt)))
        .orderBy(desc(retrospectives.writtenAt));
      return { retrospectives: rows.map(({ row, launch }) => asRetrospective(launch, row)) };
    }),
});
