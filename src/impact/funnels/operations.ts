import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import type { Listing } from '../questions/listed.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerFunnel, namedValues, wayOf } from './answer.ts';
import { funnelRows } from './queries.ts';
import { funnel, funnelAsked, type FunnelRowsAsked, funnelRowsAsked } from './schema.ts';

export const getFunnel = operation({
  summary: 'Follow people or accounts over steps: how many go on, how long it takes, where they stop',
  method: 'POST',
  path: '/funnels',
  reads: true,
  who: everyone,
  input: funnelAsked,
  output: funnel,
  run: answerFunnel,
});

const listing = async (context: Context, asked: FunnelRowsAsked): Promise<Listing> => {
  if (asked.place > asked.steps.length)
    throw new Failure('invalid', {
      en: `The funnel has ${asked.steps.length} steps; ${asked.place} is none of them.`,
      zh: `漏斗有 ${asked.steps.length} 个步骤，没有 ${asked.place}。`,
    });
  const way = await wayOf(context, asked.group ? asked : { ...asked, breakdown: null });
  return funnelRows(asked, way, await namedValues(context, way));
};

export const listFunnelRows = operation({
  summary: 'List who came to a step of a funnel, or came to it and no further',
  method: 'POST',
  path: '/funnels/rows',
  reads: true,
  who: everyone,
  input: funnelRowsAsked.extend(rowsPage),
  output: unitRows,
  run: async (context, { offset, limit, ...asked }) => readListed(context, await listing(context, asked), { offset, limit }),
});

export const exportFunnelRows = operation({
  summary: 'Export who came to a step of a funnel, or came to it and no further, as CSV',
  method: 'POST',
  path: '/funnels/rows.csv',
  reads: true,
  who: everyone,
  input: funnelRowsAsked,
  output: rowsFile,
  run: async (context, asked) => exportListed(context, await listing(context, asked), `funnel-step-${asked.place}-${asked.which}.csv`),
});

export const exportFunnel = operation({
  summary: 'Export the figures of a funnel as CSV',
  method: 'POST',
  path: '/funnels.csv',
  reads: true,
  who: everyone,
  input: funnelAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { steps, groups, facts } = await answerFunnel(context, asked);
    const head = [
      'group',
      'place',
      'step',
      'count',
      'share',
      'low',
      'high',
      'stopped',
      'under_way',
      'p10_seconds',
      'median_seconds',
      'p90_seconds',
    ];
    const rows = [{ kind: 'all', name: '', steps }, ...groups].flatMap((group) =>
      group.steps.map(({ name, count, ofFirst, stopped, underWay, seconds }, index) => [
        group.name || group.kind,
        index + 1,
        name,
        count,
        ofFirst.share,
        ofFirst.low,
        ofFirst.high,
        stopped,
        underWay,
        seconds?.p10,
        seconds?.median,
        seconds?.p90,
      ]),
    );
    return { fileName: `funnel-${facts.from}-to-${facts.to}.csv`, csv: toCsv([head, ...rows]) };
  },
});
