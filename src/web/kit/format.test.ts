import { expect, test } from 'vitest';
import { makeFormat } from './format.ts';

const now = () => new Date('2026-06-01T12:00:00Z');
const english = makeFormat({ locale: 'en', timeZone: 'Europe/Berlin', currency: 'USD', now });
const chinese = makeFormat({ locale: 'zh', timeZone: 'Asia/Shanghai', currency: 'USD', now });

test('numbers and shares are written with their decimals and a real minus', () => {
  expect(english.number(1284)).toBe('1,284');
  expect(english.share(0.314)).toBe('31.4%');
  expect(english.signedNumber(-3)).toBe('\u22123');
  expect(english.signedShare(0.118)).toBe('+11.8%');
  expect(english.points(-0.05)).toBe('\u22125.0 points');
  expect(english.number(null)).toBe('–');
});

test('an estimate is written with its interval', () => {
  expect(english.interval('31.4%', '28.9%', '34.0%')).toBe('31.4% (28.9% to 34.0%)');
  expect(chinese.interval('31.4%', '28.9%', '34.0%')).toBe('31.4%（28.9% 至 34.0%）');
});

test('money is short, with the sign before it in English and the name after it in Chinese', () => {
  expect(english.money(1_420_000)).toBe('$1.42M');
  expect(english.money(410_000)).toBe('$410k');
  expect(english.money(12)).toBe('$12');
  expect(english.money(-1.5, { exact: true })).toBe('\u2212$1.50');
  expect(english.money(12, { currency: 'CHF' })).toBe('CHF\u00a012');
  expect(chinese.money(1_420_000)).toBe('142 万美元');
  expect(chinese.money(12)).toBe('12 美元');
});

test('a date leaves the current year out, and a day without a time means that day everywhere', () => {
  expect(english.date('2026-03-03')).toBe('3 Mar');
  expect(english.date('2025-09-03')).toBe('3 Sep 2025');
  expect(english.date('2026-03-03', { year: true })).toBe('3 Mar 2026');
  expect(chinese.date('2025-03-03')).toBe('2025年3月3日');
  expect(english.date('2026-03-03T23:30:00Z')).toBe('4 Mar');
  expect(english.dateTime('2026-03-03T12:20:00Z')).toBe('3 Mar, 13:20');
});

test('ages are days for a year, then months', () => {
  expect(english.age('2026-06-01T08:00:00Z')).toBe('today');
  expect(english.age('2026-05-27T08:00:00Z')).toBe('5 d');
  expect(english.age('2025-04-01T08:00:00Z')).toBe('14 mo');
});

test('counts, days and waiting times agree with their number', () => {
  expect(english.plural(1, 'launch', 'launches')).toBe('1 launch');
  expect(english.plural(1200, 'launch', 'launches')).toBe('1,200 launches');
  expect(english.days(1)).toBe('1 day');
  expect(english.days(13.1)).toBe('13.1 days');
  expect(english.duration(6)).toBe('6 seconds');
  expect(english.bytes(3_400_000)).toBe('3.4 MB');
});
