import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { detectableMeanDifference, unitsPerGroupOfMeans } from './detectable-mean-difference.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';
import { drawn, momentsOf, normal } from './simulated.fixture.ts';
import { expectRate } from '../simulation.fixture.ts';

describe('smallest detectable difference of two means', () => {
  it('value: is within a hundredth of power.t.test of R 4 (63 in a group, deviation 10: 5.0308), which uses t instead of the normal', () => {
    const found = detectableMeanDifference({ deviation: 10, units: [63, 63] }) as number;
    expect(found / 5.0307725026530177).toBeGreaterThan(0.99);
    expect(found / 5.0307725026530177).toBeLessThanOrEqual(1);
  });

  it('law: is the inverse of the sample size, and halves with four times the units', () => {
    const difference = detectableMeanDifference({ deviation: 3, units: [200, 200] }) as number;
    expect(unitsPerGroupOfMeans({ deviation: 3, difference: difference + 1e-9 })).toBe(200);
    expect(detectableMeanDifference({ deviation: 3, units: [800, 800] })).toBeCloseTo(difference / 2, 12);
  });

  it('null: shows 80 times in 100 at that size with 100 against 300, and 5 times in 100 where nothing is', () => {
    const random = seededRandom(51);
    const effect = detectableMeanDifference({ deviation: 1, units: [100, 300] }) as number;
    let [shown, alarms] = [0, 0];
    for (let run = 0; run < 2000; run += 1) {
      const held = momentsOf(drawn(300, () => normal(random)));
      const asked = momentsOf(drawn(100, () => normal(random)));
      if ((meanDifference({ ...asked, mean: asked.mean + effect }, held) as MeanDifference).p < 0.05) shown += 1;
      if ((meanDifference(asked, held) as MeanDifference).p < 0.05) alarms += 1;
    }
    expectRate(shown, 2000, 0.8);
    expectRate(alarms, 2000, 0.05);
  });

  it('refuses: groups of under five, no difference, and a deviation that is none', () => {
    expect(detectableMeanDifference({ deviation: 1, units: [4, 100] })).toEqual({ refused: 'too_few', needed: 5 });
    expect(unitsPerGroupOfMeans({ deviation: 1, difference: 0 })).toEqual({ refused: 'no_difference' });
    expect(() => detectableMeanDifference({ deviation: 0, units: [10, 10] })).toThrow(RangeError);
  });
});
