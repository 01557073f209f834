import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../catalogue.ts';
import { listOperations } from '../../platform/operations.ts';
import { operationCommand } from '../commands.ts';
import { processTerminal } from '../terminal.ts';
import { commandOf, referencePages } from './pages.ts';

const folder = join('docs', 'reference');

test('the reference in the repository is what the catalogue gives (npm run reference writes it anew)', () => {
  const pages = referencePages();
  expect(readdirSync(folder).toSorted()).toEqual([...pages.keys()].toSorted());
  const stale = [...pages].filter(([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text);
  expect(stale.map(([name]) => name)).toEqual([]);
});

test('every operation has a command whose flags do not collide, and help that fits it', () => {
  for (const operation of listOperations(catalogue)) {
    const command = operationCommand(operation, processTerminal());
    const flags = command.options.map(({ long }) => long);
    expect(new Set(flags).size).toBe(flags.length);
    expect(command.helpInformation()).toContain(operation.summary.slice(0, 20));
    for (const [flag] of commandOf(operation).matchAll(/--[a-z][\w.-]*/g)) expect(flags).toContain(flag);
  }
});
