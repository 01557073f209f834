import { expect, test } from 'vitest';
import { readText } from './read-text.ts';

const bytesOf = (...bytes: number[]) => new Uint8Array(bytes).buffer;

test('files of text are read as what they are, with or without a mark, and GB18030 where they are no UTF-8', () => {
  expect(readText(new TextEncoder().encode('名称,b').buffer)).toBe('名称,b');
  expect(readText(bytesOf(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
  expect(readText(bytesOf(0xff, 0xfe, 0x61, 0x00))).toBe('a');
  expect(readText(bytesOf(0xfe, 0xff, 0x00, 0x61))).toBe('a');
  // 名称 in GB18030
  expect(readText(bytesOf(0xc3, 0xfb, 0xb3, 0xc6))).toBe('名称');
  expect(readText(bytesOf())).toBe('');
});
