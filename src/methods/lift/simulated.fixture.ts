import { normalQuantile } from '../numeric/normal.ts';
import type { Moments } from './mean-difference.ts';

export const normal = (random: () => number): number => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random())));
export const drawn = (count: number, one: () => number): number[] => Array.from({ length: count }, one);

export const momentsOf = (values: readonly number[]): Moments => {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const central = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const second = central(2);
  const active = values.filter((value) => value !== 0).length;
  return { n, mean, variance: (second * n) / (n - 1), skewness: second > 0 ? central(3) / second ** 1.5 : 0, active };
};

/** Nobody spends much: one in ten spends, and then a sum whose logarithm is normal. */
export const money = (random: () => number): number => (random() < 0.1 ? Math.exp(3 + 1.2 * normal(random)) : 0);
