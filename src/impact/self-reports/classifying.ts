import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { type AnswerCount, mostAnswers } from './queries.ts';
import type { SelfReported, SelfReportRule, SelfReports } from './schema.ts';

type Programs = ReadonlyMap<string, { id: string; key: string; name: string }>;

/** The first rule that fits an answer. */
export const ruleFor = (answer: string, rules: readonly SelfReportRule[]): SelfReportRule | undefined => {
  const text = answer.toLowerCase();
  return rules.find(({ words }) => words.some((word) => text.includes(word)));
};

const sum = (rows: readonly AnswerCount[]) => rows.reduce((total, { answers }) => total + answers, 0);

const tally = <Row extends AnswerCount>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]);
  return found;
};

const trackedOf = (rows: readonly AnswerCount[]): SelfReported['tracked'] =>
  [...tally(rows, ({ hasTouch, tracked }) => (hasTouch ? `touch ${tracked}` : ''))]
    .map(([, some]) => ({ channel: some[0]!.hasTouch ? some[0]!.tracked : null, answers: sum(some) }))
    .toSorted((one, other) => other.answers - one.answers);

const days = (rows: readonly AnswerCount[], key: 'firstDay' | 'lastDay') =>
  rows
    .map((row) => row[key])
    .filter((day) => day !== null)
    .toSorted();

/** Answers by channel, as the rules say; what no rule fits is listed, never guessed. */
export const classify = (given: readonly AnswerCount[], rules: readonly SelfReportRule[], programs: Programs): SelfReports => {
  const rows = given.slice(0, mostAnswers).map((row) => ({ ...row, rule: ruleFor(row.answer, rules) }));
  const all = sum(rows);
  const unmatched = rows.filter(({ rule }) => !rule);
  const channels = [
    ...tally(
      rows.filter(({ rule }) => rule),
      ({ rule }) => `${rule!.channel}\n${rule!.program ?? ''}`,
    ),
  ].map(([, some]) => {
    const answers = sum(some);
    const { channel, program } = some[0]!.rule!;
    const estimate = shareInterval(answers, all) as { share: number; low: number; high: number };
    return { channel, program: (program && programs.get(program)) || null, answers, ...estimate, tracked: trackedOf(some) };
  });
  return {
    answers: all,
    firstDay: days(rows, 'firstDay')[0] ?? null,
    lastDay: days(rows, 'lastDay').at(-1) ?? null,
    undated: rows.reduce((total, { undated }) => total + undated, 0),
    channels: channels.toSorted((one, other) => other.answers - one.answers || one.channel.localeCompare(other.channel)),
    unmatched: [...tally(unmatched, ({ answer }) => answer.toLowerCase())]
      .map(([, some]) => ({ answer: some[0]!.answer, answers: sum(some) }))
      .toSorted((one, other) => other.answers - one.answers)
      .slice(0, 200),
    unmatchedAnswers: sum(unmatched),
    withoutTouch: sum(rows.filter(({ hasTouch }) => !hasTouch)),
    truncated: given.length > mostAnswers,
  };
};
