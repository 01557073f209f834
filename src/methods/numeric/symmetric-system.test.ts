import { expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { solveSymmetric, triangleOf } from './symmetric-system.ts';

it('law: solves the system of the worked example, and gives back the matrix it was made of', () => {
  const random = seededRandom(42);
  for (let size = 1; size < 12; size += 1) {
    const root = Array.from({ length: size }, () => Array.from({ length: size }, () => random() - 0.5));
    const matrix = root.map((one, row) =>
      root.map((other, column) => one.reduce((sum, value, index) => sum + value * other[index]!, row === column ? 1 : 0)),
    );
    const triangle = triangleOf(matrix);
    const right = matrix.map(() => random());
    const x = solveSymmetric(triangle, right);
    matrix.forEach((line, row) => {
      expect(line.reduce((sum, value, index) => sum + value * x[index]!, 0)).toBeCloseTo(right[row]!, 10);
      line.forEach((value, column) =>
        expect(triangle[row]!.reduce((sum, each, index) => sum + each * triangle[column]![index]!, 0)).toBeCloseTo(value, 10),
      );
    });
  }
});

it('value: equals numpy 2.4.6 (linalg.cholesky, linalg.solve)', () => {
  const triangle = triangleOf([
    [4, 2, 0.6],
    [2, 5, 1],
    [0.6, 1, 3],
  ]);
  expect(triangle[2]!.map((value) => value.toFixed(10))).toEqual(['0.3000000000', '0.3500000000', '1.6695807857']);
  expect(solveSymmetric(triangle, [1, 2, 3]).map((value) => value.toFixed(10))).toEqual(['0.0044843049', '0.2125560538', '0.9282511211']);
});

it('refuses: a matrix without length in some direction', () => {
  expect(() =>
    triangleOf([
      [1, 1],
      [1, 1],
    ]),
  ).toThrow(RangeError);
  expect(() => triangleOf([[Number.NaN]])).toThrow(RangeError);
});
