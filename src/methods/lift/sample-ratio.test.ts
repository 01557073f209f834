import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type SampleRatio, sampleRatio } from './sample-ratio.ts';
import { hasUpworthy, upworthyTests } from '../upworthy.fixture.ts';
import { normal } from './simulated.fixture.ts';
import { expectRate } from '../simulation.fixture.ts';

/** A count out of many, by the normal that it is as good as. */
const count = (random: () => number, total: number, share: number): number =>
  Math.round(total * share + Math.sqrt(total * share * (1 - share)) * normal(random));

const alarms = (seed: number, runs: number, total: number, share: number, meant = 0.5): number => {
  const random = seededRandom(seed);
  let raised = 0;
  for (let run = 0; run < runs; run += 1) {
    const one = count(random, total, share);
    if ((sampleRatio([one, total - one], [meant, 1 - meant]) as SampleRatio).alarm) raised += 1;
  }
  return raised;
};

describe('sample ratio check', () => {
  it('value: equals chisq.test of R 4 for two and three arms', () => {
    expect((sampleRatio([821588, 815482], [0.5, 0.5]) as SampleRatio).p / 1.8217928726191858e-6).toBeCloseTo(1, 8);
    expect((sampleRatio([30, 50, 20], [0.25, 0.5, 0.25]) as SampleRatio).p).toBeCloseTo(0.36787944117144233, 12);
  });

  it.skipIf(!hasUpworthy)(
    'value: finds in the Upworthy Research Archive the weeks whose lots its authors withdrew, as scipy 1.17.1 (chisquare) does',
    async () => {
      const tests = await upworthyTests();
      const flagged = tests.filter(({ headlines }) => {
        const found = sampleRatio(
          headlines.map(({ impressions }) => impressions),
          headlines.map(() => 1 / headlines.length),
        );
        return 'alarm' in found && found.alarm;
      });
      // Withdrawn in June 2024: tests from 25 June 2013 to 10 January 2014, where a cache served one arm at a time.
      const isWithdrawn = ({ week }: { week: number }) => week >= 201325 && week <= 201401;
      expect([tests.length, flagged.length]).toEqual([4873, 753]);
      expect([flagged.filter(isWithdrawn).length, tests.filter(isWithdrawn).length]).toEqual([735, 1058]);
    },
  );

  it('law: does not mind the order of the arms', () => {
    const there = sampleRatio([300, 700], [0.32, 0.68]) as SampleRatio;
    const back = sampleRatio([700, 300], [0.68, 0.32]) as SampleRatio;
    expect([back.p, back.alarm]).toEqual([there.p, there.alarm]);
    expect(back.detectable).toBeCloseTo(there.detectable, 12);
  });

  it('null: raises a false alarm once in a thousand, with 20 against 80 too', () => {
    for (const [seed, share] of [
      [1, 0.5],
      [2, 0.2],
    ] as const) {
      expectRate(alarms(seed, 200_000, 5000, share, share), 200_000, 0.001);
    }
  });

  it('finds 51 to 49 among 50,000 and 55 to 45 among 2,000 more than 85 times in 100; what it calls detectable, 80 times', () => {
    expect(alarms(3, 4000, 50_000, 0.51) / 4000).toBeGreaterThan(0.85);
    expect(alarms(4, 4000, 2000, 0.55) / 4000).toBeGreaterThan(0.85);
    const { detectable } = sampleRatio([5000, 5000], [0.5, 0.5]) as SampleRatio;
    expectRate(alarms(5, 4000, 10_000, 0.5 + detectable), 4000, 0.8);
  });

  it('refuses: so few units that no ratio could be seen, and shares that are none', () => {
    expect(sampleRatio([3, 4], [0.5, 0.5])).toEqual({ refused: 'too_few', needed: 10 });
    expect(() => sampleRatio([3, 4], [0.5, 0.6])).toThrow(RangeError);
    expect(() => sampleRatio([3.5, 4], [0.5, 0.5])).toThrow(RangeError);
    expect(() => sampleRatio([3], [1])).toThrow(RangeError);
  });
});
