import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { asFailure } from '../../../platform/operation.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => asFailure(error)?.code ?? String(error),
  );

const weftwork = async () => {
  const workspace = await app.workspace();
  const maya = await workspace.memberAs('pmm', 'Maya Lindqvist');
  const tom = await workspace.memberAs('contributor', 'Tom Adeyemi');
  return { ...workspace, maya, tom };
};

const ours = `Name,Tier,Stage,Ready date,Market date,Marketing owner,Product owner,Personas,Segments,Brief
Relay,1,Beta,2026-06-30,2026-07-14,Maya Lindqvist,Tom Adeyemi,Dispatcher; Planner,enterprise,"Two lines
of brief"
Guest lanes,,,,2026-09-01,Nobody Here,,,,
,2,,,2026-09-01,,,,,
No date,2,,,,,,,,
Bad date,2,,,soon,,,,,
Odd,seven,sleeping,2026-12-24,2026-12-01,,,,,
Relay,2,,,2026-08-01,,,,,
`;

describe('launches from a file', () => {
  test('are shown row by row first, and nothing is written by looking', async () => {
    const { client } = await weftwork();
    const dry = await client.launches.import({ csv: ours });
    expect(dry).toMatchObject({ dryRun: true, import: null, dateOrderNeeded: false, counts: { new: 3, changed: 0, same: 0, rejected: 4 } });
    expect(dry.rows.map(({ line, action, problems }) => [line, action, problems])).toEqual([
      [2, 'new', []],
      [4, 'new', ['unknown_owner']],
      [5, 'rejected', ['no_name']],
      [6, 'rejected', ['no_market_date']],
      [7, 'rejected', ['bad_market_date']],
      [8, 'new', ['unknown_tier', 'unknown_stage', 'before_ready']],
      [9, 'rejected', ['twice']],
    ]);
    expect((await client.launches.list({})).launches).toEqual([]);
    expect((await client.audit.list({})).entries).toEqual([]);
  });

  test('come in at once with one audit row; the same file again changes nothing and writes nothing', async () => {
    const { client } = await weftwork();
    const done = await client.launches.import({ csv: ours, dryRun: false });
    expect(done.import).not.toBeNull();
    expect(await client.launches.get({ launch: 'relay' })).toMatchObject({
      tier: 1,
      stage: 'beta',
      readyDate: '2026-06-30',
      marketDate: '2026-07-14',
      marketingOwner: { name: 'Maya Lindqvist' },
      productOwner: { name: 'Tom Adeyemi' },
      personas: ['Dispatcher', 'Planner'],
      eligibility: { segments: ['enterprise'] },
      brief: 'Two lines\nof brief',
    });
    expect(await client.launches.get({ launch: 'guest-lanes' })).toMatchObject({ tier: 2, stage: 'concept', marketingOwner: null });
    const again = await client.launches.import({ csv: ours, dryRun: false });
    expect(again).toMatchObject({ import: null, counts: { new: 0, changed: 0, same: 3, rejected: 4 } });
    expect((await client.audit.list({})).entries.map(({ operation }) => operation)).toEqual(['launches.import']);
  });

  test('that are here are changed where the file says something else; tier and stage stay, and a moved date says why', async () => {
    const { client } = await weftwork();
    const { key } = await client.launches.create({ name: 'Relay', marketDate: '2026-07-14', tier: 2, job: 'Hand over a shift' });
    expect((await client.launches.import({ csv: 'Name,Market date\nRELAY,2026-07-14\n' })).counts.same).toBe(1);
    const csv = 'Key,Name,Tier,Stage,Market date,Job\nrelay,Relay 2,1,ga,2026-07-28,\n';
    const dry = await client.launches.import({ csv });
    expect(dry.rows).toMatchObject([{ key, action: 'changed', changes: ['name', 'marketDate'], problems: ['tier_stays', 'stage_stays'] }]);
    await client.launches.import({ csv, dryRun: false });
    expect(await client.launches.get({ launch: key })).toMatchObject({
      name: 'Relay 2',
      marketDate: '2026-07-28',
      tier: 2,
      stage: 'concept',
      job: 'Hand over a shift',
    });
    expect(await client.launches.moves({ launch: key })).toMatchObject({
      moves: [{ from: '2026-07-14', to: '2026-07-28', reason: 'Imported from a file', by: 'Test owner' }],
    });
  });

  test('are taken back as a whole, but for what was changed since', async () => {
    const { client } = await weftwork();
    const { key } = await client.launches.create({ name: 'Relay', marketDate: '2026-07-14' });
    const done = await client.launches.import({
      csv: 'Name,Market date,Job\nRelay,2026-07-28,Hand over\nNew one,2026-09-01,\nTouched,2026-09-02,\n',
      dryRun: false,
    });
    await client.launches.update({ launch: 'touched', version: 1, job: 'Something of its own' });
    expect(await client.launches.undoImport({ import: done.import! })).toEqual({ deleted: 1, putBack: 1, kept: ['touched'] });
    expect((await client.launches.list({})).launches.map((one) => [one.key, one.marketDate, one.job])).toEqual([
      ['touched', '2026-09-02', 'Something of its own'],
      [key, '2026-07-14', ''],
    ]);
    expect((await client.launches.moves({ launch: key })).moves).toHaveLength(2);
    expect(await codeOf(client.launches.undoImport({ import: done.import! }))).toBe('conflict');
    const other = await app.workspace('Other');
    expect(await codeOf(other.client.launches.undoImport({ import: done.import! }))).toBe('not_found');
  });

  test('are found again by the id of the other tool, whatever they are called by then', async () => {
    const { client } = await weftwork();
    const jira = (name: string) =>
      `Summary,Issue key,Issue Type,Status,Assignee,Due date,Description\n${name},REL-7,Epic,In Progress,Maya Lindqvist,14/Jul/26 12:00 AM,From Jira\n${name},REL-8,Epic,To Do,,01/Sep/26 12:00 AM,\n`;
    await client.launches.import({ csv: jira('Relay'), dryRun: false });
    const renamed = await client.launches.import({ csv: jira('Relay two'), dryRun: false });
    expect(renamed.counts).toEqual({ new: 0, changed: 2, same: 0, rejected: 0 });
    expect((await client.launches.list({})).launches.map(({ name, marketDate }) => [name, marketDate])).toEqual([
      ['Relay two', '2026-09-01'],
      ['Relay two', '2026-07-14'],
    ]);
    const byName = await client.launches.import({ csv: 'Name,Market date\nRelay two,2026-10-01\n' });
    expect(byName.rows).toMatchObject([{ action: 'rejected', problems: ['several_of_that_name'] }]);
  });

  test('are read from Asana, Trello and Monday, with semicolons, a mark, and Chinese heads', async () => {
    const { client } = await weftwork();
    const asana =
      'Task ID,Created At,Completed At,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Notes\n12,2026-05-01,,From Asana,Plan,Maya Lindqvist,,2026-06-01,2026-07-01,Notes\n';
    const trello =
      'Card ID,Card Name,Card URL,Card Description,Members,Due Date,List Name\nabc,From Trello,https://t.example,Text,,2026-07-02T10:00:00.000Z,Doing\n';
    const monday =
      'Launch board\nGroup,of items\nName,Person,Status,Date,Item ID (auto generated)\nFrom Monday,,Working on it,"Jul 3, 2026",99\n';
    const chinese = '\uFEFF名称;级别;阶段;上市日期;负责人;地区\r\n智能交接;1级;公测;2026年7月4日;Maya Lindqvist;华东，华南\r\n';
    for (const csv of [asana, trello, monday, chinese])
      expect((await client.launches.import({ csv, dryRun: false })).counts).toEqual({ new: 1, changed: 0, same: 0, rejected: 0 });
    expect((await client.launches.list({})).launches).toMatchObject([
      {
        name: '智能交接',
        tier: 1,
        stage: 'beta',
        marketDate: '2026-07-04',
        regions: ['华东', '华南'],
        marketingOwner: { name: 'Maya Lindqvist' },
      },
      { name: 'From Monday', marketDate: '2026-07-03' },
      { name: 'From Trello', marketDate: '2026-07-02', brief: 'Text' },
      { name: 'From Asana', marketDate: '2026-07-01', readyDate: '2026-06-01', brief: 'Notes' },
    ]);
  });

  test('with dates that can be read two ways are refused until somebody says which', async () => {
    const { client } = await weftwork();
    const csv = 'Name,Market date\nRelay,03/04/2026\n';
    expect((await client.launches.import({ csv })).dateOrderNeeded).toBe(true);
    await expect(client.launches.import({ csv, dryRun: false })).rejects.toThrow('whether the day or the month comes first');
    await client.launches.import({ csv, dateOrder: 'day_first', dryRun: false });
    expect(await client.launches.get({ launch: 'relay' })).toMatchObject({ marketDate: '2026-04-03' });
  });

  test('of 10,000 characters, without a column of names, or more than 5,000 are refused with what to do', async () => {
    const { client } = await weftwork();
    const long = await client.launches.import({
      csv: `Name,Market date,Brief\n${'x'.repeat(10_000)},2026-07-14,\nFine,2026-07-14,${'b'.repeat(20_001)}\n`,
    });
    expect(long.rows).toMatchObject([
      { action: 'rejected', problems: ['name_too_long'] },
      { action: 'new', problems: ['too_long'] },
    ]);
    expect(long.rows[0]!.name).toHaveLength(120);
    await expect(client.launches.import({ csv: 'Colour,Size\nred,2\n' })).rejects.toThrow('No column holds the names');
    const rows = (count: number) => Array.from({ length: count }, (_, index) => `Launch ${index},2026-07-14`).join('\n');
    expect(await codeOf(client.launches.import({ csv: `Name,Market date\n${rows(5001)}\n` }))).toBe('too_many');
    const whole = await client.launches.import({ csv: `Name,Market date\n${rows(5000)}\n`, dryRun: false });
    expect(whole.counts).toEqual({ new: 5000, changed: 0, same: 0, rejected: 0 });
    expect((await client.launches.import({ csv: `Name,Market date\n${rows(5000)}\n`, dryRun: false })).counts.same).toBe(5000);
    expect(await client.launches.undoImport({ import: whole.import! })).toEqual({ deleted: 5000, putBack: 0, kept: [] });
  }, 60_000);

  test('go out as CSV that comes in unchanged, and no cell of it runs as a formula', async () => {
    const { client, maya, clientAs } = await weftwork();
    await client.launches.create({
      name: '=cmd|calc',
      marketDate: '2026-07-14',
      personas: ['Admin, of IT'],
      regions: ['EU', 'US'],
      brief: '-1+2\n"quoted", 中文',
      marketingOwnerId: maya.id,
    });
    const { csv, fileName } = await clientAs('reader').launches.exportAll({});
    expect(fileName).toBe('launches.csv');
    expect(csv).toContain(",'=cmd|calc,");
    expect(csv).toContain(`"'-1+2\n""quoted"", 中文"`);
    expect((await client.launches.import({ csv })).counts).toEqual({ new: 0, changed: 0, same: 1, rejected: 0 });
    const elsewhere = await weftwork();
    await elsewhere.client.launches.import({ csv, dryRun: false });
    expect(await elsewhere.client.launches.list({})).toMatchObject({
      launches: [{ name: '=cmd|calc', personas: ['Admin, of IT'], regions: ['EU', 'US'], brief: '-1+2\n"quoted", 中文' }],
    });
  });

  test('are brought by owners and product marketers only, and two at the same moment bring a launch once', async () => {
    const { client, clientAs } = await weftwork();
    const csv = 'Name,Market date,Id\nRelay,2026-07-14,A-1\n';
    for (const role of ['contributor', 'sales', 'reader'] as const)
      expect(await codeOf(clientAs(role).launches.import({ csv }))).toBe('forbidden');
    await Promise.all([client.launches.import({ csv, dryRun: false }), client.launches.import({ csv, dryRun: false })]);
    expect((await client.launches.list({})).launches).toHaveLength(1);
  });
});
