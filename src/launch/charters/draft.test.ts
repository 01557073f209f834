import { expect, test } from 'vitest';
import { mergeFields } from '../../web/kit/merging.ts';
import { draftOf, fieldsOf, readKey } from './draft.ts';
import { type Charter, charterFields, functions, usualParts, withTwoAccountable } from './schema.ts';

const [maya, jonas, tom] = ['Maya', 'Jonas', 'Tom'].map((name, index) => ({
  id: `00000000-0000-4000-8000-00000000000${index}`,
  name,
  gone: name === 'Tom',
}));

const charter: Charter = {
  functions: functions.map((each) => ({
    function: each,
    members:
      each === 'product'
        ? [
            { ...maya!, approves: true },
            { ...jonas!, approves: false },
            { ...tom!, approves: true },
          ]
        : [],
  })),
  parts: usualParts,
  people: [maya!, jonas!],
  version: 3,
};

test('a charter is the same after a trip through its form, but for those who are no longer here', () => {
  const fields = fieldsOf(draftOf(charter));
  expect(fields.parts).toEqual(usualParts);
  expect(fields.members).toEqual([
    { function: 'product', memberId: maya!.id, approves: true },
    { function: 'product', memberId: jonas!.id, approves: false },
  ]);
});

test('whoever signs for a function belongs to it, and a part that is taken away is gone', () => {
  const draft = draftOf(charter);
  const { 'part page product': _, ...rest } = draft;
  const fields = fieldsOf({ ...(rest as typeof draft), 'approvers legal': [jonas!.id] });
  expect(fields.members).toContainEqual({ function: 'legal', memberId: jonas!.id, approves: true });
  expect(fields.parts.page).toEqual({ product_marketing: 'accountable', marketing: 'responsible' });
});

test('two who change the charter at once both keep what they changed', () => {
  const before = draftOf(charter);
  const mine = { ...before, 'members legal': [maya!.id] };
  const theirs = draftOf({ ...charter, parts: { ...usualParts, page: { marketing: 'accountable' } } });
  const merged = fieldsOf(mergeFields(before, mine, theirs));
  expect(merged.members).toContainEqual({ function: 'legal', memberId: maya!.id, approves: false });
  expect(merged.parts.page).toEqual({ marketing: 'accountable' });
  expect(readKey('part battle_card sales_enablement')).toEqual({ kind: 'part', row: 'battle_card', of: 'sales_enablement' });
});

test('one function is accountable for a thing: a second is refused by name, and the usual parts keep to it', () => {
  expect(withTwoAccountable(usualParts)).toEqual([]);
  const parts = { ...usualParts, deck: { product: 'accountable', legal: 'accountable' } as const };
  expect(withTwoAccountable(parts)).toEqual(['deck']);
  expect(charterFields.safeParse({ members: [], parts }).error?.issues.map(({ path }) => path)).toEqual([['parts', 'deck']]);
});
