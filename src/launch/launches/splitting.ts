import { and, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { marketers } from '../../platform/roles.ts';
import { deliverables } from '../deliverables/tables.ts';
import { changeLaunch, insertLaunch, readLaunch } from './queries.ts';
import { type Launch, launch, launchFields } from './schema.ts';

const asked = z.object({
  launch: z.string().min(1).max(120).describe('Key or id of the launch'),
  name: launchFields.shape.name.describe('Of the part that goes out by itself'),
  marketDate: launchFields.shape.marketDate,
  features: z.array(z.uuid()).max(50).default([]).describe('Features that go with the new launch; the first becomes the one behind it'),
  deliverables: z.array(z.uuid()).max(500).default([]).describe('Deliverables that go with it'),
  reason: z.string().trim().min(3).max(2000).describe('Why; it stands in the brief of the new launch'),
  version: z.int().describe('The version of the launch that was read'),
});

/** What goes along keeps its signatures; what it needs stays only where that goes along, too. */
const takeAlong = async (transaction: Transaction, from: Launch, to: Launch, ids: string[]): Promise<void> => {
  if (ids.length === 0) return;
  const rows = await transaction
    .select()
    .from(deliverables)
    .where(and(eq(deliverables.launchId, from.id), isNull(deliverables.deletedAt)));
  const gone = new Set(ids);
  if (ids.some((id) => !rows.some((row) => row.id === id)))
    throw new Failure('not_found', {
      en: 'A deliverable that is named here is not in this launch. List those of the launch to see them.',
      zh: '这里写到的某项物料不在此发布中。请列出该发布的物料查看。',
    });
  await transaction.update(deliverables).set({ launchId: to.id }).where(inArray(deliverables.id, ids));
  for (const { id, needs, version } of rows) {
    const kept = needs.filter((need) => gone.has(need) === gone.has(id));
    if (kept.length < needs.length)
      await transaction
        .update(deliverables)
        .set({ needs: kept, version: version + 1 })
        .where(eq(deliverables.id, id));
  }
};

export const splitLaunch = operation({
  summary: 'Split a launch: some of its features and deliverables go out by themselves, as a launch of their own',
  method: 'POST',
  path: '/launches/{launch}/split',
  who: marketers,
  input: asked,
  output: z.object({ launch: launch.describe('The new one'), from: launch }),
  run: (context, { launch: key, name, marketDate, features, deliverables: ids, reason, version }) =>
    context.write('launch', async (transaction) => {
      const before = await readLaunch(transaction, key);
      const own = new Set(before.moreFeatures.map(({ id }) => id));
      if (features.some((id) => !own.has(id)))
        throw new Failure('invalid', {
          en: 'Only features that go out with this launch can be split off, and the one behind it stays. Choose others.',
          zh: '只能拆出随此发布一起上市的功能，其背后的那一项须保留。请另选。',
        });
      const moreFeatureIds = before.moreFeatures.map(({ id }) => id).filter((id) => !features.includes(id));
      const from = await changeLaunch(transaction, before, { version, now: context.now(), set: { moreFeatureIds } });
      const [featureId = null, ...others] = features;
      const { tier, stage, eligibility, personas, languages, regions, productOwner, marketingOwner } = before;
      const made = await insertLaunch(
        transaction,
        context.workspace.id,
        {
          name,
          marketDate,
          tier,
          stage,
          eligibility,
          personas,
          languages,
          regions,
          featureId,
          moreFeatureIds: others,
          productOwnerId: productOwner?.gone ? null : productOwner?.id,
          marketingOwnerId: marketingOwner?.gone ? null : marketingOwner?.id,
          brief: reason,
          splitFrom: before.id,
        },
        { goals: [], by: context.actor.name, at: context.now() },
      );
      await takeAlong(transaction, before, made, ids);
      return { id: made.id, before, after: { launch: made, from }, result: { launch: made, from } };
    }),
});
