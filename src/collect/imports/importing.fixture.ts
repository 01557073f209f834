import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import type { Context } from '../../platform/context.ts';
import { tables } from '../../platform/events/sources.ts';
import * as operations from './operations.ts';
import { checksum } from './queries.ts';
import type { ImportMapping, ImportView } from './schema.ts';

export const imports = {
  list: operations.listImports,
  get: operations.getImport,
  upload: operations.uploadImport,
  map: operations.mapImport,
  remap: operations.remapImport,
  check: operations.checkImport,
  rows: operations.listImportRows,
  exportRows: operations.exportImportRows,
  commit: operations.commitImport,
  cancel: operations.cancelImport,
  undo: operations.undoImport,
};

export const clientOf = (context: Context) => createRouterClient({ imports }, { context });
export type ImportClient = ReturnType<typeof clientOf>;

const folder = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data');
export const dataFile = (path: string): string => resolve(folder, path);
export const hasData = (path: string): boolean => existsSync(dataFile(path));

export type Sent = { name: string; bytes: Buffer | string } | { path: string };

export function send(context: Context, sent: Sent, options: { encoding?: 'gb18030' } = {}): Promise<ImportView> {
  const body = 'path' in sent ? createReadStream(dataFile(sent.path)) : Readable.from([Buffer.from(sent.bytes as string)]);
  const fileName = 'path' in sent ? sent.path.split('/').at(-1)! : sent.name;
  return clientOf({ ...context, body }).imports.upload({ fileName, ...options });
}

export type Changes = { mapping?: (mapping: ImportMapping) => ImportMapping; answers?: Record<string, string> };

/** Sends a file and goes up to its dry run. */
export async function dryRun(context: Context, sent: Sent, { mapping, answers }: Changes = {}): Promise<ImportView> {
  const client = clientOf(context);
  const uploaded = await send(context, sent);
  if (mapping || answers) await client.imports.map({ import: uploaded.id, mapping: mapping?.(uploaded.mapping!), answers });
  return client.imports.check({ import: uploaded.id, waitSeconds: 60 });
}

/** Sends a file and writes it. */
export async function importFile(context: Context, sent: Sent, changes: Changes = {}): Promise<ImportView> {
  const checked = await dryRun(context, sent, changes);
  return clientOf(context).imports.commit({ import: checked.id, waitSeconds: 60 });
}

/** Equal before and after, when nothing that a workspace sees has changed. */
export async function checksums(context: Context): Promise<Record<string, unknown>> {
  const sums: Record<string, unknown> = {};
  for (const table of tables) [sums[table]] = await context.events.ask(checksum(table));
  return sums;
}

export const countsOf = (view: ImportView) => Object.fromEntries(view.report!.targets.map(({ kind, counts }) => [kind, counts]));
