import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { goals } from '../../launch/goals/tables.ts';
import { launches } from '../../launch/launches/tables.ts';
import type { Context } from '../../platform/context.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { mostRowsInFile, rowsFile, rowsPage, type UnitRows, unitRows } from '../questions/rows.ts';
import { answerLift, refuseMismatch } from './answer.ts';
import { listCases } from './cases.ts';
import { countUnits, type HoldoutRowsAsked, listUnits, type PropertyChoice, propertyChoices, type UnitRow } from './queries.ts';
import { lift, liftAsked, liftChoices, type LiftRowsAsked, liftRowsAsked, objectUnits } from './schema.ts';

export const getLift = operation({
  summary:
    'Say what something changed against what would have happened without it: effect with interval, checks, verdict, or why it cannot be told',
  method: 'POST',
  path: '/lifts',
  reads: true,
  who: everyone,
  input: liftAsked,
  output: lift,
  run: (context, asked, { signal }) => answerLift(context, asked, signal),
});

const columns = ['id', 'name', 'arm', 'segment', 'outcome'];

const readUnits = async (context: Context, asked: LiftRowsAsked, page: { offset: number; limit: number }): Promise<UnitRows> => {
  refuseMismatch(asked);
  if (asked.design.kind !== 'holdout')
    throw new Failure('invalid', {
      en: 'Only a holdout has units in two arms that can be listed. Ask for the comparison itself instead.',
      zh: '只有抽签留出才有可列出的两组单位。请改为直接查看比较结果。',
    });
  const of = asked as HoldoutRowsAsked;
  const { outcome } = of;
  if (outcome.kind === 'share_of') {
    const around = { ask: context.events.ask, timeZone: context.workspace.timeZone };
    const rows = await listCases({ design: of.design, outcome }, of.arm, around);
    return { columns, rows: rows.slice(page.offset, page.offset + page.limit), total: rows.length, offset: page.offset };
  }
  const [[counted], rows] = await Promise.all([
    context.events.ask<{ total: number }>(countUnits(of)),
    context.events.ask<UnitRow>(listUnits(of, page)),
  ]);
  return { columns, rows, total: counted?.total ?? 0, offset: page.offset };
};

export const listLiftRows = operation({
  summary: 'List the units behind a lift, with their arm and outcome',
  method: 'POST',
  path: '/lifts/rows',
  reads: true,
  who: everyone,
  input: liftRowsAsked.extend(rowsPage),
  output: unitRows,
  run: (context, { offset, limit, ...asked }) => readUnits(context, asked, { offset, limit }),
});

export const exportLiftRows = operation({
  summary: 'Export the units behind a lift as CSV',
  method: 'POST',
  path: '/lifts/rows.csv',
  reads: true,
  who: everyone,
  input: liftRowsAsked,
  output: rowsFile,
  run: async (context, asked) => {
    const { rows, total } = await readUnits(context, asked, { offset: 0, limit: mostRowsInFile });
    const csv = toCsv([columns, ...rows.map((row) => columns.map((column) => row[column]))]);
    return { fileName: 'lift-units.csv', csv, total, truncated: total > rows.length };
  },
});

export const exportLift = operation({
  summary: 'Export the figures and checks of a lift as CSV',
  method: 'POST',
  path: '/lifts.csv',
  reads: true,
  who: everyone,
  input: liftAsked,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context, asked, { signal }) => {
    const answer = await answerLift(context, asked, signal);
    const {
      observed,
      counterfactual,
      estimate,
      adjusted,
      checks,
      segments = [],
      events = [],
      path,
      series,
      matched,
      sentence,
      verdict,
    } = answer;
    const effect = (what: string, one: typeof estimate) => [what, one?.method, null, one?.effect, one?.low, one?.high, one?.p];
    return {
      fileName: 'lift.csv',
      csv: toCsv([
        ['what', 'name', 'units', 'value', 'low', 'high', 'p'],
        ['verdict', `${verdict}: ${sentence}`],
        ['observed', '', observed.units, observed.value, observed.low, observed.high],
        ['counterfactual', '', counterfactual.units, counterfactual.value, counterfactual.low, counterfactual.high],
        effect('effect', estimate),
        ...(adjusted ? [effect('adjusted', adjusted)] : []),
        ...checks.map(({ name, passed, words }) => [
          'check',
          `${name}: ${words}`,
          null,
          passed === null ? 'cannot be checked' : passed ? 'holds' : 'fails',
        ]),
        ...segments.map((one) => ['segment', one.name, one.treated + one.control, one.effect, one.low, one.high, one.p]),
        ...events.map((one) => ['period', one.period, null, one.effect, one.low, one.high]),
        ...(matched?.balance ?? []).map((one) => [
          'balance',
          [one.name, one.value].filter(Boolean).join(': '),
          null,
          one.after,
          one.treated,
          one.matched,
        ]),
        ...(series?.weights ?? []).map(({ name, weight }) => ['weight', name, null, weight]),
        ...path.flatMap((one) => [
          ['observed at', one.at, null, one.observed],
          ['expected at', one.at, null, one.expected, one.low, one.high],
        ]),
        ...(series?.placebos ?? []).flatMap(({ name, gaps }) => gaps.map((gap, place) => [`gap at ${path[place]?.at}`, name, null, gap])),
      ]),
    };
  },
});

export const listLiftChoices = operation({
  summary: 'List the properties that units of a kind have, with their most frequent values: what a lift can be asked by',
  method: 'GET',
  path: '/lifts/choices',
  who: everyone,
  input: z.object({ unit: z.enum(objectUnits) }),
  output: liftChoices,
  run: async (context, { unit }) => {
    const [properties, found] = await Promise.all([
      context.events.ask<PropertyChoice>(propertyChoices(unit)),
      context.read((transaction) =>
        transaction
          .select({ id: goals.id, text: goals.registered, launch: launches.name })
          .from(goals)
          .innerJoin(launches, eq(launches.id, goals.launchId))
          .where(and(isNotNull(goals.registeredAt), isNotNull(goals.metric), isNull(goals.deletedAt), isNull(launches.deletedAt)))
          .orderBy(desc(launches.marketDate), asc(goals.position))
          .limit(500),
      ),
    ]);
    const asChoice = ({ id, text, launch }: (typeof found)[number]) => ({ id, launch, name: text!.name, comparison: text!.comparison });
    return { properties, goals: found.map(asChoice) };
  },
});
