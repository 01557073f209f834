import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { journeyChain, type JourneyChain } from './journey-chain.ts';

const path = (text: string) => ({ touches: text.split(''), conversions: 1, value: 0, nulls: 0 });
const chainOf = (paths: string[], order: number) => journeyChain(paths.map(path), order) as JourneyChain;
const walks = ({ starts, steps }: JourneyChain) =>
  Array.from({ length: starts.length - 1 }, (_, at) => Array.from(steps.subarray(starts[at], starts[at + 1])));

describe('journeys as walks', () => {
  it('value: has the states of ChannelAttribution 2.2.4: runs of the order, short paths of their own, no stay counted twice', () => {
    expect(walks(chainOf(['abba', 'b'], 1))).toEqual([[1, 2, 1], [2]]);
    const second = chainOf(['abba', 'b', 'aaa'], 2);
    expect(second.members.slice(1).map((codes) => codes.length)).toEqual([1, 1, 2, 2, 1]);
    expect(walks(second).map((walk) => walk.length)).toEqual([3, 1, 1]);
  });

  it('law: is the same for any order of the journeys, and has at every order the journeys it was given', () => {
    const random = seededRandom(14);
    const paths = Array.from({ length: 200 }, () =>
      Array.from({ length: 1 + Math.floor(random() ** 2 * 9) }, () => 'abcd'[Math.floor(random() * 4)]!).join(''),
    );
    for (const order of [1, 2, 3, 5]) {
      const chain = chainOf(paths, order);
      const turned = chainOf(paths.toReversed(), order);
      expect(turned.members).toEqual(chain.members);
      expect(walks(turned).toReversed()).toEqual(walks(chain));
      expect(walks(chain).every((walk, at) => walk.length >= 1 && walk.length <= Math.max(1, paths[at]!.length - order + 1))).toBe(true);
    }
  });

  it('law: finds no more states than chance leads to: short random paths of unequal channels at order 2', () => {
    const random = seededRandom(2);
    const paths = Array.from({ length: 3000 }, () =>
      Array.from({ length: 2 + Math.floor(random() * 5) }, () => 'abcdef'[Math.floor(random() ** 2 * 6)]!).join(''),
    );
    expect(chainOf(paths, 2).members.length - 1).toBe(
      new Set(paths.flatMap((one) => Array.from({ length: one.length - 1 }, (_, at) => one.slice(at, at + 2)))).size,
    );
  });

  it('refuses: an order whose runs cannot be numbered, and one that is not a number of touches', () => {
    expect(journeyChain([path('abc')], 30)).toEqual({ refused: 'order_too_high', most: 26 });
    expect(() => journeyChain([path('a')], 0)).toThrow(RangeError);
    expect(walks(chainOf([''], 1))).toEqual([[]]);
  });
});
