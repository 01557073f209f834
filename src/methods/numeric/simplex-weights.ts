export type SimplexWeights = { weights: number[]; sumOfSquares: number; gap: number };

const smallest = 1e-12;

/** Solves a symmetric positive system in place by Cholesky; a pivot that vanished is held up, which leaves that direction out. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    const row = matrix[column]!;
    for (let before = 0; before <= column; before += 1) {
      let sum = row[before]!;
      const other = matrix[before]!;
      for (let index = 0; index < before; index += 1) sum -= row[index]! * other[index]!;
      row[before] = before === column ? Math.sqrt(Math.max(sum, 1e-14 * row[column]!)) : sum / other[before]!;
    }
    let value = right[column]!;
    for (let index = 0; index < column; index += 1) value -= row[index]! * right[index]!;
    right[column] = value / row[column]!;
  }
  for (let column = size - 1; column >= 0; column -= 1) {
    let value = right[column]!;
    for (let index = column + 1; index < size; index += 1) value -= matrix[index]![column]! * right[index]!;
    right[column] = value / matrix[column]![column]!;
  }
  return right;
}

type Polytope = { away: Float64Array[]; product: (one: number, other: number) => number; scale: number };

/** The point nearest to zero in the plane through the chosen points: weights that sum to one and may be negative. */
function planeWeights({ product, scale }: Polytope, chosen: readonly number[]): number[] {
  const matrix = chosen.map((one) => chosen.map((other) => product(one, other) + scale));
  const weights = solve(
    matrix,
    Array.from({ length: chosen.length }, () => 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Moves from the weights held towards the plane's until one of them would be negative, and drops it; until none would be. */
function settle(polytope: Polytope, chosen: number[], held: number[]): void {
  for (;;) {
    const wanted = planeWeights(polytope, chosen);
    if (wanted.every((weight) => weight > smallest)) return void held.splice(0, held.length, ...wanted);
    let step = 1;
    wanted.forEach((weight, index) => {
      if (weight <= smallest) step = Math.min(step, held[index]! / Math.max(held[index]! - weight, 1e-300));
    });
    wanted.forEach((weight, index) => (held[index] = step * weight + (1 - step) * held[index]!));
    const drop = held.indexOf(Math.min(...held));
    for (let index = held.length - 1; index >= 0; index -= 1)
      if (index === drop || held[index]! <= smallest) {
        held.splice(index, 1);
        chosen.splice(index, 1);
      }
    const total = held.reduce((sum, weight) => sum + weight, 0);
    held.forEach((weight, index) => (held[index] = weight / total));
  }
}

const inner = (left: Float64Array, right: Float64Array): number => {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += left[index]! * right[index]!;
  return sum;
};

/** The donors seen from the target; products of two of them are worked out when first asked for. */
function polytopeOf(target: readonly number[], donors: readonly (readonly number[])[], importance?: readonly number[]): Polytope {
  const roots = target.map((_, index) => Math.sqrt(importance?.[index] ?? 1));
  const away = donors.map((donor) => {
    const difference = new Float64Array(target.length);
    for (let index = 0; index < target.length; index += 1) difference[index] = (donor[index]! - target[index]!) * roots[index]!;
    return difference;
  });
  const known = new Float64Array(donors.length ** 2).fill(Number.NaN);
  const product = (one: number, other: number) => {
    const at = one < other ? one * donors.length + other : other * donors.length + one;
    if (Number.isNaN(known[at])) known[at] = inner(away[one]!, away[other]!);
    return known[at]!;
  };
  const scale = away.reduce((sum, each) => sum + inner(each, each), 0) / donors.length || 1;
  return { away, product, scale };
}

/** The mixture that is held, seen from the target. */
function pointOf({ away }: Polytope, chosen: readonly number[], held: readonly number[]): Float64Array {
  const point = new Float64Array(away[0]!.length);
  chosen.forEach((one, at) => {
    for (let index = 0; index < point.length; index += 1) point[index]! += held[at]! * away[one]![index]!;
  });
  return point;
}

const lowest = (values: readonly number[]): number => {
  let found = 0;
  for (let index = 1; index < values.length; index += 1) if (values[index]! < values[found]!) found = index;
  return found;
};

/**
 * Weights of a mixture: shares, none negative, that sum to one, so that the mixture of the donors is as near to the target as can be.
 *
 * Method: Wolfe's nearest point of a polytope. A few donors are held whose mixture is the nearest of their plane; the donor that would
 * bring it nearer joins, those whose share would be negative leave, until no donor brings it nearer. This is an active-set solver
 * of the convex quadratic problem: it ends after finitely many steps at the optimum, and says so with its duality gap.
 * Shapes and units: target is d values, each donor d values in the same units; importance weighs the d squares (all 1 unless given);
 * weights in the order of the donors; sumOfSquares is the weighted squared distance; gap bounds how far above the least possible it lies.
 * Assumes: nothing beyond finite numbers. Where several mixtures are equally near, it gives one that needs at most d + 1 donors.
 * Do not use it for: weights that may be negative (least squares), or thousands of donors (the products of all pairs are held).
 * Errors: RangeError without donors, for lengths that differ, values that are not finite, or a negative importance.
 * Reference: P. Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11 (1976) 128-149.
 *
 * @example
 * simplexWeights([1, 1], [[0, 0], [2, 0], [0, 3]]).weights.map((weight) => weight.toFixed(4)) // ['0.1667', '0.5000', '0.3333']
 */
export function simplexWeights(
  target: readonly number[],
  donors: readonly (readonly number[])[],
  importance?: readonly number[],
): SimplexWeights {
  if (donors.length === 0 || target.length === 0) throw new RangeError('Weights need a target and at least one donor.');
  if (![target, ...donors].every((values) => values.length === target.length && values.every(Number.isFinite)))
    throw new RangeError('Target and donors need as many finite values each.');
  if (importance && !(importance.length === target.length && importance.every((value) => value >= 0 && Number.isFinite(value))))
    throw new RangeError('Each value needs an importance of 0 or more.');
  const polytope = polytopeOf(target, donors, importance);
  const { away, scale } = polytope;
  const chosen = [lowest(away.map((each) => inner(each, each)))];
  const held = [1];
  for (let round = 0; ; round += 1) {
    const point = pointOf(polytope, chosen, held);
    const towards = away.map((each) => inner(each, point));
    const value = inner(point, point);
    const next = lowest(towards);
    const gap = Math.max(0, 2 * (value - towards[next]!));
    if (gap <= 1e-12 * (value + 1e-3 * scale) || chosen.includes(next) || round > 50 * donors.length) {
      const weights = Array.from({ length: donors.length }, () => 0);
      chosen.forEach((one, at) => (weights[one] = held[at]!));
      return { weights, sumOfSquares: value, gap };
    }
    chosen.push(next);
    held.push(0);
    settle(polytope, chosen, held);
  }
}
