import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { asFeature, insertFeature, readFeature, readFeatures } from './queries.ts';
import { feature, featureFields } from './schema.ts';
import { features } from './tables.ts';

const taken = (name: string) => (error: unknown) => {
  if (isUniqueViolation(error)) throw new Failure('conflict', `There is already a feature named "${name}". Choose another name.`);
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
  summary: 'Read one feature',
  method: 'GET',
  path: '/features/{feature}',
  who: everyone,
  input: z.object({ feature: z.uuid() }),
  output: feature,
  run: (context, input) => context.read((transaction) => readFeature(transaction, input.feature)),
});

export const createFeature = operation({
  summary: 'Define a feature by the event that using it sends',
  method: 'POST',
  path: '/features',
  who: editors,
  input: featureFields,
  output: feature,
  run: (context, input) =>
    context
      .write('feature', async (transaction) => {
        const result = await insertFeature(transaction, context.workspace.id, input);
        return { id: result.id, before: null, after: result, result };
      })
      .catch(taken(input.name)),
});

export const updateFeature = operation({
  summary: 'Change a feature; a changed rule makes a new version',
  method: 'PATCH',
  path: '/features/{feature}',
  who: editors,
  input: featureFields.partial().extend({ feature: z.uuid() }),
  output: feature,
  run: (context, { feature: id, ...changes }) =>
    context
      .write('feature', async (transaction) => {
        const before = await readFeature(transaction, id);
        const ruleChanged = changes.rule && JSON.stringify(changes.rule) !== JSON.stringify(before.rule);
        const [row] = await transaction
          .update(features)
          .set({ ...changes, updatedAt: context.now(), ...(ruleChanged && { version: sql`${features.version} + 1` }) })
          .where(and(eq(features.id, id), isNull(features.deletedAt)))
          .returning();
        const result = asFeature(row!);
        return { id, before, after: result, result };
      })
      .catch(taken(changes.name ?? '')),
});
