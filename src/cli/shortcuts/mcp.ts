import { Command } from 'commander';
import { readConfig } from '../../platform/config.ts';
import { target } from '../connection.ts';
import type { Terminal } from '../terminal.ts';

/** The Model Context Protocol on standard input and output, for a program that starts it. */
export const mcpCommand = (terminal: Terminal): Command =>
  new Command('mcp')
    .description('Offer the operations as tools to a language model, over standard input and output')
    .option('--write', 'also tools that change something; each asks for a confirmation first')
    .option('--workspace <name or id>', 'which workspace, where there are several')
    .action(async ({ write, workspace }: { write?: boolean; workspace?: string }) => {
      const readOnly = !write;
      const server = target(terminal.environment);
      if (server) {
        const { relayMcp } = await import('../../mcp/relay.ts');
        const { headersFor } = await import('../remote.ts');
        const writeLine = (line: string) => terminal.write(`${line}\n`);
        return relayMcp({
          url: server.url,
          headers: headersFor({ ...server, workspace }),
          readOnly,
          input: terminal.input,
          write: writeLine,
        });
      }
      const [{ enterLocally, openQuietly }, { serveMcpOnStdio }] = await Promise.all([import('../local.ts'), import('../../mcp/stdio.ts')]);
      const application = await openQuietly(readConfig(terminal.environment));
      try {
        await serveMcpOnStdio(await enterLocally(application, 'mcp', workspace), readOnly);
      } finally {
        await application.close();
      }
    });
