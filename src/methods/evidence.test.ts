import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const pages = join(here, '../../docs/methods');
const kinds = ['value', 'law', 'null', 'refuses'] as const;

const methods = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
  .map((name) => name.slice(0, -3))
  .sort();
const written = readdirSync(pages)
  .filter((name) => !['README.md', 'evidence.md'].includes(name))
  .map((name) => ({ name, text: readFileSync(join(pages, name), 'utf8') }));
const pageOf = (method: string) => written.find(({ text }) => text.includes(`src/methods/${method}.ts`))?.name;

/** Names of the tests beside a method that begin with a kind of evidence. */
const namesOf = (method: string, kind: string): string[] => {
  const file = join(here, `${method}.test.ts`);
  const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const found = source.matchAll(
    new RegExp(`(?<quote>['"\`])${kind}: (?<name>(?:(?!\\k<quote>).)+)\\k<quote>, ?(?:\\(|async |\\{|$)`, 'gm'),
  );
  return [...found].map(({ groups }) => groups!.name!);
};

/** Why a method has none of a kind: the page says so, and what takes its place. */
const reasonOf = (method: string, kind: string): string | undefined => {
  const begin = `**No ${kind === 'refuses' ? 'refusal' : kind}** for \`src/methods/${method}.ts\`: `;
  const text = written.map((page) => page.text.split(begin)[1]).find(Boolean);
  return text
    ?.split(/\n(?:\n|\*\*No)/)[0]!
    .replaceAll(/\s+/g, ' ')
    .trim();
};

describe.each(methods)('evidence of %s', (method) => {
  it.each(kinds)('%s: a test beside it, or a reason on its page, and not both', (kind) => {
    expect([namesOf(method, kind).length > 0, reasonOf(method, kind) !== undefined]).toSatisfy(([test, reason]) => test !== reason);
  });

  it('every function that it offers is called by name in the test beside it', () => {
    const offered = [...readFileSync(join(here, `${method}.ts`), 'utf8').matchAll(/^export function\*? ?(\w+)/gm)].map(([, name]) => name!);
    const tests = readFileSync(join(here, `${method}.test.ts`), 'utf8');
    // What runs in steps is what the plain function runs through.
    expect(offered.filter((name) => !name.endsWith('InSteps') && !tests.includes(`${name}(`))).toEqual([]);
  });
});

it('no method looks at a clock, a time zone, a language or unseeded chance, so the same data give the same figures everywhere', () => {
  const unsteady = /\b(?:Date|Intl|process|performance|crypto)\b|toLocale|localeCompare|Math\.random/;
  const code = (method: string) => readFileSync(join(here, `${method}.ts`), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
  expect(methods.filter((method) => unsteady.test(code(method)))).toEqual([]);
});

it('the list in docs/methods/evidence.md is what the tests are (vitest run src/methods/evidence.test.ts -u writes it)', async () => {
  const cell = (method: string, kind: string) => namesOf(method, kind).join('. ') || `*none:* ${reasonOf(method, kind)}`;
  const rows = methods.map(
    (method) => `| [${method}](${pageOf(method)}) | ${kinds.map((kind) => cell(method, kind).replaceAll('|', '\\|')).join(' | ')} |`,
  );
  const head = `# Evidence of every method

Written from the names of the tests beside each method; \`src/methods/evidence.test.ts\` fails when a method has none of a kind and its page names no
reason. A test of the null, or of coverage, is a seeded simulation with groups of unequal size. It fails when its count lies outside of 3.29
binomial standard errors of what the method promises (one seed in 1,000). Each count, with its band:

\`\`\`sh
npx vitest run src/methods --reporter=verbose -t null:
\`\`\`

| method | independent value | law | simulation of the null, coverage | refusal |
|---|---|---|---|---|
`;
  await expect(`${head}${rows.join('\n')}\n`).toMatchFileSnapshot(join(pages, 'evidence.md'));
});
