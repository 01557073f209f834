import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { answerReturns, listReturnedDeals } from './answer.ts';
import { horizons, programReturns, returnedDeal, returnsAsked } from './schema.ts';

export const getProgramReturns = operation({
  summary:
    'Read what came of a program 30, 90 and 180 days later: cost, list, meetings, deals sourced, influenced and closed after it touched them, against accounts like these and the days before, and what a lot says',
  method: 'GET',
  path: '/programs/{program}/returns',
  who: everyone,
  input: returnsAsked,
  output: programReturns,
  run: answerReturns,
});

const dealsAsked = returnsAsked.extend({
  days: z.coerce.number().pipe(z.literal(horizons)).default(90).describe('So many days after an account came'),
});

export const listProgramReturnRows = operation({
  summary: 'List the deals behind what came of a program: which it sourced, which it influenced',
  method: 'GET',
  path: '/programs/{program}/returns/deals',
  who: everyone,
  input: dealsAsked.extend({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  output: z.object({ deals: z.array(returnedDeal), total: z.int() }),
  run: async (context, { days, limit, offset, ...asked }) => {
    const deals = await listReturnedDeals(context, asked, days);
    return { deals: deals.slice(offset, offset + limit), total: deals.length };
  },
});

export const exportProgramReturnRows = operation({
  summary: 'Export the deals behind what came of a program as CSV',
  method: 'GET',
  path: '/programs/{program}/returns/deals.csv',
  who: everyone,
  input: dealsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, { days, ...asked }) => {
    const deals = await listReturnedDeals(context, asked, days);
    const rows = deals.map((one) => [
      one.id,
      one.name,
      one.account,
      one.role,
      one.state,
      one.amount,
      one.currency,
      one.createdAt,
      one.closedAt,
    ]);
    const heads = ['id', 'name', 'account', 'role', 'state', 'amount', 'currency', 'created', 'closed'];
    return { fileName: `program-returns-${days}-days.csv`, csv: toCsv([heads, ...rows]) };
  },
});
