import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { requirePresent } from '../charters/people.ts';
import type { Launch } from '../launches/schema.ts';
import { requireOrder } from './changing.ts';
import { lockLaunch, readRows } from './queries.ts';
import { type DeliverableFields, mostDeliverables } from './schema.ts';
import { deliverables } from './tables.ts';

type New = DeliverableFields & { id?: string; templateItem?: string };

/** Adds deliverables at the end of a launch; answers their ids, in the same order. */
export const insertDeliverables = async (
  transaction: Transaction,
  launch: Pick<Launch, 'id'>,
  items: New[],
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> => {
  if (items.length === 0) return [];
  await lockLaunch(transaction, launch.id);
  await requirePresent(
    transaction,
    items.flatMap(({ ownerId, reviewers }) => [ownerId, ...reviewers]),
  );
  const there = await readRows(transaction, launch.id);
  if (there.length + items.length > mostDeliverables)
    throw new Failure('too_large', {
      en: `A launch holds ${mostDeliverables.toLocaleString('en')} deliverables at most; it would be ${(there.length + items.length).toLocaleString('en')}. Split the launch, or take some out.`,
      zh: `一次发布最多 ${mostDeliverables.toLocaleString('en')} 项物料，现在会达到 ${(there.length + items.length).toLocaleString('en')} 项。请拆分发布，或移出一些。`,
    });
  const last = there.at(-1)?.position ?? 0;
  const values = items.map(({ leadDays, dueOn, ownerId, templateItem, ...item }, index) => {
    if (leadDays != null && dueOn != null)
      throw new Failure('invalid', {
        en: 'Name either days before the market date or a fixed day, not both. Leave one of them out.',
        zh: '请填写上市前的天数或固定日期之一，不要同时填写。',
      });
    return {
      ...item,
      workspaceId,
      launchId: launch.id,
      position: last + index + 1,
      status: 'planned' as const,
      ownerId: ownerId ?? null,
      leadDays: dueOn ? null : (leadDays ?? 0),
      dueOn: dueOn ?? null,
      templateItem: templateItem ?? null,
      createdAt: now,
      updatedAt: now,
    };
  });
  const rows = await transaction.insert(deliverables).values(values).returning();
  requireOrder([...there, ...rows]);
  return rows.map(({ id }) => id);
};
