import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name),
);
const parts = ['Method:', 'Shapes and units:', 'Assumes:', 'Do not use it for:', 'Errors:', 'Reference:', '@example'];

const pages = join(here, '../../docs/methods');
const written = readdirSync(pages)
  .map((name) => readFileSync(join(pages, name), 'utf8'))
  .join('\n');

describe.each(files)('%s', (file) => {
  const source = readFileSync(join(here, file), 'utf8');
  const block = source.match(/\/\*\*[^]*?\*\/(?=\nexport (?:async )?function)/g) ?? [];

  it('has a doc block that says what the method is, assumes and refuses', () => {
    expect(block.length).toBeGreaterThan(0);
    for (const text of block) for (const part of parts) expect(text).toContain(part);
  });

  it('has a page in docs/methods that names its file', () => {
    expect(written).toContain(`src/methods/${file}`);
  });

  it('gives what the example in its doc block says', async () => {
    const method: Record<string, unknown> = await import(join(here, file));
    const names = Object.keys(method);
    const examples = block.flatMap((text) => [...text.matchAll(/\* (\S.*) \/\/ (.+)$/gm)]);
    expect(examples.length).toBeGreaterThan(0);
    for (const [, expression, answer] of examples) {
      const run = (code: string) => new Function(...names, `return (${code})`)(...names.map((name) => method[name]));
      expect(run(expression!)).toEqual(run(answer!));
    }
  });
});
