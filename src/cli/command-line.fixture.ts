import { Readable } from 'node:stream';
import { runProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

export type Ran = { code: number; out: string; error: string };

type Setting = { answers?: string[]; input?: string; isTerminal?: boolean; columns?: number };

/** Runs a command line in this process, as the program does, and answers what it said. */
export const commandLine =
  (environment: Record<string, string>) =>
  async (words: string[], { answers, input = '', isTerminal = false, columns = 120 }: Setting = {}): Promise<Ran> => {
    const ran = { code: -1, out: '', error: '' };
    const given = [...(answers ?? [])];
    const terminal: Terminal = {
      write: (text) => (ran.out += text),
      writeError: (text) => (ran.error += text),
      isTerminal,
      canAsk: answers !== undefined,
      columns,
      input: Readable.from([Buffer.from(input)]),
      environment: { LANDFALL_LOG_LEVEL: 'silent', LANDFALL_PORT: '0', ...environment },
      ask: async (question) => {
        ran.error += question;
        return given.shift() ?? '';
      },
    };
    ran.code = await runProgram(words, terminal);
    return ran;
  };
