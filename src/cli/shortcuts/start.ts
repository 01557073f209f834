import { Command } from 'commander';
import { readConfig } from '../../platform/config.ts';
import type { Terminal } from '../terminal.ts';

/** Runs the server until it is told to stop. */
export const startCommand = (terminal: Terminal): Command =>
  new Command('start').description('Run the server. Settings are environment variables (docs/reference/settings.md)').action(async () => {
    const config = readConfig(terminal.environment);
    const { runServer } = await import('../../server/main.ts');
    await runServer(config);
  });
