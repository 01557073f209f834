import { expect, test } from 'vitest';
import { asErasure } from './records.ts';

test('why an erasure failed is told in the language of who looks; what was stored in one language is told as it is', () => {
  const row = {
    id: 'x',
    number: 1,
    state: 'failed' as const,
    hash: 'h',
    found: {},
    createdBy: 'Maya',
    createdAt: new Date(0),
    doneAt: null,
  };
  const told = (problem: string | null, language: 'en' | 'zh') => asErasure({ ...row, problem } as never, new Map(), language).problem;
  const both = JSON.stringify({ en: 'No room on the disk.', zh: '磁盘已满。' });
  expect([told(both, 'en'), told(both, 'zh'), told('No room.', 'zh'), told(null, 'zh')]).toEqual([
    'No room on the disk.',
    '磁盘已满。',
    'No room.',
    null,
  ]);
});
