import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { answerSeriesLift } from './answer.ts';
import { seriesLift, seriesLiftAsked } from './schema.ts';

export const getSeriesLift = operation({
  summary: 'Say what a change did to one subject of a metric, against a mixture of others with placebos, or a Bayesian series',
  method: 'POST',
  path: '/series-lifts',
  reads: true,
  who: everyone,
  input: seriesLiftAsked,
  output: seriesLift,
  run: answerSeriesLift,
});

export const exportSeriesLift = operation({
  summary: 'Export what was observed and what would have happened, period by period, as CSV',
  method: 'POST',
  path: '/series-lifts.csv',
  reads: true,
  who: everyone,
  input: seriesLiftAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { path, placebos, on } = await answerSeriesLift(context, asked);
    const head = ['at', 'period', 'observed', 'expected', 'low', 'high', 'gap', ...placebos.map(({ name }) => `gap: ${name}`)];
    const rows = path.map(({ at, observed, expected, low, high }, index) => {
      const gap = expected === null ? null : observed - expected;
      return [at, at < on ? 'before' : 'after', observed, expected, low, high, gap, ...placebos.map(({ gaps }) => gaps[index])];
    });
    return { fileName: `lift-${asked.metric.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`, csv: toCsv([head, ...rows]) };
  },
});
