import { events, numbers } from '../../collect/events/queries.ts';
import type { FeatureRule } from '../../launch/features/schema.ts';
import { behaves, type Values } from '../questions/filters.ts';
import type { VersionUsed } from '../questions/schema.ts';
import { usesBy } from '../questions/uses.ts';

/** What accounts can have used: features, by their rules; deliverables, by the UTM words of the short links that lead to them. */
export type Usable = { features: (VersionUsed & { rule: FeatureRule })[]; links: { name: string; words: string }[] };

const utmNames = ['campaign', 'source', 'medium', 'content', 'term'] as const;
type UtmWords = Record<(typeof utmNames)[number], string>;

/** The UTM words of a link as one text, as events that came by it carry them. */
export const wordsOf = (link: UtmWords): string => utmNames.map((name) => link[name].toLowerCase()).join('\n');

const wordsSql = `lowerUTF8(concat(${utmNames.map((name) => `properties['utm_${name}']`).join(`, '\\n', `)}))`;

const arrivals = (links: Usable['links'], { bind }: Values): string => {
  const words = [...new Set(links.map((link) => link.words))];
  const names = words.map((one) => links.filter((link) => link.words === one).map(({ name }) => name));
  const led = `mapFromArrays(${bind(words, 'Array(String)')}, ${bind(names, 'Array(Array(String))')})[${wordsSql}]`;
  const only = `${behaves} AND at <= {now:DateTime64(3, 'UTC')} AND properties['utm_campaign'] != ''`;
  return `SELECT account AS number, day, arrayJoin(${led}) AS name FROM ${events(only, ['at', 'day', 'properties'])} GROUP BY number, day, name`;
};

/** Of each account, by its id: on which days (of the workspace) it used what. */
export const usedByAccount = ({ features, links }: Usable, now: Date, values: Values): string => {
  values.params.now = now.toISOString().replace('Z', '');
  const sources = [
    `SELECT toUInt32(0) AS number, toDate(0) AS day, '' AS name WHERE 0`,
    ...features.map(
      ({ name, rule }) => `SELECT number, day, ${values.bind(name, 'String')} AS name FROM ${usesBy('account', rule, values)}`,
    ),
    ...(links.length > 0 ? [arrivals(links, values)] : []),
  ];
  return `(SELECT n.id AS account, groupUniqArray((u.day, u.name)) AS used FROM (${sources.join(' UNION ALL ')}) AS u
    INNER JOIN ${numbers('account')} AS n ON n.number = u.number GROUP BY account)`;
};

/**
 * What the account of a deal used on a day in the look-back before the deal was created (`earlier`), and on that day or later, until it was closed
 * or now (`later`). Of the day itself no order is known, so that it is not before. Over a row with the columns of the ledger and `used`.
 */
export const usedAround = (zone: string, now: Date, lookbackDays: number, { bind }: Values): { earlier: string; later: string } => {
  const day = (moment: string) => `toDate(${moment}, ${bind(zone, 'String')})`;
  const end = day(`coalesce(closed_at, fromUnixTimestamp64Milli(${bind(now.getTime(), 'Int64')}, 'UTC'))`);
  const created = day('created_at');
  const names = (condition: string) => `arrayDistinct(arrayMap(t -> t.2, arrayFilter(t -> ifNull(${condition}, 0), used)))`;
  return {
    earlier: names(`t.1 < ${created} AND t.1 >= ${created} - ${bind(lookbackDays, 'UInt16')}`),
    later: names(`NOT (state IN ('won', 'lost') AND closed_at IS NULL) AND t.1 >= ${created} AND t.1 <= ${end}`),
  };
};
