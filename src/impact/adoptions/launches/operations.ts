import { z } from 'zod';
import { toCsv } from '../../../platform/csv.ts';
import { operation } from '../../../platform/operation.ts';
import { everyone } from '../../../platform/roles.ts';
import { answerLaunches } from './answer.ts';
import { launchesAsked, launchesCompared } from './schema.ts';

export const compareLaunches = operation({
  summary: 'Lay the adoption of launches over each other, each from its own day 1, with who has not had the time',
  method: 'POST',
  path: '/adoptions/launches',
  who: everyone,
  reads: true,
  input: launchesAsked,
  output: launchesCompared,
  run: answerLaunches,
});

export const exportLaunchesCompared = operation({
  summary: 'Export the adoption of launches that are laid over each other as CSV: a line for each launch and mark, or day of its curve',
  method: 'POST',
  path: '/adoptions/launches.csv',
  who: everyone,
  reads: true,
  input: launchesAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { launches, unit } = await answerLaunches(context, asked);
    const head = ['launch', 'name', 'market_date', 'feature', 'version', 'eligible', 'have_not_had_the_time', 'half_by_day'];
    const rows = launches.flatMap(({ marks, curve, half, ...launch }) => {
      const { key, name, marketDate, feature, version, eligible, waiting } = launch;
      const own = [key, name, marketDate, feature, version, eligible, waiting, half?.day];
      return [
        ...marks.map(({ day, state, count, of, share, low, high }) => [...own, 'mark', day, state, count, of, share, low, high]),
        ...curve.map(({ day, of, share, low, high }) => [...own, 'curve', day, null, null, of, share, low, high]),
      ];
    });
    const figures = ['what', 'day', 'state', 'adopted', 'of', 'share', 'low', 'high'];
    return { fileName: `adoption-launches-${unit}.csv`, csv: toCsv([[...head, ...figures], ...rows]) };
  },
});
