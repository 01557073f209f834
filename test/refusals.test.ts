import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSync } from 'vite';

/** Where what is refused is read by people: it is said in each language. What only operators and programs that send events read is elsewhere. */
const folders = ['src/launch', 'src/impact', 'src/collect', 'src/workspace', 'src/mcp'];
const elsewhere = /^src\/collect\/events\/receiving\//;

type Node = { type: string; [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const within = (node: unknown): Node[] => {
  if (Array.isArray(node)) return node.flatMap(within);
  if (!isNode(node)) return [];
  return [node, ...Object.values(node).flatMap(within)];
};

const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|fixture)\./.test(name))
    .map((name) => join(folder, name))
    .filter((file) => !elsewhere.test(file)),
);

const textOf = (node: Node): string =>
  within(node)
    .map(({ type, value }) => (type === 'TemplateElement' ? (value as { raw: string }).raw : typeof value === 'string' ? value : ''))
    .join(' ');

/** What stands as the text of a refusal: one text for all, or one for each language. */
const objectionTo = (said: Node): string | undefined => {
  if (said.type === 'ConditionalExpression') return objectionTo(said.consequent as Node) ?? objectionTo(said.alternate as Node);
  if (said.type === 'Literal' || said.type === 'TemplateLiteral') return 'is said in one language';
  if (said.type !== 'ObjectExpression') return undefined;
  const zh = (said.properties as Node[]).find(({ key }) => (key as Node | undefined)?.name === 'zh');
  return zh && /\p{Script=Han}/u.test(textOf(zh.value as Node)) ? undefined : 'has no Chinese';
};

const partsOf = (file: string) => {
  const source = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, source);
  expect(errors).toEqual([]);
  return { parts: within(program), textAt: ({ start, end }: Node) => source.slice(start as number, end as number) };
};

test('refusals are said in each language', () => {
  const wrong = files.flatMap((file) => {
    const { parts, textAt } = partsOf(file);
    return parts
      .filter(({ type, callee }) => type === 'NewExpression' && (callee as Node).name === 'Failure')
      .flatMap((failure) => {
        const said = (failure.arguments as Node[])[1]!;
        const why = objectionTo(said);
        return why ? [`${file}: ${textAt(said)} ${why}`] : [];
      });
  });
  expect(wrong).toEqual([]);
});

const isText = (node: unknown): boolean => isNode(node) && ['Literal', 'TemplateLiteral'].includes(node.type);

test('what schemas say of wrong input is said in each language', () => {
  const wrong = files
    .filter((file) => /(schema|operations)\.ts$/.test(file))
    .flatMap((file) => {
      const { parts, textAt } = partsOf(file);
      const checks = parts.filter(({ type, callee }) => {
        const name = ((callee as Node | undefined)?.property as Node | undefined)?.name;
        return type === 'CallExpression' && ['refine', 'regex', 'addIssue'].includes(String(name));
      });
      const named = parts.filter(({ type, key, value }) => {
        const name = (key as Node | undefined)?.name;
        return type === 'Property' && (name === 'error' || name === 'message') && isText(value);
      });
      const inOne = [...checks.filter((call) => isText((call.arguments as Node[])[1])), ...named];
      return inOne.map((node) => `${file}: ${textAt(node)}`);
    });
  expect(wrong).toEqual([]);
});
