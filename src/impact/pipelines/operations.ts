import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { asFile, mostRowsInFile, rowsFile, rowsPage, type UnitRows, unitRows } from '../questions/rows.ts';
import { answerPipeline, frameOf, namedGroups } from './answer.ts';
import { countRows, pageRows, rowColumns } from './queries.ts';
import { pipeline, pipelineAsked, type PipelineGroup, type PipelineRowsAsked, pipelineRowsAsked } from './schema.ts';

export const getPipeline = operation({
  summary:
    'Read deals created, open, won and lost by program, launch, origin, segment, owner or product: what was sourced, influenced and accelerated, win rate, cycle time, stages, and how it all adds up',
  method: 'POST',
  path: '/pipelines',
  reads: true,
  who: everyone,
  input: pipelineAsked,
  output: pipeline,
  run: answerPipeline,
});

const readRows = async (context: Context, asked: PipelineRowsAsked, page: { offset: number; limit: number }): Promise<UnitRows> => {
  const frame = await frameOf(context, asked);
  const named = await namedGroups((query) => context.events.ask(query), asked, frame);
  const [[counted], rows] = await Promise.all([
    context.events.ask<{ total: number }>(countRows(asked, frame, named)),
    context.events.ask<UnitRows['rows'][number]>(pageRows(asked, frame, named, page)),
  ]);
  return { columns: rowColumns, rows, total: counted?.total ?? 0, offset: page.offset };
};

export const listPipelineRows = operation({
  summary: 'List the deals behind a figure of the pipeline, or those that keep it from adding up',
  method: 'POST',
  path: '/pipelines/rows',
  reads: true,
  who: everyone,
  input: pipelineRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readRows(context, asked, { offset, limit }),
});

export const exportPipelineRows = operation({
  summary: 'Export the deals behind a figure of the pipeline as CSV, such as those to put right',
  method: 'POST',
  path: '/pipelines/rows.csv',
  reads: true,
  who: everyone,
  input: pipelineRowsAsked,
  output: rowsFile,
  run: async (context, asked) =>
    asFile(await readRows(context, asked, { offset: 0, limit: mostRowsInFile }), `pipeline-${asked.figure}.csv`),
});

const head = [
  'what',
  'name',
  'created',
  'won',
  'lost',
  'open',
  'sourced',
  'influenced',
  'currency',
  'created_amount',
  'won_amount',
  'open_amount',
  'win_rate',
  'low',
  'high',
  'days_to_won',
  'days_low',
  'days_high',
  'days_mean',
  'days_mean_lost',
  'adjusted_p',
];

const groupLines = (what: string, { amounts, winRate, cycle, difference, ...one }: PipelineGroup) => {
  const worth = amounts.length > 0 ? amounts : [{ currency: '', created: 0, won: 0, open: 0 }];
  // Counts stand once, amounts once per currency: nothing is added up across currencies.
  return worth.map(({ currency, created, won, open }, place) => [
    what,
    one.name || one.kind,
    ...(place === 0 ? [one.created, one.won, one.lost, one.open, one.sourced, one.influenced] : Array.from({ length: 6 }, () => '')),
    currency,
    created,
    won,
    open,
    ...(place === 0
      ? [
          winRate.share?.share,
          winRate.share?.low,
          winRate.share?.high,
          cycle.median,
          cycle.low,
          cycle.high,
          cycle.mean,
          cycle.meanLost,
          difference?.adjusted,
        ]
      : []),
  ]);
};

export const exportPipeline = operation({
  summary: 'Export the pipeline as CSV: all deals, each group, each part of the whole, and what does not add up',
  method: 'POST',
  path: '/pipelines.csv',
  reads: true,
  who: everyone,
  input: pipelineAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { all, groups, parts, reconciliation } = await answerPipeline(context, asked);
    const partLines = parts.flatMap(({ role, created, won, lost, open, amounts }) =>
      (amounts.length > 0 ? amounts : [{ currency: '', created: 0, won: 0, open: 0 }]).map((worth, place) => [
        'part',
        role,
        ...(place === 0 ? [created, won, lost, open] : ['', '', '', '']),
        '',
        '',
        worth.currency,
        worth.created,
        worth.won,
        worth.open,
      ]),
    );
    const rows = [
      ...groupLines('all', all),
      ...groups.flatMap((one) => groupLines('group', one)),
      ...partLines,
      ['deals on record', '', reconciliation.deals],
      ['neither created nor closed in the period', '', reconciliation.neither],
      ...reconciliation.issues.map(({ issue, deals }) => ['to put right', issue, deals]),
    ];
    return { fileName: 'pipeline.csv', csv: toCsv([head, ...rows]) };
  },
});
