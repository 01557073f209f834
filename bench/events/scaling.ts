// Writes docs/scaling.md from migrations/events: npx tsx bench/events/scaling.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrations } from '../../src/platform/migrations.ts';

const home = join(import.meta.dirname, '../..');
const page = join(home, 'docs/scaling.md');
const begin = '<!-- made by bench/events/scaling.ts -->';
const replica = (table: string): string => `'/clickhouse/tables/{shard}/${table}', '{replica}'`;

/** A table on every shard, each with replicas, and the table of the same name that speaks for all of them. */
const clustered = (statement: string): string[] => {
  const table = /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(statement)![1]!;
  const local = statement
    .replace(/^CREATE TABLE IF NOT EXISTS \w+/, `CREATE TABLE IF NOT EXISTS ${table}_local ON CLUSTER '{cluster}'`)
    .replace(
      /ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?/,
      (_, engine: string, rest?: string) => `ENGINE = Replicated${engine}(${replica(table)}${rest ? `, ${rest}` : ''})`,
    );
  return [
    local,
    `CREATE TABLE IF NOT EXISTS ${table} ON CLUSTER '{cluster}' AS ${table}_local ENGINE = Distributed('{cluster}', currentDatabase(), ${table}_local, cityHash64(workspace))`,
  ];
};

/** The newest shape of each table of the migrations, as statements for a cluster. */
export const clusterStatements = (): string[] => {
  const newest = new Map<string, string>();
  for (const { text } of readMigrations(join(home, 'migrations/events')))
    for (const statement of text
      .replaceAll(/^--.*$/gm, '')
      .split(/;\s*$/m)
      .map((one) => one.trim())) {
      const table = /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(statement)?.[1];
      if (table) newest.set(table, statement);
      const [, one, other] = /^EXCHANGE TABLES (\w+) AND (\w+)/.exec(statement) ?? [];
      if (one && other) {
        newest.set(one, newest.get(other)!.replace(other, one));
        newest.delete(other);
      }
    }
  return [...newest.values()].flatMap(clustered);
};

/** The page with its words as they are and its statements made anew. */
export const scalingPage = (): string => {
  const [words] = readFileSync(page, 'utf8').split(begin);
  return `${words}${begin}\n\n\`\`\`sql\n${clusterStatements().join(';\n\n')};\n\`\`\`\n`;
};

if (process.argv[1] === import.meta.filename) writeFileSync(page, scalingPage());
