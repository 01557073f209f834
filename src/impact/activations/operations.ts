import type { Context } from '../../platform/context.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerActivations, frameOf } from './answer.ts';
import { searchRows } from './queries.ts';
import { search, searchAsked, type SearchRowsAsked, searchRowsAsked } from './schema.ts';

export const searchActivations = operation({
  summary: 'Search which early behaviour goes with staying: chosen on one half of the people or accounts, judged on the other',
  method: 'POST',
  path: '/activations',
  reads: true,
  who: everyone,
  input: searchAsked,
  output: search,
  run: answerActivations,
});

const listing = async (context: Context, asked: SearchRowsAsked) => searchRows(asked, await frameOf(context, asked));

export const listActivationRows = operation({
  summary: 'List the people or accounts who did an early behaviour or did not, and who stayed or left',
  method: 'POST',
  path: '/activations/rows',
  reads: true,
  who: everyone,
  input: searchRowsAsked.extend(rowsPage),
  output: unitRows,
  run: async (context, { offset, limit, ...asked }) => readListed(context, await listing(context, asked), { offset, limit }),
});

export const exportActivationRows = operation({
  summary: 'Export the people or accounts who did an early behaviour or did not, and who stayed or left, as CSV',
  method: 'POST',
  path: '/activations/rows.csv',
  reads: true,
  who: everyone,
  input: searchRowsAsked,
  output: rowsFile,
  run: async (context, asked) => exportListed(context, await listing(context, asked), `activation-${asked.unit}.csv`),
});
