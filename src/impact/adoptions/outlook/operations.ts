import { z } from 'zod';
import { toCsv } from '../../../platform/csv.ts';
import { operation } from '../../../platform/operation.ts';
import { everyone } from '../../../platform/roles.ts';
import { answerOutlook } from './answer.ts';
import { adoptionOutlook, adoptionOutlookAsked } from './schema.ts';

export const getAdoptionOutlook = operation({
  summary: 'Read how many will have adopted in the coming weeks, with a band, or why that cannot be told yet',
  method: 'POST',
  path: '/adoptions/outlook',
  who: everyone,
  reads: true,
  input: adoptionOutlookAsked,
  output: adoptionOutlook,
  run: answerOutlook,
});

export const exportAdoptionOutlook = operation({
  summary: 'Export the weeks of an adoption and those that are foretold, with their band, as CSV',
  method: 'POST',
  path: '/adoptions/outlook.csv',
  who: everyone,
  reads: true,
  input: adoptionOutlookAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { weeks, outlook, unit } = await answerOutlook(context, asked);
    const head = ['what', 'week', 'last_day', 'adopted_in_week', 'total', 'low', 'high', 'fitted'];
    const rows = [
      ...weeks.map(({ week, lastDay, adopted, total }, place) => [
        'measured',
        week,
        lastDay,
        adopted,
        total,
        null,
        null,
        outlook.fitted[place],
      ]),
      ...outlook.ahead.map(({ period, lastDay, value, low, high }) => ['outlook', period, lastDay, null, value, low, high, null]),
    ];
    return { fileName: `adoption-outlook-${unit}.csv`, csv: toCsv([head, ...rows]) };
  },
});
