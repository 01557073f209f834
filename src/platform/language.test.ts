import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test('the language is the first that a caller prefers of those spoken', () => {
  expect(languageOf(undefined)).toBe('en');
  expect(languageOf('')).toBe('en');
  expect(languageOf('fr, de;q=0.9')).toBe('en');
  expect(languageOf('zh-Hans')).toBe('zh');
  expect(languageOf('zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh');
  expect(languageOf('en;q=0.4, zh;q=0.5')).toBe('zh');
  expect(languageOf('fr, zh;q=0')).toBe('en');
  expect(languageOf('zha, en')).toBe('en');
  expect(languageOf(`${'x,'.repeat(100_000)}zh`)).toBe('en');
});
