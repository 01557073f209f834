import { z } from 'zod';
import { type Step, step } from '../../impact/questions/schema.ts';

export const ruleKinds = ['event', 'any', 'all', 'sequence'] as const;

/**
 * Which use counts, and how often makes it adopted: one event by name and properties, any of several, all of several within some
 * days in whatever order, or a sequence of them within some days.
 */
export const featureRule = z
  .object({
    kind: z
      .enum(ruleKinds)
      .default('event')
      .describe('event: the one of eventName; any, all, sequence: of steps. Each time that all, or the sequence, is complete is one use'),
    eventName: z.string().trim().max(200).default('').describe('Name of the event that using the feature sends; needed for kind event'),
    properties: z
      .array(z.object({ name: z.string().trim().min(1).max(200), value: z.string().max(500) }))
      .max(10)
      .default([])
      .describe('Only events that carry these properties with these values count'),
    steps: z.array(step).max(10).default([]).describe('What any, all and sequence are of'),
    withinDays: z.int().min(1).max(365).default(7).describe('all and sequence: 24-hour days from the first of the events to the last'),
    times: z.int().min(1).max(1000).default(1).describe('Adopted means used at least this many times'),
    days: z.int().min(1).max(90).default(1).describe('... on at least this many different days'),
  })
  .superRefine(({ kind, eventName, steps }, refuse) => {
    if (kind === 'event' && eventName === '')
      refuse.addIssue({ code: 'custom', path: ['eventName'], message: 'Name the event that using the feature sends.' });
    const fewest = kind === 'event' ? 0 : kind === 'any' ? 1 : 2;
    if (steps.length < fewest)
      refuse.addIssue({ code: 'custom', path: ['steps'], message: `This kind of rule needs ${fewest} steps or more.` });
  });
export type FeatureRule = z.output<typeof featureRule>;

/** The steps that a rule is made of, whichever way it is written. */
export const stepsOf = ({ kind, eventName, properties, steps }: FeatureRule): Step[] =>
  kind === 'event'
    ? [{ event: eventName, filters: properties.map(({ name, value }) => ({ property: name, operator: 'is' as const, values: [value] })) }]
    : steps;

export const featureFields = z.object({
  name: z.string().trim().min(1).max(120),
  product: z.string().trim().max(120).nullish().describe('Product that the feature belongs to'),
  rule: featureRule
    .refine(
      ({ kind }) => kind === 'event',
      'A feature that launches are judged by is one event. Rules of several events can be asked about with adoptions.get.',
    )
    .describe('One event by name and properties; landing reports are counted by it'),
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
