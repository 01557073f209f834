import { expect, TestRunner } from 'vitest';

/** Of 1,000 seeds 999 leave a count within so many binomial standard errors of what is expected. */
const errors = 3.29;
const figures = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

/** Writes a simulation into the test report (`--reporter=verbose`), whether it passes or not. */
const note = (text: string) => void TestRunner.getCurrentTest()?.context.annotate(text);
const report = (hits: number, runs: number, wanted: string) =>
  note(`${figures.format(hits)} of ${figures.format(runs)} (${figures.format(hits / runs)}), ${wanted}`);

const bandOf = (expected: number, runs: number) => {
  const half = errors * Math.sqrt((expected * (1 - expected)) / runs);
  return { low: expected - half, high: expected + half };
};

/** A rate that is as expected but for binomial chance. */
export function expectRate(hits: number, runs: number, expected: number): void {
  const { low, high } = bandOf(expected, runs);
  report(hits, runs, `expected ${expected}: between ${figures.format(low)} and ${figures.format(high)}`);
  expect(hits / runs).toBeGreaterThanOrEqual(low);
  expect(hits / runs).toBeLessThanOrEqual(high);
}

/** A rate that may be lower than promised, never higher but for binomial chance. */
export function expectAtMost(hits: number, runs: number, most: number): void {
  const { high } = bandOf(most, runs);
  report(hits, runs, `at most ${most}: up to ${figures.format(high)}`);
  expect(hits / runs).toBeLessThanOrEqual(high);
}

/** A rate that may be higher than promised, never lower but for binomial chance. */
export function expectAtLeast(hits: number, runs: number, least: number): void {
  const { low } = bandOf(least, runs);
  report(hits, runs, `at least ${least}: down to ${figures.format(low)}`);
  expect(hits / runs).toBeGreaterThanOrEqual(low);
}

/** A mean of independent runs that is as expected but for chance: within as many standard errors of its own. */
export function expectMean(values: readonly number[], expected: number): void {
  const runs = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1) / runs);
  const half = figures.format(errors * error);
  note(`mean of ${figures.format(runs)}: ${figures.format(mean)}, expected ${figures.format(expected)} give or take ${half}`);
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(errors * error);
}

/** p-values that are even between 0 and 1: Kolmogorov's distance times the root of their number stays under 1.95 in 999 of 1,000 seeds. */
export function expectEven(pValues: readonly number[]): void {
  const runs = pValues.length;
  const sorted = pValues.toSorted((one, other) => one - other);
  const distance = Math.max(...sorted.map((p, at) => Math.max(p - at / runs, (at + 1) / runs - p))) * Math.sqrt(runs);
  note(`p of ${figures.format(runs)} nulls: Kolmogorov's distance ${figures.format(distance)}, under 1.95`);
  expect(distance).toBeLessThan(1.95);
}
