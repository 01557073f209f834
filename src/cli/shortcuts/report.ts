import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { Failure } from '../../platform/failure.ts';
import { connect } from '../connection.ts';
import { findByPath, type Listed } from '../listed.ts';
import type { Terminal } from '../terminal.ts';

type Options = { json?: boolean; html?: string | true; locale: string; workspace?: string };

const path = '/launches/{launch}/landing-report';

const save = (file: string, html: string): void => {
  try {
    writeFileSync(file, html);
  } catch (error) {
    throw new Failure('invalid', `${file} could not be written (${(error as NodeJS.ErrnoException).code}). Choose another name.`);
  }
};

/** Whether a launch has landed: on the terminal, as JSON, or as one file for whoever wants to read it. */
export const reportCommand = (operations: Listed, terminal: Terminal): Command =>
  new Command('report')
    .description('Print the landing report of a launch')
    .argument('<launch>', 'key or id of the launch')
    .option('--json', 'every figure, as JSON')
    .addOption(
      new Option(
        '--html [file]',
        'one self-contained HTML file; without a name it gets that of the launch, - is standard output',
      ).conflicts('json'),
    )
    .addOption(
      new Option('--locale <language>', 'language of the text')
        .choices(['en', 'zh'])
        .default(/^zh/i.test(terminal.environment.LANG ?? '') ? 'zh' : 'en'),
    )
    .option('--workspace <name or id>', 'which workspace, where there are several')
    .action(async (launch: string, { json, html, locale, workspace }: Options) => {
      const connection = await connect({ environment: terminal.environment, workspace });
      const get = (suffix: string, input: object) => connection.call(findByPath(operations, path + suffix), { launch, ...input });
      try {
        if (json) return terminal.write(`${JSON.stringify(await get('', {}), null, 2)}\n`);
        if (!html) return terminal.write(`${((await get('/text', { locale })) as { text: string }).text.trimEnd()}\n`);
        const document = (await get('/document', { locale })) as { fileName: string; html: string };
        if (html === '-') return terminal.write(document.html);
        const file = html === true ? document.fileName : html;
        save(file, document.html);
        terminal.write(`Written to ${file}.\n`);
      } finally {
        await connection.close();
      }
    });
