import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { landfallDay } from './landfall-day.ts';

describe('day of landfall', () => {
  it('value: is the day counted by hand: a crossing that falls back does not count', () => {
    expect(landfallDay([0.1, 0.3, 0.2, 0.3, 0.4], 0.3)).toBe(3);
    expect(landfallDay([0.3, 0.3], 0.3)).toBe(0);
    expect(landfallDay([0.1, 0.29999], 0.3)).toBeNull();
  });

  it('law: holds by its law on random tracks: at or above from that day on, below the day before', () => {
    const random = seededRandom(83);
    for (let run = 0; run < 500; run += 1) {
      const track = Array.from({ length: 1 + Math.floor(random() * 90) }, () => random());
      const day = landfallDay(track, 0.5);
      if (day === null) expect(track.at(-1)!).toBeLessThan(0.5);
      else {
        expect(track.slice(day).every((share) => share >= 0.5)).toBe(true);
        if (day > 0) expect(track[day - 1]!).toBeLessThan(0.5);
      }
    }
  });

  it('law: comes later, never earlier, for a higher target, and is not moved by days before a fall', () => {
    const track = [0.4, 0.1, 0.2, 0.3, 0.5, 0.6];
    expect(landfallDay(track, 0.3)).toBe(3);
    expect(landfallDay(track, 0.6)).toBe(5);
    expect(landfallDay([0.9, ...track.slice(1)], 0.3)).toBe(3);
  });

  it('refuses: shares that cannot be, and has no day without data', () => {
    expect(landfallDay([], 0.3)).toBeNull();
    expect(() => landfallDay([0.2, Number.NaN], 0.3)).toThrow(RangeError);
    expect(() => landfallDay([0.2], 30)).toThrow(RangeError);
  });
});
