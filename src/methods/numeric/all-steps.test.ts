import { expect, it } from 'vitest';
import { allSteps } from './all-steps.ts';

function* counted(steps: number, seen: number[]): Generator<void, number> {
  for (let step = 0; step < steps; step += 1) {
    seen.push(step);
    yield;
  }
  if (steps === 13) throw new RangeError('Thirteen is refused.');
  return steps * steps;
}

it('law: takes every step once, in order, and gives what stands at the end, however many there are', () => {
  for (const steps of [0, 1, 7, 5000]) {
    const seen: number[] = [];
    expect(allSteps(counted(steps, seen))).toBe(steps * steps);
    expect(seen).toEqual(Array.from({ length: steps }, (_, step) => step));
  }
});

it('refuses: what the method refuses, in its words', () => {
  expect(() => allSteps(counted(13, []))).toThrow('Thirteen is refused.');
});
