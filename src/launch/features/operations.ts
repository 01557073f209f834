import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { changedBetween } from './definition.ts';
import { insertFeature, insertVersion, readFeature, readFeatures, readVersions } from './queries.ts';
import { feature, featureBase, featureFields, versionedFeature } from './schema.ts';
import { features } from './tables.ts';

const taken = (name: string) => (error: unknown) => {
  if (isUniqueViolation(error))
    throw new Failure('conflict', {
      en: `There is already a feature named "${name}". Choose another name.`,
      zh: `已有名为“${name}”的功能。请另选名称。`,
    });
  throw error;
};

export const listFeatures = operation({
  summary: 'List the features and the rule behind each',
  method: 'GET',
  path: '/features',
  who: everyone,
  input: z.object({}),
  output: z.object({ features: z.array(feature) }),
  run: async (context) => ({ features: await context.read(readFeatures) }),
});

export const getFeature = operation({
  summary: 'Read one feature with all its versions',
  method: 'GET',
  path: '/features/{feature}',
  who: everyone,
  input: z.object({ feature: z.uuid() }),
  output: versionedFeature,
  run: (context, input) => context.read((transaction) => readVersions(transaction, input.feature)),
});

export const createFeature = operation({
  summary: 'Define a feature: a rule over events for a use, how often makes it adopted, and who could adopt',
  method: 'POST',
  path: '/features',
  who: editors,
  input: featureFields,
  output: feature,
  run: (context, input) =>
    context
      .write('feature', async (transaction) => {
        const written = { createdBy: context.actor.name, createdAt: context.now() };
        const result = await insertFeature(transaction, context.workspace.id, { ...input, ...written });
        return { id: result.id, before: null, after: result, result };
      })
      .catch(taken(input.name)),
});

export const updateFeature = operation({
  summary: 'Change a feature; another rule, threshold or base makes a new version',
  method: 'PATCH',
  path: '/features/{feature}',
  who: editors,
  input: featureFields
    .omit({ base: true })
    .partial()
    .extend({
      base: featureBase.optional().describe('Who could adopt; stays as it is if not given'),
      feature: z.uuid(),
      version: z.int().optional().describe('The version that was read; a change made meanwhile is then refused, not overwritten'),
    }),
  output: feature,
  run: (context, { feature: id, rule, base, version, ...fields }) =>
    context
      .write('feature', async (transaction) => {
        const before = await readFeature(transaction, id);
        const definition = { rule: rule ?? before.rule, base: base ?? before.base };
        const isNew = changedBetween(before, definition).length > 0;
        const next = before.version + (isNew ? 1 : 0);
        const updated = await transaction
          .update(features)
          .set({ ...fields, updatedAt: context.now(), version: next })
          .where(and(eq(features.id, id), isNull(features.deletedAt), eq(features.version, version ?? before.version)))
          .returning({ id: features.id });
        if (updated.length === 0)
          throw new Failure(
            'conflict',
            {
              en: 'Somebody changed this feature meanwhile. Load it again, then repeat your change.',
              zh: '此期间有人修改了这项功能。请重新载入，再重复你的修改。',
            },
            {
              current: before,
            },
          );
        if (isNew)
          await insertVersion(
            transaction,
            { workspaceId: context.workspace.id, id, version: next },
            { ...definition, createdBy: context.actor.name, createdAt: context.now() },
          );
        const result = await readFeature(transaction, id);
        return { id, before, after: result, result };
      })
      .catch(taken(fields.name ?? '')),
});
