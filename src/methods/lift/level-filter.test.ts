import { expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { levelFilter } from './level-filter.ts';

const random = seededRandom(60);
const rows = Array.from({ length: 40 }, (_, at) => {
  const control = Math.sin(at) + random();
  return [2 * control + random(), control];
});

/** The same coefficient by generalised least squares: the whole covariance written down, nothing filtered. */
function writtenOut(restlessness: number, worth: number): number {
  const steps = rows.slice(1).map((row, at) => row.map((value, column) => value - rows[at]![column]!));
  const size = steps.length;
  const covariance = steps.map((_, one) =>
    steps.map((_each, other) => (one === other ? restlessness + 2 : Math.abs(one - other) === 1 ? -1 : 0)),
  );
  const augmented = covariance.map((line, row) => [...line, steps[row]![0]!, steps[row]![1]!]);
  for (let pivot = 0; pivot < size; pivot += 1)
    for (let row = 0; row < size; row += 1) {
      if (row === pivot) continue;
      const factor = augmented[row]![pivot]! / augmented[pivot]![pivot]!;
      augmented[row] = augmented[row]!.map((value, column) => value - factor * augmented[pivot]![column]!);
    }
  const solved = augmented.map((line, row) => [line[size]! / line[row]!, line[size + 1]! / line[row]!]);
  const control = steps.map((step) => step[1]!);
  const prior = (worth * rows.reduce((sum, row) => sum + row[1]! ** 2, 0)) / rows.length;
  const over = control.reduce((sum, value, at) => sum + value * solved[at]![0]!, 0);
  return over / (control.reduce((sum, value, at) => sum + value * solved[at]![1]!, 0) + prior);
}

it('value: has the level, its variance and the likelihood of statsmodels 0.15.0 (UnobservedComponents, local level) for given variances', () => {
  const series = Array.from({ length: 24 }, (_, i) => [((7 * i * i + 13 * i) % 29) / 4]);
  const known: [restlessness: number, level: number, variance: number, likelihoodOfTwoLessOne: number][] = [
    [0.05, 3.39691169940556, 0.20001003555, 19.56280264977],
    [0.5, 2.50182720992138, 0.50000000009, 14.232459254875],
    [4, 0.88252521827584, 0.82842712475, 1.985653267235],
  ];
  for (const [restlessness, level, variance, gain] of known) {
    const { levelAt, levelVariance, logLikelihood } = levelFilter(series, 24, restlessness, 1);
    // There the start is nearly diffuse (a variance of a million), here wholly.
    expect([levelAt[0], levelVariance]).toEqual([expect.closeTo(level, 4), expect.closeTo(variance, 5)]);
    expect(logLikelihood(2) - logLikelihood(1)).toBeCloseTo(gain, 4);
  }
});

it('law: gives the coefficient that least squares gives with the whole covariance written out', () => {
  for (const restlessness of [0.001, 0.1, 1, 10])
    expect(levelFilter(rows, 40, restlessness, 1).coefficients[0]).toBeCloseTo(writtenOut(restlessness, 1), 8);
});

it('law: moves with the units of the control', () => {
  const stretched = levelFilter(
    rows.map(([own, control]) => [own!, 10 * control!]),
    40,
    0.1,
    1,
  );
  expect(stretched.coefficients[0]).toBeCloseTo(levelFilter(rows, 40, 0.1, 1).coefficients[0]! / 10, 10);
});

it('law: stays near the mean where the level rests, and near the last value where it is restless', () => {
  const flat = rows.map(([own]) => [own!]);
  const mean = flat.reduce((sum, [own]) => sum + own!, 0) / flat.length;
  expect(levelFilter(flat, 40, 1e-9, 1).levelAt[0]).toBeCloseTo(mean, 5);
  expect(levelFilter(flat, 40, 1e9, 1).levelAt[0]).toBeCloseTo(flat.at(-1)![0]!, 5);
});

it('refuses: a control that says nothing', () => {
  expect(() =>
    levelFilter(
      [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
      3,
      1,
      1,
    ),
  ).toThrow(RangeError);
});
