import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { requirePresent } from '../charters/people.ts';
import { readLaunch } from '../launches/queries.ts';
import { withWholes } from './family.ts';
import { freeProgramKey, noProgram, plainCampaign, readProgram } from './queries.ts';
import { mostPrograms, type Program, type ProgramFields } from './schema.ts';
import { programs } from './tables.ts';

type Given = Partial<ProgramFields>;
type Set = Partial<typeof programs.$inferInsert>;
type Own = { id: string | null; name: string; startsOn: string | null; endsOn: string | null };

const live = async (transaction: Transaction) =>
  transaction
    .select({ id: programs.id, key: programs.key, name: programs.name, parentId: programs.parentId, campaigns: programs.campaigns })
    .from(programs)
    .where(isNull(programs.deletedAt));

/** Refuses a program that would be a part of itself. */
const parentIdOf = async (transaction: Transaction, own: Own, parent: string): Promise<string> => {
  const all = await live(transaction);
  const whole = all.find(({ id }) => id === parent) ?? all.find(({ key }) => key === parent);
  if (!whole) throw noProgram(parent);
  const { id, name } = whole;
  if (own.id && withWholes(new Map(all.map((one) => [one.id, one])), id).includes(own.id))
    throw new Failure('invalid', {
      en: `"${name}" is a part of "${own.name}" already, so it cannot be its whole too. Choose another program.`,
      zh: `“${name}”已是“${own.name}”的一部分，不能同时是它的上级。请另选营销项目。`,
    });
  return id;
};

/** One campaign of a touch means one program: otherwise the same people would be counted in two. */
const requireUnclaimed = async (transaction: Transaction, own: Own, campaigns: string[]): Promise<void> => {
  const wanted = new Set(campaigns.map(plainCampaign));
  for (const other of await live(transaction)) {
    const claimed = other.id === own.id ? undefined : other.campaigns.find((campaign) => wanted.has(plainCampaign(campaign)));
    if (claimed)
      throw new Failure('conflict', {
        en: `"${claimed}" already means the program "${other.name}". Take it out there first, or leave it out here.`,
        zh: `“${claimed}”已指向营销项目“${other.name}”。请先在那里去掉，或不在这里填写。`,
      });
  }
};

/** What is given, as it is stored; refuses what cannot be. Programs are locked meanwhile. */
const asSet = async (transaction: Transaction, own: Own, { parent, launch, ...given }: Given): Promise<Set> => {
  await requirePresent(transaction, [given.ownerId]);
  if (given.campaigns) await requireUnclaimed(transaction, own, given.campaigns);
  const dates = { startsOn: own.startsOn, endsOn: own.endsOn, ...given };
  if (dates.startsOn && dates.endsOn && dates.endsOn < dates.startsOn)
    throw new Failure('invalid', {
      en: `The last day (${dates.endsOn}) is before the first (${dates.startsOn}). Turn them round.`,
      zh: `最后一天（${dates.endsOn}）早于第一天（${dates.startsOn}）。请对调。`,
    });
  return {
    ...given,
    ...(parent !== undefined && { parentId: parent === null ? null : await parentIdOf(transaction, own, parent) }),
    ...(launch !== undefined && { launchId: launch === null ? null : (await readLaunch(transaction, launch)).id }),
  };
};

/** Stores a new program and says its id; whoever calls holds the lock of programs. */
export const storeProgram = async (context: Context, transaction: Transaction, fields: ProgramFields): Promise<string> => {
  const all = await live(transaction);
  if (all.length >= mostPrograms)
    throw new Failure('too_large', {
      en: `A workspace holds ${mostPrograms} programs at most. Delete what is long over first.`,
      zh: `一个工作区最多 ${mostPrograms} 个营销项目。请先删除早已结束的。`,
    });
  const own: Own = { id: null, name: fields.name, startsOn: null, endsOn: null };
  const claimed = new Set(all.flatMap(({ campaigns }) => campaigns.map(plainCampaign)));
  // A second Spring Webinar is not the first one's campaign: it says itself what it goes by.
  const usual = claimed.has(plainCampaign(fields.name)) ? [] : [fields.name];
  const set = await asSet(transaction, own, { ...fields, campaigns: fields.campaigns ?? usual });
  const now = context.now();
  const [row] = await transaction
    .insert(programs)
    .values({
      ...({ segments: [], personas: [], goal: '', kind: 'campaign', status: 'planned', ...set } as typeof programs.$inferInsert),
      currency: fields.currency ?? context.workspace.currency,
      workspaceId: context.workspace.id,
      key: await freeProgramKey(transaction, fields.name),
      createdBy: context.actor.name,
      createdAt: now,
      updatedAt: now,
    })
    .returning({ id: programs.id });
  return row!.id;
};

export const insertProgram = async (context: Context, transaction: Transaction, fields: ProgramFields): Promise<Program> =>
  readProgram(transaction, await storeProgram(context, transaction, fields));

type Change = { version: number; given: Given };

/** Stores a change of a program that was read in that version; a Failure, with the program as it is now, when somebody changed it meanwhile. */
export const storeChange = async (
  context: Context,
  transaction: Transaction,
  before: Program,
  { version, given }: Change,
): Promise<void> => {
  const set = await asSet(transaction, before, given);
  const updated = await transaction
    .update(programs)
    .set({ ...set, updatedAt: context.now(), version: sql`${programs.version} + 1` })
    .where(and(eq(programs.id, before.id), eq(programs.version, version)))
    .returning({ id: programs.id });
  if (updated.length === 0)
    throw new Failure(
      'conflict',
      {
        en: 'Somebody changed this program meanwhile. Load it again, then repeat your change.',
        zh: '此期间有人修改了这个营销项目。请重新载入，再重复你的修改。',
      },
      { current: before },
    );
};

export const changeProgram = async (context: Context, transaction: Transaction, before: Program, change: Change): Promise<Program> => {
  await storeChange(context, transaction, before, change);
  return readProgram(transaction, before.id);
};

/** Brings a program back; a name that another one took meanwhile stays with that one, and a whole that is gone is left. */
export const restoreDeleted = async (context: Context, transaction: Transaction, id: string): Promise<Program> => {
  const recently = sql`${programs.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`;
  const [row] = await transaction
    .select()
    .from(programs)
    .where(and(eq(programs.id, id), recently));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no program with that id that was deleted in the last 30 days.',
      zh: '没有此 ID 的营销项目在过去 30 天内被删除。',
    });
  const others = await live(transaction);
  const claimed = new Set(others.flatMap(({ campaigns }) => campaigns.map(plainCampaign)));
  // What was its part may have become its whole meanwhile.
  const wholes = row.parentId ? withWholes(new Map([...others, row].map((one) => [one.id, one])), row.parentId) : [];
  await transaction
    .update(programs)
    .set({
      deletedAt: null,
      campaigns: row.campaigns.filter((campaign) => !claimed.has(plainCampaign(campaign))),
      parentId: wholes.length > 0 && !wholes.includes(id) ? row.parentId : null,
      version: row.version + 1,
    })
    .where(eq(programs.id, id));
  return readProgram(transaction, id);
};
