import { z } from 'zod';
import { businessFunction, deliverableType } from '../charters/schema.ts';
import { gatePlan } from '../gates/schema.ts';
import { said } from '../../platform/language.ts';

export const purposes = ['launch', 'beta', 'sunset', 'price_change', 'rename'] as const;

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, {
    error: said({ en: 'must be small letters, digits and hyphens', zh: '须为小写字母、数字和连字符' }),
  })
  .describe('Short name in addresses and on the command line');

export const templateItem = z.object({
  id: key.describe('Stays the same through all versions, and is the same in other templates for the same thing'),
  name: z.string().trim().min(1).max(200),
  type: deliverableType,
  required: z.boolean(),
  function: businessFunction.describe('Function that owns it; its member becomes the owner'),
  leadDays: z.int().min(-365).max(730).describe('Due so many days before the market date; negative for after it'),
  workDays: z.int().min(1).max(365),
  doneWhen: z.string().trim().max(2000).default('').describe('What "done" means'),
  audience: z.string().trim().max(200).default(''),
  signers: z.array(businessFunction).max(7).default([]),
  needs: z.array(key).max(100).default([]).describe('Items of this template that must be finished before'),
});
export type TemplateItem = z.output<typeof templateItem>;

const names = z.array(z.string().trim().min(1).max(120)).max(50);

export const templateContent = z
  .object({
    purpose: z.enum(purposes).default('launch'),
    tier: z.int().min(1).max(3).nullable().default(null),
    audience: z
      .object({ segments: names.default([]), personas: names.default([]), note: z.string().trim().max(2000).default('') })
      .default({ segments: [], personas: [], note: '' })
      .describe('Whom it was made for; empty for nobody in particular'),
    channels: names.default([]),
    items: z.array(templateItem).max(300),
    gates: z.array(gatePlan).max(4).default([]),
  })
  .superRefine(({ items }, refuse) => {
    const ids = new Set(items.map(({ id }) => id));
    if (ids.size < items.length)
      refuse.addIssue({ code: 'custom', path: ['items'], message: said({ en: 'Two items have the same id.', zh: '有两项的 ID 相同' }) });
    for (const { name, needs } of items)
      if (needs.some((need) => !ids.has(need)))
        refuse.addIssue({
          code: 'custom',
          path: ['items', name],
          message: said({ en: 'needs an item that is not in the template', zh: '依赖的一项不在模板中' }),
        });
  });
export type TemplateContent = z.output<typeof templateContent>;

export const locale = z.enum(['en', 'zh']).default('en').describe('Language of the templates that come with Landfall');

const about = {
  key,
  version: z.int(),
  name: z.string(),
  isUsual: z.boolean().describe('Comes with Landfall, and nobody has changed it here'),
};

export const template = z.object({
  ...about,
  content: templateContent,
  createdBy: z.string(),
  createdAt: z.iso.datetime().nullable(),
  usedBy: z
    .array(z.object({ launch: z.string(), name: z.string(), segments: z.array(z.string()), personas: z.array(z.string()) }))
    .describe('The launches that were made from it, and whom they were for'),
});
export type Template = z.output<typeof template>;

export const templateLine = z.object({
  ...about,
  purpose: z.enum(purposes),
  tier: z.int().nullable(),
  items: z.int(),
  required: z.int(),
  gates: z.int(),
  launches: z.int().describe('How many were made from it'),
});
export type TemplateLine = z.output<typeof templateLine>;

export const warning = z.discriminatedUnion('code', [
  z.object({ code: z.literal('never_used') }).describe('It was made for nobody in particular, and no launch was made from it yet'),
  z
    .object({
      code: z.literal('other_audience'),
      what: z.enum(['segments', 'personas']),
      added: z.array(z.string()).describe('The launch is for them, the template was not'),
      missing: z.array(z.string()).describe('The template was for them, the launch is not'),
    })
    .describe('The same party does not work for everybody'),
  z.object({ code: z.literal('other_tier'), template: z.int(), launch: z.int() }),
  z.object({ code: z.literal('nobody'), function: businessFunction, items: z.int().describe('How many would have no owner') }),
  z.object({ code: z.literal('late'), items: z.int().describe('How many would be due before today') }),
]);
export type Warning = z.output<typeof warning>;

export const comparedFields = ['name', 'type', 'required', 'function', 'leadDays', 'workDays', 'doneWhen', 'audience', 'signers'] as const;
export type ComparedField = (typeof comparedFields)[number];

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

export const comparison = z.object({
  template: z.object(about),
  warnings: z.array(warning),
  added: z.array(templateItem).describe('Items that the launch does not have'),
  changed: z
    .array(
      z.object({
        item: key,
        deliverable: z.uuid(),
        name: z.string(),
        fields: z.array(
          z.object({
            field: z.enum(comparedFields),
            from: value,
            to: value,
            isEdited: z.boolean().describe('Somebody changed it here by hand since'),
          }),
        ),
      }),
    )
    .describe('Items whose text in the template is another than the one that the launch was made from'),
  removed: z
    .array(z.object({ item: key, deliverable: z.uuid(), name: z.string(), status: z.string() }))
    .describe('Items that the template no longer has'),
  gates: z.array(z.string()).describe('Stages whose gates would be added'),
  launchVersion: z.int(),
});
export type Comparison = z.output<typeof comparison>;
