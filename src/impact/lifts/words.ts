import type { Format } from '../../web/kit/format.ts';
import type { en } from './messages.ts';
import type { Check, Lift } from './schema.ts';

type Words = typeof en;
type Judged = Pick<Lift, 'verdict' | 'reason' | 'estimate' | 'worthHaving' | 'next' | 'refused' | 'checks'> & {
  series?: Pick<NonNullable<Lift['series']>, 'rank' | 'of'> | null;
};
type Scale = Pick<Lift, 'scale' | 'currency' | 'unit' | 'wanted'>;

/** Figures and sentences of a lift, in the language of whoever reads: the same in the terminal and on the page. */
export const writer = (words: Words, format: Format, { scale, currency, unit, wanted }: Scale) => {
  const digitsOf = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 3);
  const sign = (text: string, value: number) => (value > 0 ? `+${text}` : text);
  const money = (value: number) => format.money(value, { currency: currency ?? undefined, exact: Math.abs(value) < 1000 });
  /** A level: a share, a number, a sum of money. */
  const level = (value: number): string =>
    scale === 'share' ? format.share(value) : scale === 'money' ? money(value) : format.number(value, { digits: digitsOf(value) });
  /** A difference, with its sign. */
  const effect = (value: number): string => (scale === 'share' ? format.points(value) : sign(level(value), value));
  const p = (value: number | string | null) =>
    typeof value !== 'number' ? '–' : value < 0.001 ? '< 0.001' : format.number(value, { digits: 3 });
  const plainLow = (low: number) => (scale === 'share' ? format.signedNumber(low * 100, { digits: 1 }) : effect(low));
  const interval = ({ low, high }: { low: number; high: number }) => format.range(plainLow(low), effect(high));
  const units = words.units[unit];

  const check = ({ name, passed, figures }: Omit<Check, 'words'>): string => {
    const number = (key: string) => (typeof figures[key] === 'number' ? format.number(figures[key]) : '–');
    const share = (key: string) => (typeof figures[key] === 'number' ? format.share(figures[key]) : '–');
    const points = (key: string) => (typeof figures[key] === 'number' ? format.number(figures[key] * 100, { digits: 1 }) : '–');
    const text = (key: string) => String(figures[key] ?? '');
    const held = {
      number,
      share,
      points,
      text,
      p: p(figures.p ?? null),
      units,
      passed,
      date: (key: string) => format.date(text(key)),
      level,
    };
    return words.checks[name]?.(held) ?? name;
  };

  const refusal = ({ reason, needed }: { reason: NonNullable<Lift['refused']>['reason']; needed: number | null }): string =>
    words.refusals[reason]?.(needed === null ? '–' : reason === 'poor_fit' ? format.share(needed) : format.number(needed), units) ?? reason;

  const sentence = (lift: Judged): string => {
    const { verdict, reason, estimate, worthHaving, next, series } = lift;
    const needed = next.unitsPerArm === null ? '' : words.needed(format.number(next.unitsPerArm), units);
    if (lift.refused) return reason === 'descriptive' ? words.descriptive : words.refusedBecause(refusal(lift.refused));
    if (!estimate) return words.cannotTell;
    const changed = effect(estimate.effect);
    const figures = [series ? words.aPeriod(changed) : changed, interval(estimate)] as const;
    const rank = series?.rank && series.of ? words.rank(format.number(series.rank), format.number(series.of)) : '';
    const worth = worthHaving === null ? null : effect(wanted === 'less' ? -worthHaving : worthHaving);
    const said = (one: string, more: string) => [one, more].filter(Boolean).join(' ');
    if (verdict === 'met') return said(worth ? words.metWorth(...figures, worth) : words.raised(...figures), rank);
    if (verdict === 'missed') return said(worth ? words.missedWorth(...figures, worth) : words.lowered(...figures), rank);
    if (reason === 'check_failed') {
      const failed = lift.checks.find(({ passed, blocks }) => blocks && passed === false);
      return words.checkFailed(failed ? check(failed) : '');
    }
    if (reason === 'not_yet') return words.notYet;
    return said(worth ? words.holdsWorth(...figures, worth) : words.holdsNone(...figures), needed);
  };

  return { level, effect, interval, p, check, refusal, sentence, units };
};
export type Writer = ReturnType<typeof writer>;
