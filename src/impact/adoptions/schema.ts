import { z } from 'zod';
import { featureBase, featureRule } from '../../launch/features/schema.ts';
import { countedShare } from '../landing-reports/schema.ts';
import { answerFacts, unit } from '../questions/schema.ts';

const day = z.iso.date();
const count = z.int().min(0);
const names = z.array(z.string().trim().min(1).max(120)).max(50);

export const sinceKinds = ['launch', 'day', 'access'] as const;

const since = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('launch') }).describe('The market date of the launch'),
  z.object({ kind: z.literal('day'), day }),
  z
    .object({
      kind: z.literal('access'),
      property: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .nullish()
        .describe('Property of the account that holds the day; that of the base of the feature if not given, else created_at'),
      notBefore: day.nullish().describe('Nobody has access before this day; the market date of the launch if not given'),
    })
    .describe('The day on which each account got access'),
]);
export type AskedSince = z.output<typeof since>;

export const adoptionAsked = z.object({
  launch: z.string().max(120).nullish().describe('Key or id of a launch: its feature, market date and eligible base'),
  feature: z.uuid().nullish().describe('A feature, if not that of the launch'),
  version: z
    .int()
    .min(1)
    .nullish()
    .describe('Version of the feature; the one that the goal of the launch was registered with if not given, else the newest'),
  rule: featureRule.nullish().describe('A rule that is not kept as a feature; everybody is its base'),
  since: since.nullish().describe('From when: the market date of the launch, a day, or when each account got access'),
  horizonDays: z.int().min(7).max(365).default(90),
  plans: names.nullish().describe('Eligible plans of the base of the feature; those of the launch if not given, empty means all'),
  segments: names.nullish().describe('Eligible segments of the base of the feature; those of the launch if not given, empty means all'),
  createdBefore: z.boolean().nullish().describe('Leave out accounts that came on or after the day; as the launch says if not given'),
  unit: unit.default('accounts').describe('What groups, depth and returns count; both have their curve'),
  earlier: z.array(z.string().max(120)).max(5).nullish().describe('Keys of launches to lay over it; the three before if not given'),
});
export type AdoptionAsked = z.output<typeof adoptionAsked>;

const point = z.object({ day: z.int(), count, of: count, share: z.number(), low: z.number().nullable(), high: z.number().nullable() });
export type CurvePoint = z.output<typeof point>;

const unitAdoption = z.object({
  eligible: count,
  now: countedShare.extend({ day: z.int() }).describe('By the last day on which at least half of the base has been followed'),
  marks: z.array(countedShare.extend({ day: z.int() })).describe('Of those who have had so many days'),
  curve: z.array(point).describe('By the end of each day; days that under 5 have had are left out'),
});
export type UnitAdoption = z.output<typeof unitAdoption>;

const medianOf = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable(), of: count }).nullable();
export type MedianOf = z.output<typeof medianOf>;

const timeTo = z.object({
  state: z.enum(['measured', 'too_few_events', 'no_observations']),
  of: count,
  happened: count,
  median: z
    .object({ day: z.number(), low: z.number(), high: z.number().nullable() })
    .nullable()
    .describe('Null when half have not by the last day that can be read'),
  until: z.int().describe('The last day that can be read'),
  curve: z.array(z.object({ day: z.int(), share: z.number(), low: z.number(), high: z.number(), atRisk: count })),
});
export type TimeTo = z.output<typeof timeTo>;

export const groupBys = ['segment', 'plan', 'age'] as const;
const group = z.object({
  by: z.enum(groupBys).describe('age: whether the account is new since the day, or was there before'),
  day: z.int().describe('By the end of this day since the start'),
  rows: z.array(countedShare.extend({ value: z.string().describe('Empty: not known') })),
});
export type Group = z.output<typeof group>;

const overlay = z.object({
  key: z.string(),
  name: z.string(),
  marketDate: day,
  version: z.int().nullable(),
  eligible: count,
  curve: z.array(point),
});
export type Overlay = z.output<typeof overlay>;

export const adoption = z.object({
  launch: z.object({ key: z.string(), name: z.string(), marketDate: day }).nullable(),
  feature: z
    .object({
      id: z.uuid(),
      name: z.string(),
      version: z.int(),
      newestVersion: z.int().describe('Another than version: the feature has changed'),
    })
    .nullable(),
  rule: featureRule,
  eligible: featureBase.describe('The base of the feature, before the launch or the question narrowed it'),
  since: z.object({ kind: z.enum(['day', 'access']), day: day.nullable(), property: z.string().nullable() }),
  horizonDays: z.int(),
  lastDay: day.nullable().describe('The last day that is over and that events cover'),
  base: z.array(z.object({ standing: z.string(), accounts: count })).describe('Every account is in it: eligible, or why not'),
  accounts: unitAdoption,
  people: unitAdoption,
  timeToAdopt: timeTo.describe('Of accounts; those who have not had the time count as far as they were followed (Kaplan-Meier)'),
  timeToFirstUse: timeTo,
  groups: z.array(group),
  depth: z.object({
    adopters: count,
    uses: medianOf,
    days: medianOf,
    repeat: countedShare.describe('Used it on two days or more, of those who adopted'),
  }),
  breadth: z
    .object({ accounts: count, median: medianOf, whole: count })
    .describe('Share of the people of an account who used it, over accounts that did'),
  returns: z
    .array(countedShare.extend({ week: z.int() }))
    .describe('In the k-th seven days after the first use, of those followed so long'),
  earlier: z.array(overlay),
  unit,
  facts: answerFacts,
});
export type Adoption = z.output<typeof adoption>;

export const rowStates = ['all', 'adopted', 'used', 'not_used', 'not_adopted'] as const;
export const adoptionRowsAsked = adoptionAsked.extend({
  state: z.enum(rowStates).default('not_adopted'),
  by: z.int().min(0).max(365).nullish().describe('Adopted, or not, by the end of this day since the start'),
  group: z.object({ by: z.enum(groupBys), value: z.string() }).nullish(),
});
export type AdoptionRowsAsked = z.output<typeof adoptionRowsAsked>;
