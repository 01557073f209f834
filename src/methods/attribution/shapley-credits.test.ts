import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import type { Journey } from './credit-table.ts';
import { type ShapleyCredits, shapleyCredits } from './shapley-credits.ts';
import { expectMean } from '../simulation.fixture.ts';

function randomJourneys(random: () => number, count: number, channels: number): Journey[] {
  return Array.from({ length: count }, () => ({
    touches: Array.from({ length: 1 + Math.floor(random() ** 2 * 8) }, () =>
      String.fromCharCode(97 + Math.floor(random() ** 2 * channels)),
    ),
    conversions: Math.floor(random() ** 3 * 9),
    value: random() * 50,
    nulls: Math.floor(random() * 6),
  }));
}

const equalParts = (journeys: readonly Journey[], channel: string) =>
  journeys.reduce((sum, { touches, conversions }) => sum + (touches.includes(channel) ? conversions / new Set(touches).size : 0), 0);

describe('Shapley credit of channels', () => {
  it('value: equals the published simplification (Zhao, Mahboobi and Bagheri 2018): equal parts over the distinct channels of each journey', () => {
    const random = seededRandom(31);
    for (const channels of [1, 3, 8, 12, 15]) {
      const journeys = randomJourneys(random, 300, channels);
      const { channels: names, values, isExact } = shapleyCredits(journeys) as ShapleyCredits;
      expect(isExact).toBe(true);
      names.forEach((name, at) => expect(values[at]).toBeCloseTo(equalParts(journeys, name), 9));
    }
  });

  it('value: under the rate equals all orders gone through by Python 3.11 (itertools.permutations) on 40 journeys made by arithmetic', () => {
    const journeys = Array.from({ length: 40 }, (_, i) => ({
      touches: ['a', 'b', 'c', 'd', 'e'].filter((_name, k) => (i * i * 7 + k * k * 3 + i * k * 5) % 11 < 4 + (k % 2)),
      conversions: (i * 5) % 4,
      value: 0,
      nulls: 1 + ((i * 3) % 5),
    }));
    const { values } = shapleyCredits(journeys, { worth: 'rate' }) as ShapleyCredits;
    const known = [0.982217455497, 15.959010070984, 0.601742165681, 20.692959723036, 15.764070584802];
    known.forEach((value, at) => expect(values[at]).toBeCloseTo(value, 9));
  });

  it('law: sums to the conversions under both worths, and to the value', () => {
    const journeys = randomJourneys(seededRandom(5), 400, 9);
    const total = (credits: unknown) => (credits as ShapleyCredits).values.reduce((sum, value) => sum + value, 0);
    const conversions = journeys.reduce((sum, journey) => sum + journey.conversions, 0);
    expect(total(shapleyCredits(journeys))).toBeCloseTo(conversions, 8);
    expect(total(shapleyCredits(journeys, { worth: 'rate' }))).toBeCloseTo(conversions, 8);
    expect(total(shapleyCredits(journeys, { amount: 'value' }))).toBeCloseTo(
      journeys.reduce((sum, { value }) => sum + value, 0),
      8,
    );
  });

  it('law: ignores order, repeats and names, doubles with the journeys, and gives alike channels the same and a lone one everything', () => {
    const journeys = randomJourneys(seededRandom(6), 300, 7);
    for (const worth of ['conversions', 'rate'] as const) {
      const credits = (list: readonly Journey[]) => {
        const { channels, values } = shapleyCredits(list, { worth }) as ShapleyCredits;
        return new Map(channels.map((channel, at) => [channel, values[at]!]));
      };
      const plain = credits(journeys);
      const turned = journeys.toReversed().map((journey) => {
        const touches = [...journey.touches, ...journey.touches].toReversed().map((touch) => `z${219 - touch.charCodeAt(0)}`);
        return { ...journey, touches };
      });
      const [other, doubled] = [credits(turned), credits([...journeys, ...journeys])];
      for (const [channel, credit] of plain) {
        expect(other.get(`z${219 - channel.charCodeAt(0)}`)).toBeCloseTo(credit, 8);
        expect(doubled.get(channel)).toBeCloseTo(2 * credit, 8);
      }
      const alike = [['a'], ['b'], ['a', 'b']].map((touches) => ({ touches, conversions: 2, value: 0, nulls: 3 }));
      expect(credits(alike).get('a')).toBe(credits(alike).get('b'));
      expect(credits([{ touches: ['only'], conversions: 7, value: 0, nulls: 3 }]).get('only')).toBeCloseTo(7, 12);
    }
  });

  it('null: gives under the rate, where conversions come by chance, no channel of any size more than any other beyond chance', () => {
    const parts: number[][] = [[], [], []];
    const runs = 1000;
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(1000 + run);
      const journeys = Array.from({ length: 400 }, () => {
        const touches = ['a', 'b', 'c'].filter((_, at) => random() < [0.8, 0.4, 0.2][at]!);
        const isConverted = random() < 0.2;
        return { touches, conversions: isConverted ? 1 : 0, value: 0, nulls: isConverted ? 0 : 1 };
      });
      const { values } = shapleyCredits(journeys, { worth: 'rate' }) as ShapleyCredits;
      const sum = values.reduce((so, value) => so + value, 0);
      values.forEach((value, at) => parts[at]!.push(value / sum));
    }
    for (const part of parts) expectMean(part, 1 / 3);
  });

  it('refuses: more than 30 channels under the rate, which is sampled with a bound beyond 12', () => {
    const journeys = randomJourneys(seededRandom(8), 200, 14);
    const sampled = shapleyCredits(journeys, { worth: 'rate', orders: 200 }) as ShapleyCredits;
    expect(sampled.channels.length).toBeGreaterThan(12);
    expect(sampled.isExact).toBe(false);
    expect(sampled.within).toBeGreaterThan(0);
    const many = Array.from({ length: 31 }, (_, at) => ({ touches: [`channel ${at}`], conversions: 1, value: 0, nulls: 1 }));
    expect(shapleyCredits(many, { worth: 'rate' })).toEqual({ refused: 'too_many_channels', most: 30 });
    expect((shapleyCredits(many) as ShapleyCredits).values).toEqual(many.map(() => 1));
  });
});
