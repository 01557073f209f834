import type { Command } from 'commander';
import type { ListedOperation } from '../platform/operations.ts';
import { startCommand } from './shortcuts/start.ts';
import type { Terminal } from './terminal.ts';

/** Commands that are more than one operation. */
export const shortcuts = (_operations: ListedOperation[], terminal: Terminal): Command[] => [startCommand(terminal)];
