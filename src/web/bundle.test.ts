import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../dist/web');

test.skipIf(!existsSync(join(folder, 'index.html')))(
  'what every page loads first stays under 250 kB, and the page holds no style or script without a nonce',
  () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const files = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file!);
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
    expect(files.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(250_000);
    for (const [tag] of page.matchAll(/<(?:script|style)[^>]*>/g)) expect(tag).toContain('nonce="__CSP_NONCE__"');
  },
);
