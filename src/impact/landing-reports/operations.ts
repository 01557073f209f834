import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { dayIn } from '../../platform/days.ts';
import { everyone } from '../../platform/roles.ts';
import { newestDayOf } from '../questions/asking.ts';
import { readBasis } from './basis.ts';
import { landingReportOf } from './kept.ts';
import { factsOf } from './report.ts';
import { figureColumns, figurePage, figureTotal } from './rows/queries.ts';
import { type FigureAsked, figureAsked, figureRows, landingReport, type FigureRows } from './schema.ts';

const named = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const mostRowsInFile = 100_000;

type Page = { launch: string; offset: number; limit: number };

const readRows = async (context: Context, asked: FigureAsked, { launch, offset, limit }: Page): Promise<FigureRows> => {
  const { timeZone } = context.workspace;
  const now = context.now();
  const [basis, newestDay] = await Promise.all([
    context.read((transaction) => readBasis(transaction, launch, timeZone, now)),
    newestDayOf(context.events, dayIn(now, timeZone)),
  ]);
  const facts = factsOf({ basis, timeZone, now }, newestDay);
  const [counted, rows] = await Promise.all([
    context.events.ask<{ total: number }>(figureTotal(asked, facts)),
    context.events.ask<FigureRows['rows'][number]>(figurePage(asked, { offset, limit }, facts)),
  ]);
  return { columns: figureColumns(asked), rows, total: counted[0]?.total ?? 0, offset };
};

export const getLandingReport = operation({
  summary: 'Judge a launch: adoption against its goal, funnel, revenue by origin',
  method: 'GET',
  path: '/launches/{launch}/landing-report',
  who: everyone,
  input: named,
  output: landingReport,
  run: (context, input) => landingReportOf(context, input.launch),
});

export const listLandingReportRows = operation({
  summary: 'Open a figure of a landing report to the rows behind it',
  method: 'GET',
  path: '/launches/{launch}/landing-report/rows',
  who: everyone,
  input: named.extend(figureAsked.shape).extend({
    offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: figureRows,
  run: (context, { launch, offset, limit, ...asked }) => readRows(context, asked, { launch, offset, limit }),
});

export const exportLandingReportRows = operation({
  summary: 'Export the rows behind a figure of a landing report as CSV',
  method: 'GET',
  path: '/launches/{launch}/landing-report/rows.csv',
  who: everyone,
  input: named.extend(figureAsked.shape),
  output: z.object({
    fileName: z.string(),
    csv: z.string(),
    total: z.int(),
    truncated: z.boolean().describe(`There are more rows than the file holds (${mostRowsInFile})`),
  }),
  run: async (context, { launch, ...asked }) => {
    const { columns, rows, total } = await readRows(context, asked, { launch, offset: 0, limit: mostRowsInFile });
    return {
      fileName: `${launch}-${asked.figure}.csv`,
      csv: toCsv([columns, ...rows.map((row) => columns.map((column) => row[column]))]),
      total,
      truncated: total > rows.length,
    };
  },
});

export const printLandingReport = operation({
  summary: 'Print a landing report as plain text',
  method: 'GET',
  path: '/launches/{launch}/landing-report/text',
  who: everyone,
  input: named.extend({ locale: z.enum(['en', 'zh']).default('en') }),
  output: z.object({ text: z.string() }),
  run: async (context, { launch, locale }) => {
    const { renderText } = await import('./text.tsx');
    return { text: renderText(await landingReportOf(context, launch), { locale, currency: context.workspace.currency }) };
  },
});

export const renderLandingReport = operation({
  summary: 'Render a landing report as one self-contained HTML file that prints well',
  method: 'GET',
  path: '/launches/{launch}/landing-report/document',
  who: everyone,
  input: named.extend({ locale: z.enum(['en', 'zh']).default('en') }),
  output: z.object({ fileName: z.string(), html: z.string() }),
  run: async (context, { launch, locale }) => {
    const { renderDocument } = await import('./document.tsx');
    const report = await landingReportOf(context, launch);
    return {
      fileName: `landing-report-${report.launch.key}.html`,
      html: await renderDocument(report, { locale, currency: context.workspace.currency }),
    };
  },
});
