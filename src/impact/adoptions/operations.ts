import type { Context } from '../../platform/context.ts';
import { z } from 'zod';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { toCsv } from '../../platform/csv.ts';
import { asFile, mostRowsInFile, rowsFile, rowsPage, unitRows, type UnitRows } from '../questions/rows.ts';
import { answerAdoption, meantBy } from './answer.ts';
import { linesOf } from './lines.ts';
import { adoptionColumns, adoptionPage, type AdoptionRow, adoptionTotal, type RowsAsked } from './queries.ts';
import { adoption, adoptionAsked, adoptionRowsAsked, type AdoptionRowsAsked } from './schema.ts';

const readRows = async (context: Context, asked: AdoptionRowsAsked, page: { offset: number; limit: number }): Promise<UnitRows> => {
  const { facts } = await meantBy(context, asked);
  const { unit, state, by, group } = asked;
  const row: RowsAsked = { unit, state, by: by ?? undefined, group: group?.by, value: group?.value };
  const [[counted], rows] = await Promise.all([
    context.events.ask<{ total: number }>(adoptionTotal(row, facts)),
    context.events.ask<AdoptionRow>(adoptionPage(row, page, facts)),
  ]);
  return { columns: [...adoptionColumns], rows, total: counted?.total ?? 0, offset: page.offset };
};

export const getAdoption = operation({
  summary: 'Adoption of a feature by accounts and people: curve, marks, time, depth, breadth, groups, and earlier launches beside it',
  method: 'POST',
  path: '/adoptions',
  who: everyone,
  reads: true,
  input: adoptionAsked,
  output: adoption,
  run: answerAdoption,
});

export const exportAdoption = operation({
  summary: 'Export the figures of an adoption as CSV: curve, marks, time to adopt, groups, returns, base, and earlier launches',
  method: 'POST',
  path: '/adoptions.csv',
  who: everyone,
  reads: true,
  input: adoptionAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const answer = await answerAdoption(context, asked);
    const name = answer.launch?.key ?? answer.feature?.name ?? 'rule';
    return { fileName: `adoption-${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`, csv: toCsv(linesOf(answer)) };
  },
});

export const listAdoptionRows = operation({
  summary: 'List the accounts or people behind a figure of adoption, such as those who have not adopted',
  method: 'POST',
  path: '/adoptions/rows',
  who: everyone,
  reads: true,
  input: adoptionRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readRows(context, asked, { offset, limit }),
});

export const exportAdoptionRows = operation({
  summary: 'Export the accounts or people behind a figure of adoption as CSV',
  method: 'POST',
  path: '/adoptions/rows.csv',
  who: everyone,
  reads: true,
  input: adoptionRowsAsked,
  output: rowsFile,
  run: async (context, asked) =>
    asFile(await readRows(context, asked, { offset: 0, limit: mostRowsInFile }), `adoption-${asked.unit}-${asked.state}.csv`),
});
