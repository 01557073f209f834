import { expect, test } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import type { Journey } from './credit-table.ts';
import { countsOf, markovRemoval } from './markov-removal.ts';
import { readPaths } from './path-texts.ts';

const bySplitting = (text: string) =>
  text
    .split('>')
    .map((name) => name.trim())
    .filter(Boolean);
const read = (texts: string[]) => {
  const { channels, starts, codes } = readPaths(texts);
  return texts.map((_, place) => Array.from(codes.subarray(starts[place], starts[place + 1]), (code) => channels[code]!));
};

test('law: the example of the documentation', () => {
  expect(readPaths(['fair > ad', 'ad'])).toEqual({
    channels: ['ad', 'fair'],
    starts: Int32Array.of(0, 2, 3),
    codes: Int32Array.of(1, 0, 0),
  });
});

test('value: spaces, empty names, control letters and letters of every script are read as splitting and trimming would', () => {
  const texts = [
    '',
    ' ',
    '>',
    ' > > ',
    'ad',
    '  ad  >ad >\tad',
    'a d>ad>a  d',
    '\u0001ad>ad',
    '广告 > 展会>广告',
    '\u00a0ad\u00a0>ad',
    'ad広>ad',
    '>ad>',
    'a>ab>abc>ab>a',
  ];
  expect(read(texts)).toEqual(texts.map(bySplitting));
});

test('law: 20,000 random texts, names of every length, and more names than are kept ready, are read as splitting would', () => {
  const random = seededRandom(7);
  const letters = ['a', 'b', ' ', '>', '展', '\t', 'z'];
  const texts = Array.from({ length: 20_000 }, () =>
    Array.from({ length: Math.floor(random() * 24) }, () => letters[Math.floor(random() * 7)]).join(''),
  );
  expect(read(texts)).toEqual(texts.map(bySplitting));
  const long = Array.from({ length: 150 }, (_, length) => `${'ab'.repeat(length).slice(0, length)} > x > ${'b'.repeat(length)}`);
  expect(read([...long, ...long])).toEqual([...long, ...long].map(bySplitting));
  const many = Array.from({ length: 20_000 }, (_, place) => `channel number ${place * 7919} > c${place % 50}`);
  expect(read([...many, ...many])).toEqual([...many, ...many].map(bySplitting));
});

test('law: removal effects of texts are those of lists, at every order', () => {
  const random = seededRandom(8);
  const names = ['ad', 'fair', 'mail', 'web'];
  const journeys = Array.from({ length: 500 }, (): Journey => {
    const touches = Array.from({ length: 1 + Math.floor(random() * 6) }, () => names[Math.floor(random() * 4)]!);
    return { touches, conversions: random() < 0.4 ? 1 : 0, value: 5, nulls: random() < 0.5 ? 1 : 0 };
  });
  const paths = readPaths(journeys.map(({ touches }) => touches.join(' > ')));
  for (const order of [1, 2, 3]) expect(markovRemoval(paths, order, countsOf(journeys))).toEqual(markovRemoval(journeys, order));
  expect(markovRemoval(readPaths(['ad']), 1, { conversions: [0], values: [0], nulls: [1] })).toEqual({ refused: 'no_conversions' });
});
