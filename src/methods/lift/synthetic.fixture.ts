import type { Donor } from './synthetic-fit.ts';

/** A unit and seven donors over sixteen periods, ten of them before, so that any tool can make them again. */
export function madeByArithmetic(): { treated: Donor; donors: Donor[] } {
  const periods = Array.from({ length: 16 }, (_, t) => t);
  const donors = [1, 2, 3, 4, 5, 6, 7].map((i) => ({
    name: `donor ${i}`,
    values: periods.map((t) => 20 + ((7 * i) % 11) + 4 * Math.sin(t / 3 + i * i) + 3 * Math.cos((t * (i + 2)) / 7)),
  }));
  const values = periods.map((t) => {
    const mixed = 0.35 * donors[1]!.values[t]! + 0.4 * donors[3]!.values[t]! + 0.25 * donors[6]!.values[t]!;
    return mixed + (((5 * t * t + 3 * t) % 7) - 3) / 6 + (t >= 10 ? 4 : 0);
  });
  return { treated: { name: 'treated', values }, donors };
}
