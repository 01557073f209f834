import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountFigures, measuredDays, personFigures } from '../../../examples/weftwork/expected.ts';
import { exportFiles } from '../../../examples/weftwork/exports.ts';
import { funnel } from '../../../examples/weftwork/funnel.ts';
import { type Company, weftwork } from '../../../examples/weftwork/generate.ts';
import { launches } from '../../../examples/weftwork/planted.ts';
import type { ImportMapping, ImportView } from '../../collect/imports/schema.ts';
import type { Context } from '../../platform/context.ts';
import { inside, openAfterTheData } from './example.fixture.ts';
import { insertExampleLaunches } from './queries.ts';

let landfall: Awaited<ReturnType<typeof openAfterTheData>>;
let context: Context;
let company: Company;

type Choose = (mapping: ImportMapping, column: (name: string) => { column: number }) => ImportMapping;

/** What somebody who knows Weftwork changes in the mappings that Landfall proposes; all else stays as proposed. */
const choices: Record<string, Choose> = {
  'salesforce/Account.csv': (mapping, column) => {
    const [account] = mapping.targets;
    Object.assign(account!.fields, { segment: column('Segment__c'), plan: column('Plan__c') });
    return mapping;
  },
  'salesforce/Contact.csv': (mapping) => mapping,
  'salesforce/Opportunity.csv': (mapping) => mapping,
  // The form knows people by their e-mail address, and so does the sales system.
  'website/first-contacts.csv': (mapping, column) => {
    const person = { ...column('email'), by: 'email' as const };
    const fields = { person_id: person, kind: { constant: 'first_contact' }, at: column('first_contact_date'), channel: column('origin') };
    return { ...mapping, targets: [{ kind: 'touch', rest: false, fields }] };
  },
  'billing/revenue-movements.csv': (mapping) => mapping,
  'segment/events.jsonl': (mapping, column) => {
    const person = { ...column('context.traits.email'), by: 'email' as const };
    const fields = { id: column('messageId'), name: column('event'), at: column('timestamp'), person_id: person };
    return { ...mapping, targets: [{ kind: 'event', matchKey: 'id', rest: true, fields }] };
  },
};

/** Only calls of the three features, and the last call of all: the report asks for no others, and the test is quicker. */
const textOf = async function* (path: string) {
  let [count, last] = [0, ''];
  for (const line of exportFiles(company).find((file) => file.path === path)!.text) {
    last = line;
    // Who watches over the store must get a turn as well.
    if ((count += 1) % 2_000 === 0) await nextTurn();
    if (!path.endsWith('.jsonl') || /"smart"|"guest"|"audit_exported"/.test(line)) yield Buffer.from(line);
  }
  if (path.endsWith('.jsonl')) yield Buffer.from(last);
};

const settled = async (view: ImportView): Promise<ImportView> => {
  for (let found = view; ; found = await inside(context).imports.get({ import: view.id })) {
    if (!['uploading', 'checking', 'committing'].includes(found.state)) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const bring = async (path: string, choose: Choose): Promise<ImportView> => {
  const { imports } = inside({ ...context, body: Readable.from(textOf(path)) });
  const sent = await settled(await imports.upload({ fileName: path.split('/')[1]! }));
  const column = (name: string) => ({ column: sent.columns.findIndex((one) => one.name === name) });
  const answers = Object.fromEntries(sent.questions.map(({ id, suggestion }) => [id, suggestion ?? 'USD']));
  await imports.map({ import: sent.id, mapping: choose(sent.mapping!, column), answers });
  const checked = await settled(await imports.check({ import: sent.id, waitSeconds: 60 }));
  expect(checked).toMatchObject({ state: 'checked', problem: null });
  return settled(await imports.commit({ import: sent.id, waitSeconds: 60 }));
};

beforeAll(async () => {
  company = weftwork();
  landfall = await openAfterTheData();
  const fields = { name: 'Weftwork', timeZone: 'America/New_York', currency: 'USD' };
  const workspace = await landfall.clientOf(landfall.maya).workspaces.create(fields);
  context = landfall.enter(workspace);
  await context.write('launch', async (transaction) => {
    await insertExampleLaunches(transaction, workspace.id, { createdBy: 'Maya', createdAt: context.now() });
    return { id: workspace.id, before: null, after: null, result: undefined };
  });
}, 120_000);

afterAll(() => landfall?.close());

test('the export files of its tools, imported one by one, give the same report as the example opened whole', async () => {
  for (const [path, choose] of Object.entries(choices)) expect((await bring(path, choose)).state, path).toBe('committed');
  for (const launch of launches) {
    const { adoption, funnel: found } = await inside(context).landingReports.get({ launch: launch.key });
    for (const day of measuredDays[launch.key]) {
      const [accounts, people] = [accountFigures(company, launch, day), personFigures(company, launch, day)];
      expect(adoption.account.marks.find((mark) => mark.day === day)).toMatchObject({ count: accounts.adopted, of: accounts.eligible });
      expect(adoption.person.marks.find((mark) => mark.day === day)).toMatchObject({ count: people.adopted, of: people.eligible });
    }
    const all = funnel(company.leads);
    expect(found.steps.map(({ count }) => count)).toEqual([all.firstContact, all.opportunity, all.won, all.firstRevenue]);
  }
}, 300_000);
