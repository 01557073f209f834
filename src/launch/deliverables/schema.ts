import { z } from 'zod';
import { businessFunction, deliverableType, memberRef, raci } from '../charters/schema.ts';
import { said } from '../../platform/language.ts';

export const statuses = ['planned', 'drafting', 'in_review', 'approved', 'shipped', 'dropped'] as const;
export const status = z.enum(statuses);
export type Status = (typeof statuses)[number];

/** So many are enough for any launch, and few enough to be shown and moved as one. */
export const mostDeliverables = 2000;

/** Only these lead out of Landfall; a script in a link would run as whoever clicks it. */
const address = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => /^(https?:\/\/|mailto:)\S+$/i.test(text), {
    error: said({ en: 'must begin with https://, http:// or mailto:', zh: '须以 https://、http:// 或 mailto: 开头' }),
  });

export const link = z.object({ label: z.string().trim().max(200).default(''), url: address });
export type Link = z.output<typeof link>;

const day = z.iso.date();

export const deliverableFields = z.object({
  name: z.string().trim().min(1).max(200),
  type: deliverableType.default('other'),
  required: z.boolean().default(false).describe('The launch is not ready without it'),
  ownerId: z.uuid().nullish().describe('Member who answers for it'),
  function: businessFunction.default('product_marketing').describe('Function that it belongs to'),
  leadDays: z.int().min(-365).max(730).nullish().describe('Due so many days before the market date; negative for after it'),
  dueOn: day.nullish().describe('Due on this day, whatever the market date; instead of leadDays'),
  workDays: z.int().min(1).max(365).default(5).describe('How many days it takes'),
  doneWhen: z.string().trim().max(2000).default('').describe('What "done" means'),
  audience: z.string().trim().max(200).default('').describe('Who it is for: buyers, reps, users'),
  signers: z.array(businessFunction).max(7).default([]).describe('Functions that must sign it'),
  reviewers: z.array(z.uuid()).max(50).default([]).describe('Members who are asked to look at it'),
  needs: z.array(z.uuid()).max(100).default([]).describe('Deliverables of this launch that must be finished before'),
  links: z.array(link).max(50).default([]),
});
export type DeliverableFields = z.output<typeof deliverableFields>;

export const signOff = z.object({
  function: businessFunction,
  state: z.enum(['signed', 'changes_asked', 'waiting']),
  comment: z.string(),
  by: z.string().describe('Empty while nobody has signed'),
  at: z.iso.datetime().nullable(),
  isStale: z.boolean().describe('It was signed, and what was signed has changed since'),
});
export type SignOff = z.output<typeof signOff>;

export const deliverable = z.object({
  id: z.uuid(),
  launch: z.string().describe('Key of the launch'),
  launchId: z.uuid(),
  position: z.number().describe('Order within the launch'),
  name: z.string(),
  type: deliverableType,
  required: z.boolean(),
  status,
  droppedReason: z.string(),
  owner: memberRef.nullable(),
  function: businessFunction,
  leadDays: z.int().nullable(),
  dueOn: day.describe('Worked out from the market date, or fixed'),
  isFixed: z.boolean().describe('The day stays when the market date moves'),
  workDays: z.int(),
  doneWhen: z.string(),
  audience: z.string(),
  signOffs: z.array(signOff).describe('One for each function that must sign'),
  isSigned: z.boolean().describe('Everybody who must sign has signed what it is now'),
  reviewers: z.array(memberRef),
  needs: z.array(z.uuid()),
  links: z.array(link),
  raci: raci.describe('By the role charter'),
  templateItem: z.string().nullable(),
  shippedOn: day.nullable(),
  content: z.int().describe('Version of what is signed: the name, what done means, the links. Send it back with a signature'),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
});
export type Deliverable = z.output<typeof deliverable>;

export const isOpen = ({ status: now }: Pick<Deliverable, 'status'>): boolean =>
  now !== 'shipped' && now !== 'dropped' && now !== 'approved';

/** What one change of one deliverable may name; what it leaves out stays. */
export const deliverableChange = z.object({
  deliverable: z.uuid(),
  version: z.int().describe('The version that was read'),
  name: deliverableFields.shape.name.optional(),
  type: deliverableType.optional(),
  required: z.boolean().optional(),
  ownerId: z.uuid().nullish(),
  function: businessFunction.optional(),
  leadDays: deliverableFields.shape.leadDays,
  dueOn: deliverableFields.shape.dueOn,
  workDays: z.int().min(1).max(365).optional(),
  doneWhen: z.string().trim().max(2000).optional(),
  audience: z.string().trim().max(200).optional(),
  signers: z.array(businessFunction).max(7).optional(),
  reviewers: z.array(z.uuid()).max(50).optional(),
  needs: z.array(z.uuid()).max(100).optional(),
  links: z.array(link).max(50).optional(),
  status: status.optional(),
  droppedReason: z.string().trim().max(2000).optional().describe('Needed when it is dropped'),
  position: z.number().optional(),
});
export type DeliverableChange = z.output<typeof deliverableChange>;

export const movePreview = z.object({
  from: day,
  to: day,
  moved: z.array(z.object({ id: z.uuid(), name: z.string(), from: day, to: day })).describe('Open deliverables whose due day moves along'),
  late: z.array(z.object({ id: z.uuid(), name: z.string(), dueOn: day })).describe('Open deliverables that would then be due before today'),
  tight: z
    .array(z.object({ id: z.uuid(), name: z.string(), dueOn: day, daysShort: z.int() }))
    .describe(
      'Open deliverables that cannot be finished in time: the days of work left, with all that they need, are more than there are days',
    ),
  fixed: z.array(z.object({ id: z.uuid(), name: z.string(), dueOn: day })).describe('Open deliverables on a fixed day: they stay'),
  overbooked: z
    .array(z.object({ member: memberRef, week: day, workDays: z.number(), before: z.number() }))
    .describe('Who would have more than 5 days of work in a week (its Monday), over all launches; before: with the date as it is'),
  warnings: z.array(z.enum(['before_ready', 'in_the_past'])),
});
export type MovePreview = z.output<typeof movePreview>;
