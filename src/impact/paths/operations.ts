import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import type { Listing } from '../questions/listed.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerPaths, takingOf } from './answer.ts';
import { pathRows } from './queries.ts';
import { paths, pathsAsked, type PathsPlace, type PathsRowsAsked, pathsRowsAsked } from './schema.ts';

export const getPaths = operation({
  summary: 'Read what people or accounts did after an event or before it, step by step, and how many came to an end that is named',
  method: 'POST',
  path: '/paths',
  reads: true,
  who: everyone,
  input: pathsAsked,
  output: paths,
  run: answerPaths,
});

const lastOf = (place: PathsPlace): number =>
  place.kind === 'node' ? place.position : place.kind === 'link' ? place.position + 1 : place.kind === 'reached' ? 0 : place.path.length;

const listing = (context: Context, asked: PathsRowsAsked): Listing => {
  if (lastOf(asked.place) > asked.depth)
    throw new Failure('invalid', {
      en: `The paths are shown for ${asked.depth} steps; step ${lastOf(asked.place)} is none of them.`,
      zh: `路径只显示 ${asked.depth} 步，没有第 ${lastOf(asked.place)} 步。`,
    });
  return pathRows(asked, takingOf(context, asked));
};

export const listPathRows = operation({
  summary: 'List who took a path: began with these steps, was at a step, went from one to the next, or came to the end',
  method: 'POST',
  path: '/paths/rows',
  reads: true,
  who: everyone,
  input: pathsRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readListed(context, listing(context, asked), { offset, limit }),
});

export const exportPathRows = operation({
  summary: 'Export who took a path as CSV',
  method: 'POST',
  path: '/paths/rows.csv',
  reads: true,
  who: everyone,
  input: pathsRowsAsked,
  output: rowsFile,
  run: (context, asked) => exportListed(context, listing(context, asked), `paths-${asked.place.kind}.csv`),
});

const head = ['what', 'position', 'path', 'paths', 'units', 'share', 'low', 'high', 'ended', 'arrived', 'median_seconds'];

export const exportPaths = operation({
  summary: 'Export the figures of paths as CSV: each step by its position, each link, and the ways to the end',
  method: 'POST',
  path: '/paths.csv',
  reads: true,
  who: everyone,
  input: pathsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { count, units, ended, arrived, positions, links, whole, reached, facts } = await answerPaths(context, asked);
    const named = (names: readonly (string | null)[]) => names.map((name) => name ?? '(other)').join(' > ');
    const rows = [
      ['all', 0, '', count, units, null, null, null, ended, arrived, null],
      ...positions.flatMap(({ nodes }, index) =>
        nodes.map((node) => [
          'step',
          index + 1,
          named([node.name]),
          node.count,
          node.units,
          node.share,
          node.low,
          node.high,
          node.ended,
          node.arrived,
          null,
        ]),
      ),
      ...links.map((link) => [
        'link',
        link.position,
        named([link.from, link.to]),
        link.count,
        link.units,
        null,
        null,
        null,
        null,
        null,
        null,
      ]),
      ...(reached
        ? [['reached', null, '', reached.count, reached.units, reached.share, reached.low, reached.high, null, null, reached.seconds]]
        : []),
      ...whole.map((way) => [
        'whole',
        way.path.length,
        named(way.path),
        way.count,
        way.units,
        way.share,
        way.low,
        way.high,
        null,
        null,
        way.seconds,
      ]),
    ];
    return { fileName: `paths-${facts.from}-to-${facts.to}.csv`, csv: toCsv([head, ...rows]) };
  },
});
