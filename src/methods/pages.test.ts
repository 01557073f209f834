import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const folder = join(here, '../../docs/methods');
const pages = readdirSync(folder).filter((name) => !['README.md', 'evidence.md'].includes(name));
const methods: Record<string, unknown> = {};
for (const name of readdirSync(here, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name)) Object.assign(methods, await import(join(here, name)));
const names = Object.keys(methods);
const run = (code: string): unknown => new Function(...names, `return (${code})`)(...names.map((name) => methods[name]));

/** What a sceptic asks of a page, and the words with which a paragraph that answers begins. */
const asked = {
  'how it is worked out': /^\*\*(Formula|Method)\b/m,
  'what it rests on': /^\*\*(Assumes|What it assumes|What it rests on)\b/m,
  'when it fails': /^\*\*(When not to use it|When to use the other one|What it does not do|What it does not say|What it cannot do)\b/m,
  'how it is checked': /^\*\*(How it is checked|Checked|Evidence)\b/m,
  'where it comes from': /^\*\*(Reference|Source)\b/m,
};

describe.each(pages)('docs/methods/%s', (page) => {
  const text = readFileSync(join(folder, page), 'utf8');

  // Small parts have a paragraph each, and their sources in the doc blocks.
  it.skipIf(page === 'numeric.md')(
    'says how it is worked out, what it rests on, when it fails, how it is checked and where it comes from',
    () => {
      expect(Object.entries(asked).flatMap(([question, answer]) => (answer.test(text) ? [] : [question]))).toEqual([]);
    },
  );

  it('has an example that can be repeated and gives what the page says', () => {
    const lines = [...text.matchAll(/^```ts\n([^]*?)^```/gm)].flatMap(([, block]) => block!.trim().split('\n'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [expression, answer] = line.split(' // ');
      expect(run(expression!), line).toEqual(run(answer!));
    }
  });
});
