import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { asFile, mostRowsInFile, rowsFile, rowsPage, type UnitRows, unitRows } from '../questions/rows.ts';
import { periodsOf, startOf } from '../trends/periods.ts';
import { answerSubscriptions, frameOf } from './answer.ts';
import { countRows, pageRows, rowColumns } from './queries.ts';
import {
  type Kept,
  type LockedSet,
  movements,
  type SubscriptionRowsAsked,
  subscriptionRowsAsked,
  type Split,
  type Subscriptions,
  subscriptions,
  subscriptionsAsked,
  type Survival,
} from './schema.ts';

export const getSubscriptions = operation({
  summary:
    'Read recurring revenue by month (MRR), what moved it, and how much of it stays: net, gross and by account, by segment, plan or feature adopted, with survival',
  method: 'POST',
  path: '/subscriptions',
  reads: true,
  who: everyone,
  input: subscriptionsAsked,
  output: subscriptions,
  run: answerSubscriptions,
});

const readRows = async (context: Context, asked: SubscriptionRowsAsked, page: { offset: number; limit: number }): Promise<UnitRows> => {
  if (startOf(asked.month, 'month') !== asked.month)
    throw new Failure('invalid', {
      en: `${asked.month} is not the first day of a month. Name the month by its first day, such as ${asked.month.slice(0, 8)}01.`,
      zh: `${asked.month} 不是某月的第一天。请用当月第一天表示月份，例如 ${asked.month.slice(0, 8)}01。`,
    });
  const { frame, lastMonth } = await frameOf(context, asked, (query) => context.events.ask(query));
  const none = { columns: rowColumns, rows: [], total: 0, offset: page.offset };
  if (!frame || lastMonth === null || asked.month < frame.origin) return none;
  if (asked.month > lastMonth)
    throw new Failure('invalid', {
      en: `Movements are known up to the month from ${lastMonth}; ${asked.month} is later.`,
      zh: `已知的变动截至始于 ${lastMonth} 的月份；${asked.month} 更晚。`,
    });
  const place = periodsOf({ from: frame.origin, to: asked.month }, 'month').length - 1;
  const [[counted], rows] = await Promise.all([
    context.events.ask<{ total: number }>(countRows(asked, frame, place)),
    context.events.ask<UnitRows['rows'][number]>(pageRows(asked, frame, place, page)),
  ]);
  return { ...none, rows, total: counted?.total ?? 0 };
};

export const listSubscriptionRows = operation({
  summary: 'List the accounts behind recurring revenue, with what each paid before and after',
  method: 'POST',
  path: '/subscriptions/rows',
  reads: true,
  who: everyone,
  input: subscriptionRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readRows(context, asked, { offset, limit }),
});

export const exportSubscriptionRows = operation({
  summary: 'Export the accounts behind recurring revenue as CSV',
  method: 'POST',
  path: '/subscriptions/rows.csv',
  reads: true,
  who: everyone,
  input: subscriptionRowsAsked,
  output: rowsFile,
  run: async (context, asked) =>
    asFile(await readRows(context, asked, { offset: 0, limit: mostRowsInFile }), `subscriptions-${asked.month.slice(0, 7)}.csv`),
});

const keptLine = (what: string, name: string, after: number | '', { accounts, paying, start, end, net, gross, logo }: Kept) => [
  what,
  name,
  after,
  '',
  '',
  accounts,
  paying,
  start,
  end,
  ...[net, gross, logo].flatMap((figure) => [figure?.share, figure?.low, figure?.high]),
];

const meanCells = ({ perAccount: mean }: LockedSet) => [mean?.mean, mean?.low, mean?.high];
const blanks = (count: number) => Array.from({ length: count }, () => '');

const differenceLine = ({ by, net, gross, logo }: NonNullable<Subscriptions['adoption']>, over: number) => [
  'adopted less not adopted',
  `by ${by}`,
  over,
  ...blanks(6),
  ...[net, gross, logo].flatMap((one) => [one?.points, one?.low, one?.high]),
];

/** By which values the groups are told apart, or that they are not. */
const splitSaid = ({ asOf, known, later, firstKnown, refused }: Split): string =>
  [
    refused ? 'refused' : `by the value ${asOf === 'now' ? 'of now' : 'at the lock'}`,
    `known at the lock of ${known} accounts`,
    later > 0 && `of ${later} later (first on ${firstKnown})`,
  ]
    .filter(Boolean)
    .join('; ');

/** Survival stands in the columns of accounts (logo); `accounts` are those still followed. */
const survivalLines = (survival: Survival | null) => [
  ...(survival?.groups ?? []).flatMap(({ kind, name, months }) =>
    months.map(({ month, share, low, high, atRisk }) => [
      'survival',
      name || kind,
      month,
      ...blanks(2),
      atRisk,
      ...blanks(9),
      share,
      low,
      high,
    ]),
  ),
  ...(survival?.test ? [['log-rank', ...blanks(20), survival.test.statistic, survival.test.degrees, survival.test.p]] : []),
];

export const exportSubscriptions = operation({
  summary:
    'Export recurring revenue as CSV: each month with its movements, and what is kept of a locked set, by group and by months since the first',
  method: 'POST',
  path: '/subscriptions.csv',
  reads: true,
  who: everyone,
  input: subscriptionsAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked) => {
    const { currency, months, locked, groups, split, adoption, survival, followed, cohorts, over, facts } = {
      ...(await answerSubscriptions(context, asked)),
      over: asked.over,
    };
    const head = ['what', 'name', 'months_after', 'movement', 'amount', 'accounts', 'paying', 'start', 'end'];
    const shares = ['net', 'gross', 'logo', 'mean'].flatMap((name) => [name, `${name}_low`, `${name}_high`]);
    const cells = (what: string, name: string, list: readonly (Kept | null)[]) =>
      list.flatMap((cell, after) => (cell ? [keptLine(what, name, after, cell)] : []));
    const rows = [
      ...months.flatMap(({ at, mrr, accounts, movements: moved }) => [
        ['month', at, '', 'mrr', mrr, accounts],
        ...movements.map((movement) => ['month', at, '', movement, moved[movement].amount, moved[movement].accounts]),
      ]),
      ...(locked ? [[...keptLine('locked', `${locked.from} to ${locked.to}`, over, locked), ...meanCells(locked)]] : []),
      ...(split ? [['split', splitSaid(split)]] : []),
      ...groups.map((group) => [...keptLine('group', group.name || group.kind, over, group), ...meanCells(group)]),
      ...(adoption ? [differenceLine(adoption, over)] : []),
      ...survivalLines(survival),
      ...cells('followed', 'all', followed),
      ...cohorts.flatMap((cohort) => cells('cohort', cohort.start, cohort.cells)),
    ];
    const fileName = `subscriptions-${currency || 'no-currency'}-${facts.from}-to-${facts.to}.csv`;
    return { fileName, csv: toCsv([[...head, ...shares, 'statistic', 'degrees', 'p'], ...rows]) };
  },
});
