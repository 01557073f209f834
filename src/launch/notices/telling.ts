import { and, asc, desc, eq, gt, inArray, isNull, lt, max, ne } from 'drizzle-orm';
import { audit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readMembers } from '../../workspace/members/queries.ts';
import { isPublicAt } from '../announcements/queries.ts';
import { announcements } from '../announcements/tables.ts';
import { readAllDeliverables } from '../deliverables/queries.ts';
import { isOpen } from '../deliverables/schema.ts';
import { launches } from '../launches/tables.ts';
import { webhooks } from '../webhooks/tables.ts';
import { type Happening, happeningsOf, toldOperations } from './deciding.ts';
import { readEmailKinds } from './queries.ts';
import type { DueItem, NoticeContent } from './schema.ts';
import { noticePositions, notices } from './tables.ts';

/** A write is committed at most this long after it was numbered. */
const settledMilliseconds = 120_000;
const mostRows = 500;
const dueDays = 2;
const digestHour = 7;
const keptDays = 90;
const lookBackDays = 30;

const daysBefore = ({ now }: Context, days: number): Date => new Date(now().getTime() - days * 86_400_000);

type Told = Happening & {
  exceptId?: string;
  /** Only for members: webhooks are told otherwise. */
  isPersonal?: boolean;
};

/** Rows for whoever is told, once each: members with what they chose, and webhooks that asked for the kind. */
const keep = async (context: Context, transaction: Transaction, happenings: Told[]): Promise<void> => {
  if (happenings.length === 0) return;
  const present = new Set((await readMembers(transaction)).filter(({ disabledAt }) => !disabledAt).map(({ id }) => id));
  const wants = await readEmailKinds(transaction);
  const hooks = await transaction
    .select()
    .from(webhooks)
    .where(and(isNull(webhooks.deletedAt), isNull(webhooks.disabledAt)));
  const now = context.now();
  const common = { workspaceId: context.workspace.id, createdAt: now, nextAt: now };
  const mails = Boolean(context.application.config.LANDFALL_SMTP_URL);
  const rows = happenings.flatMap(({ key, kind, content, people, exceptId, isPersonal = false }): (typeof notices.$inferInsert)[] => [
    ...[...new Set(people)]
      .filter((id) => present.has(id) && id !== exceptId)
      .map((memberId) => {
        const state = mails && wants(memberId).includes(kind) ? ('waiting' as const) : ('kept' as const);
        return { ...common, key: `${key}:${memberId}`, kind, content, memberId, state };
      }),
    ...hooks
      .filter(({ kinds }) => !isPersonal && kinds.includes(kind))
      .map(({ id }) => ({ ...common, key: `${key}:${id}`, kind, content, webhookId: id, state: 'waiting' as const })),
  ]);
  for (let from = 0; from < rows.length; from += mostRows)
    await transaction
      .insert(notices)
      .values(rows.slice(from, from + mostRows))
      .onConflictDoNothing();
};

type Position = typeof noticePositions.$inferSelect;

/** Where reading begins: what was written before the first look is not told. */
const begin = async (context: Context, transaction: Transaction): Promise<Position | undefined> => {
  const [found] = await transaction.select().from(noticePositions).for('update');
  if (found) return found;
  const [newest] = await transaction.select({ id: max(audit.id) }).from(audit);
  const position = newest?.id ?? 0;
  const now = context.now();
  const values = { position, candidate: position, candidateAt: now, since: now, digestDay: dayIn(now, context.workspace.timeZone) };
  await transaction.insert(noticePositions).values({ ...values, workspaceId: context.workspace.id });
  return undefined;
};

const readWrites = async (
  context: Context,
  transaction: Transaction,
  from: Position,
): Promise<{ told: Told[]; next: Partial<Position> }> => {
  const rows = await transaction
    .select()
    .from(audit)
    .where(and(gt(audit.id, from.position), inArray(audit.operation, toldOperations)))
    .orderBy(asc(audit.id))
    .limit(mostRows);
  const told: Told[] = [];
  for (const row of rows) told.push(...(await happeningsOf(transaction, row)).map((each) => ({ ...each, exceptId: row.actorId })));
  const now = context.now();
  const isFull = rows.length === mostRows;
  if (!isFull && now.getTime() - from.candidateAt.getTime() < settledMilliseconds) return { told, next: {} };
  const candidate = rows.at(-1)?.id ?? from.candidate;
  return { told, next: { position: isFull ? candidate : from.candidate, candidate, candidateAt: now } };
};

const blank = { by: '', person: '', day: null, before: null, outcome: '', reason: '', items: [] };

/** Announcements whose moment has come since the last time. */
const readPublished = async (context: Context, transaction: Transaction, { since }: Position): Promise<Told[]> => {
  // What was told longer ago is not kept, and would be told again.
  const from = new Date(Math.max(since.getTime(), daysBefore(context, lookBackDays).getTime()));
  const rows = await transaction
    .select({ row: announcements, launch: { key: launches.key, name: launches.name } })
    .from(announcements)
    .leftJoin(launches, eq(launches.id, announcements.launchId))
    .where(and(isPublicAt(context.now()), gt(announcements.publishAt, from)))
    .orderBy(desc(announcements.publishAt))
    .limit(mostRows);
  if (rows.length === 0) return [];
  const people = (await readMembers(transaction)).map(({ id }) => id);
  return rows.map(({ row, launch }) => {
    const content: NoticeContent = {
      ...blank,
      kind: 'announcement',
      title: row.title,
      launch,
      by: row.publishedBy ?? '',
      path: `/announcements/${encodeURIComponent(row.slug)}`,
    };
    return { key: `announcement:${row.id}:${row.publishAt!.toISOString()}`, kind: 'announcement', content, people };
  });
};

/** Once a day, for each member what is theirs and due in two days or overdue. */
const readDue = async (context: Context, transaction: Transaction, { digestDay }: Position): Promise<Told[] | undefined> => {
  const { timeZone } = context.workspace;
  const today = dayIn(context.now(), timeZone);
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(context.now()));
  if ((digestDay !== null && digestDay >= today) || hour < digestHour) return undefined;
  const last = addDays(today, dueDays);
  const due = (await readAllDeliverables(transaction)).filter(({ deliverable }) => isOpen(deliverable) && deliverable.dueOn <= last);
  const itemOf = ({ deliverable, launch }: (typeof due)[number]): DueItem => ({
    title: deliverable.name,
    launch: launch.name,
    day: deliverable.dueOn,
    isLate: deliverable.dueOn < today,
    path: `/launches/${launch.key}/deliverables`,
  });
  const owners = new Map<string, DueItem[]>();
  for (const each of due) {
    const owner = each.deliverable.owner;
    if (owner && !owner.gone) owners.set(owner.id, [...(owners.get(owner.id) ?? []), itemOf(each)]);
  }
  const content = (items: DueItem[]): NoticeContent => ({
    ...blank,
    kind: 'due',
    title: '',
    launch: null,
    path: '/launches',
    day: last,
    items,
  });
  const sorted = (items: DueItem[]) => items.toSorted((one, other) => one.day.localeCompare(other.day)).slice(0, 50);
  const own = [...owners].map(([id, items]) => ({
    key: `due:${today}`,
    kind: 'due' as const,
    content: content(sorted(items)),
    people: [id],
    isPersonal: true,
  }));
  const all = { key: `due:${today}:all`, kind: 'due' as const, content: content(sorted(due.map(itemOf))), people: [] };
  return due.length > 0 ? [...own, all] : [];
};

/** What happened since the last look becomes notices: each once, whoever looks and however often. */
export const tellNotices = (context: Context): Promise<void> =>
  context.read(async (transaction) => {
    const position = await begin(context, transaction);
    if (!position) return;
    const { told, next } = await readWrites(context, transaction, position);
    const due = await readDue(context, transaction, position);
    await keep(context, transaction, [...told, ...(await readPublished(context, transaction, position)), ...(due ?? [])]);
    const set = { ...next, ...(due && { digestDay: dayIn(context.now(), context.workspace.timeZone) }) };
    if (Object.keys(set).length > 0) await transaction.update(noticePositions).set(set);
    if (due)
      await transaction.delete(notices).where(and(lt(notices.createdAt, daysBefore(context, keptDays)), ne(notices.state, 'waiting')));
  });
