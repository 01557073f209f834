import { z } from 'zod';
import { memberRef } from '../charters/schema.ts';
import { said } from '../../platform/language.ts';

export const programKinds = [
  'campaign',
  'webinar',
  'trade_show',
  'meetup',
  'dinner',
  'billboard',
  'partner',
  'analyst',
  'email',
  'advertising',
  'content',
  'other',
] as const;
export type ProgramKind = (typeof programKinds)[number];

export const programStatuses = ['planned', 'running', 'done', 'cancelled'] as const;
export type ProgramStatus = (typeof programStatuses)[number];

export const mostPrograms = 2000;

const day = z.iso.date();
const lines = z
  .array(z.string().trim().min(1).max(200))
  .max(50)
  .transform((given) => [...new Set(given)]);
const money = z
  .number()
  .min(0)
  .max(1e12)
  .refine((amount) => Math.abs(Math.round(amount * 100) - amount * 100) < 1e-4, {
    error: said({ en: 'has two decimals at most', zh: '最多两位小数' }),
  })
  .transform((amount) => Math.round(amount * 100) / 100);

export const currencyCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, { error: said({ en: 'is a code of three letters, such as USD', zh: '须为三个字母的货币代码，例如 USD' }) });

export const programFields = z.object({
  name: z.string().trim().min(1).max(200),
  kind: z.enum(programKinds).default('campaign'),
  status: z.enum(programStatuses).default('planned'),
  parent: z.string().min(1).max(120).nullish().describe('Key or id of the program that it is a part of'),
  launch: z.string().min(1).max(120).nullish().describe('Key or id of the launch that it belongs to'),
  startsOn: day.nullish(),
  endsOn: day.nullish().describe('The last day'),
  budget: money.nullish().describe('What it may cost'),
  actualCost: money.nullish().describe('What it did cost, without the programs that are parts of it'),
  currency: currencyCode.optional().describe('Of budget and cost; the currency of the workspace if not given'),
  segments: lines.default([]).describe('Segments that it is for'),
  personas: lines.default([]).describe('Personas that it is for'),
  ownerId: z.uuid().nullish().describe('Member who answers for it'),
  goal: z.string().trim().max(2000).default('').describe('What it should bring, in words'),
  campaigns: lines
    .optional()
    .describe('What other systems call it: names and ids by which imported touches are its own; its name if not given'),
});
export type ProgramFields = z.output<typeof programFields>;

const named = z.object({ id: z.uuid(), key: z.string(), name: z.string() });

export const costs = z.object({
  currency: z.string(),
  budget: z.number().nullable().describe('Null when no program of that currency has one'),
  actualCost: z.number().nullable().describe('Null when no program of that currency has one'),
  withoutBudget: z.int(),
  withoutCost: z.int().describe('Programs of that currency whose cost nobody entered: the sum is a lower bound'),
});
export type Costs = z.output<typeof costs>;

export const program = named.extend({
  kind: z.enum(programKinds),
  status: z.enum(programStatuses),
  parent: named.nullable(),
  launch: named.nullable(),
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  budget: z.number().nullable(),
  actualCost: z.number().nullable(),
  currency: z.string(),
  segments: z.array(z.string()),
  personas: z.array(z.string()),
  owner: memberRef.nullable(),
  goal: z.string(),
  campaigns: z.array(z.string()).describe('What other systems call it'),
  utmCampaign: z.string().describe('Its name in links, by the naming rule of the workspace'),
  parts: z.int().describe('Programs that are parts of it, and parts of those'),
  costs: z.array(costs).describe('With its parts, by currency; amounts of different currencies are never added'),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Program = z.output<typeof program>;

/** How far somebody on the list of a program came, furthest last; a status that is none of these is kept as it is written. */
export const memberStatuses = ['invited', 'responded', 'registered', 'attended'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** What systems write for it, in small letters. */
export const statusWords: Record<MemberStatus, string[]> = {
  invited: ['invited', 'sent', 'invite sent', 'invitation sent', 'email sent', 'mailed', 'targeted', '已邀请', '已发送'],
  responded: ['responded', 'replied', 'clicked', 'downloaded', 'filled-out form', 'filled out form', 'first_contact', '已响应', '已回复'],
  registered: ['registered', 'rsvp', 'accepted', 'confirmed', 'signed up', '已报名', '已注册'],
  attended: ['attended', 'attended on-demand', 'attended on demand', 'joined', 'visited booth', 'checked in', '已参加', '已到场'],
};

export const memberCounts = z.object({
  members: z.int().describe('People on its list; where a list names only companies, those'),
  accounts: z.int(),
  invited: z.int().describe('Who came as far as being invited, or further'),
  responded: z.int().describe('Who answered in any way: responded, registered or attended'),
  registered: z.int().describe('Who registered or attended'),
  attended: z.int(),
  other: z.int().describe('Whose status is none of these, such as "No show"'),
});
export type MemberCounts = z.output<typeof memberCounts>;

export const programFigures = memberCounts.extend({ program: z.uuid(), clicks: z.int().describe('Times that its links were followed') });
export type ProgramFigures = z.output<typeof programFigures>;

export const programMember = z.object({
  id: z.string(),
  person: z.string().nullable(),
  name: z.string().nullable().describe('Of the person; null where the list names the company only'),
  email: z.string().nullable(),
  accountId: z.string().nullable(),
  account: z.string().nullable(),
  status: z.enum([...memberStatuses, 'other']).describe('How far they came'),
  said: z.string().describe('The status as it was written, of the touch that says how far'),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  touches: z.int(),
  openDeals: z.int().describe('Open deals of the account'),
  wonDeals: z.int().describe('Deals of the account that were won'),
});
export type ProgramMember = z.output<typeof programMember>;

export const unmatchedCampaign = z.object({
  campaign: z.string(),
  channel: z.string().nullable().describe('The most frequent'),
  members: z.int(),
  touches: z.int(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
});
export type UnmatchedCampaign = z.output<typeof unmatchedCampaign>;
