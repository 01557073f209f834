import { expect, test } from 'vitest';
import { differingKeys, mergeFields } from './merging.ts';

test('what was changed here stays, what the other changed elsewhere is taken over, and what either took out is out', () => {
  const before = { name: 'Deck', owner: 'Maya', due: 14, item: ['a'], gone: 1, kept: 1 };
  const mine: Record<string, unknown> = { name: 'Sales deck', owner: 'Maya', due: 10, item: ['a'], kept: 1 };
  const theirs: Record<string, unknown> = { name: 'Slides', owner: 'Jonas', due: 14, item: ['a', 'b'], gone: 1, added: true };
  expect(mergeFields<Record<string, unknown>>(before, mine, theirs)).toEqual({
    name: 'Sales deck',
    owner: 'Jonas',
    due: 10,
    item: ['a', 'b'],
    added: true,
  });
  expect(differingKeys(before, theirs)).toEqual(['name', 'owner', 'item', 'kept', 'added']);
});

test('an object whose fields come in another order has not changed', () => {
  const [one, other] = [{ item: { name: 'Deck', needs: [{ id: 'a', due: 1 }] } }, { item: { needs: [{ due: 1, id: 'a' }], name: 'Deck' } }];
  expect(differingKeys(one, other)).toEqual([]);
  expect(differingKeys(one, { item: { ...other.item, needs: [] } })).toEqual(['item']);
});
