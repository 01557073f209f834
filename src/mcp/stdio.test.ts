import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openApplication } from '../platform/application.ts';
import { readConfig } from '../platform/config.ts';

test('over standard input, on the stores, where no server runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-stdio-'));
  const application = await openApplication(readConfig({ LANDFALL_DATA: folder }), { log: pino({ level: 'silent' }) });
  await application.records.unbounded((transaction) => transaction.execute(sql`INSERT INTO workspace (name) VALUES ('Weftwork')`));
  await application.close();
  const client = new Client({ name: 'test', version: '1' });
  const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', 'tsx', main, 'mcp', '--write'],
    env: { PATH: process.env.PATH ?? '', LANDFALL_DATA: folder, LANDFALL_LOG_LEVEL: 'silent' },
  });
  await client.connect(transport);
  const use = async (given: object) =>
    (await client.callTool({ name: 'launches_create', arguments: { ...given } })).structuredContent as Record<string, string>;
  const wanted = { name: '智能交接', marketDate: '2026-03-03' };
  const { confirmation } = await use(wanted);
  expect(await use({ ...wanted, confirmation })).toMatchObject({ untrusted: true, data: { name: '智能交接' } });
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});
