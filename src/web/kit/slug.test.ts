import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test('a short name comes from the name, is never taken, and stands in where the name has no letters of its own', () => {
  expect(slugOf('Tier 1: Enterprise launch!', [], 'template')).toBe('tier-1-enterprise-launch');
  expect(slugOf('Launch page', ['launch-page', 'launch-page-2'], 'item')).toBe('launch-page-3');
  expect(slugOf('企业级发布', ['template'], 'template')).toBe('template-2');
  expect(slugOf('3rd party risk', [], 'own', '_')).toBe('rd_party_risk');
  expect(slugOf('x'.repeat(100), [], 'item')).toHaveLength(50);
});
