import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { ownerFor, readCharter } from '../charters/queries.ts';
import { changeDeliverables } from '../deliverables/changing.ts';
import { insertDeliverables } from '../deliverables/inserting.ts';
import { readDeliverables } from '../deliverables/queries.ts';
import type { DeliverableChange } from '../deliverables/schema.ts';
import { deliverables } from '../deliverables/tables.ts';
import { insertGates, readKept } from '../gates/queries.ts';
import { changeLaunch, readLaunch } from '../launches/queries.ts';
import type { Launch } from '../launches/schema.ts';
import { compare } from './comparing.ts';
import { insertTemplate, readTemplate } from './queries.ts';
import type { Comparison, Template } from './schema.ts';
import type { Locale } from './usual.ts';

/** What applying a template would do now. */
export const compareWith = async (
  context: Context,
  transaction: Transaction,
  { launch, template, locale }: { launch: Launch; template: Template; locale: Locale },
): Promise<Comparison> =>
  compare({
    launch,
    template,
    madeFrom: launch.template && (await readTemplate(transaction, launch.template.key, locale, launch.template.version).catch(() => null)),
    deliverables: await readDeliverables(transaction, launch),
    charter: await readCharter(transaction),
    gateStages: (await readKept(transaction, launch.id)).kept.map(({ gate }) => gate.stage),
    today: dayIn(context.now(), context.workspace.timeZone),
  });

/** The new items, each with an owner of its function, and what it needs among what is there then. */
const addItems = async (context: Context, transaction: Transaction, launch: Launch, added: Comparison['added']): Promise<void> => {
  const charter = await readCharter(transaction);
  const there = (await readDeliverables(transaction, launch)).flatMap(({ id, templateItem }) =>
    templateItem ? [[templateItem, id] as const] : [],
  );
  const ids = new Map([...there, ...added.map(({ id }) => [id, randomUUID()] as const)]);
  const items = added.map(({ id, needs, ...item }) => ({
    ...item,
    id: ids.get(id)!,
    templateItem: id,
    ownerId: ownerFor(charter, item.function),
    needs: needs.flatMap((need) => ids.get(need) ?? []),
    reviewers: [],
    links: [],
  }));
  await insertDeliverables(transaction, launch, items, { workspaceId: context.workspace.id, now: context.now() });
};

/** What was taken out of a template is dropped where it is still open, and says why. */
const asChanges = ({ changed, removed }: Pick<Comparison, 'changed' | 'removed'>, versions: Map<string, number>): DeliverableChange[] => [
  ...changed.map(({ deliverable, fields }) => ({
    deliverable,
    version: versions.get(deliverable)!,
    ...(Object.fromEntries(fields.map(({ field, to }) => [field, to])) as Partial<DeliverableChange>),
  })),
  ...removed.map(({ deliverable }) => ({
    deliverable,
    version: versions.get(deliverable)!,
    status: 'dropped' as const,
    droppedReason: 'No longer in the template',
  })),
];

type Asked = { launch: string; template: string; templateVersion: number; version: number; items: string[] | null; locale: Locale };

/** Applies a template, or what is new in it, to a launch: the named items, or all; gates where there are none. */
export const applyTemplate = async (
  context: Context,
  transaction: Transaction,
  asked: Asked,
): Promise<{ before: Launch; after: Launch }> => {
  const before = await readLaunch(transaction, asked.launch);
  const template = await readTemplate(transaction, asked.template, asked.locale);
  if (template.version !== asked.templateVersion)
    throw new Failure(
      'conflict',
      {
        en: 'The template was changed meanwhile. Look at what it would do now, then apply that.',
        zh: '此期间模板有改动。请先看现在会做什么，再应用。',
      },
      {
        current: template,
      },
    );
  const written = { workspaceId: context.workspace.id, by: context.actor.name, at: context.now() };
  // From now on it is known what this launch was made from, whatever comes with a later Landfall.
  if (template.isUsual) await insertTemplate(transaction, template, written);
  const found = await compareWith(context, transaction, { launch: before, template, locale: asked.locale });
  const isTaken = (id: string) => asked.items === null || asked.items.includes(id);
  const set = { templateKey: template.key, templateVersion: template.version };
  const after = await changeLaunch(transaction, before, { version: asked.version, now: context.now(), set });
  await addItems(
    context,
    transaction,
    after,
    found.added.filter(({ id }) => isTaken(id)),
  );
  const rows = await transaction.select().from(deliverables).where(eq(deliverables.launchId, after.id));
  const changes = asChanges(
    { changed: found.changed.filter(({ item }) => isTaken(item)), removed: found.removed.filter(({ item }) => isTaken(item)) },
    new Map(rows.map(({ id, version }) => [id, version])),
  );
  const moment = { now: context.now(), today: dayIn(context.now(), context.workspace.timeZone) };
  if (changes.length > 0) await changeDeliverables(transaction, after, changes, moment);
  const plans = template.content.gates.filter(({ stage }) => found.gates.includes(stage));
  if (plans.length > 0) await insertGates(transaction, { workspaceId: context.workspace.id, launchId: after.id, plans });
  return { before, after };
};
