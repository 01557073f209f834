import { catalogue } from '../../catalogue.ts';
import { settings } from '../../platform/config.ts';
import { type FailureCode, failureCodes } from '../../platform/failure.ts';
import { type ListedOperation, listOperations } from '../../platform/operations.ts';
import { isTool, toolNameOf } from '../../mcp/tools.ts';
import { flagsOf } from '../commands.ts';
import { kebab, pathParameters, schemaOf } from '../fields.ts';
import { fieldsTable } from './fields-table.ts';

const source = '<!-- Written by "npm run reference" from the catalogue. Changes made by hand are lost. -->';

/** The command line of an operation: what must be named, and that there is more. */
export const commandOf = (operation: ListedOperation): string => {
  const fields = flagsOf(operation);
  // The name of a file is that of the file that is sent.
  const needed = fields
    .filter(({ flag, required }) => required && !(operation.meta.stream && flag === 'file-name'))
    .map(({ flag, kind }) => `--${flag}${kind === 'boolean' ? '' : ' …'}`);
  const words = [
    'landfall',
    kebab(operation.noun),
    kebab(operation.verb),
    ...pathParameters(operation.path).map((name) => `<${kebab(name)}>`),
    ...(operation.meta.stream ? ['<file>'] : []),
    ...needed,
    ...(fields.some(({ required }) => !required) ? ['[--…]'] : []),
  ];
  return words.join(' ');
};

const whoMay = ({ who, writes }: ListedOperation['meta']): string => {
  if (who === 'anyone') return 'anybody, also without a sign-in';
  if (who === 'member') return 'any signed-in member';
  return `${who.length === 5 ? 'every role' : who.join(', ')}${writes ? '; a key must be one that may write' : ''}`;
};

const doorsOf = (operation: ListedOperation): string => {
  const { method, path, meta } = operation;
  return [
    '| door | |',
    '|---|---|',
    `| REST | \`${method} /api${path}\`${meta.stream ? ' (the file is the body, the rest of the input the query)' : ''}${meta.watch ? ' (answers a stream of server-sent events; each has the output below)' : ''} |`,
    meta.browserOnly
      ? '| command line | no: this belongs to a browser |'
      : `| command line | <code>${commandOf(operation).replaceAll('<', '&lt;')}</code> |`,
    `| MCP | ${isTool(operation) ? `\`${toolNameOf(operation)}\`` : 'no'} |`,
    `| who may | ${whoMay(meta)} |`,
  ].join('\n');
};

const nounPage = (noun: string, operations: ListedOperation[]): string => {
  const answers = new Map<string, string>();
  const parts = operations.map((operation) => {
    const { verb, summary } = operation;
    const table = operation.meta.file
      ? 'Answers the file itself, to be kept.\n'
      : fieldsTable(schemaOf(operation.output, 'output'), 'output');
    const same = answers.get(table);
    if (!same) answers.set(table, verb);
    const output =
      same && table.split('\n').length > 8 ? `Answers the same as [${noun} ${same}](#${`${noun}-${same}`.toLowerCase()}).\n` : table;
    return `## ${noun} ${verb}\n\n${summary}.\n\n${doorsOf(operation)}\n\n${fieldsTable(schemaOf(operation.input, 'input'), 'input')}\n${output}`;
  });
  return `${source}\n\n# ${noun}\n\n${parts.join('\n')}`;
};

const settingsPage = (): string => {
  const rows = Object.entries(settings).map(([name, { shownDefault, about }]) => `| \`${name}\` | ${shownDefault} | ${about} |`);
  const client = [
    '| `LANDFALL_URL` | the server on this machine | For the command line: another Landfall to speak to. |',
    '| `LANDFALL_KEY` | none | For the command line: the API key for LANDFALL_URL. |',
  ];
  return `${source}\n\n# Settings\n\nSettings are environment variables. A wrong one stops the start, and all wrong ones are named at once.\n\n| setting | default | what it does |\n|---|---|---|\n${[...rows, ...client].join('\n')}\n`;
};

const meanings: Record<FailureCode, string> = {
  invalid: 'The input is wrong; the message names each field.',
  unauthenticated: 'Nobody is signed in, or the key is not known.',
  forbidden: 'This role, or this key, may not do it.',
  not_found: 'There is no such thing in this workspace.',
  conflict: 'It does not fit what is there now: changed meanwhile, taken, or in another state.',
  too_large: 'More was sent, or asked for, than is taken at once.',
  too_many: 'Too many calls; the answer says when to try again.',
  unavailable: 'A store or the server does not answer; try again.',
};

const failuresPage = (): string => {
  const rows = Object.entries(failureCodes).map(
    ([code, { status, exit }]) => `| \`${code}\` | ${status} | ${exit} | ${meanings[code as FailureCode]} |`,
  );
  return `${source}\n\n# Failures\n\nEvery door refuses in one shape: \`{"error":{"code","message","details"}}\`. The message says what was refused and what to do next.\nThe command line prints the message on standard error and ends with the exit code; success is 0, and what nobody foresaw is 1.\n\n| code | HTTP status | exit code | when |\n|---|---|---|---|\n${rows.join('\n')}\n`;
};

const indexPage = (nouns: Map<string, ListedOperation[]>): string => {
  const rows = [...nouns].map(
    ([noun, operations]) => `| [${noun}](${kebab(noun)}.md) | ${operations.map(({ verb }) => verb).join(', ')} |`,
  );
  return `${source}\n\n# Reference\n\nEverything that Landfall can do, each thing once: the REST route, the command, the tool for language models and the typed client come from\none table, and so do these pages. See also [settings](settings.md) and [failures](failures.md).\n\n| noun | verbs |\n|---|---|\n${rows.join('\n')}\n`;
};

/** Every reference page by its file name. */
export const referencePages = (): Map<string, string> => {
  const operations = listOperations(catalogue);
  const names = [...new Set(operations.map(({ noun }) => noun))];
  const nouns = new Map(names.map((name) => [name, operations.filter(({ noun }) => noun === name)]));
  const pages = [...nouns].map(([noun, operations]) => [`${kebab(noun)}.md`, nounPage(noun, operations)] as const);
  return new Map([['README.md', indexPage(nouns)], ['settings.md', settingsPage()], ['failures.md', failuresPage()], ...pages]);
};
