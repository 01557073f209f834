import type { Context } from '../../platform/context.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Query, WorkspaceEvents } from '../../platform/events/store.ts';
import type { AnswerFacts, Range, VersionUsed } from './schema.ts';

const dayMilliseconds = 86_400_000;
const mostDays = 1100;

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;

/** First and last day of a range; "last 7 days" ends today. Refuses one that ends before it begins, or is too long to be drawn. */
export const daysOf = (asked: Range, { now, workspace }: Pick<Context, 'now' | 'workspace'>): { from: string; to: string } => {
  const today = dayIn(now(), workspace.timeZone);
  const { from, to } = asked.kind === 'last' ? { from: addDays(today, 1 - asked.days), to: today } : asked;
  if (from > to)
    throw new Failure('invalid', {
      en: `The period ends (${to}) before it begins (${from}). Exchange the two days.`,
      zh: `时间范围在开始（${from}）之前就结束（${to}）。请对调两个日期。`,
    });
  if (daysBetween(from, to) > mostDays)
    throw new Failure('invalid', {
      en: `The period is longer than ${mostDays} days. Choose a shorter one.`,
      zh: `时间范围超过 ${mostDays} 天。请选择更短的。`,
    });
  return { from, to };
};

/** The newest event of the workspace; its name index answers without reading events. */
const newestEvent: Query = {
  sql: `SELECT if(count() = 0, NULL, formatDateTime(max(newest), '%Y-%m-%dT%H:%i:%SZ', 'UTC')) AS dataTo
    FROM (SELECT name, max(at) AS newest FROM ${rows('event')} GROUP BY name)`,
};

/** The newest day that has events, null without any; clocks ahead of ours do not count. */
export const newestDayOf = async (events: WorkspaceEvents, today: string): Promise<string | null> => {
  // As the sums by day hold it, so that no event is read.
  const sql = `SELECT if(count() = 0, NULL, toString(max(day))) AS day FROM (SELECT day, count() AS n FROM ${rows('event')} WHERE day <= {today:Date} GROUP BY day)`;
  return (await events.ask<{ day: string | null }>({ sql, params: { today } }))[0]?.day ?? null;
};

/** The last day that is over and that events cover; null without events. */
export const lastDayBy = (newest: string | null, today: string): string | null => {
  const yesterday = addDays(today, -1);
  return newest === null || newest < yesterday ? newest : yesterday;
};
export const lastDayOf = async (context: Context): Promise<string | null> => {
  const today = dayIn(context.now(), context.workspace.timeZone);
  return lastDayBy(await newestDayOf(context.events, today), today);
};

/** Asks the statements of one question, and says with the answer what was asked and how long it took. */
export const asking = async <Answer>(
  context: Context,
  period: { from: string; to: string },
  run: (ask: <Row>(query: Query) => Promise<Row[]>) => Promise<Answer>,
  features: readonly VersionUsed[] = [],
): Promise<Answer & { facts: AnswerFacts }> => {
  const startedAt = performance.now();
  const sql: string[] = [];
  const ask = <Row>(query: Query): Promise<Row[]> => {
    sql.push(readable(query));
    return context.events.ask<Row>(query);
  };
  const [answer, [newest]] = await Promise.all([run(ask), context.events.ask<{ dataTo: string | null }>(newestEvent)]);
  const { timeZone } = context.workspace;
  const milliseconds = Math.round(performance.now() - startedAt);
  const facts = { ...period, timeZone, dataTo: newest?.dataTo ?? null, sql, milliseconds };
  return { ...answer, facts: features.length > 0 ? { ...facts, features: [...features] } : facts };
};

const quoted = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(quoted).join(', ')}]`
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A statement with its values written in, for people to read; the engine gets them bound. What the store adds stays a name. */
const readable = ({ sql, params = {} }: Query): string =>
  sql.replaceAll(/\{(\w+):[^}]+\}/g, (whole, name: string) => (name in params ? quoted(params[name]) : whole)).replaceAll(/\n\s+/g, '\n  ');
