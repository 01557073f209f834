import { expect, test } from 'vitest';
import { speaksAgainst, suggestTemplate, usualChoice } from './choosing.ts';
import type { Comparison } from './schema.ts';

const templates = [
  { key: 'sunset', purpose: 'sunset' as const, tier: 2 },
  { key: 'tier-1', purpose: 'launch' as const, tier: 1 },
  { key: 'tier-2', purpose: 'launch' as const, tier: 2 },
];

test('the template that a launch was made from is offered first, else that of its tier', () => {
  expect(suggestTemplate(templates, { template: { key: 'sunset', version: 1 }, tier: 1 })).toBe('sunset');
  expect(suggestTemplate(templates, { template: { key: 'deleted', version: 1 }, tier: 1 })).toBe('tier-1');
  expect(suggestTemplate(templates, { template: null, tier: 2 })).toBe('tier-2');
  expect(suggestTemplate(templates, { template: null, tier: 3 })).toBe('sunset');
  expect(suggestTemplate([], { template: null, tier: 3 })).toBeNull();
});

test('what was changed by hand, or is approved or shipped, is left as it is unless somebody chooses it', () => {
  const changed = (item: string, isEdited: boolean): Comparison['changed'][number] => ({
    item,
    deliverable: '00000000-0000-4000-8000-000000000000',
    name: item,
    fields: [
      { field: 'leadDays', from: 7, to: 10, isEdited },
      { field: 'doneWhen', from: '', to: 'Signed', isEdited: false },
    ],
  });
  const removed = (item: string, status: string) => ({ item, deliverable: '00000000-0000-4000-8000-000000000000', name: item, status });
  const comparison = {
    added: [{ id: 'new' }],
    changed: [changed('plain', false), changed('edited', true)],
    removed: [removed('open', 'drafting'), removed('done', 'shipped'), removed('signed', 'approved')],
  } as unknown as Comparison;
  expect([...usualChoice(comparison)]).toEqual(['new', 'plain', 'open']);
});

test('another audience has to be agreed to by name; a template that nobody used yet has not', () => {
  expect(speaksAgainst([{ code: 'other_audience', what: 'segments', added: ['enterprise'], missing: ['students'] }])).toBe(true);
  expect(speaksAgainst([{ code: 'never_used' }, { code: 'late', items: 2 }])).toBe(false);
});
