import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSync } from 'vite';

/** Where what is refused is read by people: it is said in each language. What only operators read is elsewhere. */
const folders = ['src/launch', 'src/workspace'];

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
    .map((name) => join(folder, name)),
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

test('refusals are said in each language', () => {
  const wrong = files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const { program, errors } = parseSync(file, source);
    expect(errors).toEqual([]);
    return within(program)
      .filter(({ type, callee }) => type === 'NewExpression' && (callee as Node).name === 'Failure')
      .flatMap((failure) => {
        const said = (failure.arguments as Node[])[1]!;
        const why = objectionTo(said);
        return why ? [`${file}: ${source.slice(said.start as number, said.end as number)} ${why}`] : [];
      });
  });
  expect(wrong).toEqual([]);
});

test('what schemas say of wrong input is said in each language', () => {
  const wrong = files
    .filter((file) => /(schema|operations)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\b(?:error|message): ['`][^\n]*/g)].map(([text]) => `${file}: ${text}`));
  expect(wrong).toEqual([]);
});
