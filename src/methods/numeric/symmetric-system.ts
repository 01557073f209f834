export type Triangle = number[][];

/**
 * A symmetric positive matrix taken apart into a triangle and its mirror image: what least squares and draws from several normals need.
 *
 * Method: Cholesky's factorisation, row by row; then forward and back substitution (`solveSymmetric`).
 * Shapes and units: a square matrix as rows, of which the lower half is read; the answer is the lower triangle L with L times its mirror equal
 * to the matrix.
 * Assumes: symmetric, and positive: no direction without length.
 * Do not use it for: matrices that are not symmetric, or nearly without length in some direction (add a prior first).
 * Errors: RangeError when the matrix is not positive.
 * Reference: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 4.2.
 *
 * @example
 * triangleOf([[4, 2], [2, 5]]) // [[2, 0], [1, 2]]
 */
export function triangleOf(matrix: readonly (readonly number[])[]): Triangle {
  const triangle = matrix.map(() => Array.from({ length: matrix.length }, () => 0));
  for (let row = 0; row < matrix.length; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row]![column]!;
      for (let index = 0; index < column; index += 1) sum -= triangle[row]![index]! * triangle[column]![index]!;
      if (row === column && !(sum > 0)) throw new RangeError('The matrix is not positive.');
      triangle[row]![column] = row === column ? Math.sqrt(sum) : sum / triangle[column]![column]!;
    }
  return triangle;
}

/**
 * Solves L times its mirror times x = right, where L is a triangle of `triangleOf`; `half` stops after the mirror alone.
 *
 * Method: forward, then back substitution. With `half`, only back substitution: x = inverse of the mirror times right, which turns
 * independent normal numbers into normal numbers whose covariance is the inverse of the matrix.
 * Shapes and units: the triangle as rows, as many numbers on the right; the answer is as many numbers.
 * Assumes: a triangle with a positive diagonal.
 * Do not use it for: anything but triangles of triangleOf.
 * Errors: none of its own.
 * Reference: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 3.1.
 *
 * @example
 * solveSymmetric(triangleOf([[4, 2], [2, 5]]), [8, 8]) // [1.5, 1]
 */
export function solveSymmetric(triangle: Triangle, right: readonly number[], half = false): number[] {
  const x = [...right];
  if (!half)
    for (let row = 0; row < x.length; row += 1) {
      for (let index = 0; index < row; index += 1) x[row]! -= triangle[row]![index]! * x[index]!;
      x[row]! /= triangle[row]![row]!;
    }
  for (let row = x.length - 1; row >= 0; row -= 1) {
    for (let index = row + 1; index < x.length; index += 1) x[row]! -= triangle[index]![row]! * x[index]!;
    x[row]! /= triangle[row]![row]!;
  }
  return x;
}
