import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type People, readPeople } from '../charters/people.ts';
import { readCharter } from '../charters/queries.ts';
import type { BusinessFunction, CharterParts } from '../charters/schema.ts';
import type { Launch } from '../launches/schema.ts';
import { launches } from '../launches/tables.ts';
import type { Deliverable, SignOff } from './schema.ts';
import { deliverables, signOffs } from './tables.ts';

export type DeliverableRow = typeof deliverables.$inferSelect;
type SignOffRow = typeof signOffs.$inferSelect;
type About = { launch: Pick<Launch, 'key' | 'marketDate'>; people: People; parts: CharterParts };

export const dueOf = ({ dueOn, leadDays }: Pick<DeliverableRow, 'dueOn' | 'leadDays'>, marketDate: string): string =>
  dueOn ?? addDays(marketDate, -(leadDays ?? 0));

/** Where the signature of a function stands: the newest one counts, and only for what the deliverable is now. */
const signOffOf = (wanted: BusinessFunction, row: DeliverableRow, given: SignOffRow[]): SignOff => {
  const newest = given.findLast((one) => one.function === wanted);
  if (!newest) return { function: wanted, state: 'waiting', comment: '', by: '', at: null, isStale: false };
  const isStale = newest.content !== row.content;
  const state = isStale ? 'waiting' : newest.decision;
  return { function: wanted, state, comment: newest.comment, by: newest.memberName, at: newest.at.toISOString(), isStale };
};

export const asDeliverable = (row: DeliverableRow, given: SignOffRow[], { launch, people, parts }: About): Deliverable => {
  const standing = row.signers.map((wanted) => signOffOf(wanted, row, given));
  return {
    id: row.id,
    launch: launch.key,
    launchId: row.launchId,
    position: row.position,
    name: row.name,
    type: row.type,
    required: row.required,
    status: row.status,
    droppedReason: row.droppedReason,
    owner: row.ownerId ? people.find(row.ownerId) : null,
    function: row.function,
    leadDays: row.leadDays,
    dueOn: dueOf(row, launch.marketDate),
    isFixed: row.dueOn !== null,
    workDays: row.workDays,
    doneWhen: row.doneWhen,
    audience: row.audience,
    signOffs: standing,
    isSigned: standing.every(({ state }) => state === 'signed'),
    reviewers: row.reviewers.map(people.find),
    needs: row.needs,
    links: row.links,
    raci: parts[row.type] ?? {},
    templateItem: row.templateItem,
    shippedOn: row.shippedOn,
    content: row.content,
    version: row.version,
  };
};

const readSignOffs = async (transaction: Transaction, ids: string[]): Promise<Map<string, SignOffRow[]>> => {
  const rows = ids.length
    ? await transaction.select().from(signOffs).where(inArray(signOffs.deliverableId, ids)).orderBy(asc(signOffs.at), asc(signOffs.id))
    : [];
  const byDeliverable = new Map<string, SignOffRow[]>();
  for (const row of rows) byDeliverable.set(row.deliverableId, [...(byDeliverable.get(row.deliverableId) ?? []), row]);
  return byDeliverable;
};

/** The rows of a launch as they are kept, by their order. */
export const readRows = (transaction: Transaction, launchId: string): Promise<DeliverableRow[]> =>
  transaction
    .select()
    .from(deliverables)
    .where(and(eq(deliverables.launchId, launchId), isNull(deliverables.deletedAt)))
    .orderBy(asc(deliverables.position), asc(deliverables.createdAt), asc(deliverables.id));

/** The bill of materials of a launch, with who signed what. */
export const readDeliverables = async (
  transaction: Transaction,
  launch: Pick<Launch, 'id' | 'key' | 'marketDate'>,
): Promise<Deliverable[]> => {
  const rows = await readRows(transaction, launch.id);
  const given = await readSignOffs(
    transaction,
    rows.map(({ id }) => id),
  );
  const { parts } = await readCharter(transaction);
  const about = { launch, people: await readPeople(transaction), parts };
  return rows.map((row) => asDeliverable(row, given.get(row.id) ?? [], about));
};

export type WithLaunch = { deliverable: Deliverable; launch: { key: string; name: string; marketDate: string } };

/** All deliverables of all launches that go on: what waits for whom, and who has how much to do; or those of some launches only. */
export const readAllDeliverables = async (transaction: Transaction, ids?: string[]): Promise<WithLaunch[]> => {
  const found = await transaction
    .select({ row: deliverables, launch: { key: launches.key, name: launches.name, marketDate: launches.marketDate } })
    .from(deliverables)
    .innerJoin(launches, eq(launches.id, deliverables.launchId))
    .where(and(isNull(deliverables.deletedAt), isNull(launches.deletedAt), ids ? inArray(launches.id, ids) : eq(launches.state, 'planned')))
    .orderBy(asc(deliverables.position), asc(deliverables.createdAt), asc(deliverables.id));
  const given = await readSignOffs(
    transaction,
    found.map(({ row }) => row.id),
  );
  const { parts } = await readCharter(transaction);
  const people = await readPeople(transaction);
  return found.map(({ row, launch }) => ({ deliverable: asDeliverable(row, given.get(row.id) ?? [], { launch, people, parts }), launch }));
};

/** The launch of a deliverable; a Failure when this workspace has no such deliverable. */
export const launchOf = async (transaction: Transaction, id: string): Promise<string> => {
  const [row] = await transaction
    .select({ launchId: deliverables.launchId })
    .from(deliverables)
    .where(and(eq(deliverables.id, id), isNull(deliverables.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such deliverable in this workspace. List those of the launch to see them.',
      zh: '此工作区中没有这项物料。请列出该发布的物料查看。',
    });
  return row.launchId;
};

/** Who changes the bill of materials of a launch waits here for whoever else does: rings and signatures are looked at as a whole. */
export const lockLaunch = (transaction: Transaction, launchId: string) =>
  transaction.execute(sql`SELECT id FROM launch WHERE id = ${launchId} FOR UPDATE`);

/** Of two readings of a bill of materials, what is not the same in both: for the audit trail of a write to many. */
export const changedDeliverables = (before: Deliverable[], after: Deliverable[]): { before: Deliverable[]; after: Deliverable[] } => {
  const were = new Map(before.map((each) => [each.id, each]));
  const changed = after.filter((each) => !isDeepStrictEqual(were.get(each.id), each));
  return { before: changed.flatMap(({ id }) => were.get(id) ?? []), after: changed };
};
