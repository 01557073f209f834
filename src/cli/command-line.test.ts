import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openApplication } from '../platform/application.ts';
import { readConfig } from '../platform/config.ts';
import { type RunningServer, startServer } from '../server/main.ts';
import { commandLine } from './command-line.fixture.ts';

vi.setConfig({ testTimeout: 180_000 }); // without a server each command opens the stores

const folder = mkdtempSync(join(tmpdir(), 'landfall-cli-'));
const environment = { LANDFALL_DATA: join(folder, 'data') };
const landfall = commandLine(environment);

beforeAll(async () => {
  const application = await openApplication(readConfig(environment), { log: pino({ level: 'silent' }) });
  await application.records.unbounded((transaction) => transaction.execute(sql`INSERT INTO workspace (name) VALUES ('Weftwork')`));
  await application.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const create = [
  'launches',
  'create',
  '--name',
  '智能交接',
  '--market-date',
  '2026-03-03',
  '--goal.target',
  '0.3',
  '--eligibility.plans',
  'Team',
  '--eligibility.plans',
  'Business',
];

describe('without a server', () => {
  test('a launch is created from flags, nested ones and repeated ones too', async () => {
    const { code, out, error } = await landfall([...create, '--output', 'json']);
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      key: '智能交接',
      tier: 2,
      goal: { target: 0.3, unit: 'account', horizonDays: 90 },
      eligibility: { plans: ['Team', 'Business'], createdBeforeMarketDate: true },
    });
  });

  test('input may come as JSON, as a file and from standard input, and a flag wins over it', async () => {
    const file = join(folder, 'launch.json');
    writeFileSync(file, JSON.stringify({ name: 'From a file', marketDate: '2026-05-01', tier: 3 }));
    const fromFile = await landfall([
      'launches',
      'create',
      '--input',
      file,
      '--json',
      '{"tier":1,"goal":{"target":0.5}}',
      '--goal.horizon-days',
      '60',
      '--output',
      'json',
    ]);
    expect(JSON.parse(fromFile.out)).toMatchObject({ name: 'From a file', tier: 1, goal: { target: 0.5, horizonDays: 60 } });
  });

  test('a list is a table whose columns stand under each other, also in Chinese', async () => {
    const { out } = await landfall(['launches', 'list']);
    const lines = out.trimEnd().split('\n');
    const width = (text: string) => Array.from(text).reduce((sum, letter) => sum + (/[\u4E00-\u9FFF]/.test(letter) ? 2 : 1), 0);
    const column = width(lines[0]!.slice(0, lines[0]!.indexOf('name')));
    const row = lines.find((line) => line.startsWith('智能交接'))!;
    expect(width(row.slice(0, row.lastIndexOf('智能交接')))).toBe(column);
    expect(out).not.toContain('\u001B');
  });

  test('what is refused says what to do next on standard error, and the exit code tells which kind it was', async () => {
    const absent = await landfall(['launches', 'get', 'nowhere']);
    expect(absent).toMatchObject({
      code: 4,
      out: '',
      error: 'There is no launch "nowhere" in this workspace. List the launches to see their keys.\n',
    });
    expect((await landfall(['launches', 'create', '--name', 'X', '--market-date', '2026-02-31'])).error).toContain('marketDate');
    expect((await landfall(['launches', 'create', '--stage', 'later'])).code).toBe(2);
    expect((await landfall(['launches', 'create', '--tier', 'two'])).error).toBe('--tier takes a number, not "two".\n');
    expect((await landfall(['launches', 'create', '--json', '{tier:1}'])).error).toContain('is not JSON');
    expect((await landfall(['lunches', 'list'])).code).toBe(2);
    expect((await landfall(['launches', 'list', '--workspace', 'Nobody'])).code).toBe(4);
    expect((await landfall(['launches', 'update', '智能交接', '--version', '9', '--stage', 'beta'])).code).toBe(5);
  });

  test('help names every flag with its default, choices and meaning', async () => {
    const { code, out } = await landfall(['launches', 'create', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('--goal.horizon-days <number>');
    expect(out).toMatch(/choices: "concept", "alpha"/);
    expect((await landfall([])).out).toContain('landfall <noun> <verb>');
  });

  test('settings that are wrong are all named', async () => {
    const { code, error } = await commandLine({ ...environment, LANDFALL_PORT: 'many', LANDFALL_POSTGRES_URL: 'mysql://x' })([
      'launches',
      'list',
    ]);
    expect(code).toBe(2);
    expect(error).toMatch(/LANDFALL_PORT[^]*LANDFALL_POSTGRES_URL/);
  });

  test('a reader of the output that stops early ends the program quietly', async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', main, 'launches', 'list', '--output', 'json'], {
      env: { ...process.env, ...environment, LANDFALL_LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, complaint.replaceAll(/^npm warn.*\n/gm, '')]).toEqual([0, '']);
  });
});

describe('with a server', () => {
  let server: RunningServer;
  beforeAll(
    async () => void (server = await startServer(readConfig({ ...environment, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' }))),
  );
  afterAll(() => server.close());

  test('the same command gives the same answer through the server, and with a key from elsewhere', async () => {
    const words = ['launches', 'get', '智能交接', '--output', 'json'];
    const here = await landfall(words);
    expect(here.error).toBe('');
    const made = await landfall(['keys', 'create', '--name', 'Elsewhere', '--role', 'reader', '--output', 'json']);
    expect(made.error).toBe('');
    const { token } = JSON.parse(made.out) as { token: string };
    const elsewhere = commandLine({ LANDFALL_URL: server.url, LANDFALL_KEY: token });
    expect(await elsewhere(words)).toEqual(here);
    expect(JSON.parse(here.out)).toMatchObject({ key: '智能交接', goal: { target: 0.3 } });
    const refused = await elsewhere(create);
    expect(refused.code).toBe(3);
    expect((await elsewhere(['launches', 'get', 'nowhere'])).code).toBe(4);
    expect((await elsewhere(['backup', join(folder, 'x.tar.gz')])).code).toBe(3);
  });

  test('a workspace is named by its name, in any letters', async () => {
    expect((await landfall(['launches', 'list', '--workspace', 'weftwork'])).code).toBe(0);
    expect((await landfall(['launches', 'list', '--workspace', 'Nobody'])).code).toBe(4);
  });

  test('a key that is not set, and a server that is not there, are said plainly', async () => {
    expect(await commandLine({ LANDFALL_URL: server.url })(['launches', 'list'])).toMatchObject({
      code: 3,
      error: expect.stringContaining('LANDFALL_KEY'),
    });
    const nowhere = commandLine({ LANDFALL_URL: 'http://127.0.0.1:9', LANDFALL_KEY: 'lf_x' });
    expect(await nowhere(['launches', 'list'])).toMatchObject({ code: 6, error: expect.stringContaining('did not answer') });
  });

  test('a backup is written while the server runs, and never over a file', async () => {
    const file = join(folder, 'running.tar.gz');
    const { code, out, error } = await landfall(['backup', file]);
    expect([code, error]).toEqual([0, '']);
    expect(out).toContain('Backed up');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await landfall(['backup', file])).code).toBe(5);
    expect((await landfall(['restore', file])).error).toContain('Stop it, then restore');
    expect((await landfall(['backup', join(folder, 'absent', 'x.tar.gz')])).code).not.toBe(0);
  });
});

describe('importing through a server', () => {
  let server: RunningServer;
  beforeAll(
    async () => void (server = await startServer(readConfig({ ...environment, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' }))),
  );
  afterAll(() => server.close());
  const people = join(folder, 'people.csv');
  const unclear = join(folder, 'unclear.csv');
  beforeAll(() => {
    writeFileSync(people, 'email,created_at\nann@weftwork.example,2026-01-02\nnot an email,2026-01-03\nbo@weftwork.example,2026-01-25\n');
    writeFileSync(unclear, 'email,signup date,shoe size\nann@olist.example,03/04/2026,40\nbo@olist.example,05/06/2026,41\n');
  });
  const undone = /landfall imports undo (\S+)/;

  test('a file shows what it was taken for and what would be rejected on which line, and is written after a yes', async () => {
    const { code, out, error } = await landfall(['import', people], { answers: ['y'] });
    expect(error).toMatch(/Write this, leaving out 1 rejected rows\?/);
    expect(code).toBe(0);
    expect(out).toContain('people.csv: delimited, utf-8, 4 rows');
    expect(out).toMatch(/line 3: not an email \(email\): not an email/);
    expect(out).toMatch(/person +2 +0 +0 +1 +0/);
    expect((await landfall(['people', 'list'])).out).toContain('ann@weftwork.example');
    const undo = await landfall(['imports', 'undo', undone.exec(out)![1]!, '--output', 'json']);
    expect(JSON.parse(undo.out)).toMatchObject({ state: 'undone' });
    expect((await landfall(['people', 'list'])).out).not.toContain('ann@weftwork.example');
  });

  test('a no leaves nothing, a dry run only looks, and a script must say which it wants', async () => {
    expect((await landfall(['import', people], { answers: ['n'] })).out).toContain('Nothing was written');
    expect((await landfall(['import', people, '--dry-run'])).out).toContain('landfall imports commit');
    expect(await landfall(['import', people])).toMatchObject({ code: 2, error: expect.stringContaining('--yes') });
    expect((await landfall(['import', join(folder, 'absent.csv'), '--yes'])).code).toBe(4);
    expect((await landfall(['people', 'list'])).out).not.toContain('ann@weftwork.example');
  });

  test('what the file cannot tell is asked of a person and named to a script, never guessed', async () => {
    const refused = await landfall(['import', unclear, '--yes']);
    expect(refused.code).toBe(2);
    expect(refused.error).toMatch(/nothing is guessed[^]*date:1[^]*--answer/);
    const asked = await landfall(['import', unclear, '--output', 'json'], { answers: ['month_day', 'y'] });
    expect(asked.error).toContain('day_month or month_day');
    expect(JSON.parse(asked.out)).toMatchObject({ state: 'committed' });
  });

  test('standard input is a file too, and an answer may come beforehand', async () => {
    const input = 'email,created_at\ncy@weftwork.example,03/04/2026\n';
    const { code, out } = await landfall(
      ['import', '-', '--name', 'more.csv', '--yes', '--answer', 'date:1=day_month', '--source', 'crm'],
      { input },
    );
    expect([code, out]).toEqual([0, expect.stringMatching(/read as crm[^]*Written/)]);
  });

  test('the landing report comes as text, as JSON and as one HTML file', async () => {
    const made = await landfall(['launches', 'create', '--name', '访客通道', '--market-date', '2026-06-23', '--output', 'json']);
    expect(JSON.parse(made.out)).toMatchObject({ key: '访客通道' });
    const text = await landfall(['report', '访客通道']);
    expect([text.code, text.error]).toEqual([0, '']);
    expect(text.out).toContain('访客通道');
    expect(JSON.parse((await landfall(['report', '访客通道', '--json'])).out)).toHaveProperty('adoption');
    const file = join(folder, 'report.html');
    expect((await landfall(['report', '访客通道', '--html', file, '--locale', 'zh'])).out).toBe(`Written to ${file}.\n`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/i);
    expect((await landfall(['report', 'nowhere'])).code).toBe(4);
  });
});

describe('after the server', () => {
  test('the backup is restored into an empty folder and read there', async () => {
    const elsewhere = commandLine({ LANDFALL_DATA: join(folder, 'restored') });
    const { code, out } = await elsewhere(['restore', join(folder, 'running.tar.gz')]);
    expect(code).toBe(0);
    expect(out).toContain('as in the backup');
    expect(JSON.parse((await elsewhere(['launches', 'get', '智能交接', '--output', 'json'])).out)).toMatchObject({ goal: { target: 0.3 } });
    expect(readFileSync(join(folder, 'restored', 'instance'), 'utf8')).toBe(
      readFileSync(join(environment.LANDFALL_DATA, 'instance'), 'utf8'),
    );
    expect((await elsewhere(['restore', join(folder, 'running.tar.gz')])).code).toBe(5);
  });
});
