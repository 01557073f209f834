import type { Command } from 'commander';
import type { Listed } from './listed.ts';
import { backupCommand, restoreCommand } from './shortcuts/backup.ts';
import { importCommand } from './shortcuts/import.ts';
import { mcpCommand } from './shortcuts/mcp.ts';
import { reportCommand } from './shortcuts/report.ts';
import { startCommand } from './shortcuts/start.ts';
import type { Terminal } from './terminal.ts';

/** Commands that are more than one operation. */
export const shortcuts = (operations: Listed, terminal: Terminal): Command[] => [
  startCommand(terminal),
  importCommand(operations, terminal),
  reportCommand(operations, terminal),
  backupCommand(operations, terminal),
  restoreCommand(terminal),
  mcpCommand(terminal),
];
