import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { answerMeasurements } from './answer.ts';
import * as queries from './queries.ts';
import { measurements, measurementsAsked, metric, type Metric, subject, type Subject } from './schema.ts';

const search = z.string().max(200).default('').describe('Only names that hold this text');
const limit = (usual: number) => z.coerce.number().int().min(1).max(2000).default(usual);

export const listMetrics = operation({
  summary: 'List the metrics whose published figures were imported, with how far they reach',
  method: 'GET',
  path: '/measurements',
  who: everyone,
  input: z.object({ search, limit: limit(200) }),
  output: z.object({ metrics: z.array(metric) }),
  run: async (context, input) => ({
    metrics: await context.events.ask<Metric>(queries.metrics({ ...input, zone: context.workspace.timeZone })),
  }),
});

export const listSubjects = operation({
  summary: 'List the subjects of a metric, those with the largest latest figure first',
  method: 'GET',
  path: '/measurements/subjects',
  who: everyone,
  input: z.object({ metric: z.string().trim().min(1).max(200), search, limit: limit(100) }),
  output: z.object({ subjects: z.array(subject) }),
  run: async (context, input) => ({
    subjects: await context.events.ask<Subject>(queries.subjects({ ...input, zone: context.workspace.timeZone })),
  }),
});

export const getMeasurements = operation({
  summary: 'Read the curves of published figures, by date or laid over each other from their beginnings, with the outlook and its band',
  method: 'POST',
  path: '/measurements',
  reads: true,
  who: everyone,
  input: measurementsAsked,
  output: measurements,
  run: answerMeasurements,
});

const fileOf = (metric: string, what: string) => `measurements-${metric.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}${what}.csv`;

export const exportStandings = operation({
  summary: 'Export where each subject of published figures stands, and its outlook or why there is none, as CSV',
  method: 'POST',
  path: '/measurements/standings.csv',
  reads: true,
  who: everyone,
  input: measurementsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { curves } = await answerMeasurements(context, asked);
    const head = ['subject', 'first', 'beginning', 'periods', 'missing_periods', 'latest_at', 'latest', 'highest_at', 'highest'];
    const ofOutlook = [
      'outlook',
      'outlook_at',
      'outlook_value',
      'outlook_low',
      'outlook_high',
      'market',
      'market_low',
      'market_high',
      'p',
      'q',
    ];
    const rows = curves.map(({ subject: of, first, beginning, points, gaps, highest, outlook }) => {
      const [latest, end, curve] = [points.at(-1), outlook?.ahead.at(-1), outlook?.curve];
      const missing = gaps.reduce((sum, { periods }) => sum + periods, 0);
      return [
        of,
        first,
        beginning,
        points.length,
        missing,
        latest?.at,
        latest?.value,
        highest?.at,
        highest?.value,
        outlook?.state ?? 'not_asked',
        end?.at,
        end?.value,
        end?.low,
        end?.high,
        curve?.market,
        curve?.marketLow,
        curve?.marketHigh,
        curve?.innovation,
        curve?.imitation,
      ];
    });
    return { fileName: fileOf(asked.metric, '-standings'), csv: toCsv([[...head, ...ofOutlook], ...rows]) };
  },
});

export const exportMeasurements = operation({
  summary: 'Export the curves of published figures as CSV',
  method: 'POST',
  path: '/measurements.csv',
  reads: true,
  who: everyone,
  input: measurementsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { curves, interval } = await answerMeasurements(context, asked);
    const rows = curves.flatMap((curve) => [
      ...curve.points.map(({ at, age, count, of, value }) => [curve.subject, 'measured', at, age, count, of, value, null, null]),
      ...(curve.outlook?.ahead ?? []).map(({ at, age, value, low, high }) => [
        curve.subject,
        'outlook',
        at,
        age,
        null,
        null,
        value,
        low,
        high,
      ]),
    ]);
    return {
      fileName: fileOf(asked.metric, ''),
      csv: toCsv([['subject', 'what', 'at', `${interval}s_since_beginning`, 'count', 'ceiling', 'value', 'low', 'high'], ...rows]),
    };
  },
});
