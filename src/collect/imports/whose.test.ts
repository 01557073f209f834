import { expect, test } from 'vitest';
import { checkMapping } from './mapping.ts';
import type { ImportColumn, ImportMapping } from './schema.ts';

const column = { name: 'seller_id' } as ImportColumn;
const mapping = (fields: ImportMapping['targets'][number]['fields']): ImportMapping => ({
  source: 'shop',
  header: true,
  emptyCell: 'keep',
  valueMaps: {},
  targets: [{ kind: 'revenue', rest: false, fields }],
});

test('revenue of nobody is refused: without an owner all rows would be one and the same movement', () => {
  expect(() => checkMapping(mapping({ kind: { constant: 'order' } }), [column])).toThrow('say whose it is');
  expect(() => checkMapping(mapping({ kind: { constant: 'order' }, account_id: { column: 0, by: 'id' } }), [column])).not.toThrow();
});
