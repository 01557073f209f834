import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../src/catalogue.ts';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...['docs', 'examples', 'src'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
];

const withoutCode = (text: string) => text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`]*`/g, '');
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

/** The words of a command line up to the first thing that only its writer knows. */
const commandsOf = (text: string): string[][] => {
  const fenced = [...text.matchAll(/```(?:sh|bash|console)\n([\s\S]*?)```/g)].flatMap(([, block]) => (block ?? '').split('\n'));
  const inline = [...text.matchAll(/`((?:landfall|npx landfall) [^`]+)`/g)].map(([, line]) => line ?? '');
  return [...fenced, ...inline].flatMap((line) => {
    const found = /(?:^|\s)landfall ((?:[a-z][A-Za-z-]*)(?: [a-z][A-Za-z-]*)?)/.exec(line.replace(/#.*$/, ''));
    return found?.[1] ? [found[1].split(' ')] : [];
  });
};

const shortcuts = ['start', 'import', 'report', 'backup', 'restore', 'mcp'];
const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const operations = Object.fromEntries(Object.entries(catalogue).map(([noun, verbs]) => [kebab(noun), Object.keys(verbs).map(kebab)]));

const exists = ([noun = '', verb]: string[]): boolean =>
  shortcuts.includes(noun) || (verb ? (operations[noun]?.includes(verb) ?? false) : noun in operations);

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  test('its links lead somewhere', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const broken = links.filter(
      (target) => !/^(https?:|mailto:|#)/.test(target) && !existsSync(join(dirname(page), target.split('#')[0] ?? '')),
    );
    expect(broken).toEqual([]);
  });

  test('its commands exist', () => {
    for (const words of commandsOf(text)) expect(words).toSatisfy(exists);
    for (const [, script] of text.matchAll(/npm run ([a-z]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });
});
