import { expect, test } from 'vitest';
import { makeFormat } from '../format.ts';
import { tones } from './colours.ts';
import { bandOf, endOf, layLine, runsOf } from './line-geometry.ts';
import { shadeOf } from './retention-grid.tsx';
import { fitted, rounded, spread, textWidth } from './scales.ts';
import { pointOn, stepPath, type StepLayout } from './step-geometry.ts';
import { placeOf, timeAxis } from './time-axis.ts';

const format = makeFormat({ locale: 'en', timeZone: 'Europe/Berlin', currency: 'USD', now: () => new Date('2026-06-01') });
const days = (from: string, count: number, step = 1) =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse(from) + index * step * 86_400_000).toISOString().slice(0, 10));

test('scales end on round figures and stay under their ceiling', () => {
  expect(rounded(0, 668)).toEqual({ domain: [0, 800], ticks: [0, 200, 400, 600, 800] });
  expect(rounded(0, 0.93, 5, { ceiling: 1 }).domain).toEqual([0, 1]);
  expect(rounded(0, 3, 4, { whole: true }).ticks).toEqual([0, 1, 2, 3]);
  expect(rounded(0, 0).ticks.length).toBeGreaterThan(1);
});

test('labels keep their order and their distance, and none leaves the chart', () => {
  const placed = spread([100, 98, 99, 10], 15, [0, 110]);
  const sorted = placed.toSorted((a, b) => a - b);
  expect(placed[3]).toBe(10);
  for (const [index, place] of sorted.entries()) if (index > 0) expect(place - sorted[index - 1]!).toBeGreaterThan(14);
  expect(Math.max(...placed)).toBeLessThanOrEqual(110);
  expect(placed[1]!).toBeLessThan(placed[2]!);
});

test('a time axis takes the finest blocks that have room, weeks from Monday', () => {
  const quarter = days('2026-03-02', 91);
  expect(
    timeAxis(quarter, 'day', 900, format)
      .ticks.map(({ label }) => label)
      .slice(0, 3),
  ).toEqual(['2 Mar', '9 Mar', '16 Mar']);
  expect(timeAxis(quarter, 'day', 300, format).ticks.map(({ label }) => label)).toEqual(['2 Mar', 'Apr', 'May']);
  expect(timeAxis(days('2025-12-29', 6, 7), 'week', 200, format).ticks.some(({ label }) => label === '2026')).toBe(true);
  expect(timeAxis([], 'day', 300, format)).toEqual({ blocks: [], ticks: [] });
});

test('a launch between two weeks lies between them, and one outside is not drawn', () => {
  const weeks = days('2026-03-02', 4, 7);
  expect(placeOf(weeks, '2026-03-09')).toBe(1);
  expect(placeOf(weeks, '2026-03-12')).toBeCloseTo(1 + 3 / 7);
  expect(placeOf(weeks, '2026-01-01')).toBeNull();
});

test('a line breaks where nothing is known, and says its last whole figure', () => {
  const ats = days('2026-03-02', 5);
  const values = [3, null, 5, 6, 2];
  const points = ats.map((at, index) => ({ at, value: values[index]!, low: 1, high: 9, incomplete: index === 4 }));
  const runs = runsOf(points, ats);
  expect(runs.map((run) => run.map(({ place }) => place))).toEqual([[0], [2, 3, 4]]);
  expect(endOf({ key: 'a', name: 'a', points })?.value).toBe(6);
  const layout = layLine({
    width: 600,
    height: 280,
    series: [{ key: 'a', name: 'a', points }],
    annotations: [],
    fromZero: true,
    tick: String,
    endWidths: [10],
  });
  expect(bandOf(runs[1]!, layout)).toMatch(/^M.*Z$/);
  expect(bandOf(runs[0]!, layout)).toBeNull();
});

test('a share stays as it was until the next point, and is unknown after the last', () => {
  const points = [
    { day: 0, share: 0.1 },
    { day: 10, share: 0.2 },
  ];
  expect(pointOn(points, 9)?.share).toBe(0.1);
  expect(pointOn(points, 11)).toBeNull();
  const layout = { x: (day: number) => day, y: (share: number) => share * 100 } as StepLayout;
  expect(stepPath(points, layout)).toBe('M0.0 10.0H10.0V20.0');
});

test('shades run from the least to the most, and one colour serves one series', () => {
  const scale = { low: 0.1, high: 0.6 };
  expect([0.1, 0.35, 0.6, 1].map((share) => shadeOf(share, scale))).toEqual([1, 4, 7, 7]);
  expect(tones(['a']).get('a')!.line).toBe('var(--sea)');
  expect(tones(['a', 'b'], 'b').get('a')!.quiet).toBe(true);
  expect(tones(['a', 'b']).get('b')!.line).toBe('var(--c-2)');
});

test('a name is cut where it would not fit, Han characters being wider', () => {
  expect(fitted('Legal', 200)).toBe('Legal');
  const cut = fitted('Healthcare networks and hospital groups', 80);
  expect(cut.endsWith('…')).toBe(true);
  expect(textWidth(cut)).toBeLessThanOrEqual(80);
  expect(textWidth('漏斗')).toBe(22);
});
