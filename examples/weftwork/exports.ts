import { uses, type Company } from './generate.ts';
import type { Movement } from './subscriptions.ts';
import { closedAt, currency, planNames, programTouches, receivedLate, stageHistory, stamp, stateOf } from './rows.ts';

/** A file as a tool of Weftwork's would give it: its path, and its text in pieces. */
export type ExportFile = { path: string; text: Iterable<string> };
type Cell = string | number | null;

export function exportFiles(company: Company): ExportFile[] {
  return [
    { path: 'salesforce/Account.csv', text: csv(accountsOfSalesforce(company)) },
    { path: 'salesforce/Contact.csv', text: csv(contactsOfSalesforce(company)) },
    { path: 'salesforce/Opportunity.csv', text: csv(opportunitiesOfSalesforce(company)) },
    { path: 'salesforce/OpportunityHistory.csv', text: csv(historyOfSalesforce(company)) },
    { path: 'salesforce/CampaignMember.csv', text: csv(campaignMembers(company)) },
    { path: 'website/first-contacts.csv', text: csv(firstContacts(company)) },
    { path: 'stripe/subscriptions.csv', text: csv(subscriptions(company)) },
    { path: 'billing/revenue-movements.csv', text: csv(revenueMovements(company)) },
    { path: 'segment/events.jsonl', text: segmentEvents(company) },
  ];
}

/** Every cell in quotes, as the Data Export service of Salesforce writes it. */
function* csv(lines: Iterable<readonly Cell[]>): Generator<string> {
  for (const line of lines) yield `${line.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`;
}

const salesforceTime = (at: number) => new Date(at).toISOString().replace('Z', '+0000');
const dateOnly = (at: number) => stamp(at).slice(0, 10);
/** Salesforce has ids of its own: a prefix that says the kind, and a running number. */
const salesforceId = (prefix: string, number: number) => `${prefix}Wf${String(number).padStart(10, '0')}AAA`;

const accountKey = (id: string) => salesforceId('001', Number(id.slice(8)));

function contactKeys(company: Company): Map<string, string> {
  return new Map(company.people.map((person, index) => [person.id, salesforceId('003', index + 1)]));
}

function* accountsOfSalesforce(company: Company): Generator<Cell[]> {
  yield [
    'Id',
    'Name',
    'Website',
    'Industry',
    'NumberOfEmployees',
    'Type',
    'BillingCountry',
    'CreatedDate',
    'Segment__c',
    'Plan__c',
    'Workspace_Id__c',
  ];
  for (const one of company.accounts) {
    const type = one.customerFrom === null ? 'Prospect' : one.leftOn === null ? 'Customer' : 'Former Customer';
    const cells = [one.name, `https://${one.domain}`, one.industry, one.employees, type, one.country, salesforceTime(one.createdAt)];
    yield [accountKey(one.id), ...cells, one.segment, one.plan, one.id];
  }
}

function* contactsOfSalesforce(company: Company): Generator<Cell[]> {
  yield ['Id', 'AccountId', 'FirstName', 'LastName', 'Email', 'Title', 'LeadSource', 'CreatedDate'];
  const keys = contactKeys(company);
  const origins = new Map(company.leads.map((lead) => [lead.person.id, lead.origin.origin]));
  for (const one of company.people) {
    const [first, last] = one.name.split(' ');
    const account = one.accountId === null ? null : accountKey(one.accountId);
    yield [keys.get(one.id)!, account, first!, last!, one.email, one.title, origins.get(one.id) ?? null, salesforceTime(one.createdAt)];
  }
}

function* opportunitiesOfSalesforce(company: Company): Generator<Cell[]> {
  yield 'Id,AccountId,ContactId,Name,StageName,Amount,CloseDate,Type,LeadSource,IsClosed,IsWon,Owner,CreatedDate,Loss_Reason__c,Handoff_Live__c,Supper_Series__c'.split(
    ',',
  );
  const keys = contactKeys(company);
  for (const [index, one] of company.opportunities.entries()) {
    const state = stateOf(one);
    const closed = closedAt(company, one);
    const history = stageHistory(company, one);
    const stage = state === 'won' ? 'Closed Won' : state === 'lost' ? 'Closed Lost' : history[history.length - 1]!.stage;
    const deal = [one.name, stage, one.amount, closed === null ? null : dateOnly(closed), one.type, one.origin];
    const flags = [
      String(state !== 'open'),
      String(state === 'won'),
      one.owner,
      salesforceTime(one.createdAt),
      state === 'lost' ? one.lossReason : null,
    ];
    const lots = [one.properties.handoff_live ?? null, one.properties.supper_series ?? null];
    yield [salesforceId('006', index + 1), accountKey(one.account.id), keys.get(one.person.id)!, ...deal, ...flags, ...lots];
  }
}

function* historyOfSalesforce(company: Company): Generator<Cell[]> {
  yield ['Id', 'OpportunityId', 'StageName', 'Amount', 'CreatedDate'];
  let number = 0;
  for (const [index, one] of company.opportunities.entries()) {
    for (const step of stageHistory(company, one)) {
      yield [salesforceId('008', (number += 1)), salesforceId('006', index + 1), step.stage, one.amount, salesforceTime(step.at)];
    }
  }
}

function* campaignMembers(company: Company): Generator<Cell[]> {
  yield ['Id', 'Campaign', 'Channel', 'AccountId', 'Status', 'CreatedDate'];
  for (const [index, touch] of programTouches(company).entries()) {
    const status = touch.properties.status === 'attended' ? 'Attended' : 'Sent';
    yield [salesforceId('00v', index + 1), touch.campaign, touch.channel, accountKey(touch.account_id), status, salesforceTime(touch.at)];
  }
}

function* firstContacts(company: Company): Generator<Cell[]> {
  yield ['lead_id', 'email', 'first_contact_date', 'origin'];
  for (const lead of company.leads) yield [lead.person.id, lead.person.email, dateOnly(lead.contactAt), lead.origin.origin];
}

/** One row for each subscription as it stands at the end of the data; an ended one keeps its last amount. */
function* subscriptions(company: Company): Generator<Cell[]> {
  yield 'id,Customer ID,Customer Name,Customer Email,Status,Plan,Amount,Currency,Interval,Created (UTC),Start (UTC),Canceled At (UTC),Ended At (UTC)'.split(
    ',',
  );
  for (const account of company.drawn) {
    const moves = company.movements.filter((movement) => movement.account === account);
    if (moves.length === 0) continue;
    const ended = moves.find((movement) => movement.kind === 'churn');
    const monthly = moves.reduce((sum, one) => sum + signed(one), 0) + (ended?.monthly ?? 0);
    const start = stamp(moves[0]!.at).slice(0, 16);
    const end = ended ? stamp(ended.at).slice(0, 16) : null;
    const customer = [`cus_${account.id.slice(8)}`, account.name, account.people[0]!.email];
    const state = [ended ? 'canceled' : 'active', planNames[account.plan!], monthly.toFixed(2), currency.toLowerCase(), 'month'];
    yield [`sub_${account.id.slice(8)}`, ...customer, ...state, start, start, end, end];
  }
}

function signed(movement: Movement): number {
  return movement.kind === 'contraction' || movement.kind === 'churn' ? -movement.monthly : movement.monthly;
}

function* revenueMovements(company: Company): Generator<Cell[]> {
  yield ['movement_id', 'account_id', 'account_name', 'kind', 'amount', 'currency', 'interval', 'plan', 'date'];
  for (const { id, account, kind, monthly, at } of company.movements) {
    yield [id, account.id, account.name, kind, monthly.toFixed(2), currency, 'month', planNames[account.plan!], dateOnly(at)];
  }
}

/** Track calls in the order in which they arrived. The late batch stands after the days it is about, its first calls twice. */
function* segmentEvents(company: Company): Generator<string> {
  const calls: { arrived: number; text: string }[] = [];
  let resent = 0;
  for (const { account, use } of uses(company)) {
    const late = receivedLate(company.traps, account, use.at);
    const arrived = late ?? use.at + 1000;
    const text = `${JSON.stringify({
      type: 'track',
      messageId: `weft-${calls.length + 1}`,
      userId: use.person.id,
      event: use.eventName,
      properties: use.properties,
      context: { groupId: account.id, traits: { email: use.person.email } },
      timestamp: new Date(use.at).toISOString(),
      receivedAt: new Date(arrived).toISOString(),
    })}\n`;
    calls.push({ arrived, text });
    if (late !== undefined && resent < 50) {
      resent += 1;
      calls.push({ arrived: late + 30_000, text });
    }
  }
  calls.sort((one, other) => one.arrived - other.arrived);
  for (const call of calls) yield call.text;
}
