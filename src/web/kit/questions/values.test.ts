import { expect, test } from 'vitest';
import { found } from './picker.tsx';
import { addDays, calendarNameOf, calendarRange, daysBefore, daysOf, isDay } from './ranges.ts';
import { isWhole, moved, withOperator } from './values.ts';

test('the last 30 days end today, and the period before ends the day before they start', () => {
  expect(daysOf({ kind: 'last', days: 30 }, '2026-03-01')).toEqual({ from: '2026-01-31', to: '2026-03-01', days: 30 });
  expect(daysBefore({ kind: 'last', days: 30 }, '2026-03-01')).toEqual({ from: '2026-01-01', to: '2026-01-30' });
  expect(daysBefore({ kind: 'between', from: '2026-03-03', to: '2026-03-03' }, '2026-06-01')).toEqual({
    from: '2026-03-02',
    to: '2026-03-02',
  });
});

test('months and quarters are whole unless they are under way, over the turn of a year too', () => {
  expect(calendarRange('this_month', '2026-05-31')).toEqual({ kind: 'between', from: '2026-05-01', to: '2026-05-31' });
  expect(calendarRange('last_month', '2026-03-31')).toEqual({ kind: 'between', from: '2026-02-01', to: '2026-02-28' });
  expect(calendarRange('this_quarter', '2026-06-01')).toEqual({ kind: 'between', from: '2026-04-01', to: '2026-06-01' });
  expect(calendarRange('last_quarter', '2026-01-15')).toEqual({ kind: 'between', from: '2025-10-01', to: '2025-12-31' });
  expect(calendarNameOf(calendarRange('last_quarter', '2026-01-15'), '2026-01-15')).toBe('last_quarter');
  expect(calendarNameOf({ kind: 'last', days: 30 }, '2026-01-30')).toBeNull();
});

test('days do not shift over a change of the clock, and only days are days', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  expect([isDay('2026-02-28'), isDay('2026-02-30'), isDay('2026-2-3')]).toEqual([true, false, false]);
});

test('a filter is asked once it says enough, and another operator keeps the values that fit', () => {
  const filter = { property: 'plan', operator: 'is' as const, values: ['Team', 'Business'] };
  expect(isWhole(filter)).toBe(true);
  expect(isWhole({ ...filter, values: [] })).toBe(false);
  expect(isWhole({ property: 'plan', operator: 'not_set', values: [] })).toBe(true);
  expect(withOperator(filter, 'greater').values).toEqual(['Team']);
  expect(withOperator(filter, 'set').values).toEqual([]);
});

test('a step moves to another place, and nowhere else', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b'], 0, 5)).toEqual(['a', 'b']);
});

test('a picker finds names that hold every word typed, and says how many it leaves out', () => {
  const options = Array.from({ length: 250 }, (_, index) => ({ value: `e${index}`, label: `Event ${index}` }));
  expect(found([{ options }], '').left).toBe(150);
  const few = [{ options: ['Handoff accepted', 'Accepted terms', 'Signed up'].map((label) => ({ value: label, label })) }];
  expect(found(few, 'ACC').shown[0]!.options.map(({ label }) => label)).toEqual(['Accepted terms', 'Handoff accepted']);
  expect(found(few, 'hand acc').shown[0]!.options).toHaveLength(1);
  expect(found(few, 'none').shown).toEqual([]);
});
