import { z } from 'zod';
import { said } from '../../platform/language.ts';

/** Who has a part in a launch: the functions of the company that decide, do and are told. */
export const functions = ['product_marketing', 'marketing', 'product', 'sales_enablement', 'success', 'support', 'legal'] as const;
export const businessFunction = z.enum(functions);
export type BusinessFunction = (typeof functions)[number];

/** RACI: does the work, answers for it, is asked, is told. */
export const parts = ['responsible', 'accountable', 'consulted', 'informed'] as const;
export const part = z.enum(parts);
export type Part = (typeof parts)[number];

/** What a deliverable can be; the charter says for each type which function has which part. */
export const deliverableTypes = [
  'page',
  'post',
  'email',
  'deck',
  'demo',
  'battle_card',
  'customer_story',
  'video',
  'training',
  'message',
  'documentation',
  'press',
  'event',
  'pricing',
  'legal',
  'research',
  'other',
] as const;
export const deliverableType = z.enum(deliverableTypes);
export type DeliverableType = (typeof deliverableTypes)[number];

export const memberRef = z.object({
  id: z.uuid(),
  name: z.string().describe('Empty where it is not known any more'),
  gone: z.boolean().describe('No longer a member of this workspace, or shut out of it'),
});
export type MemberRef = z.output<typeof memberRef>;

export const raci = z.partialRecord(businessFunction, part);
export type Raci = z.output<typeof raci>;

/** For each type of deliverable, and for gates, which function has which part. */
export const charterParts = z.partialRecord(z.enum([...deliverableTypes, 'gate']), raci);
export type CharterParts = z.output<typeof charterParts>;

/** Two who answer for the same thing are nobody: what of the charter names more than one. */
export const withTwoAccountable = (parts: CharterParts): (DeliverableType | 'gate')[] =>
  ([...deliverableTypes, 'gate'] as const).filter(
    (what) => Object.values(parts[what] ?? {}).filter((each) => each === 'accountable').length > 1,
  );

const place = z.object({ function: businessFunction, memberId: z.uuid(), approves: z.boolean().describe('May sign for this function') });

export const charterFields = z.object({
  members: z.array(place).max(2000).describe('Who belongs to which function'),
  parts: charterParts
    .describe('Which function has which part in what: responsible, accountable, consulted or informed')
    .superRefine((parts, check) => {
      for (const what of withTwoAccountable(parts))
        check.addIssue({
          code: 'custom',
          path: [what],
          message: said({
            en: 'two functions are accountable; leave one, and make the other responsible or consulted',
            zh: '有两个职能负责；请保留一个，另一个改为执行或咨询',
          }),
        });
    }),
});

export const charter = z.object({
  functions: z.array(z.object({ function: businessFunction, members: z.array(memberRef.extend({ approves: z.boolean() })) })),
  parts: charterParts,
  people: z.array(memberRef).describe('Everybody who can be given something to do'),
  version: z.int(),
});
export type Charter = z.output<typeof charter>;

/** What the functions usually do; a workspace may say otherwise. */
export const usualParts: CharterParts = {
  page: { product_marketing: 'accountable', marketing: 'responsible', product: 'consulted' },
  post: { product_marketing: 'accountable', marketing: 'responsible', product: 'consulted' },
  email: { marketing: 'accountable', product_marketing: 'responsible', success: 'informed' },
  deck: { product_marketing: 'accountable', sales_enablement: 'consulted', product: 'consulted' },
  demo: { product_marketing: 'accountable', product: 'responsible', sales_enablement: 'consulted' },
  battle_card: { product_marketing: 'accountable', sales_enablement: 'consulted' },
  customer_story: { product_marketing: 'accountable', success: 'responsible', legal: 'consulted' },
  video: { marketing: 'accountable', product_marketing: 'consulted' },
  training: { sales_enablement: 'accountable', product_marketing: 'responsible', support: 'informed' },
  message: { product_marketing: 'accountable', product: 'consulted', sales_enablement: 'consulted' },
  documentation: { product: 'accountable', support: 'consulted', product_marketing: 'informed' },
  press: { marketing: 'accountable', product_marketing: 'responsible', legal: 'consulted' },
  event: { marketing: 'accountable', product_marketing: 'responsible', sales_enablement: 'informed' },
  pricing: { product_marketing: 'accountable', product: 'responsible', legal: 'consulted', sales_enablement: 'informed' },
  legal: { legal: 'accountable', product_marketing: 'responsible' },
  research: { product_marketing: 'accountable', product: 'consulted' },
  gate: {
    product_marketing: 'accountable',
    product: 'responsible',
    sales_enablement: 'consulted',
    support: 'consulted',
    legal: 'informed',
  },
};
