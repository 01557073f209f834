import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { creditOf, creditTable, type Journey } from './credit-table.ts';
import { positionRules, positionShares } from './position-shares.ts';

const file = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'channel_attribution/PathData.csv');

const pathData = (): Journey[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [path, conversions, value, nulls] = line.split(',');
      return {
        touches: path!.replaceAll('"', '').split(' > '),
        conversions: Number(conversions),
        value: Number(value),
        nulls: Number(nulls),
      };
    });

const linear = (journey: Journey) => positionShares(journey, {});
const conversionsOf = (journeys: readonly Journey[]) => journeys.map(({ conversions }) => conversions);

function randomJourneys(random: () => number, count: number, channels: number): Journey[] {
  return Array.from({ length: count }, () => ({
    touches: Array.from({ length: 1 + Math.floor(random() ** 3 * 12) }, () => `channel ${Math.floor(random() ** 2 * channels)}`),
    conversions: Math.floor(random() ** 4 * 20),
    value: random() * 1000,
    nulls: Math.floor(random() * 5),
  }));
}

describe('credit by channel', () => {
  it.skipIf(!existsSync(file))(
    'value: equals ChannelAttribution 2.2.4 (R): first, last and linear on its PathData, conversions and value',
    () => {
      const journeys = pathData();
      const of = (rule: (journey: Journey) => number[]) => {
        const table = creditTable(journeys, rule);
        const conversions = creditOf(table, conversionsOf(journeys));
        const value = creditOf(
          table,
          journeys.map((journey) => journey.value),
        );
        const read = (credits: number[], digits: number) =>
          Object.fromEntries(table.channels.map((name, at) => [name, Number(credits[at]!.toFixed(digits))]));
        return { conversions: read(conversions, 4), value: read(value, 2) };
      };
      const first = of((journey) => positionShares(journey, positionRules.first));
      const last = of((journey) => positionShares(journey, positionRules.last));
      const even = of(linear);
      expect(first.conversions).toMatchObject({
        alpha: 6308,
        iota: 4606,
        eta: 3164,
        beta: 2831,
        theta: 1606,
        lambda: 902,
        zeta: 27,
        epsilon: 99,
      });
      expect(last.conversions).toMatchObject({ alpha: 8447, iota: 3355, eta: 4167, beta: 989, kappa: 230, gamma: 92, delta: 5, mi: 2 });
      expect(even.conversions).toEqual({
        alpha: 7574.7186,
        beta: 2083.5001,
        delta: 1.725,
        epsilon: 272.1704,
        eta: 3539.9512,
        gamma: 121.0416,
        iota: 3857.0962,
        kappa: 137.9641,
        lambda: 1035.2576,
        mi: 2.2222,
        theta: 1022.8014,
        zeta: 136.5515,
      });
      expect([first, last, even].map(({ value }) => value.alpha)).toEqual([19121.27, 28414.21, 24524.71]);
      expect([first, last, even].map(({ value }) => value.iota)).toEqual([19597.26, 13487.97, 15988.99]);
    },
  );

  it('law: sums to what was shared, and is the same to the last bit for any order of the journeys', () => {
    const random = seededRandom(21);
    for (let run = 0; run < 30; run += 1) {
      const journeys = randomJourneys(random, 400, 9);
      const value = (list: readonly Journey[]) =>
        creditOf(
          creditTable(list, linear),
          list.map((journey) => journey.value),
        );
      const credits = value(journeys);
      expect(credits.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(
        journeys.reduce((sum, journey) => sum + journey.value, 0),
        6,
      );
      expect(value(journeys.toSorted(() => random() - 0.5))).toEqual(credits);
    }
  });

  it('law: doubles when every journey is there twice, and gives a channel without a touch nothing at all', () => {
    const journeys = randomJourneys(seededRandom(2), 300, 6);
    const once = creditTable(journeys, linear);
    const twice = creditTable([...journeys, ...journeys], linear);
    const doubled = creditOf(twice, conversionsOf([...journeys, ...journeys]));
    creditOf(once, conversionsOf(journeys)).forEach((credit, at) => expect(doubled[at]).toBeCloseTo(2 * credit, 9));
    expect(once.channels).not.toContain('unused');
  });

  it('null: gives channels that are drawn alike equal credit on average, whatever the lengths of the paths', () => {
    const random = seededRandom(8);
    const journeys = Array.from({ length: 20_000 }, () => ({
      touches: Array.from({ length: 1 + Math.floor(random() ** 4 * 15) }, () => 'abcde'[Math.floor(random() * 5)]!),
      conversions: random() < 0.1 ? 1 : 0,
      value: 0,
      nulls: 0,
    }));
    for (const rule of Object.values(positionRules)) {
      const credits = creditOf(
        creditTable(journeys, (journey) => positionShares(journey, rule)),
        conversionsOf(journeys),
      );
      const total = credits.reduce((sum, credit) => sum + credit, 0);
      // Four standard errors of a fifth, were all credit given by lot to one touch.
      for (const credit of credits) expect(Math.abs(credit / total - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / total));
    }
  });

  it('refuses: a rule that leaves a touch out, and counts below zero', () => {
    const journey = { touches: ['a', 'b'], conversions: 1, value: 0, nulls: 0 };
    expect(() => creditTable([journey], () => [1])).toThrow(RangeError);
    expect(() => creditTable([{ ...journey, conversions: -1 }], linear)).toThrow(RangeError);
    expect(creditTable([{ ...journey, touches: [] }], linear)).toEqual({ channels: [], shares: [[]] });
  });
});
