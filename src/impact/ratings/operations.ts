import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { daysOf } from '../questions/asking.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerRatings } from './answer.ts';
import { ratingRows } from './queries.ts';
import { ratingRowsAsked, ratings, ratingsAsked } from './schema.ts';

export const getRatings = operation({
  summary: 'Read ratings that people gave: how many, their mean with its interval, the share of each rating, and by group',
  method: 'POST',
  path: '/ratings',
  reads: true,
  who: everyone,
  input: ratingsAsked,
  output: ratings,
  run: answerRatings,
});

export const listRatingRows = operation({
  summary: 'List the people behind ratings, with what each gave',
  method: 'POST',
  path: '/ratings/rows',
  reads: true,
  who: everyone,
  input: ratingRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readListed(context, ratingRows(asked, daysOf(asked.range, context)), { offset, limit }),
});

export const exportRatingRows = operation({
  summary: 'Export the people behind ratings as CSV',
  method: 'POST',
  path: '/ratings/rows.csv',
  reads: true,
  who: everyone,
  input: ratingRowsAsked,
  output: rowsFile,
  run: (context, asked) =>
    exportListed(
      context,
      ratingRows(asked, daysOf(asked.range, context)),
      `ratings${asked.star === undefined ? '' : `-${asked.star}`}.csv`,
    ),
});

export const exportRatings = operation({
  summary: 'Export the figures of ratings as CSV',
  method: 'POST',
  path: '/ratings.csv',
  reads: true,
  who: everyone,
  input: ratingsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { answers, mean, stars, periods, groups, facts } = await answerRatings(context, asked);
    const line = (what: string, name: string | number, one: { answers: number; mean: typeof mean }) => [
      what,
      name,
      one.answers,
      one.mean?.mean,
      one.mean?.low,
      one.mean?.high,
    ];
    const rows = [
      line('all', '', { answers, mean }),
      ...stars.map(({ star, count, share, low, high }) => ['rating', star, count, share, low, high]),
      ...periods.map((one) => line('period', one.at, one)),
      ...groups.map((one) => line('group', one.name || one.kind, one)),
    ];
    return {
      fileName: `ratings-${facts.from}-to-${facts.to}.csv`,
      csv: toCsv([['what', 'name', 'answers', 'value', 'low', 'high'], ...rows]),
    };
  },
});
