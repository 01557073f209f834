import { z } from 'zod';
import { said as inBoth } from '../../platform/language.ts';

/** The stages in which something is said to somebody: a launch in one of them has a positioning to test. */
export const positioningStages = ['concept', 'alpha', 'beta', 'ga'] as const;
export const positioningStage = z.enum(positioningStages);
export type PositioningStage = (typeof positioningStages)[number];

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);

/** What something rests on: what was found, where, and on which day. The same shape wherever evidence is named. */
export const evidence = z.object({
  what: z.string().trim().min(1).max(1000).describe('What was found: a figure, a quote, a result'),
  source: z.string().trim().min(1).max(300).describe('Where it comes from'),
  url: z
    .url()
    .max(2000)
    .refine(isWeb, { error: inBoth({ en: 'must begin with http:// or https://', zh: '须以 http:// 或 https:// 开头' }) })
    .nullable()
    .default(null),
  day: z.iso.date().describe('When it was found'),
});
export type Evidence = z.output<typeof evidence>;

/** Older than that it has gone stale: somebody has to look again whether it is still so. */
export const evidenceShelfLifeDays = 365;

const said = (max = 2000) => z.string().trim().max(max).default('');

export const positioningContent = z.object({
  forWhom: said().describe('Who it is for, and in which situation'),
  insteadOf: said().describe('What they use or do today'),
  differentiator: said().describe('What only we have'),
  soWhat: said().describe('What that changes for them'),
  category: said(300).describe('As what they will file it'),
  evidence: z.array(evidence).max(30).default([]).describe('What proves the differentiator'),
});
export type PositioningContent = z.output<typeof positioningContent>;

export const positioningVersion = positioningContent.extend({
  version: z.int(),
  stage: positioningStage,
  note: z.string().describe('What changed, and why'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type PositioningVersion = z.output<typeof positioningVersion>;

export const statementVerdicts = ['understood', 'unclear', 'not_believed', 'not_relevant'] as const;
export type StatementVerdict = (typeof statementVerdicts)[number];

export const statementFields = z.object({
  quote: z.string().trim().min(1).max(4000).describe('In the words of the tester'),
  who: z.string().trim().min(1).max(200).describe('Who said it: a name or a part'),
  account: z.string().trim().max(200).nullish().describe('Of which customer'),
  stage: positioningStage.describe('In which stage it was tested'),
  day: z.iso.date(),
  verdict: z.enum(statementVerdicts).describe('What it says of the positioning'),
});

export const statement = statementFields.extend({
  id: z.uuid(),
  version: z.int().describe('Version of the positioning that was tested'),
  account: z.string().nullable(),
  addedBy: z.string(),
  addedAt: z.iso.datetime(),
  reviewedBy: z.string().nullable().describe('Who has taken it in; empty while nobody has'),
  reviewedAt: z.iso.datetime().nullable(),
});
export type Statement = z.output<typeof statement>;

export const positioning = z.object({
  launch: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
  stage: positioningStage.describe('Of the launch now: what is saved is saved for it'),
  versions: z.array(positioningVersion).describe('The newest first; for sales only the one that stood when a gate was last decided "go"'),
  statements: z.array(statement).describe('What testers said of these versions, the newest first'),
  isWithheld: z.boolean().describe('There is more that this role does not see, because no gate has approved it yet'),
});
export type Positioning = z.output<typeof positioning>;
