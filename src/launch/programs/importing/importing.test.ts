import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { importFile } from '../../../collect/imports/importing.fixture.ts';
import { amountOf, kindOf, statusOf } from './columns.ts';
import { programKinds } from '../schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const salesforce = `Id,Name,ParentId,Type,Status,StartDate,EndDate,IsActive,BudgetedCost,ActualCost,CurrencyIsoCode,NumberSent,Description
701A,Handoff Live,701Y,Webinar,Completed,2026-05-04,2026-05-04,true,1200.5,"1,100",EUR,12,See it live
701Y,Year of teams,,Conference,In Progress,2026-01-01,,true,,,EUR,,
701B,Round one,701C,Email,Aborted,,,false,abc,,EURO,,
701C,Round two,701B,Email,Planned,2026-03-05,2026-03-01,false,,,,,
701D,,,,,,,,,,,,
701E,Lost part,701Z,Direct Mail,,,,,,,,,
`;

const members = `Id,CampaignId,LeadId,ContactId,AccountId,Status,HasResponded,FirstRespondedDate,CreatedDate
00v1,701A,,003a,001a,Sent,false,,2026-04-20T09:00:00.000+0000
00v2,701A,,003b,001a,Attended,true,2026-05-04T09:00:00.000+0000,2026-04-20T09:00:00.000+0000
00v3,701A,00Qc,,,Downloaded sheet,true,2026-05-06T09:00:00.000+0000,2026-04-20T09:00:00.000+0000
`;

test('amounts, types and statuses of other systems are read, and what could be read two ways is not', () => {
  expect(['1200', '1,200.50', '$1,200', 'USD 12', '1200 €'].map(amountOf)).toEqual([1200, 1200.5, 1200, 12, 1200]);
  expect(['1.200,50', '12,00', '-3', 'abc', '1e9', '', '99999999999999'].map(amountOf)).toEqual(Array(7).fill(null));
  expect(['', 'Trade Show', 'trade_show', 'Email', 'Telemarketing', '展会'].map((text) => kindOf(text, programKinds))).toEqual([
    'campaign',
    'trade_show',
    'trade_show',
    'email',
    'other',
    'trade_show',
  ]);
  expect(['In Progress', 'Completed', 'Aborted', 'whatever'].map(statusOf)).toEqual(['running', 'done', 'cancelled', 'planned']);
});

test('Campaign.csv of Salesforce makes programs with their wholes, and CampaignMember.csv fills their lists', async () => {
  const { client, context } = await app.workspace();
  const dry = await client.programs.import({ csv: salesforce });
  expect(dry).toMatchObject({ dryRun: true, counts: { new: 5, changed: 0, same: 0, rejected: 1 } });
  expect(dry.rows.map(({ line, problems, parent }) => [line, problems, parent])).toEqual([
    [2, [], 'Year of teams'],
    [3, [], null],
    [4, ['bad_amount', 'bad_currency', 'ring'], null],
    [5, ['dates_reversed', 'ring'], null],
    [6, ['no_name'], null],
    [7, ['unknown_parent'], null],
  ]);
  expect((await client.programs.list({})).programs).toEqual([]);
  await client.programs.import({ csv: salesforce, dryRun: false });
  expect(await client.programs.get({ program: 'handoff-live' })).toMatchObject({
    kind: 'webinar',
    status: 'done',
    budget: 1200.5,
    actualCost: 1100,
    currency: 'EUR',
    goal: 'See it live',
    parent: { key: 'year-of-teams' },
    campaigns: ['Handoff Live', '701A'],
  });
  expect((await client.programs.import({ csv: salesforce })).counts).toEqual({ new: 0, changed: 0, same: 5, rejected: 1 });
  await importFile(context, { name: 'CampaignMember.csv', bytes: members });
  const { members: listed } = await client.programs.members({ program: 'year-of-teams' });
  expect(listed.map(({ status, said }) => [status, said])).toEqual([
    ['attended', 'Attended'],
    ['responded', 'Downloaded sheet'],
    ['invited', 'Sent'],
  ]);
});

test('a file changes what it says and nothing else; our own export comes in again unchanged', async () => {
  const { client } = await app.workspace();
  await client.programs.create({ name: 'Show', kind: 'trade_show', goal: 'Be seen', budget: 10, personas: ['Ops'] });
  await client.programs.create({ name: '=cmd', parent: 'show' });
  const { csv } = await client.programs.export({});
  expect(csv).toContain(`'=cmd`);
  expect((await client.programs.import({ csv })).counts).toEqual({ new: 0, changed: 0, same: 2, rejected: 0 });
  await client.programs.import({ csv: 'Campaign name,Spend\nShow,7.5\nShow,8\n', dryRun: false });
  expect(await client.programs.get({ program: 'show' })).toMatchObject({
    actualCost: 7.5,
    budget: 10,
    goal: 'Be seen',
    personas: ['Ops'],
    version: 2,
  });
  await expect(client.programs.import({ csv: 'Name,Start date\nA,03/04/2026\n', dryRun: false })).rejects.toThrow('dateOrder');
  await expect(client.programs.import({ csv: 'Colour,Size\nred,2\n' })).rejects.toThrow('No column holds the names');
});
