import { z } from 'zod';
import { propertyFilter, type Step, step } from '../../impact/questions/schema.ts';
import { said } from '../../platform/language.ts';

export const ruleKinds = ['event', 'any', 'all', 'sequence', 'count'] as const;

/**
 * Which use counts, and how often makes it adopted. Of `event` and `any` each event that matches is a use. Of `all`, `sequence` and
 * `count` a use is the moment of an event at which the rule holds for what the same person did since the use before, looking back from
 * that moment over `withinDays` times 24 hours, both ends included: `all`, that each step was done, in whatever order, and one event may
 * do several; `sequence`, that the steps were done one after another, each by an event of its own; `count`, that at least `atLeast` events
 * were any of the steps. Events of one moment follow each other in the order of the steps. What nobody known did is no use of these three.
 */
export const featureRule = z
  .object({
    kind: z
      .enum(ruleKinds)
      .default('event')
      .describe(
        'event: the one of eventName; any, all, sequence, count: of steps. Each time that all, the sequence or the count is complete is one use',
      ),
    eventName: z.string().trim().max(200).default('').describe('Name of the event that using the feature sends; needed for kind event'),
    properties: z
      .array(z.object({ name: z.string().trim().min(1).max(200), value: z.string().max(500) }))
      .max(10)
      .default([])
      .describe('Only events that carry these properties with these values count'),
    steps: z.array(step).max(10).default([]).describe('What any, all, sequence and count are of'),
    withinDays: z
      .int()
      .min(1)
      .max(365)
      .default(7)
      .describe('all, sequence and count: 24-hour days from the first of the events to the last'),
    atLeast: z.int().min(2).max(50).default(2).describe('count: so many events are one use'),
    times: z.int().min(1).max(1000).default(1).describe('Adopted means used at least this many times'),
    days: z.int().min(1).max(90).default(1).describe('... on at least this many different days'),
  })
  .superRefine(({ kind, eventName, steps }, refuse) => {
    if (kind === 'event' && eventName === '')
      refuse.addIssue({
        code: 'custom',
        path: ['eventName'],
        message: said({ en: 'Name the event that using the feature sends.', zh: '请写明使用此功能时发送的事件' }),
      });
    const fewest = fewestSteps(kind);
    if (steps.length < fewest)
      refuse.addIssue({
        code: 'custom',
        path: ['steps'],
        message: said({ en: `This kind of rule needs ${fewest} steps or more.`, zh: `这类规则至少需要 ${fewest} 个步骤` }),
      });
  });
export type FeatureRule = z.output<typeof featureRule>;
export type RuleKind = FeatureRule['kind'];

export const fewestSteps = (kind: (typeof ruleKinds)[number]): number =>
  kind === 'event' ? 0 : kind === 'all' || kind === 'sequence' ? 2 : 1;

/** The steps that a rule is made of, whichever way it is written. */
export const stepsOf = ({ kind, eventName, properties, steps }: FeatureRule): Step[] =>
  kind === 'event'
    ? [{ event: eventName, filters: properties.map(({ name, value }) => ({ property: name, operator: 'is' as const, values: [value] })) }]
    : steps;

/** Whether a rule is more than one event at a time: whether a use has a window. */
export const hasWindow = ({ kind }: Pick<FeatureRule, 'kind'>): boolean => kind !== 'event' && kind !== 'any';

const names = z.array(z.string().trim().min(1).max(120)).max(50);

/** Who could adopt: a rule over accounts and their people. A launch or a question may narrow it, never widen it. */
export const featureBase = z.object({
  plans: names.default([]).describe('Plans whose accounts could adopt; empty means every plan'),
  segments: names.default([]).describe('Segments whose accounts could adopt; empty means every segment'),
  signedUpBefore: z.iso
    .date()
    .nullable()
    .default(null)
    .describe('Only accounts created before this day, in the time zone of the workspace; an unknown day does not exclude'),
  accessProperty: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe(
      'Property of the account that says that it has access, or since which day; without it, or with "false", "no" or "0", it has none',
    ),
  people: z.array(propertyFilter).max(10).default([]).describe('Only people of whom all of this holds, by their fields and properties'),
});
export type FeatureBase = z.output<typeof featureBase>;

/** Nobody is left out. */
export const everybody: FeatureBase = { plans: [], segments: [], signedUpBefore: null, accessProperty: null, people: [] };

export const featureFields = z.object({
  name: z.string().trim().min(1).max(120),
  product: z.string().trim().max(120).nullish().describe('Product that the feature belongs to'),
  rule: featureRule.describe('Which use counts, and how often makes it adopted'),
  base: featureBase.default(everybody).describe('Who could adopt; everybody if not given'),
});

const version = z.int().describe('Grows with each change of the rule, of what adopted means, or of the base');

export const feature = z.object({
  id: z.uuid(),
  name: z.string(),
  product: z.string().nullable(),
  rule: featureRule,
  base: featureBase,
  version,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Feature = z.output<typeof feature>;

/** What a definition is made of, as far as it is said what changed: the events of the rule, what adopted means, who could adopt. */
export const definitionParts = ['events', 'adopted', 'base'] as const;
export type DefinitionPart = (typeof definitionParts)[number];

export const featureVersion = z.object({
  version,
  rule: featureRule,
  base: featureBase,
  changed: z.array(z.enum(definitionParts)).describe('What is not as in the version before; empty for the first'),
  createdBy: z.string().describe('Empty where it is not known any more'),
  createdAt: z.iso.datetime(),
});
export type FeatureVersion = z.output<typeof featureVersion>;

export const versionedFeature = feature.extend({ versions: z.array(featureVersion).describe('The newest first') });
export type VersionedFeature = z.output<typeof versionedFeature>;

/** A feature as something else uses it: `version`, `rule` and `base` are of the version that is used. */
export const usedFeature = feature.extend({
  newest: featureVersion.nullable().describe('The newest version, where it says something else than the used one; changed says what'),
});
export type UsedFeature = z.output<typeof usedFeature>;
