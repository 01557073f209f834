import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { Failure } from '../platform/failure.ts';
import type { ListedOperation } from '../platform/operations.ts';
import { connect } from './connection.ts';
import { type Field, fieldsOf, kebab, pathParameters, schemaOf } from './fields.ts';
import { assembleInput } from './input.ts';
import { keepFile, printAnswer, printRows, type Watched } from './output.ts';
import type { Terminal } from './terminal.ts';

/** Flags that every command has. */
export const addCommonOptions = (command: Command): Command =>
  command
    .addOption(new Option('--output <format>', 'how to print the answer').choices(['table', 'json']).default('table'))
    .option('--workspace <name or id>', 'which workspace, where there are several');

const placeholder = (field: Field): string => {
  if (field.kind === 'number') return 'number';
  if (field.kind === 'json') return 'json';
  return field.format === 'date' ? 'yyyy-mm-dd' : field.format === 'uuid' ? 'id' : 'text';
};

const collect = (value: string, previous: string[] | undefined): string[] => [...(previous ?? []), value];

const optionOf = (field: Field): Option => {
  const notes = [
    field.required && 'needed',
    field.kind === 'texts' && 'may be repeated',
    field.shownDefault && `default: ${field.shownDefault}`,
  ];
  const noted = notes.filter(Boolean).join('; ');
  const description = [field.description, noted && `(${noted})`].filter(Boolean).join(' ');
  const value = field.kind === 'boolean' ? '[true|false]' : `<${placeholder(field)}>`;
  const option = new Option(`--${field.flag} ${value}`, description);
  if (field.kind === 'boolean') option.preset('true');
  if (field.kind === 'texts') option.argParser(field.choices ? checkedCollect(field) : collect);
  else if (field.choices && field.kind !== 'boolean') option.choices(field.choices);
  return option;
};

const checkedCollect = (field: Field) => (value: string, previous: string[] | undefined) => {
  if (!field.choices?.includes(value))
    throw new Failure('invalid', `--${field.flag} takes one of ${field.choices?.join(', ')}, not "${value}".`);
  return collect(value, previous);
};

export const openFile = (file: string, terminal: Terminal) => {
  if (file === '-') return terminal.input;
  if (!existsSync(file)) throw new Failure('not_found', `There is no file ${file}. Check the path.`);
  return createReadStream(file);
};

/** The flags of an operation, without what stands in its path. */
export const flagsOf = (operation: ListedOperation): Field[] =>
  fieldsOf(schemaOf(operation.input, 'input'), pathParameters(operation.path));

/** One operation as a command: what stands in its path is named in order, all else is a flag. */
export const operationCommand = (operation: ListedOperation, terminal: Terminal): Command => {
  const named = pathParameters(operation.path);
  const fields = flagsOf(operation);
  const descriptions = schemaOf(operation.input, 'input').properties ?? {};
  const command = new Command(kebab(operation.verb)).description(operation.summary);
  for (const name of named) command.argument(`<${kebab(name)}>`, descriptions[name]?.description ?? '');
  if (operation.meta.stream) command.argument('<file>', 'file to send; - reads standard input');
  if (operation.meta.file) command.option('--to <path>', 'where to keep the file (default: its own name, here)');
  for (const field of fields) command.addOption(optionOf(field));
  if (fields.length > 0)
    command
      .option('--json <object>', 'input as JSON; flags win over it')
      .option('--input <file>', 'input as a JSON file; - reads standard input');
  return addCommonOptions(command).action(async (...given: unknown[]) => {
    const options = command.opts<Record<string, unknown>>();
    const positional = Object.fromEntries(named.map((name, index) => [name, String(given[index])]));
    const input = assembleInput(options, fields, positional);
    const file = operation.meta.stream ? String(given[named.length]) : undefined;
    const body = file === undefined ? undefined : openFile(file, terminal);
    if (file && file !== '-' && 'fileName' in descriptions) input.fileName ??= basename(file);
    const connection = await connect({ environment: terminal.environment, workspace: options.workspace as string | undefined });
    try {
      const answer = await connection.call(operation, input, body);
      if (operation.meta.watch) await printRows(answer as AsyncIterable<Watched>, String(options.output), terminal);
      else if (operation.meta.file) await keepFile(answer as File, options.to as string | undefined, terminal);
      else printAnswer(answer, String(options.output), terminal);
    } finally {
      await connection.close();
    }
  });
};

/** One command for each noun of the catalogue, with its verbs under it. */
export const nounCommands = (operations: ListedOperation[], terminal: Terminal): Command[] => {
  const nouns = [...new Set(operations.map(({ noun }) => noun))];
  return nouns.map((noun) => {
    const verbs = operations.filter((operation) => operation.noun === noun);
    const command = new Command(kebab(noun)).description(verbs.map(({ verb }) => kebab(verb)).join(', '));
    for (const operation of verbs) command.addCommand(operationCommand(operation, terminal));
    return command;
  });
};
