import { expect, test } from 'vitest';
import { differingKeys, mergeFields } from '../../web/kit/merging.ts';
import { contentOf, draftOf, flatten, moved, newItem, unflatten, withoutItem } from './draft.ts';
import { byDue } from './groups.ts';
import { templateContent } from './schema.ts';
import { usualTemplates } from './usual.ts';

const tier1 = usualTemplates('en')[0]!;

test('a template is the same after a trip through its editor', () => {
  const draft = draftOf(tier1);
  expect(contentOf(draft)).toEqual(tier1.content);
  expect(unflatten(flatten(draft), draft.items)).toEqual(draft);
});

test('an item that is taken out is needed by nothing any more, and a new one is one that the server takes', () => {
  const draft = draftOf(tier1);
  const items = [...withoutItem(draft.items, 'message-house'), newItem('partner-kit', 'Partner kit')];
  expect(items.flatMap(({ needs }) => needs)).not.toContain('message-house');
  expect(templateContent.safeParse(contentOf({ ...draft, items })).success).toBe(true);
});

test('an item moves one place, and stays where there is no place', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});

test('two who change a template at once both keep what they changed, and nothing needs what one of them took out', () => {
  const before = draftOf(tier1);
  const mine = { ...before, name: 'Enterprise', items: withoutItem(before.items, 'legal-review') };
  const changed = before.items.map((one) => (one.id === 'launch-page' ? { ...one, leadDays: 9 } : one));
  const theirs = { ...before, channels: ['Partners'], items: [newItem('partner-kit', 'Partner kit'), ...changed] };
  const merged = unflatten(mergeFields(flatten(before), flatten(mine), flatten(theirs)), mine.items);
  expect(merged).toMatchObject({ name: 'Enterprise', channels: ['Partners'] });
  expect(merged.items.find(({ id }) => id === 'legal-review')).toBeUndefined();
  expect(merged.items.at(-1)?.id).toBe('partner-kit');
  expect(merged.items.flatMap(({ needs }) => needs)).not.toContain('legal-review');
  expect(differingKeys(flatten(before), flatten(theirs))).toEqual(['channels', 'item launch-page', 'item partner-kit']);
});

test('items are grouped by when they are due, the earliest first', () => {
  const due = (id: string, leadDays: number) => ({ ...newItem(id, id), leadDays });
  const groups = byDue([due('after', -7), due('day', 0), due('week', 7), due('soon', 8), due('weeks', 21), due('early', 42)]);
  expect(groups.map(({ group, items }) => [group, ...items.map(({ id }) => id)])).toEqual([
    ['early', 'early'],
    ['weeks', 'weeks'],
    ['soon', 'soon'],
    ['week', 'week', 'day'],
    ['after', 'after'],
  ]);
});
