import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { Failure, type FailureCode, failureCodes } from '../../platform/failure.ts';
import { addCommonOptions, openFile } from '../commands.ts';
import { type Connection, connect } from '../connection.ts';
import { findOperation, type Listed } from '../listed.ts';
import { printAnswer } from '../output.ts';
import { makeProgress, type Terminal } from '../terminal.ts';
import type { Import, Mapping, RejectedRow } from './import-shapes.ts';
import { mappingText, questionText, rejectedCount, reportText } from './import-text.ts';

type Options = {
  source?: string;
  mapping?: string;
  answer?: string[];
  yes?: boolean;
  dryRun?: boolean;
  name?: string;
  encoding?: string;
  delimiter?: string;
  output: string;
  workspace?: string;
};
type Session = {
  use: (verb: string, input: Record<string, unknown>) => Promise<unknown>;
  terminal: Terminal;
  say: (text: string) => void;
  progress: ReturnType<typeof makeProgress>;
};

const millisecondsBetweenLooks = 300;
const shownRejections = 10;
const working = new Set(['uploading', 'checking', 'committing']);

const counted = (total: number | undefined, show: (text: string) => void) => {
  let sent = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      show(`Sending ${(sent / 1e6).toFixed(1)} MB${total ? ` of ${(total / 1e6).toFixed(1)} (${Math.floor((100 * sent) / total)}%)` : ''}`);
      done(null, chunk);
    },
  });
};

const sendFile = async (
  connection: Connection,
  operations: Listed,
  file: string,
  options: Options,
  { terminal, progress }: Session,
): Promise<Import> => {
  const source = openFile(file, terminal);
  const body = source.pipe(counted(file === '-' ? undefined : statSync(file).size, progress.show));
  source.on('error', (error: Error) => body.destroy(error));
  const { encoding, delimiter } = options;
  const input = {
    fileName: options.name ?? (file === '-' ? 'standard-input' : basename(file)),
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
  };
  try {
    return (await connection.call(findOperation(operations, 'imports.upload'), input, body)) as Import;
  } finally {
    progress.clear();
  }
};

/** Waits for the end of what the import is at, and says how far it is. */
const untilDone = async (given: Import, { use, progress }: Session): Promise<Import> => {
  let current = given;
  while (working.has(current.state)) {
    const { phase, rows, of } = current.progress;
    progress.show(`${phase ?? current.state}: ${(rows ?? 0).toLocaleString('en')}${of ? ` of ${of.toLocaleString('en')}` : ''} rows`);
    await wait(millisecondsBetweenLooks);
    current = (await use('get', { import: current.id })) as Import;
  }
  progress.clear();
  if (current.state !== 'failed') return current;
  const { code = 'unavailable', message = 'The import failed.' } = current.problem ?? {};
  throw new Failure(code in failureCodes ? (code as FailureCode) : 'unavailable', message);
};

const readAnswers = (given: string[]): Record<string, string> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.lastIndexOf('=');
      if (at < 1) throw new Failure('invalid', `--answer takes question=answer, e.g. --answer date:3=day_month, not "${text}".`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );

const readMapping = (file: string): Mapping => {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Mapping | { mapping: Mapping };
    return 'mapping' in read ? read.mapping : read;
  } catch (error) {
    throw new Failure(
      'invalid',
      `The mapping ${file} could not be read (${(error as Error).message}). Print one with "landfall imports get ID --output json".`,
    );
  }
};

const applyChoices = async (given: Import, options: Options, { use }: Session): Promise<Import> => {
  const mapping = options.mapping ? readMapping(options.mapping) : given.mapping;
  const changed = options.source && mapping ? { ...mapping, source: options.source } : options.mapping ? mapping : undefined;
  const answers = readAnswers(options.answer ?? []);
  if (!changed && Object.keys(answers).length === 0) return given;
  return (await use('map', { import: given.id, ...(changed && { mapping: changed }), answers })) as Import;
};

const askQuestions = async (given: Import, options: Options, { use, terminal }: Session): Promise<Import> => {
  let current = given;
  for (;;) {
    const open = current.questions.filter(({ answer }) => answer === null);
    if (open.length === 0) return current;
    const names = current.columns.map(({ name }) => name);
    if (options.yes || !terminal.canAsk) {
      const lines = open.map((question) => `  ${questionText(question, names)}`).join('\n');
      await use('cancel', { import: current.id });
      throw new Failure(
        'invalid',
        `The file can be read in more than one way, and nothing is guessed:\n${lines}\nAnswer with --answer, e.g. --answer ${open[0]!.id}=${open[0]!.suggestion ?? open[0]!.options[0] ?? 'USD'}`,
      );
    }
    const answers: Record<string, string> = {};
    for (const question of open)
      answers[question.id] = (await terminal.ask(`${questionText(question, names)}? `)) || question.suggestion || '';
    current = (await use('map', { import: current.id, answers })) as Import;
  }
};

const rejectedOf = (given: Import, { use }: Session) =>
  Promise.all(
    (given.report?.targets ?? []).map(async ({ counts }, target) => {
      if (!counts.rejected) return { target, rows: [] };
      const page = (await use('rows', { import: given.id, target, outcome: 'rejected', limit: shownRejections })) as {
        rows: RejectedRow[];
      };
      return { target, rows: page.rows };
    }),
  );

const mayCommit = async (given: Import, options: Options, { terminal, use, say }: Session): Promise<boolean> => {
  if (options.yes) return true;
  if (options.dryRun) {
    say(`Nothing was written. To write it: landfall imports commit ${given.id}\n`);
    return false;
  }
  const rejected = rejectedCount(given);
  const answer = await terminal.ask(
    `Write this${rejected > 0 ? `, leaving out ${rejected.toLocaleString('en')} rejected rows` : ''}? [y/N] `,
  );
  if (/^(y|yes|是)$/i.test(answer)) return true;
  await use('cancel', { import: given.id });
  say('Nothing was written, and the file was taken away again.\n');
  return false;
};

const run = async (connection: Connection, operations: Listed, file: string, options: Options, terminal: Terminal): Promise<void> => {
  const progress = makeProgress(terminal);
  const say = (text: string) => (options.output === 'json' ? terminal.writeError(text) : terminal.write(text));
  const use: Session['use'] = (verb, input) => connection.call(findOperation(operations, `imports.${verb}`), input);
  const session: Session = { use, terminal, say, progress };
  const sent = await untilDone(await sendFile(connection, operations, file, options, session), session);
  const mapped = await askQuestions(await applyChoices(sent, options, session), options, session);
  say(`${mappingText(mapped, terminal)}\n`);
  const checked = await untilDone((await use('check', { import: mapped.id, waitSeconds: 0 })) as Import, session);
  say(`${reportText(checked, await rejectedOf(checked, session), terminal)}\n`);
  const done = (await mayCommit(checked, options, session))
    ? await untilDone((await use('commit', { import: checked.id, waitSeconds: 0 })) as Import, session)
    : checked;
  if (done.state === 'committed') say(`Written. To take it back: landfall imports undo ${done.id}\n`);
  if (options.output === 'json') printAnswer(done, 'json', terminal);
};

/** A file from its first byte to its rows, with a look at what would happen in between. */
export const importCommand = (operations: Listed, terminal: Terminal): Command => {
  const command = new Command('import')
    .description('Import a file (CSV, TSV, JSON Lines, Parquet; also gzip): shows what it would do, then does it')
    .argument('<file>', 'file to import; - reads standard input')
    .option('--source <name>', 'whose ids these are, e.g. salesforce')
    .option('--mapping <file>', 'a mapping as JSON, instead of the proposed one')
    .option(
      '--answer <question=answer>',
      'answer to a question of the file, e.g. date:3=day_month (may be repeated)',
      (value: string, before?: string[]) => [...(before ?? []), value],
    )
    .option('--yes', 'write without asking; what is rejected is left out')
    .addOption(new Option('--dry-run', 'look only').conflicts('yes'))
    .option('--name <text>', 'name of the file, for standard input')
    .option('--encoding <name>', 'where the file does not tell, e.g. gb18030')
    .option('--delimiter <text>', 'where the file does not tell');
  return addCommonOptions(command).action(async (file: string, options: Options) => {
    if (!options.yes && !options.dryRun && !terminal.canAsk)
      throw new Failure('invalid', 'Nobody can be asked here. Add --yes to write what the dry run finds, or --dry-run to only look.');
    const connection = await connect({ environment: terminal.environment, workspace: options.workspace });
    try {
      await run(connection, operations, file, options, terminal);
    } finally {
      await connection.close();
    }
  });
};
