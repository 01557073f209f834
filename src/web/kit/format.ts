/** Numbers, money, dates and durations as STYLE section 10 writes them, in English and simplified Chinese. */
import type { Locale } from './locale.tsx';

export type FormatSettings = { locale: Locale; timeZone: string; currency: string; now?: () => Date };
type Instant = string | number | Date;
type NumberOptions = { digits?: number };

const minus = '\u2212';
const noValue = '–';
const tags: Record<Locale, string> = { en: 'en-GB', zh: 'zh-CN' };
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  // American digits and currency signs: $1.42M, not US$1.42M.
  const key = `n${locale}${JSON.stringify(options)}`;
  const made = (cache.get(key) as Intl.NumberFormat) ?? new Intl.NumberFormat(locale === 'en' ? 'en-US' : 'zh-CN', options);
  cache.set(key, made);
  return made;
}

function dates(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${locale}${JSON.stringify(options)}`;
  const made = (cache.get(key) as Intl.DateTimeFormat) ?? new Intl.DateTimeFormat(tags[locale], options);
  cache.set(key, made);
  return made;
}

function withMinus(text: string): string {
  return text.replace('-', minus);
}

/** A day without a time of day ("2026-03-03") means that day everywhere, so it is read and written in UTC. */
function isDay(value: Instant): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

const compactSteps = {
  en: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ],
  zh: [
    [1e8, ' 亿'],
    [1e4, ' 万'],
  ],
} as const;

function compact(locale: Locale, value: number): string {
  const step = compactSteps[locale].find(([size]) => Math.abs(value) >= size);
  if (!step) return numbers(locale, { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 }).format(value);
  const scaled = value / step[0];
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return numbers(locale, { maximumFractionDigits: digits }).format(scaled) + step[1];
}

function currencyPart(locale: Locale, currency: string, currencyDisplay: 'narrowSymbol' | 'name'): string {
  const parts = numbers(locale, { style: 'currency', currency, currencyDisplay }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** "$1.42M" in English, "142 万美元" in Chinese: the sign stands before the number, the name after it. */
function withCurrency(locale: Locale, text: string, currency: string): string {
  if (locale === 'zh') return `${text}${/\d$/.test(text) ? ' ' : ''}${currencyPart(locale, currency, 'name')}`;
  const sign = currencyPart(locale, currency, 'narrowSymbol');
  return `${sign}${/^[A-Za-z]{2,}$/.test(sign) ? '\u00a0' : ''}${text}`;
}

export type Format = ReturnType<typeof makeFormat>;

export function makeFormat(settings: FormatSettings) {
  return { ...numberFormats(settings), ...dateFormats(settings), ...rangeFormats(settings), locale: settings.locale };
}

function numberFormats({ locale, currency: home }: FormatSettings) {
  const number = (value: number | null | undefined, { digits = 0 }: NumberOptions = {}) =>
    value == null || !Number.isFinite(value)
      ? noValue
      : withMinus(numbers(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
  /** `value` is a fraction: 0.314 is 31.4%. */
  const share = (value: number | null | undefined, { digits = 1 }: NumberOptions = {}) =>
    value == null ? noValue : `${number(value * 100, { digits })}%`;
  const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text);
  const money = (value: number | null | undefined, options: { currency?: string; exact?: boolean } = {}) => {
    if (value == null) return noValue;
    const text = options.exact
      ? numbers(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Math.abs(value))
      : compact(locale, Math.abs(value));
    return `${value < 0 ? minus : ''}${withCurrency(locale, text, options.currency ?? home)}`;
  };
  return {
    number,
    share,
    money,
    compact: (value: number) => withMinus(compact(locale, value)),
    /** A difference of shares, as points: 0.118 is "+11.8 points". */
    points: (value: number, { digits = 1 }: NumberOptions = {}) =>
      signed(number(value * 100, { digits }), value) + (locale === 'zh' ? ' 个百分点' : ' points'),
    signedNumber: (value: number, options?: NumberOptions) => signed(number(value, options), value),
    signedShare: (value: number, options?: NumberOptions) => signed(share(value, options), value),
    bytes: (value: number) => {
      const units = ['B', 'kB', 'MB', 'GB', 'TB'];
      const step = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
      return `${number(value / 1000 ** step, { digits: step > 1 ? 1 : 0 })} ${units[step]}`;
    },
  };
}

function dateFormats({ locale, timeZone, now = () => new Date() }: FormatSettings) {
  const zone = (value: Instant) => (isDay(value) ? 'UTC' : timeZone);
  const yearOf = (value: Instant) => dates('en', { year: 'numeric', timeZone: zone(value) }).format(new Date(value));
  /** "3 Mar", or "3 Mar 2026" outside the current year; `year: true` always says the year. */
  const date = (value: Instant | null | undefined, options: { year?: boolean; weekday?: boolean } = {}) => {
    if (value == null || value === '') return noValue;
    const withYear = options.year ?? yearOf(value) !== yearOf(now());
    return dates(locale, {
      day: 'numeric',
      month: locale === 'zh' ? 'long' : 'short',
      ...(withYear ? { year: 'numeric' } : {}),
      ...(options.weekday ? { weekday: 'short' } : {}),
      timeZone: zone(value),
    })
      .format(new Date(value))
      .replace(/,/g, '')
      .replace('Sept', 'Sep');
  };
  const time = (value: Instant) =>
    dates(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(value));
  return {
    date,
    time,
    /** The time to the second: "14:20:05". */
    clock: (value: Instant) =>
      dates(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(value)),
    dateTime: (value: Instant | null | undefined) =>
      value == null ? noValue : `${date(value)}${locale === 'zh' ? ' ' : ', '}${time(value)}`,
    /** The whole instant with its zone, for a title: "3 Mar 2026, 14:20 CET". */
    exact: (value: Instant) => dates(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(new Date(value)),
    month: (value: Instant) => dates(locale, { month: 'short', timeZone: zone(value) }).format(new Date(value)),
    /** How long ago: "today", "5 d", and after a year "14 mo". */
    age: (value: Instant) => {
      const days = Math.max(0, Math.floor((now().getTime() - new Date(value).getTime()) / 86_400_000));
      if (days === 0) return locale === 'zh' ? '今天' : 'today';
      if (days < 365) return locale === 'zh' ? `${days} 天` : `${days} d`;
      return locale === 'zh' ? `${Math.floor(days / 30.4)} 个月` : `${Math.floor(days / 30.4)} mo`;
    },
  };
}

function rangeFormats({ locale }: FormatSettings) {
  const to = locale === 'zh' ? ' 至 ' : ' to ';
  const days = (value: number | null | undefined, { digits = value != null && value % 1 !== 0 ? 1 : 0 }: NumberOptions = {}) => {
    if (value == null) return noValue;
    const text = withMinus(numbers(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
    return locale === 'zh' ? `${text} 天` : `${text} ${value === 1 ? 'day' : 'days'}`;
  };
  return {
    days,
    /** "28.9% to 34.0%": both ends already written. */
    range: (low: string, high: string) => low + to + high,
    /** An estimate with its interval in one breath: "31.4% (28.9% to 34.0%)". */
    interval: (point: string, low: string, high: string) =>
      locale === 'zh' ? `${point}（${low}${to}${high}）` : `${point} (${low}${to}${high})`,
    /** Seconds of waiting, for a progress line: "6 seconds", "2 minutes". */
    duration: (seconds: number) => {
      const minutes = Math.round(seconds / 60);
      if (seconds < 90) {
        const whole = Math.max(1, Math.round(seconds));
        return locale === 'zh' ? `${whole} 秒` : `${whole} ${whole === 1 ? 'second' : 'seconds'}`;
      }
      return locale === 'zh' ? `${minutes} 分钟` : `${minutes} minutes`;
    },
    /** "1 launch", "12 launches". */
    plural: (count: number, one: string, many: string) => `${numbers(locale, {}).format(count)} ${count === 1 ? one : many}`,
    list: (items: string[]) => new Intl.ListFormat(tags[locale], { type: 'conjunction' }).format(items),
  };
}
