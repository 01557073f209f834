import { z } from 'zod';
import { outlook } from '../../outlooks/schema.ts';
import { answerFacts, unit } from '../../questions/schema.ts';
import { adoptionAsked } from '../schema.ts';

export const adoptionOutlookAsked = adoptionAsked.omit({ horizonDays: true, earlier: true }).extend({
  weeks: z.coerce.number().int().min(1).max(52).default(8).describe('How many weeks ahead'),
});
export type AdoptionOutlookAsked = z.output<typeof adoptionOutlookAsked>;

export const adoptionOutlook = z.object({
  eligible: z.int().describe('The eligible base of today; nobody beyond it is foretold'),
  unit,
  since: z.iso.date().nullable(),
  weeks: z
    .array(
      z.object({ week: z.int(), lastDay: z.iso.date(), adopted: z.int().describe('In the week'), total: z.int().describe('By its end') }),
    )
    .describe('Whole weeks since the beginning'),
  outlook: outlook.extend({ ahead: z.array(outlook.shape.ahead.element.extend({ lastDay: z.iso.date() })) }),
  facts: answerFacts,
});
export type AdoptionOutlook = z.output<typeof adoptionOutlook>;
