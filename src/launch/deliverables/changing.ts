import { and, arrayContains, eq, isNull, sql } from 'drizzle-orm';
import { criticalPath } from '../../methods/planning/critical-path.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { requirePresent } from '../charters/people.ts';
import type { Launch } from '../launches/schema.ts';
import { type DeliverableRow, lockLaunch, readDeliverables, readRows } from './queries.ts';
import type { Deliverable, DeliverableChange, Link } from './schema.ts';
import { deliverables } from './tables.ts';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';

type Moment = { now: Date; today: string };

/** Refuses deliverables that need each other in a ring, or one that is not of this launch. */
export const requireOrder = (rows: Pick<DeliverableRow, 'id' | 'name' | 'needs'>[]): void => {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const missing = rows.find(({ needs }) => needs.some((need) => !names.has(need)));
  if (missing)
    throw new Failure('invalid', {
      en: `"${missing.name}" needs something that is not in this bill of materials. Choose one that is.`,
      zh: `“${missing.name}”依赖的某项不在此物料清单中。请选择清单中的一项。`,
    });
  const path = criticalPath(rows.map(({ id, needs }) => ({ id, days: 1, needs })));
  if (!('refused' in path)) return;
  const ring = path.ring.map((id) => `"${names.get(id)}"`).join(' needs ');
  throw new Failure(
    'invalid',
    {
      en: `They would need each other in a ring: ${ring}. Take one of these away.`,
      zh: `它们会互相依赖，形成循环：${ring}。请去掉其中一项。`,
    },
    { ring: path.ring },
  );
};

const sameLinks = (one: Link[], other: Link[]) => JSON.stringify(one) === JSON.stringify(other);

/** What is signed: the name, what "done" means, the links. */
const isOtherContent = (before: DeliverableRow, { name, doneWhen, links }: DeliverableChange): boolean =>
  (name !== undefined && name !== before.name) ||
  (doneWhen !== undefined && doneWhen !== before.doneWhen) ||
  (links !== undefined && !sameLinks(links, before.links));

const dueOf = ({ leadDays, dueOn }: DeliverableChange): Partial<DeliverableRow> => {
  if (leadDays != null && dueOn != null)
    throw new Failure('invalid', {
      en: 'Name either days before the market date or a fixed day, not both. Leave one of them out.',
      zh: '请填写上市前的天数或固定日期之一，不要同时填写。',
    });
  if (leadDays != null) return { leadDays, dueOn: null };
  if (dueOn != null) return { dueOn, leadDays: null };
  return {};
};

const shippedOf = (before: DeliverableRow, { status }: DeliverableChange, today: string): Partial<DeliverableRow> => {
  if (status === undefined || status === before.status) return {};
  return { shippedOn: status === 'shipped' ? today : null };
};

/** A status that says more than is so is refused. */
const requireStatus = (before: Deliverable, change: DeliverableChange, isOther: boolean): void => {
  const { status, signers } = change;
  if (status === undefined || status === before.status) return;
  if (status === 'dropped' && !(change.droppedReason ?? before.droppedReason))
    throw new Failure('invalid', {
      en: `Say why "${before.name}" is dropped: whoever waits for it will ask.`,
      zh: `请说明为何取消“${before.name}”：等待它的人会问。`,
    });
  const needed = signers ?? before.signOffs.map((one) => one.function);
  const signed = new Set(isOther ? [] : before.signOffs.filter(({ state }) => state === 'signed').map((one) => one.function));
  const waiting = needed.filter((one) => !signed.has(one));
  if ((status === 'approved' || status === 'shipped') && waiting.length > 0)
    throw new Failure(
      'invalid',
      {
        en: `"${before.name}" is not signed by ${waiting.map((one) => charterEn.functions[one].toLowerCase()).join(', ')}. Ask for the signature, or take the signer away.`,
        zh: `“${before.name}”尚未由${waiting.map((one) => charterZh.functions[one]).join('、')}签字。请先取得签字，或去掉该签字方。`,
      },
      { waiting },
    );
};

const rowOf = (before: DeliverableRow, seen: Deliverable, change: DeliverableChange, { now, today }: Moment): DeliverableRow => {
  const { deliverable: _, version: __, leadDays: ___, dueOn: ____, ownerId, ...given } = change;
  const isOther = isOtherContent(before, change);
  requireStatus(seen, change, isOther);
  const falls = isOther && change.status === undefined && before.status === 'approved' && before.signers.length > 0;
  return {
    ...before,
    ...given,
    ...(ownerId !== undefined && { ownerId }),
    ...dueOf(change),
    ...shippedOf(before, change, today),
    ...(falls && { status: 'in_review' as const }),
    content: before.content + (isOther ? 1 : 0),
    version: before.version + 1,
    updatedAt: now,
  };
};

/** Whom a change gives something to do; what was theirs before they left stays theirs. */
const newPeopleIn = ({ ownerId, reviewers = [] }: DeliverableChange, row: DeliverableRow | undefined) =>
  [ownerId, ...reviewers].filter((id) => id && id !== row?.ownerId && !row?.reviewers.includes(id));

/** Changes some deliverables of one launch, all or none; answers what they were and what they are. */
export const changeDeliverables = async (
  transaction: Transaction,
  launch: Launch,
  changes: DeliverableChange[],
  moment: Moment,
): Promise<{ before: Deliverable[]; after: Deliverable[] }> => {
  await lockLaunch(transaction, launch.id);
  const rows = new Map((await readRows(transaction, launch.id)).map((row) => [row.id, row]));
  const seen = new Map((await readDeliverables(transaction, launch)).map((one) => [one.id, one]));
  await requirePresent(
    transaction,
    changes.flatMap((change) => newPeopleIn(change, rows.get(change.deliverable))),
  );
  const before: Deliverable[] = [];
  for (const change of changes) {
    const [row, was] = [rows.get(change.deliverable), seen.get(change.deliverable)];
    if (!row || !was)
      throw new Failure('not_found', {
        en: 'There is no such deliverable in this launch. List those of the launch to see them.',
        zh: '此发布中没有这项物料。请列出该发布的物料查看。',
      });
    if (row.version !== change.version)
      throw new Failure(
        'conflict',
        {
          en: `Somebody changed "${row.name}" meanwhile. Look at what it is now, then repeat your change.`,
          zh: `此期间有人修改了“${row.name}”。请先看现在的内容，再重复你的修改。`,
        },
        {
          current: was,
        },
      );
    before.push(was);
    rows.set(row.id, rowOf(row, was, change, moment));
  }
  if (changes.some(({ needs }) => needs !== undefined)) requireOrder([...rows.values()]);
  for (const { deliverable: id } of changes) {
    const { id: _, workspaceId: __, launchId: ___, ...set } = rows.get(id)!;
    await transaction.update(deliverables).set(set).where(eq(deliverables.id, id));
  }
  const wanted = new Set(changes.map(({ deliverable: id }) => id));
  const after = (await readDeliverables(transaction, launch)).filter(({ id }) => wanted.has(id));
  return { before, after };
};

/** Takes a deliverable away; what needed it needs it no longer. */
export const removeDeliverable = async (transaction: Transaction, launch: Launch, id: string, now: Date): Promise<void> => {
  await lockLaunch(transaction, launch.id);
  await transaction.update(deliverables).set({ deletedAt: now }).where(eq(deliverables.id, id));
  await transaction
    .update(deliverables)
    .set({ needs: sql`array_remove(${deliverables.needs}, ${id}::uuid)`, version: sql`${deliverables.version} + 1` })
    .where(and(eq(deliverables.launchId, launch.id), isNull(deliverables.deletedAt), arrayContains(deliverables.needs, [id])));
};
