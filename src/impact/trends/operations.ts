import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { daysOf } from '../questions/asking.ts';
import type { Listing } from '../questions/listed.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerTrends, meantBy, namedValues } from './answer.ts';
import { lastDayOf } from './periods.ts';
import { trendRows } from './queries.ts';
import { type TrendLine, type TrendRowsAsked, trendRowsAsked, trends, trendsAsked } from './schema.ts';

export const getTrends = operation({
  summary: 'Count events, people or accounts over time, or a property of events: by day, week or month',
  method: 'POST',
  path: '/trends',
  reads: true,
  who: everyone,
  input: trendsAsked,
  output: trends,
  run: answerTrends,
});

/** The days of a point that are within those of the question. */
const daysAt = (context: Context, { range, by, at }: TrendRowsAsked) => {
  const days = daysOf(range, context);
  if (at === undefined) return days;
  const last = lastDayOf(at, by);
  if (last < days.from || at > days.to)
    throw new Failure('invalid', {
      en: `The period from ${at} is not among those asked for (${days.from} to ${days.to}).`,
      zh: `自 ${at} 起的时段不在所问的范围内（${days.from} 至 ${days.to}）。`,
    });
  return { from: at < days.from ? days.from : at, to: last > days.to ? days.to : last };
};

const listing = async (context: Context, asked: TrendRowsAsked): Promise<Listing> => {
  if (!asked.series[asked.place])
    throw new Failure('invalid', {
      en: `There are ${asked.series.length} series; place ${asked.place} is none of them.`,
      zh: `共有 ${asked.series.length} 个序列，没有位置 ${asked.place}。`,
    });
  const meant = await meantBy(context, asked);
  const named = asked.group ? await namedValues(context, meant, daysOf(asked.range, context)) : [];
  return trendRows(asked, meant.series[asked.place]!, daysAt(context, asked), named);
};

export const listTrendRows = operation({
  summary: 'List the people or accounts behind a point of a trend',
  method: 'POST',
  path: '/trends/rows',
  reads: true,
  who: everyone,
  input: trendRowsAsked.extend(rowsPage),
  output: unitRows,
  run: async (context, { offset, limit, ...asked }) => readListed(context, await listing(context, asked), { offset, limit }),
});

export const exportTrendRows = operation({
  summary: 'Export the people or accounts behind a point of a trend as CSV',
  method: 'POST',
  path: '/trends/rows.csv',
  reads: true,
  who: everyone,
  input: trendRowsAsked,
  output: rowsFile,
  run: async (context, asked) => exportListed(context, await listing(context, asked), `trend-${asked.unit}-${asked.at ?? 'period'}.csv`),
});

const cells = ({ name, kind, measure, points, previous = [] }: TrendLine) =>
  points.map(({ at, value, n, incomplete }, place) => [
    at,
    name || (kind === 'usual' ? '*' : kind),
    measure,
    value,
    n,
    incomplete ? 'yes' : 'no',
    previous[place]?.at,
    previous[place]?.value,
  ]);

export const exportTrends = operation({
  summary: 'Export the figures of a trend as CSV',
  method: 'POST',
  path: '/trends.csv',
  reads: true,
  who: everyone,
  input: trendsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { lines, by, facts } = await answerTrends(context, asked);
    const head = ['from', 'series', 'measure', 'value', 'n', 'incomplete', 'period_before', 'value_before'];
    return { fileName: `trend-by-${by}-${facts.from}-to-${facts.to}.csv`, csv: toCsv([head, ...lines.flatMap(cells)]) };
  },
});
