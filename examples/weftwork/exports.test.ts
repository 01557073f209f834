import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { exportFiles } from './exports.ts';
import { weftwork } from './generate.ts';
import { eventRows, tableRows } from './rows.ts';

const company = weftwork();
const rows = tableRows(company);
const fileText = (path: string) => [...exportFiles(company).find((file) => file.path === path)!.text].join('');
const read = (path: string): Record<string, string>[] => parse(fileText(path), { columns: true });

test('the sales system tells the same accounts, people and deals', () => {
  expect(read('salesforce/Account.csv')).toHaveLength(rows.account.length);
  expect(read('salesforce/Contact.csv')).toHaveLength(rows.person.length);
  const deals = read('salesforce/Opportunity.csv');
  expect(deals.map((deal) => Number(deal.Amount))).toEqual(rows.opportunity.map((deal) => deal.amount));
  expect(deals.map((deal) => deal.StageName)).toEqual(rows.opportunity.map((deal) => deal.stage));
  expect(deals.filter((deal) => deal.StageName === 'Closed Won')).toHaveLength(
    rows.opportunity.filter((deal) => deal.state === 'won').length,
  );
  expect(read('salesforce/OpportunityHistory.csv')).toHaveLength(rows.stage_change.length);
});

test('an empty origin stays empty, beside the origin that is called unknown', () => {
  const origins = read('website/first-contacts.csv').map((contact) => contact.origin);
  expect(origins.filter((origin) => origin === '')).toHaveLength(company.leads.filter((lead) => lead.origin.origin === null).length);
  expect(origins).toContain('unknown');
});

test('the running subscriptions add up to the movements', () => {
  const running = read('stripe/subscriptions.csv').filter((one) => one.Status === 'active');
  const total = company.movements.reduce(
    (sum, one) => sum + (one.kind === 'churn' || one.kind === 'contraction' ? -one.monthly : one.monthly),
    0,
  );
  expect(running.reduce((sum, one) => sum + Number(one.Amount), 0)).toBe(total);
});

test('the event file holds every event once by its message id, some calls twice, and a batch that came late', () => {
  const ids = new Set<string>();
  let [calls, late, before] = [0, 0, ''];
  for (const line of exportFiles(company).find((file) => file.path === 'segment/events.jsonl')!.text) {
    const [, id = '', at = ''] = /"messageId":"([^"]+)".*"timestamp":"([^"]+)"/.exec(line) ?? [];
    ids.add(id);
    calls += 1;
    if (at < before) late += 1;
    before = at;
  }
  let events = 0;
  for (const _ of eventRows(company)) events += 1;
  expect(ids.size).toBe(events);
  expect(calls).toBe(events + 50);
  expect(late).toBeGreaterThan(0);
});
