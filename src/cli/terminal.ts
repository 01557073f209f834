import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline/promises';

/** Where a command reads and writes; tests give their own. */
export type Terminal = {
  write: (text: string) => void;
  writeError: (text: string) => void;
  /** Whether a person reads the output; colours and fitting to the width are for them only. */
  isTerminal: boolean;
  /** Whether a person can be asked. */
  canAsk: boolean;
  columns: number;
  input: Readable;
  environment: Record<string, string | undefined>;
  ask: (question: string) => Promise<string>;
};

const askOnTerminal = async (question: string): Promise<string> => {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await prompt.question(question)).trim();
  } finally {
    prompt.close();
  }
};

export const processTerminal = (): Terminal => ({
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  canAsk: process.stdin.isTTY && process.stderr.isTTY,
  columns: process.stdout.columns ?? 120,
  input: process.stdin,
  environment: process.env,
  ask: askOnTerminal,
});

/** One line that is written over itself on a terminal, and not at all elsewhere. */
export const makeProgress = (terminal: Terminal) => {
  let shown = 0;
  const clear = () => {
    if (shown > 0) terminal.writeError(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    show: (text: string) => {
      if (!terminal.canAsk) return;
      clear();
      const line = text.slice(0, Math.max(20, terminal.columns - 1));
      terminal.writeError(line);
      shown = line.length;
    },
    clear,
  };
};
