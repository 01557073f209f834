import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import type { Journey } from './credit-table.ts';
import { journeyChain, type JourneyChain } from './journey-chain.ts';
import { countsOf, markovRemoval, type MarkovRemoval, removalOver } from './markov-removal.ts';
import { expectMean } from '../simulation.fixture.ts';

const file = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'channel_attribution/PathData.csv');
const removal = (journeys: readonly Journey[], order = 1) => markovRemoval(journeys, order) as MarkovRemoval;

const pathData = (): Journey[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replaceAll('"', '').split(','))
    .map(([path, conversions, value, nulls]) => ({
      touches: path!.split(' > '),
      conversions: Number(conversions),
      value: Number(value),
      nulls: Number(nulls),
    }));

/** Every walk of an order-1 chain in turn, until nothing is left: slow, and nothing in common with the solver. */
function walked(journeys: readonly Journey[], removed: string | null): number {
  const counts = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, weight: number) => {
    const row = counts.get(from) ?? new Map<string, number>();
    counts.set(from, row.set(to, (row.get(to) ?? 0) + weight));
  };
  for (const { touches, conversions, nulls } of journeys) {
    ['(start)', ...touches].slice(0, -1).forEach((from, at) => add(from, touches[at]!, conversions + nulls));
    add(touches.at(-1)!, '(conversion)', conversions);
    add(touches.at(-1)!, '(null)', nulls);
  }
  let mass = new Map([['(start)', 1]]);
  let converted = 0;
  for (let step = 0; step < 5000; step += 1) {
    const next = new Map<string, number>();
    for (const [from, share] of mass) {
      if (from === removed || !counts.has(from)) continue;
      const row = counts.get(from)!;
      const all = [...row.values()].reduce((sum, weight) => sum + weight, 0);
      for (const [to, weight] of row) next.set(to, (next.get(to) ?? 0) + (share * weight) / all);
    }
    converted += next.get('(conversion)') ?? 0;
    mass = next;
  }
  return converted;
}

function randomJourneys(random: () => number, count: number, channels: number): Journey[] {
  return Array.from({ length: count }, () => ({
    touches: Array.from({ length: 1 + Math.floor(random() ** 2 * 9) }, () => 'abcdefghij'[Math.floor(random() ** 2 * channels)]!),
    conversions: Math.floor(random() ** 4 * 12),
    value: Math.round(random() * 1e5) / 100,
    nulls: 1 + Math.floor(random() * 9),
  }));
}

describe('credit by removal effect', () => {
  it.skipIf(!existsSync(file))(
    'value: equals the exact removal effects of ChannelAttribution 2.2.4’s chain on its PathData, and its simulation within 3% where 100 conversions or more',
    () => {
      const { channels, conversions } = removal(pathData());
      const read = (values: number[], digits: number) =>
        Object.fromEntries(channels.map((name, at) => [name, Number(values[at]!.toFixed(digits))]));
      expect(conversions.base).toBeCloseTo(0.223845, 6);
      expect(read(conversions.effects, 4)).toEqual({
        alpha: 0.5584,
        iota: 0.4058,
        eta: 0.349,
        beta: 0.264,
        theta: 0.206,
        lambda: 0.134,
        zeta: 0.0398,
        epsilon: 0.0626,
        kappa: 0.0287,
        gamma: 0.0179,
        delta: 0.0005,
        mi: 0.0002,
      });
      expect(read(conversions.credits, 2)).toMatchObject({
        alpha: 5344.95,
        iota: 3884.61,
        eta: 3340.85,
        beta: 2527.35,
        theta: 1971.91,
        mi: 1.72,
      });
      const simulated = { alpha: 5357.33, iota: 3794.61, eta: 3345.78, beta: 2550.14, theta: 1974.83, lambda: 1305.67 };
      for (const [name, credit] of Object.entries(simulated))
        expect(Math.abs(conversions.credits[channels.indexOf(name)]! / credit - 1)).toBeLessThan(0.03);
    },
  );

  it('value: equals numpy 2.4.6 (linalg.solve, the whole chain written out) at orders 1, 2 and 3, for conversions and for value', () => {
    const journeys = Array.from({ length: 60 }, (_, i) => ({
      touches: Array.from({ length: 1 + ((3 * i * i + i) % 6) }, (_touch, k) => 'abcd'[((7 * i * i + 11 * k * k + 3 * i * k) % 13) % 4]!),
      conversions: (7 * i) % 3,
      value: (7 * i) % 3 ? (13 * i) % 17 : 0,
      nulls: 1 + ((5 * i) % 4),
    }));
    const known: [states: number, conversions: number[], value: number[]][] = [
      [5, [0.50909725, 0.38731391, 0.42686458, 0.63810585], [0.50671427, 0.38509102, 0.41668775, 0.65751342]],
      [14, [0.68987559, 0.50149306, 0.50133295, 0.7964411], [0.70822569, 0.49331593, 0.48080416, 0.80625697]],
      [17, [0.75289021, 0.58829264, 0.51313361, 0.87222222], [0.75475565, 0.60111213, 0.47380444, 0.86456362]],
    ];
    known.forEach(([states, conversions, value], at) => {
      const found = removal(journeys, at + 1);
      expect([found.states, found.conversions.base]).toEqual([states, expect.closeTo(2 / 7, 12)]);
      expect(found.conversions.effects).toEqual(conversions.map((effect) => expect.closeTo(effect, 7)));
      expect(found.value.effects).toEqual(value.map((effect) => expect.closeTo(effect, 7)));
    });
  });

  it('law: equals every walk of the chain followed one step after the other, with and without each channel', () => {
    const random = seededRandom(41);
    for (let run = 0; run < 5; run += 1) {
      const journeys = randomJourneys(random, 60, 5);
      const { channels, conversions } = removal(journeys);
      const base = walked(journeys, null);
      expect(conversions.base).toBeCloseTo(base, 10);
      channels.forEach((channel, at) => expect(conversions.effects[at]).toBeCloseTo(1 - walked(journeys, channel) / base, 9));
    }
  });

  it('law: sums to conversions and to value at every order, ignores the order of journeys, and doubles with them', () => {
    const journeys = randomJourneys(seededRandom(6), 500, 7);
    const total = (of: 'conversions' | 'value') => journeys.reduce((sum, journey) => sum + journey[of], 0);
    for (const order of [1, 2, 3]) {
      const { conversions, value } = removal(journeys, order);
      expect(conversions.credits.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(total('conversions'), 7);
      expect(value.credits.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(total('value'), 5);
      expect(removal(journeys.toReversed(), order).conversions).toEqual(conversions);
      const doubled = removal([...journeys, ...journeys], order).conversions.credits;
      conversions.credits.forEach((credit, at) => expect(doubled[at]).toBeCloseTo(2 * credit, 7));
    }
  });

  it('law: does not depend on what channels are called, gives one channel everything, and symmetric channels the same', () => {
    const journeys = randomJourneys(seededRandom(16), 300, 6);
    const renamed = journeys.map((journey) => ({
      ...journey,
      touches: journey.touches.map((touch) => `z${'jihgfedcba'['abcdefghij'.indexOf(touch)]}`),
    }));
    const [before, after] = [removal(journeys), removal(renamed)];
    before.channels.forEach((name, at) => {
      const there = after.channels.indexOf(`z${'jihgfedcba'['abcdefghij'.indexOf(name)]}`);
      expect(after.conversions.credits[there]).toBeCloseTo(before.conversions.credits[at]!, 9);
    });
    expect(removal([{ touches: ['a'], conversions: 7, value: 70, nulls: 3 }])).toMatchObject({
      conversions: { effects: [1], credits: [7] },
      value: { credits: [70] },
    });
    const mirrored = removal(['a', 'b', 'b', 'a'].map((touch) => ({ touches: [touch], conversions: 2, value: 0, nulls: 1 })));
    expect(mirrored.conversions.credits[0]).toBe(mirrored.conversions.credits[1]);
  });

  it('law: a chain that is kept gives with other counts what it would give anew', () => {
    const journeys = randomJourneys(seededRandom(17), 200, 6);
    const tripled = journeys.map((journey) => ({ ...journey, conversions: 3 * journey.conversions }));
    for (const order of [1, 2]) {
      const chain = journeyChain(journeys, order) as JourneyChain;
      expect(removalOver(chain, countsOf(journeys))).toEqual(removal(journeys, order));
      expect(removalOver(chain, countsOf(tripled))).toEqual(removal(tripled, order));
    }
  });

  it('null: gives channels that are drawn alike equal credit on average when conversions come by chance, whatever the lengths', () => {
    const parts: number[][] = [[], [], [], []];
    const runs = 500;
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(500 + run);
      const journeys = Array.from({ length: 300 }, () => {
        const isConverted = random() < 0.15;
        const touches = Array.from({ length: 1 + Math.floor(random() ** 3 * 12) }, () => 'abcd'[Math.floor(random() * 4)]!);
        return { touches, conversions: isConverted ? 1 : 0, value: 0, nulls: isConverted ? 0 : 1 };
      });
      const { credits } = removal(journeys).conversions;
      const total = credits.reduce((sum, credit) => sum + credit, 0);
      credits.forEach((credit, at) => parts[at]!.push(credit / total));
    }
    for (const part of parts) expectMean(part, 0.25);
  });

  it('refuses: paths without a conversion, and an order that cannot be numbered', () => {
    expect(markovRemoval([{ touches: ['a'], conversions: 0, value: 0, nulls: 4 }], 1)).toEqual({ refused: 'no_conversions' });
    expect(markovRemoval([], 1)).toEqual({ refused: 'no_conversions' });
    expect(markovRemoval(randomJourneys(seededRandom(1), 20, 9), 20)).toMatchObject({ refused: 'order_too_high' });
  });
});
