import type { Context } from '../../platform/context.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { asking, lastDayOf } from '../questions/asking.ts';
import { asFile, mostRowsInFile, rowsFile, rowsPage, type UnitRows, unitRows } from '../questions/rows.ts';
import * as queries from './queries.ts';
import { type Expansions, expansions, type ExpansionsAsked, expansionsAsked } from './schema.ts';

const daysOf = async (context: Context, { days }: ExpansionsAsked): Promise<queries.Days> => {
  const to = (await lastDayOf(context)) ?? dayIn(context.now(), context.workspace.timeZone);
  return { from: addDays(to, 1 - days), to };
};

export const getExpansions = operation({
  summary: 'Read which plans accounts have outgrown: more active people than the plan is made for, or than 9 in 10 accounts on it have',
  method: 'POST',
  path: '/expansions',
  reads: true,
  who: everyone,
  input: expansionsAsked,
  output: expansions,
  run: async (context, asked): Promise<Expansions> => {
    const days = await daysOf(context, asked);
    return asking(context, days, async (ask) => {
      const [plans, segments, [without]] = await Promise.all([
        ask<queries.PlanRow>(queries.planRows(asked, days)),
        ask<queries.SegmentRow>(queries.segmentRows(asked, days)),
        ask<{ accounts: number }>(queries.withoutPlan),
      ]);
      return {
        plans: plans.map(({ plan_limit: limit, isSet, isKnown, ...plan }) => ({
          ...plan,
          limit: isKnown ? limit : null,
          basis: isSet ? ('set' as const) : isKnown ? ('peers' as const) : ('too_few' as const),
        })),
        segments,
        withoutPlan: without?.accounts ?? 0,
      };
    });
  },
});

const readRows = async (context: Context, asked: ExpansionsAsked, page: { offset: number; limit: number }): Promise<UnitRows> => {
  const days = await daysOf(context, asked);
  const [[counted], rows] = await Promise.all([
    context.events.ask<{ total: number }>(queries.countRows(asked, days)),
    context.events.ask<UnitRows['rows'][number]>(queries.pageRows(asked, days, page)),
  ]);
  return { columns: queries.rowColumns, rows, total: counted?.total ?? 0, offset: page.offset };
};

export const listExpansionRows = operation({
  summary: 'List the accounts that outgrew their plan, the furthest above its limit first',
  method: 'POST',
  path: '/expansions/rows',
  reads: true,
  who: everyone,
  input: expansionsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readRows(context, asked, { offset, limit }),
});

export const exportExpansionRows = operation({
  summary: 'Export the accounts that outgrew their plan as CSV, for the account team',
  method: 'POST',
  path: '/expansions/rows.csv',
  reads: true,
  who: everyone,
  input: expansionsAsked,
  output: rowsFile,
  run: async (context, asked) => asFile(await readRows(context, asked, { offset: 0, limit: mostRowsInFile }), 'outgrown-plans.csv'),
});
