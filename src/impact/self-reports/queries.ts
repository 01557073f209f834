import { events, numbers } from '../../collect/events/queries.ts';
import { current } from '../../collect/objects/queries.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type SelfReportSetting, type SelfReportSource, usualRules } from './schema.ts';
import { selfReportSettings } from './tables.ts';

export const readSetting = async (transaction: Transaction): Promise<SelfReportSetting> => {
  const [row] = await transaction.select().from(selfReportSettings);
  return row ? { sources: row.sources, rules: row.rules, version: row.version } : { sources: [], rules: usualRules, version: 0 };
};

/** What different answers are read at most; whoever types writes it in his own way. */
export const mostAnswers = 20_000;

/** Who answered, what as it was typed, and when: one row for each thing that holds an answer. */
const answersOf = ({ of, event, property }: SelfReportSource, index: number, params: Record<string, unknown>): string => {
  params[`property${index}`] = property;
  const text = `trimBoth(properties[{property${index}:String}])`;
  if (of === 'person')
    return `SELECT id AS person, coalesce(account_id, '') AS account, ${text} AS answer, created_at AS at FROM ${current('person')} WHERE answer != ''`;
  if (of === 'opportunity')
    return `SELECT coalesce(person_id, '') AS person, coalesce(account_id, '') AS account, ${text} AS answer, created_at AS at FROM ${current('opportunity')} WHERE answer != ''`;
  params[`event${index}`] = event;
  const found = events(`name = {event${index}:String} AND properties[{property${index}:String}] != ''`, ['at', 'properties']);
  return `SELECT p.id AS person, a.id AS account, trimBoth(e.properties[{property${index}:String}]) AS answer, toNullable(e.at) AS at FROM ${found} AS e
    LEFT ANY JOIN ${numbers('person')} AS p ON p.number = e.person LEFT ANY JOIN ${numbers('account')} AS a ON a.number = e.account
    WHERE answer != '' SETTINGS join_use_nulls = 0`;
};

const firstTouches = (whose: 'person_id' | 'account_id') =>
  `(SELECT assumeNotNull(${whose}) AS whose, argMin(coalesce(channel, ''), at) AS channel FROM ${current('touch')} WHERE coalesce(${whose}, '') != '' AND at IS NOT NULL GROUP BY ${whose})`;

export type AnswerCount = {
  answer: string;
  hasTouch: number;
  tracked: string;
  answers: number;
  firstDay: string | null;
  lastDay: string | null;
  undated: number;
};

/** Answers as they are typed, but for capitals, with the channel of the first touch of whoever gave them: the person's, else the account's. */
export const countAnswers = (sources: SelfReportSource[], within?: { from: string; to: string; zone: string }): Query => {
  const params: Record<string, unknown> = { ...within };
  const given = sources.map((source, index) => `SELECT * FROM (${answersOf(source, index, params)})`).join(' UNION ALL ');
  return {
    sql: `SELECT any(g.answer) AS answer, toUInt8(p.whose != '' OR a.whose != '') AS hasTouch, if(p.whose != '', p.channel, a.channel) AS tracked,
        toUInt32(count()) AS answers, toString(toDate(min(g.at))) AS firstDay, toString(toDate(max(g.at))) AS lastDay, toUInt32(countIf(g.at IS NULL)) AS undated
      FROM (${given}) AS g
      LEFT ANY JOIN ${firstTouches('person_id')} AS p ON p.whose = g.person
      LEFT ANY JOIN ${firstTouches('account_id')} AS a ON a.whose = g.account
      WHERE ${within ? 'toDate(g.at, {zone:String}) BETWEEN {from:Date} AND {to:Date}' : '1'}
      GROUP BY lowerUTF8(g.answer), hasTouch, tracked ORDER BY answers DESC, lowerUTF8(answer), tracked LIMIT ${mostAnswers + 1}
      SETTINGS join_use_nulls = 0`,
    params,
  };
};

/** Properties of people and opportunities that could hold an answer. */
export const answerProperties: Query = {
  sql: (['person', 'opportunity'] as const)
    .map(
      (kind) => `SELECT '${kind}' AS of, property, toUInt32(count()) AS values, toUInt32(uniqExact(value)) AS different FROM (
        SELECT pair.1 AS property, pair.2 AS value FROM ${rows(kind)} ARRAY JOIN CAST(properties, 'Array(Tuple(String, String))') AS pair WHERE pair.2 != '') GROUP BY property`,
    )
    .join(' UNION ALL ')
    .replace(/^/, 'SELECT * FROM (')
    .concat(') ORDER BY of, property LIMIT 1000'),
};
