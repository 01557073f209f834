import { z } from 'zod';

/** Which use counts: an event by name, narrowed by properties, on at least `days` days and at least `times` times. */
export const featureRule = z.object({
  eventName: z.string().trim().min(1).max(200).describe('Name of the event that using the feature sends'),
  properties: z
    .array(z.object({ name: z.string().trim().min(1).max(200), value: z.string().max(500) }))
    .max(10)
    .default([])
    .describe('Only events that carry these properties with these values count'),
  times: z.int().min(1).max(1000).default(1).describe('Adopted means used at least this many times'),
  days: z.int().min(1).max(90).default(1).describe('... on at least this many different days'),
});
export type FeatureRule = z.output<typeof featureRule>;

export const featureFields = z.object({
  name: z.string().trim().min(1).max(120),
  product: z.string().trim().max(120).nullish().describe('Product that the feature belongs to'),
  rule: featureRule,
});

export const feature = z.object({
  id: z.uuid(),
  name: z.string(),
  product: z.string().nullable(),
  rule: featureRule,
  version: z.int().describe('Grows with each change of the rule; reports name the version that they used'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Feature = z.output<typeof feature>;

export const seenEvent = z.object({
  name: z.string(),
  events: z.int().describe('How many were received'),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});
export type SeenEvent = z.output<typeof seenEvent>;
