import { z } from 'zod';
import { memberStatuses } from '../../../launch/programs/schema.ts';
import { step } from '../../questions/schema.ts';
import { beforeAfter, holdout, liftAsked, staged } from '../schema.ts';
import { matchedDesign } from '../matched/schema.ts';
import { seriesDesigns, seriesOutcomes } from '../series/schema.ts';

const text = z.string().max(500);
const texts = z.array(text).max(50);
const laterDone = step.extend({ event: text });

/** The question while it is put together: what nobody has chosen yet is '' or an empty list. */
export const liftAddress = liftAsked.extend({
  design: z.discriminatedUnion('kind', [
    holdout.extend({ property: text, treated: texts, control: texts }),
    staged.extend({ property: text }),
    matchedDesign.extend({
      on: text,
      earlier: z.array(z.object({ behaviour: laterDone, days: z.int().min(1).max(400) })).max(5),
      before: text,
      treatedBy: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('property'), property: text, values: texts }),
        z.object({ kind: z.literal('feature'), feature: text }),
        z.object({ kind: z.literal('program'), program: text, reached: z.enum(memberStatuses) }),
      ]),
    }),
    seriesDesigns.synthetic.extend({ subject: text, on: text }),
    seriesDesigns.structural.extend({ subject: text, on: text }),
    beforeAfter.extend({ on: text }),
  ]),
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('won') }),
    z.object({ kind: z.literal('amount'), currency: text }),
    z.object({ kind: z.literal('property_is'), property: text, values: texts }),
    z.object({ kind: z.literal('property_number'), property: text, currency: text.nullish() }),
    z.object({ kind: z.literal('did'), behaviour: laterDone, from: text, to: text }),
    z.object({ kind: z.literal('times'), behaviour: laterDone, from: text, to: text }),
    z.object({ kind: z.literal('share_of'), reached: text, of: text }),
    z.object({ kind: z.literal('measured'), metric: text }),
    seriesOutcomes.done_by.extend({ behaviour: laterDone, property: text, from: text, to: text }),
  ]),
});
export type LiftAddress = z.output<typeof liftAddress>;
