import type { Account } from './accounts.ts';
import { uses, type Company } from './generate.ts';
import { currency, receivedLate, stamp } from './rows.ts';
import {
  accountsOfSalesforce,
  campaignMembersOfSalesforce,
  contactsOfSalesforce,
  dateOnly,
  historyOfSalesforce,
  opportunitiesOfSalesforce,
} from './salesforce.ts';
import type { Movement } from './subscriptions.ts';

/** A file as a tool of Weftwork's would give it: its path, and its text line by line. */
export type ExportFile = { path: string; text: Iterable<string> };

export function exportFiles(company: Company): ExportFile[] {
  return [
    { path: 'salesforce/Account.csv', text: csv(accountsOfSalesforce(company)) },
    { path: 'salesforce/Contact.csv', text: csv(contactsOfSalesforce(company)) },
    { path: 'salesforce/Opportunity.csv', text: csv(opportunitiesOfSalesforce(company)) },
    { path: 'salesforce/OpportunityHistory.csv', text: csv(historyOfSalesforce(company)) },
    { path: 'salesforce/CampaignMember.csv', text: csv(campaignMembersOfSalesforce(company)) },
    { path: 'website/first-contacts.csv', text: csv(firstContacts(company)) },
    { path: 'stripe/subscriptions.csv', text: csv(subscriptions(company)) },
    { path: 'billing/revenue-movements.csv', text: csv(revenueMovements(company)) },
    { path: 'segment/events.jsonl', text: segmentEvents(company) },
  ];
}

/** Every cell in quotes, as the Data Export service of Salesforce writes it. */
function* csv(rows: readonly Record<string, string | number | null>[]): Generator<string> {
  const quoted = (cells: readonly (string | number | null)[]) =>
    `${cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`;
  yield quoted(Object.keys(rows[0]!));
  for (const row of rows) yield quoted(Object.values(row));
}

function firstContacts(company: Company) {
  return company.leads.map(({ person, contactAt, origin }) => ({
    lead_id: person.id,
    email: person.email,
    first_contact_date: dateOnly(contactAt),
    origin: origin.origin,
  }));
}

/** One row for each subscription as it stands at the end of the data; an ended one keeps its last amount. */
function subscriptions(company: Company) {
  return company.drawn.flatMap((account) => {
    const moves = company.movements.filter((movement) => movement.account === account);
    return moves.length === 0 ? [] : [subscription(account, moves)];
  });
}

function subscription(account: Account, moves: readonly Movement[]) {
  const ended = moves.find((movement) => movement.kind === 'churn');
  const running = moves
    .filter((one) => one !== ended)
    .reduce((sum, one) => sum + (one.kind === 'contraction' ? -one.monthly : one.monthly), 0);
  const minute = (at: number) => stamp(at).slice(0, 16);
  return {
    id: `sub_${account.id.slice(8)}`,
    'Customer ID': `cus_${account.id.slice(8)}`,
    'Customer Name': account.name,
    'Customer Email': account.people[0]!.email,
    Status: ended ? 'canceled' : 'active',
    Plan: account.plan,
    Amount: running.toFixed(2),
    Currency: currency.toLowerCase(),
    Interval: 'month',
    'Created (UTC)': minute(moves[0]!.at),
    'Start (UTC)': minute(moves[0]!.at),
    'Canceled At (UTC)': ended ? minute(ended.at) : null,
    'Ended At (UTC)': ended ? minute(ended.at) : null,
  };
}

function revenueMovements(company: Company) {
  return company.movements.map(({ id, account, kind, monthly, at }) => ({
    transaction_id: id,
    account_name: account.name,
    movement: kind,
    mrr: monthly.toFixed(2),
    currency,
    interval: 'month',
    plan_name: account.plan,
    invoice_date: dateOnly(at),
  }));
}

/** Track calls in the order in which they arrived. The late batch stands after the days it is about, its first calls twice. */
function* segmentEvents(company: Company): Generator<string> {
  const calls: { arrived: number; text: string }[] = [];
  let [number, resent] = [0, 0];
  for (const { account, use } of uses(company)) {
    const late = receivedLate(company.traps, account, use.at);
    const arrived = late ?? use.at + 1000;
    const at = new Date(use.at).toISOString();
    const text = `${JSON.stringify({
      type: 'track',
      messageId: `weft-${(number += 1)}`,
      anonymousId: null,
      userId: use.person.id,
      event: use.eventName,
      properties: use.properties,
      context: { groupId: account.id, traits: { email: use.person.email } },
      originalTimestamp: at,
      timestamp: at,
      receivedAt: new Date(arrived).toISOString(),
    })}\n`;
    calls.push({ arrived, text });
    if (late !== undefined && (resent += 1) <= 50) calls.push({ arrived: late + 30_000, text });
  }
  calls.sort((one, other) => one.arrived - other.arrived);
  for (const call of calls) yield call.text;
}
