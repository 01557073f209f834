import { Command, CommanderError } from 'commander';
import { catalogue } from '../catalogue.ts';
import { Failure, failureCodes } from '../platform/failure.ts';
import { asFailure } from '../platform/operation.ts';
import { listOperations } from '../platform/operations.ts';
import { nounCommands } from './commands.ts';
import { shortcuts } from './shortcuts.ts';
import type { Terminal } from './terminal.ts';

const guide = `
Every operation is "landfall <noun> <verb>"; add --help to any of them.
A running server on this machine is used; with LANDFALL_URL and LANDFALL_KEY another one; else the data folder is opened.
`;

const inherit = (command: Command, terminal: Terminal): Command => {
  command
    .exitOverride()
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.writeError, getOutHelpWidth: () => terminal.columns });
  for (const inner of command.commands) inherit(inner, terminal);
  return command;
};

const makeProgram = (terminal: Terminal): Command => {
  const program = new Command('landfall')
    .description('Landfall: every launch registered before, judged after.')
    .addHelpText('after', guide);
  const operations = listOperations(catalogue).filter(({ meta }) => !meta.browserOnly);
  for (const command of shortcuts(operations, terminal)) program.addCommand(command);
  for (const command of nounCommands(operations, terminal)) program.addCommand(command);
  return inherit(program, terminal);
};

/** What is said about an error, and the exit code: people see what was refused and what to do, never where in the code. */
const report = (error: unknown, terminal: Terminal): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : failureCodes.invalid.exit;
  const failure = asFailure(error) ?? (error instanceof Failure ? error : undefined);
  if (failure) {
    terminal.writeError(`${failure.message}\n`);
    return failureCodes[failure.code].exit;
  }
  terminal.writeError(
    `Something went wrong here that Landfall did not foresee: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  if (terminal.environment.LANDFALL_LOG_LEVEL === 'debug' && error instanceof Error) terminal.writeError(`${error.stack}\n`);
  return 1;
};

/** Runs one command line; answers the exit code. */
export const runProgram = async (words: string[], terminal: Terminal): Promise<number> => {
  try {
    const program = makeProgram(terminal);
    if (words.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, terminal);
  }
};
