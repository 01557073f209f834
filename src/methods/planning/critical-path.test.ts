import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Activity, criticalPath, type CriticalPath } from './critical-path.ts';

const found = (activities: Activity[]): CriticalPath => {
  const path = criticalPath(activities);
  if ('refused' in path) throw new Error('refused');
  return path;
};

test('value: gives the published answer: the project of the Wikipedia article on PERT, expected times a to g, 19.51 days along a, c, e, g', () => {
  const expected: [string, number, string[]][] = [
    ['a', 4, []],
    ['b', 5.33, []],
    ['c', 5.17, ['a']],
    ['d', 6.33, ['a']],
    ['e', 5.17, ['b', 'c']],
    ['f', 4.5, ['d']],
    ['g', 5.17, ['e']],
  ];
  const { days, activities } = found(expected.map(([id, length, needs]) => ({ id, days: length, needs })));
  expect(days).toBeCloseTo(19.51, 10);
  expect(activities.filter(({ isCritical }) => isCritical).map(({ id }) => id)).toEqual(['a', 'c', 'e', 'g']);
  const slack = Object.fromEntries(activities.map(({ id, slack: left }) => [id, Number(left.toFixed(2))]));
  expect(slack).toEqual({ a: 0, b: 3.84, c: 0, d: 4.68, e: 0, f: 4.68, g: 0 });
});

const projects = fc.array(
  fc.record({ days: fc.integer({ min: 0, max: 30 }), back: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }) }),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const asActivities = (drawn: { days: number; back: number[] }[]): Activity[] =>
  drawn.map(({ days, back }, index) => ({
    id: String(index),
    days,
    needs: [...new Set(back.map((far) => index - far).filter((other) => other >= 0))].map(String),
  }));

test('law: the order in which activities are given changes nothing; one critical day more makes the whole one day longer', () => {
  fc.assert(
    fc.property(projects, (drawn) => {
      const activities = asActivities(drawn);
      const { days, activities: timed } = found(activities);
      expect(found(activities.toReversed()).days).toBe(days);
      const critical = timed.find(({ isCritical }) => isCritical)!;
      const longer = activities.map((one) => (one.id === critical.id ? { ...one, days: one.days + 1 } : one));
      expect(found(longer).days).toBe(days + 1);
      for (const { id, slack } of timed) {
        const delayed = activities.map((one) => (one.id === id ? { ...one, days: one.days + slack } : one));
        expect(found(delayed).days).toBe(days);
      }
    }),
  );
});

test('refuses: a ring, which is named; and a chain of 20,000 is not too deep', () => {
  const ring = ['page', 'post', 'deck'].map((id, index, all) => ({ id, days: 1, needs: [all[(index + 1) % 3]!] }));
  expect(criticalPath([{ id: 'first', days: 1, needs: ['page'] }, ...ring])).toEqual({
    refused: 'ring',
    ring: ['page', 'post', 'deck', 'page'],
  });
  expect(criticalPath([{ id: 'self', days: 1, needs: ['self'] }])).toEqual({ refused: 'ring', ring: ['self', 'self'] });
  const chain = Array.from({ length: 20_000 }, (_, index) => ({ id: String(index), days: 1, needs: index > 0 ? [String(index - 1)] : [] }));
  expect(found(chain.toReversed()).days).toBe(20_000);
  expect(() => criticalPath([{ id: 'a', days: -1, needs: [] }])).toThrow(RangeError);
  expect(() => criticalPath([{ id: 'a', days: 1, needs: ['b'] }])).toThrow(RangeError);
});
