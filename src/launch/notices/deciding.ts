import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { audit } from '../../platform/audit.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { mentionsIn } from '../../web/kit/mentions.ts';
import { readMembers } from '../../workspace/members/queries.ts';
import { memberships } from '../../workspace/members/tables.ts';
import type { BusinessFunction } from '../charters/schema.ts';
import { charterMembers } from '../charters/tables.ts';
import { deliverables } from '../deliverables/tables.ts';
import { decisions, gates } from '../gates/tables.ts';
import { launches } from '../launches/tables.ts';
import type { NoticeContent, NoticeKind } from './schema.ts';

export type AuditRow = typeof audit.$inferSelect;

/** Something that is told once, and to whom. */
export type Happening = { key: string; kind: NoticeKind; content: NoticeContent; people: string[] };

/** Writes that can lead to a notice. */
export const toldOperations = [
  'launches.create',
  'launches.update',
  'deliverables.create',
  'deliverables.update',
  'deliverables.updateMany',
  'deliverables.import',
  'deliverables.restore',
  'templates.apply',
  'gates.addCriterion',
  'gates.updateCriterion',
  'gates.decide',
  'launches.move',
];

type Owned = {
  id: string;
  name: string;
  owner: { id: string; name: string } | null;
  dueOn: string | null;
  status: string | null;
  reviewers: string[];
  waiting: BusinessFunction[];
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const asOwned = (value: Record<string, unknown>): Owned => ({
  id: text(value.id),
  name: text(value.name) || text(value.text) || text(value.kind).replaceAll('_', ' '),
  owner: isRecord(value.owner) ? { id: text(value.owner.id), name: text(value.owner.name) } : null,
  dueOn: text(value.dueOn) || null,
  status: text(value.status) || null,
  reviewers: list(value.reviewers).flatMap((each) => (isRecord(each) ? [text(each.id)] : [])),
  waiting: list(value.signOffs).flatMap((each) =>
    isRecord(each) && each.state === 'waiting' ? [text(each.function) as BusinessFunction] : [],
  ),
});

/** Everything with an owner that an audit row holds, however deep: deliverables, criteria, what follows from a decision. */
const ownedIn = (value: unknown): Map<string, Owned> => {
  const found = new Map<string, Owned>();
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) return each.forEach(walk);
    if (!isRecord(each)) return;
    if (typeof each.id === 'string' && 'owner' in each) found.set(each.id, asOwned(each));
    for (const inner of Object.values(each)) if (typeof inner === 'object') walk(inner);
  };
  walk(value);
  return found;
};

type LaunchRow = typeof launches.$inferSelect;
type Told = { transaction: Transaction; row: AuditRow; launch: LaunchRow };

const contentOf = ({ row, launch }: Told, kind: NoticeKind, more: Partial<NoticeContent>): NoticeContent => ({
  kind,
  title: launch.name,
  launch: { key: launch.key, name: launch.name },
  by: row.actorName,
  person: '',
  path: `/launches/${launch.key}`,
  day: null,
  before: null,
  outcome: '',
  reason: '',
  items: [],
  ...more,
});

const pathOf = ({ row, launch }: Told): string => `/launches/${launch.key}/${row.subject === 'gate' ? 'gates' : 'deliverables'}`;

/** So many things that are given to one person at once are told one by one; more of them in one notice. */
const mostSingle = 3;

const givenIn = ({ row }: Told): Map<string, { person: string; things: Owned[] }> => {
  const before = ownedIn(row.before);
  const given = new Map<string, { person: string; things: Owned[] }>();
  for (const now of ownedIn(row.after).values()) {
    if (!now.owner || before.get(now.id)?.owner?.id === now.owner.id) continue;
    const { things } = given.get(now.owner.id) ?? { things: [] };
    given.set(now.owner.id, { person: now.owner.name, things: [...things, now] });
  }
  return given;
};

const assignedIn = (told: Told): Happening[] =>
  [...givenIn(told)].flatMap(([id, { person, things }]): Happening[] => {
    const path = pathOf(told);
    if (things.length <= mostSingle)
      return things.map(({ id: thing, name, dueOn }) => ({
        key: `assigned:${told.row.id}:${thing}`,
        kind: 'assigned',
        content: contentOf(told, 'assigned', { title: name, person, day: dueOn, path }),
        people: [id],
      }));
    const items = things
      .filter((each): each is Owned & { dueOn: string } => each.dueOn !== null)
      .toSorted((one, other) => one.dueOn.localeCompare(other.dueOn))
      .map(({ name, dueOn }) => ({ title: name, launch: told.launch.name, day: dueOn, isLate: false, path }));
    return [
      {
        key: `assigned:${told.row.id}:${id}`,
        kind: 'assigned',
        content: contentOf(told, 'assigned', { person, items, path }),
        people: [id],
      },
    ];
  });

/** Who signs for these functions: those who approve, and the owners of the workspace where nobody does. */
const signersOf = async (transaction: Transaction, functions: BusinessFunction[]): Promise<string[]> => {
  if (functions.length === 0) return [];
  const places = await transaction.select().from(charterMembers).where(eq(charterMembers.approves, true));
  const owners = await transaction
    .select()
    .from(memberships)
    .where(and(eq(memberships.role, 'owner'), isNull(memberships.disabledAt)));
  return functions.flatMap((wanted) => {
    const own = places.filter((place) => place.function === wanted).map(({ memberId }) => memberId);
    return own.length > 0 ? own : owners.map(({ memberId }) => memberId);
  });
};

const askedIn = async (told: Told): Promise<Happening[]> => {
  const before = ownedIn(told.row.before);
  const asked = [...ownedIn(told.row.after).values()].filter(
    ({ id, status }) => status === 'in_review' && before.get(id)?.status !== 'in_review',
  );
  const found: Happening[] = [];
  for (const { id, name, dueOn, waiting, reviewers } of asked) {
    const people = [...(await signersOf(told.transaction, waiting)), ...reviewers];
    const content = contentOf(told, 'sign_off', { title: name, day: dueOn, path: pathOf(told) });
    found.push({ key: `sign_off:${told.row.id}:${id}`, kind: 'sign_off', content, people });
  }
  return found;
};

/** Those who have a part in a launch: its owners, and the owners of what is not finished. */
const partakersOf = async ({ transaction, launch }: Told): Promise<string[]> => {
  const rows = await transaction
    .select({ ownerId: deliverables.ownerId })
    .from(deliverables)
    .where(
      and(
        eq(deliverables.launchId, launch.id),
        isNull(deliverables.deletedAt),
        inArray(deliverables.status, ['planned', 'drafting', 'in_review', 'approved']),
      ),
    );
  const ids = [launch.productOwnerId, launch.marketingOwnerId, ...rows.map(({ ownerId }) => ownerId)];
  return ids.filter((id): id is string => id !== null);
};

const decidedIn = async (told: Told): Promise<Happening[]> => {
  const [found] = await told.transaction
    .select({ outcome: decisions.outcome, note: decisions.note, stage: gates.stage, number: decisions.number })
    .from(decisions)
    .innerJoin(gates, eq(gates.id, decisions.gateId))
    .where(eq(decisions.gateId, told.row.subjectId))
    .orderBy(desc(decisions.decidedAt), desc(decisions.number))
    .limit(1);
  if (!found) return [];
  const { outcome, note, stage, number } = found;
  const content = contentOf(told, 'gate', { title: stage, outcome, reason: note, path: pathOf(told) });
  return [{ key: `gate:${told.row.subjectId}:${number}`, kind: 'gate', content, people: await partakersOf(told) }];
};

const movedIn = async (told: Told): Promise<Happening[]> => {
  const { row } = told;
  const [before, after] = [row.before, row.after].map((each) => (isRecord(each) ? text(each.marketDate) || null : null));
  const content = contentOf(told, 'moved', { before: before ?? null, day: after ?? null });
  return [{ key: `moved:${row.id}`, kind: 'moved', content, people: await partakersOf(told) }];
};

/** Those whom a brief mentions and did not before: told once, however often it is changed afterwards. */
const mentionedIn = async (told: Told): Promise<Happening[]> => {
  const { row, transaction } = told;
  const [before, now] = [row.before, row.after].map((each) => mentionsIn(isRecord(each) ? text(each.brief) : ''));
  const people = now!.filter((id) => !before!.includes(id));
  if (people.length === 0) return [];
  const named = new Map((await readMembers(transaction)).map(({ id, name }) => [id, name]));
  return people.flatMap((id) => {
    const person = named.get(id);
    if (!person) return [];
    const content = contentOf(told, 'mention', { person });
    return [{ key: `mention:${row.id}:${id}`, kind: 'mention' as const, content, people: [id] }];
  });
};

const launchIdOf = async (transaction: Transaction, row: AuditRow): Promise<string | undefined> => {
  if (row.subject === 'launch') return row.subjectId;
  if (row.subject === 'gate') {
    const [found] = await transaction.select({ launchId: gates.launchId }).from(gates).where(eq(gates.id, row.subjectId));
    return found?.launchId;
  }
  const [first] = list(Array.isArray(row.after) ? row.after : [row.after]);
  return isRecord(first) ? text(first.launchId) || undefined : undefined;
};

/** What a write has to be told about. */
export const happeningsOf = async (transaction: Transaction, row: AuditRow): Promise<Happening[]> => {
  const launchId = await launchIdOf(transaction, row);
  if (!launchId) return [];
  const [launch] = await transaction
    .select()
    .from(launches)
    .where(and(eq(launches.id, launchId), isNull(launches.deletedAt)));
  if (!launch) return [];
  const told = { transaction, row, launch };
  if (row.operation === 'launches.move') return movedIn(told);
  if (row.operation === 'launches.create' || row.operation === 'launches.update') return mentionedIn(told);
  if (row.operation === 'gates.decide') return [...(await decidedIn(told)), ...assignedIn(told)];
  return [...assignedIn(told), ...(await askedIn(told))];
};
