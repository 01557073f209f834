import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { exportListed, readListed, rowsFile, rowsPage, unitRows } from '../questions/rows.ts';
import { answerActivations, frameOf, refuseRows } from './answer.ts';
import { searchRows } from './queries.ts';
import { halves, search, searchAsked, type SearchRowsAsked, searchRowsAsked } from './schema.ts';

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

const listing = async (context: Context, asked: SearchRowsAsked) => {
  refuseRows(asked);
  return searchRows(asked, await frameOf(context, asked));
};

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

export const exportActivationHalves = operation({
  summary: 'Export how many stayed and left in each half of the search, as CSV',
  method: 'POST',
  path: '/activations/halves.csv',
  reads: true,
  who: everyone,
  input: searchAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { halves: counted, facts } = await answerActivations(context, asked);
    const rows = halves.map((half) => [half, counted[half].stayed, counted[half].left]);
    return { fileName: `activation-halves-${facts.from}-to-${facts.to}.csv`, csv: toCsv([['half', 'stayed', 'left'], ...rows]) };
  },
});

export const exportActivations = operation({
  summary:
    'Export the search for early behaviour that goes with staying as CSV: each behaviour that was judged, and those left out with the reason',
  method: 'POST',
  path: '/activations.csv',
  reads: true,
  who: everyone,
  input: searchAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { findings, leftOut, facts } = await answerActivations(context, asked);
    const head = ['event', 'times', 'result', 'did_stayed', 'did_left', 'not_stayed', 'not_left'];
    const figures = ['did_share', 'did_low', 'did_high', 'did_not_share', 'difference', 'difference_low', 'difference_high'];
    const rows = findings.map(
      ({ event, times, isFinding, counts, stayedOfThoseWho: { did, didNot }, difference, reach, lift, ...tested }) => [
        event,
        times,
        isFinding ? 'finding' : 'not_shown',
        counts.didStayed,
        counts.didLeft,
        counts.notStayed,
        counts.notLeft,
        did.share,
        did.low,
        did.high,
        didNot.share,
        difference.difference,
        difference.low,
        difference.high,
        reach.share,
        lift,
        tested.pValue,
        tested.corrected,
      ],
    );
    return {
      fileName: `activation-${facts.from}-to-${facts.to}.csv`,
      csv: toCsv([
        [...head, ...figures, 'reach', 'lift', 'p_value', 'p_corrected'],
        ...rows,
        ...leftOut.map(({ event, times, why }) => [event, times, why]),
      ]),
    };
  },
});
