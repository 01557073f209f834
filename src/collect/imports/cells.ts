/** SQL of the values in cells. Each function takes SQL text of a trimmed cell and gives SQL text that is NULL where the cell does not hold such a value. */

export type DateOrder = 'day_month' | 'month_day' | null;
export type DecimalMark = '.' | ',';

const text = (pattern: string): string => `'${pattern.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
export const matches = (cell: string, pattern: string): string => `match(${cell}, ${text(pattern)})`;
const replaced = (cell: string, pattern: string, by: string): string => `replaceRegexpOne(${cell}, ${text(pattern)}, ${text(by)})`;
const without = (cell: string, pattern: string): string => `replaceRegexpAll(${cell}, ${text(pattern)}, '')`;

const time =
  '(?:[T ,]*((?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)? ?(?:[AaPp][Mm])? ?(?:Z|UTC|GMT|[-+]\\d{2}:?\\d{2})?))?$';
export const datePatterns = {
  yearFirst: `^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?${time}`,
  yearLast: `^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${time}`,
  shortYear: `^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{2})${time}`,
  yearMonth: '^(19|20)\\d{2}-(0[1-9]|1[0-2])$',
  yearMonthDigits: '^(19|20)\\d{2}(0[1-9]|1[0-2])$',
  dayDigits: '^(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])$',
  seconds: '^1\\d{9}(\\.\\d+)?$',
  milliseconds: '^1\\d{12}$',
  dayWord: `^\\d{1,2}[- ](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[- ,]+\\d{4}${time}`,
  wordDay: `^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \\d{1,2},? \\d{4}${time}`,
} as const;

const yearAlone = '^(19|20)\\d{2}$';
/** How statistical programs write that a figure is missing. */
export const missingFigure = (cell: string): string => `${cell} IN ('NA', 'N/A', '#N/A', 'NaN')`;

/** Two-digit years up to 69 are of this century, as in POSIX. */
const century = (cell: string): string =>
  `if(toUInt8OrZero(extract(${cell}, ${text('^\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{2})')})) < 70, '20', '19')`;

/** A date in the form that the engine reads. Without an order, a date that could be read two ways stays NULL. */
export function dateSql(cell: string, order: DateOrder, zone: string): string {
  const [month, day] = order === 'day_month' ? ['2', '1'] : ['1', '2'];
  const ordered = order
    ? [
        `${matches(cell, datePatterns.yearLast)}, ${replaced(cell, datePatterns.yearLast, `\\3-\\${month}-\\${day} \\4`)}`,
        `${matches(cell, datePatterns.shortYear)}, concat(${century(cell)}, ${replaced(cell, datePatterns.shortYear, `\\3-\\${month}-\\${day} \\4`)})`,
      ]
    : [];
  const form = `multiIf(${[
    `${matches(cell, datePatterns.yearFirst)}, ${replaced(cell, datePatterns.yearFirst, '\\1-\\2-\\3 \\4')}`,
    ...ordered,
    `${matches(cell, datePatterns.yearMonth)}, concat(${cell}, '-01')`,
    `${matches(cell, yearAlone)}, concat(${cell}, '-01-01')`,
    `${matches(cell, datePatterns.yearMonthDigits)}, concat(substring(${cell}, 1, 4), '-', substring(${cell}, 5, 2), '-01')`,
    `${matches(cell, datePatterns.dayDigits)}, concat(substring(${cell}, 1, 4), '-', substring(${cell}, 5, 2), '-', substring(${cell}, 7, 2))`,
    `${matches(cell, datePatterns.dayWord)} OR ${matches(cell, datePatterns.wordDay)}, replaceAll(${cell}, ',', ' ')`,
  ].join(', ')}, '')`;
  const parsed = `toTimeZone(parseDateTime64BestEffortOrNull(trimBoth(${form}), 3, ${zone}), 'UTC')`;
  return `multiIf(${matches(cell, datePatterns.seconds)}, fromUnixTimestamp64Milli(toInt64(round(toFloat64OrZero(${cell}) * 1000)), 'UTC'), ${matches(cell, datePatterns.milliseconds)}, fromUnixTimestamp64Milli(toInt64OrZero(${cell}), 'UTC'), ${parsed})`;
}

const currencySign = '^[(]?-?\\s?(?:[A-Z]{3}|[A-Z]{0,2}\\$|\\p{Sc})\\s?|\\s?(?:[A-Z]{3}|\\p{Sc})[)]?$';
const grouped = { '.': "[, '’\u00a0\u202f]", ',': "[. '’\u00a0\u202f]" } as const;

/** The bare number of a cell: sign of currency gone, parentheses read as minus. */
function bare(cell: string): string {
  const negative = `if(${matches(cell, '^[(]?(?:[A-Z]{3}|[A-Z]{0,2}\\$|\\p{Sc})?\\s?-|^\\(.*\\)$')}, '-', '')`;
  return `concat(${negative}, ${without(without(cell, currencySign), '^[(]?[-+]?|[)]$')})`;
}

export function numberPattern(mark: DecimalMark): string {
  const group = grouped[mark];
  return `^-?(\\d+|\\d{1,3}(?:${group}\\d{2,3})*${group}\\d{3})(?:[${mark}]\\d+)?(?:[eE][-+]?\\d+)?$`;
}

/** A number as text with a point and no grouping, or '' where the cell holds none in this writing. */
export function numberSql(cell: string, mark: DecimalMark): string {
  const plain = bare(cell);
  const ungrouped = without(plain, grouped[mark]);
  const pointed = mark === ',' ? `replaceOne(${ungrouped}, ',', '.')` : ungrouped;
  return `if(${matches(plain, numberPattern(mark))}, ${pointed}, '')`;
}

export const emailPattern = '^[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>.]{2,}$';
export const domainPattern = '^(https?://)?([a-zA-Z0-9-]+\\.)+[a-zA-Z]{2,}(:\\d+)?(/\\S*)?$';

export function domainSql(cell: string): string {
  return `nullIf(if(${matches(cell, domainPattern)}, lower(replaceRegexpOne(extract(${cell}, ${text('^(?:[a-zA-Z]+://)?([^/:]+)')}), '^(?i:www\\\\.)', '')), ''), '')`;
}
