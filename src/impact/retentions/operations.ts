import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import type { Listing } from '../questions/listed.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerRetention, follow, namedValues, refuseRows } from './answer.ts';
import { retentionRows } from './queries.ts';
import { retention, retentionAsked, type RetentionPooled, type RetentionRowsAsked, retentionRowsAsked } from './schema.ts';

export const getRetention = operation({
  summary: 'Count who comes back: people or accounts by the day, week or month in which they began',
  method: 'POST',
  path: '/retentions',
  reads: true,
  who: everyone,
  input: retentionAsked,
  output: retention,
  run: answerRetention,
});

const listing = async (context: Context, asked: RetentionRowsAsked): Promise<Listing> => {
  refuseRows(context, asked);
  const found = await follow(context, asked.group ? asked : { ...asked, breakdown: null });
  return retentionRows(asked, found, await namedValues(context, found));
};

export const listRetentionRows = operation({
  summary: 'List who came back in a period, or did not',
  method: 'POST',
  path: '/retentions/rows',
  reads: true,
  who: everyone,
  input: retentionRowsAsked.extend(rowsPage),
  output: unitRows,
  run: async (context, { offset, limit, ...asked }) => readListed(context, await listing(context, asked), { offset, limit }),
});

export const exportRetentionRows = operation({
  summary: 'Export who came back in a period, or did not, as CSV',
  method: 'POST',
  path: '/retentions/rows.csv',
  reads: true,
  who: everyone,
  input: retentionRowsAsked,
  output: rowsFile,
  run: async (context, asked) =>
    exportListed(context, await listing(context, asked), `retention-${asked.cohort ?? 'all'}-${asked.place}-${asked.which}.csv`),
});

const lines = (kind: string, name: string, { n, cells }: RetentionPooled) =>
  cells.flatMap((cell, place) =>
    cell ? [[kind, name, n, place, cell.count, cell.of, cell.share, cell.low, cell.high, cell.incomplete ? 'yes' : 'no']] : [],
  );

export const exportRetention = operation({
  summary: 'Export who comes back as CSV: a line for each cohort and period',
  method: 'POST',
  path: '/retentions.csv',
  reads: true,
  who: everyone,
  input: retentionAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { all, cohorts, groups, by, facts } = await answerRetention(context, asked);
    const head = ['kind', 'name', 'n', 'period', 'count', 'of', 'share', 'low', 'high', 'incomplete'];
    const rows = [
      ...lines('all', '', all),
      ...cohorts.flatMap((cohort) => lines('cohort', cohort.start, cohort)),
      ...groups.flatMap((group) => lines(group.kind === 'usual' ? 'group' : group.kind, group.name, group)),
    ];
    return { fileName: `retention-by-${by}-${facts.from}-to-${facts.to}.csv`, csv: toCsv([head, ...rows]) };
  },
});
