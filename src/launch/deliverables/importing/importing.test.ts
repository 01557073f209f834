import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { dateOrderOf, dayOf, statusOf } from './values.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('dates of every tool become days, and those that could be read two ways are not guessed', () => {
  for (const text of [
    '2026-03-04',
    '2026/3/4',
    '2026-03-04T23:30:00.000Z',
    'Mar 4, 2026',
    '4 March 2026',
    '04/Mar/26 5:00 PM',
    '2026年3月4日',
    'Wed, Mar 4, 2026',
  ])
    expect([text, dayOf(text, 'month_first')]).toEqual([text, '2026-03-04']);
  expect([dayOf('03/04/2026', 'day_first'), dayOf('03/04/2026', 'month_first')]).toEqual(['2026-04-03', '2026-03-04']);
  expect([dayOf('31/02/2026', 'day_first'), dayOf('soon', 'day_first'), dayOf('2026-13-01', 'day_first')]).toEqual([null, null, null]);
  expect([dateOrderOf(['03/04/2026', '13/04/2026']), dateOrderOf(['03/04/2026', '03/14/2026'])]).toEqual(['day_first', 'month_first']);
  expect([dateOrderOf(['03/04/2026']), dateOrderOf(['2026-03-04', ''])]).toEqual([null, 'not_needed']);
  expect(['Done', 'In Progress', 'Working on it', "Won't do", 'To do', 'approved'].map(statusOf)).toEqual([
    'shipped',
    'drafting',
    'drafting',
    'dropped',
    'planned',
    'approved',
  ]);
});

const asana = `Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task,Blocked By (Dependencies),Blocking (Dependencies)
1201,2026-05-01,2026-05-20,2026-05-20,Message house,Messaging,Maya,maya@weftwork.example,,2026-05-20,,"Every claim
names its evidence",Relay,,,Launch page
1202,2026-05-01,,2026-05-02,Launch page,In progress,Nico Petit,,,2026-07-07,,,Relay,,Message house,
1203,2026-05-01,,2026-05-02,,In progress,,,,2026-07-07,,,Relay,,,
`;
const jira = `Summary,Issue key,Issue Type,Status,Assignee,Due date,Description
Help pages,REL-7,Task,In Review,nobody known,07/Jul/26 12:00 AM,Every step tried
=cmd|' /C calc'!A0,REL-8,Task,Done,,10/Jul/26 12:00 AM,
`;
const trello = `Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List ID,List Name
abc,Sales deck,https://trello.example/c/abc,,,,2026-06-30T10:00:00.000Z,1,Doing
def,Bad link,javascript:alert(1),,,,,1,To do
`;
const monday = `Relay launch
Group,of tasks
Name,Subitems,Person,Status,Date
Press release,,Nico Petit,Working on it,05/06/2026
Webinar,,,Done,04/07/2026
`;

const withLaunch = async () => {
  const workspace = await app.workspace();
  const nico = await workspace.memberAs('contributor', 'Nico Petit');
  const launch = await workspace.client.launches.create({ name: 'Relay', marketDate: '2026-07-14' });
  return { ...workspace, nico, launch: launch.key };
};

describe('tasks of other tools', () => {
  test('come in after a dry run, with owner, due day, status and needs; the same file again changes nothing', async () => {
    const { client, launch } = await withLaunch();
    const dry = await client.deliverables.import({ launch, csv: asana });
    expect(dry).toMatchObject({ dryRun: true, counts: { new: 2, changed: 0, same: 0, rejected: 1 } });
    expect(dry.rows.map(({ line, problems }) => [line, problems])).toEqual([
      [2, ['unknown_owner']],
      [4, []],
      [5, ['no_name']],
    ]);
    expect((await client.deliverables.list({ launch })).deliverables).toEqual([]);
    await client.deliverables.import({ launch, csv: asana, dryRun: false });
    const { deliverables } = await client.deliverables.list({ launch });
    expect(deliverables).toMatchObject([
      { name: 'Message house', status: 'shipped', dueOn: '2026-05-20', doneWhen: 'Every claim\nnames its evidence', owner: null },
      { name: 'Launch page', status: 'drafting', dueOn: '2026-07-07', leadDays: 7, owner: { name: 'Nico Petit' } },
    ]);
    expect(deliverables[1]!.needs).toEqual([deliverables[0]!.id]);
    const again = await client.deliverables.import({ launch, csv: asana, dryRun: false });
    expect(again.counts).toEqual({ new: 0, changed: 0, same: 2, rejected: 1 });
    const later = await client.deliverables.import({
      launch,
      csv: asana.replace('2026-07-07,,,Relay,,Message', '2026-07-08,,,Relay,,Message'),
      dryRun: false,
    });
    expect(later.counts).toMatchObject({ changed: 1, same: 1 });
    expect((await client.deliverables.list({ launch })).deliverables[1]).toMatchObject({ dueOn: '2026-07-08', version: 3 });
  });

  test('from Jira, Trello and Monday are read as they are exported, and nothing dangerous comes in with them', async () => {
    const { client, launch } = await withLaunch();
    await client.deliverables.import({ launch, csv: jira, dryRun: false });
    await client.deliverables.import({ launch, csv: trello, dryRun: false });
    await expect(client.deliverables.import({ launch, csv: monday, dryRun: false })).rejects.toThrow(
      'whether the day or the month comes first',
    );
    expect((await client.deliverables.import({ launch, csv: monday })).dateOrderNeeded).toBe(true);
    await client.deliverables.import({ launch, csv: monday, dateOrder: 'day_first', dryRun: false });
    const { deliverables } = await client.deliverables.list({ launch });
    expect(deliverables.map(({ name, status, dueOn, links }) => [name, status, dueOn, links.length])).toEqual([
      ['Help pages', 'in_review', '2026-07-07', 0],
      ["=cmd|' /C calc'!A0", 'shipped', '2026-07-10', 0],
      ['Sales deck', 'drafting', '2026-06-30', 1],
      ['Bad link', 'planned', '2026-07-14', 0],
      ['Press release', 'drafting', '2026-06-05', 0],
      ['Webinar', 'shipped', '2026-07-04', 0],
    ]);
    const { csv, fileName } = await client.deliverables.export({ launch });
    expect(fileName).toBe('relay-deliverables.csv');
    expect(csv).toContain(`'=cmd|' /C calc'!A0`);
    expect((await client.deliverables.import({ launch, csv })).counts).toEqual({ new: 0, changed: 0, same: 6, rejected: 0 });
    await expect(client.deliverables.import({ launch, csv: 'Colour,Size\nred,2\n' })).rejects.toThrow('No column holds the names');
  });
});
