import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AliasLink, type AliasSplit, resolveAliases } from './resolve.ts';

const alias = (previous: string, user: string, at = '1'): AliasLink => ({ previous, user, at });
const owners = (links: AliasLink[], identified: string[] = []) => Object.fromEntries(resolveAliases(links, new Set(identified)).ownerOf);

test('an alias leads to the person it names, through further aliases', () => {
  expect(owners([alias('a', 'b'), alias('b', 'c')])).toEqual({ a: 'c', b: 'c' });
});

test('of two aliases of one id the earliest stands, whichever came first', () => {
  expect(owners([alias('a', 'x', '2'), alias('a', 'y', '1')])).toEqual({ a: 'y' });
});

test('somebody who signed in is nobody else: that alias is refused and told', () => {
  const { ownerOf, refused } = resolveAliases([alias('u1', 'u2')], new Set(['u1', 'u2']));
  expect([...ownerOf]).toEqual([]);
  expect(refused).toEqual([{ ...alias('u1', 'u2'), why: 'signed_in' }]);
});

test('aliases in a circle are one person', () => {
  expect(owners([alias('b', 'c'), alias('c', 'a'), alias('a', 'b')])).toEqual({ b: 'a', c: 'a' });
  expect(owners([alias('z', 'b'), alias('b', 'c'), alias('c', 'b')])).toEqual({ z: 'b', c: 'b' });
});

const split = (links: AliasLink[], ...splits: [string, string][]) =>
  Object.fromEntries(
    resolveAliases(
      links,
      new Set(),
      splits.map(([keyValue, user]): AliasSplit => ({ keyValue, user })),
    ).ownerOf,
  );

test('an id that was split is not that person by any alias, and still is whom another alias names', () => {
  const links = [alias('a', 'b'), alias('b', 'c'), alias('a', 'd', '2'), alias('d', 'e')];
  expect(split(links, ['a', 'c'])).toEqual({ a: 'e', b: 'c', d: 'e' });
  expect(split(links, ['b', 'c'])).toEqual({ a: 'b', d: 'e' });
  expect(split(links, ['a', 'c'], ['a', 'd'])).toEqual({ b: 'c', d: 'e' });
  expect(split([...links, alias('a', 'x'), alias('x', 'c')], ['a', 'c'])).toMatchObject({ a: 'e', x: 'c' });
});

test('an id that was split is never that person, whatever was said', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const link = fc.record({ previous: id, user: id, at: fc.constantFrom('1', '2', '3') });
  fc.assert(
    fc.property(fc.array(link, { maxLength: 14 }), id, id, (links, keyValue, user) => {
      fc.pre(keyValue !== user);
      const found = split(links, [keyValue, user]);
      expect(found[keyValue] ?? keyValue).not.toBe(found[user] ?? user);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test('the same answer for any order of arrival', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const link = fc.record({ previous: id, user: id, at: fc.constantFrom('1', '2', '3') });
  const sets = fc.record({
    links: fc.array(link, { maxLength: 14 }),
    identified: fc.subarray(['a', 'b', 'c']),
    split: fc.record({ keyValue: id, user: id }),
  });
  fc.assert(
    fc.property(sets, fc.infiniteStream(fc.nat()), ({ links, identified, split: one }, chance) => {
      const shuffled = links
        .map((one) => ({ one, at: chance.next().value as number }))
        .toSorted((x, y) => x.at - y.at)
        .map(({ one }) => one);
      const sorted = (order: AliasLink[]) => {
        const { ownerOf, refused } = resolveAliases(order, new Set(identified), [one]);
        return { owners: [...ownerOf].map(([from, to]) => `${from} ${to}`).toSorted(), refused };
      };
      expect(sorted(shuffled)).toEqual(sorted(links));
    }),
    { seed: 3, numRuns: 500 },
  );
});
