import type { Context } from '../../../platform/context.ts';
import { addDays } from '../../../platform/days.ts';
import { cannotTell, outlookOf } from '../../outlooks/outlook.ts';
import { asking } from '../../questions/asking.ts';
import { meantBy } from '../answer.ts';
import { type AdoptionFacts, reachedOf } from '../facts.ts';
import { assembleUnit } from '../assemble.ts';
import { curveSums, type DaySums, type Span, spans } from '../queries.ts';
import { adoptionAsked } from '../schema.ts';
import type { AdoptionOutlook, AdoptionOutlookAsked } from './schema.ts';

/** Three years of weeks: a launch is judged long before. */
const mostWeeks = 156;

const weeksOf = (counts: readonly Span[], day: string, weeks: number): AdoptionOutlook['weeks'] => {
  let total = 0;
  return Array.from({ length: weeks }, (_, place) => {
    const inWeek = counts.filter(({ time }) => Math.ceil(time / 7) === place + 1);
    const adopted = inWeek.reduce((sum, one) => sum + one.adopted, 0);
    total += adopted;
    return { week: place + 1, lastDay: addDays(day, 7 * place + 6), adopted, total };
  });
};

/** How many of the eligible base will have adopted in the coming weeks, from the whole weeks since one day for all. */
export const answerOutlook = async (context: Context, { weeks: ahead, ...asked }: AdoptionOutlookAsked): Promise<AdoptionOutlook> => {
  const { facts: known } = await meantBy(context, adoptionAsked.parse(asked));
  const { since } = known;
  const day = since.kind === 'day' ? since.day : null;
  const days = reachedOf({ ...known, horizonDays: 7 * mostWeeks });
  const whole = day === null ? 0 : Math.floor(days / 7);
  // Who adopted after the last whole week has not adopted yet.
  const facts: AdoptionFacts = { ...known, horizonDays: Math.max(1, 7 * whole) };
  const to = known.lastDay ?? day ?? context.now().toISOString().slice(0, 10);
  return asking(context, { from: day ?? to, to }, async (ask) => {
    const counts = day === null || whole === 0 ? [] : await ask<Span>(spans(asked.unit, facts));
    const { eligible } = assembleUnit(await ask<DaySums>(curveSums(asked.unit, { ...facts, horizonDays: 1 })), asked.unit, 1);
    const weeks = day === null ? [] : weeksOf(counts, day, whole);
    const outlook =
      day === null
        ? cannotTell('own_days', 0)
        : outlookOf(
            weeks.map(({ adopted }) => adopted),
            { horizon: ahead, most: eligible },
          );
    const lastDay = (week: number) => addDays(day!, 7 * week - 1);
    return {
      eligible,
      unit: asked.unit,
      since: day,
      weeks,
      outlook: { ...outlook, ahead: outlook.ahead.map((one) => ({ ...one, lastDay: lastDay(one.period) })) },
    };
  });
};
