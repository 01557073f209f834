import { rowsOfImport } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { datePatterns, domainPattern, emailPattern, matches, missingFigure, numberSql } from './cells.ts';
import type { ImportColumn } from './schema.ts';

type Sniffed = { column: number; examples: string[] } & ImportColumn['sniff'];

const parts = (pattern: string, place: number) => `toUInt8OrZero(extractGroups(cell, '${pattern.replaceAll('\\', '\\\\')}')[${place}])`;
const anyOf = (...patterns: string[]) => `(${patterns.map((pattern) => matches('cell', pattern)).join(' OR ')})`;

/**
 * What each column seems to hold, counted over every row: the evidence for recognition and for the questions. Equal
 * cells of a column are looked at once.
 */
export function sniffColumns(importId: string, firstLine: number, header: boolean): Query {
  const slashed = anyOf(datePatterns.yearLast, datePatterns.shortYear);
  const places = '^(\\d{1,2})[-/.](\\d{1,2})[-/.]';
  return {
    sql: `SELECT toUInt32(place - 1) AS column, toUInt32(sum(n)) AS filled, toUInt32(count()) AS distinct, toUInt32(max(lengthUTF8(cell))) AS longest,
      groupUniqArray(4)(substringUTF8(cell, 1, 120)) AS examples,
      toUInt32(sumIf(n, ${matches('cell', emailPattern)})) AS email,
      toUInt32(sumIf(n, ${matches('cell', domainPattern)})) AS domain,
      toUInt32(sumIf(n, ${numberSql('cell', '.')} != '' OR ${numberSql('cell', ',')} != '' OR ${missingFigure('cell')})) AS number,
      toUInt32(sumIf(n, ${anyOf('^-?\\d{1,18}$')})) AS integer,
      toUInt32(sumIf(n, ${anyOf('\\d\\.(\\d{1,2}|\\d{4,})\\D*$', ',\\d{3}\\.', '^\\D*0\\.\\d+\\D*$', '\\d,\\d{3},\\d{3}\\D*$')} AND ${numberSql('cell', '.')} != '')) AS dotDecimal,
      toUInt32(sumIf(n, ${anyOf('\\d,(\\d{1,2}|\\d{4,})\\D*$', '\\.\\d{3},', '^\\D*0,\\d+\\D*$', '\\d\\.\\d{3}\\.\\d{3}\\D*$')} AND ${numberSql('cell', ',')} != '')) AS commaDecimal,
      toUInt32(sumIf(n, ${anyOf('^\\D*[1-9]\\d{0,2}[.,]\\d{3}\\D*$')})) AS unclearDecimal,
      toUInt32(sumIf(n, ${slashed} OR ${anyOf(...Object.values(datePatterns))})) AS date,
      toUInt32(sumIf(n, (${slashed}) AND ${parts(places, 1)} > 12 AND ${parts(places, 2)} <= 12)) AS dayFirst,
      toUInt32(sumIf(n, (${slashed}) AND ${parts(places, 2)} > 12 AND ${parts(places, 1)} <= 12)) AS monthFirst,
      toUInt32(sumIf(n, (${slashed}) AND ${parts(places, 1)} <= 12 AND ${parts(places, 2)} <= 12 AND ${parts(places, 1)} != ${parts(places, 2)})) AS unclearDate
    FROM (SELECT place, cell, count() AS n FROM (SELECT trimBoth(raw, ' \\t\\r\\n') AS cell, place FROM (SELECT cells FROM ${rowsOfImport('import_row')} WHERE line > {after:UInt64} AND NOT startsWith(cells[1], '\\0'))
      ARRAY JOIN cells AS raw, arrayEnumerate(cells) AS place WHERE cell != '') GROUP BY place, cell)
    GROUP BY place ORDER BY place`,
    params: { import: importId, after: header ? firstLine : firstLine - 1 },
  };
}

const nothing: ImportColumn['sniff'] = {
  filled: 0,
  distinct: 0,
  longest: 0,
  email: 0,
  domain: 0,
  number: 0,
  integer: 0,
  dotDecimal: 0,
  commaDecimal: 0,
  unclearDecimal: 0,
  date: 0,
  dayFirst: 0,
  monthFirst: 0,
  unclearDate: 0,
};

export function asColumns(names: string[], sniffed: Sniffed[]): ImportColumn[] {
  const byPlace = new Map(sniffed.map(({ column, examples, ...sniff }) => [column, { examples: examples.toSorted(), sniff }]));
  return names.map((name, place) => ({ name, ...(byPlace.get(place) ?? { examples: [], sniff: nothing }) }));
}

export type { Sniffed };
