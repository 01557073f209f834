import { z } from 'zod';
import { featureBase, featureRule } from '../../../launch/features/schema.ts';

/** How a figure is made; a change of the statement or the method behind it is a new version. */
export const methodVersions = { adoption: 1, landfall_day: 1, funnel: 1, before_after: 1, lift: 1 } as const;
export const methods = ['adoption', 'landfall_day', 'funnel', 'before_after', 'lift', 'pipeline'] as const;

const count = z.int().min(0);
const versioned = z.object({ id: z.string(), name: z.string(), version: z.int() });

export const batch = z.object({
  id: z.uuid(),
  number: z.int(),
  fileName: z.string(),
  committedAt: z.iso.datetime().nullable(),
  rows: count.describe('New and changed'),
});
export type Batch = z.output<typeof batch>;

export const usedDefinition = versioned.extend({ rule: featureRule, base: featureBase });
export type UsedDefinition = z.output<typeof usedDefinition>;

/** What a report rests on: definitions in their versions, and data. What was kept before some of it was written down has less. */
export const restsOn = z.object({
  launch: z.int().describe('Version of the launch: its dates, its features, who is eligible'),
  features: z.array(usedDefinition).default([]).describe('Each version of a feature that a figure is counted by'),
  goals: z.array(
    versioned.extend({
      registeredAt: z.iso.datetime().nullable().default(null),
      hash: z.string().default(''),
      amendments: count.default(0),
    }),
  ),
  comparisons: z.array(versioned).default([]).describe('Comparisons that are kept with its goals'),
  methods: z
    .array(z.object({ name: z.enum(methods), version: z.int() }))
    .default([])
    .describe('Version of what each figure is made by'),
  campaigns: z.array(z.string()).nullable().default(null).describe('Names in touches that mean programs of the launch'),
  batches: z.array(batch).nullable().default(null).describe('Imports that stand, the newest first; 1,000 at most'),
  batchesInAll: count.default(0),
  imports: z.string().describe('Moves on with every import, undo and erasure'),
  events: z.string().describe('Moves on with every event, and with who is who'),
});
export type RestsOn = z.output<typeof restsOn>;
