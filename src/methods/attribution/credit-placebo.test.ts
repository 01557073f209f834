import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { creditPlacebo, type Placebo, type Touched } from './credit-placebo.ts';
import { expectAtMost } from '../simulation.fixture.ts';

const placebo = (customers: readonly Touched[], channels: number, deals = 199, seed = 1) =>
  creditPlacebo(customers, channels, { deals, seed }) as Placebo[];

/** Customers of unequal activity; the active convert more, and nothing that touches them does anything. */
function company(random: () => number, effect: number): Touched[] {
  return Array.from({ length: 400 }, () => {
    const isKeen = random() < 0.3;
    const channels = [0, 1, 2, 3, 4].filter((channel) => random() < [0.6, 0.3, 0.1, 0.05, 0.2][channel]! * (isKeen ? 1.3 : 0.8));
    const chance = 0.1 + 0.04 * channels.length + (channels.includes(4) ? effect : 0);
    return { channels, isConverted: random() < chance, stratum: channels.length };
  });
}

describe('conversions dealt out again', () => {
  it('null: calls a channel more than chance in at most 5% of 2,000 data sets whose conversions were dealt by chance, among customers of unequal activity', () => {
    let alarms = 0;
    for (let run = 0; run < 2000; run += 1) {
      const found = placebo(company(seededRandom(run + 1), 0), 5, 199, run);
      if (found.some(({ p }) => p <= 0.05)) alarms += 1;
    }
    expectAtMost(alarms, 2000, 0.05);
    expect(alarms / 2000).toBeLessThanOrEqual(0.06);
  });

  it('finds a channel that truly adds 0.3 to the chance', () => {
    let found = 0;
    for (let run = 0; run < 40; run += 1) if (placebo(company(seededRandom(run + 9000), 0.3), 5)[4]!.p <= 0.05) found += 1;
    expect(found / 40).toBeGreaterThan(0.8);
  });

  it("value: equals Fisher's exact test where there is one channel and one stratum (R 4.2.2 fisher.test, 12 of 20 against 5 of 25: p = 0.01225)", () => {
    const group = (isTouched: boolean, converted: number, all: number) =>
      Array.from({ length: all }, (_, at) => ({ channels: isTouched ? [0] : [], isConverted: at < converted, stratum: 0 }));
    const [only] = placebo([...group(true, 12, 20), ...group(false, 5, 25)], 1, 20_000);
    expect(only!.expected).toBeCloseTo((20 * 17) / 45, 12);
    expect(Math.abs(only!.p - 0.01225)).toBeLessThan(0.004);
  });

  it('law: is the same for the same seed, and what is beyond the expectation in one channel is missing in the rest', () => {
    const customers = company(seededRandom(77), 0.2).map((one) => ({
      ...one,
      channels: one.channels.slice(0, 1),
      stratum: Math.min(1, one.channels.length),
    }));
    const found = placebo(customers, 5);
    expect(found).toEqual(placebo(customers, 5));
    expect(found.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(0, 9);
  });

  it('refuses: where everybody converted, or nobody, and a channel that is not known', () => {
    expect(creditPlacebo([{ channels: [0], isConverted: false, stratum: 1 }], 1)).toEqual({ refused: 'one_outcome' });
    expect(() => creditPlacebo([{ channels: [3], isConverted: false, stratum: 1 }], 1)).toThrow(RangeError);
  });
});
