import { owners } from './names.ts';
import type { Company } from './generate.ts';
import type { Opportunity } from './pipeline.ts';
import { closedAt, programTouches, stageHistory, stageOf, stamp, stateOf } from './rows.ts';

/** The sales system's own view of Weftwork: its own ids, its own column names, its own way to write a date. */
const salesforceTime = (at: number) => new Date(at).toISOString().replace('Z', '+0000');
export const dateOnly = (at: number) => stamp(at).slice(0, 10);

/** A prefix that says the kind, and a running number. */
const salesforceId = (prefix: string, number: number) => `${prefix}Wf${String(number).padStart(10, '0')}AAA`;
const accountKey = (id: string) => salesforceId('001', Number(id.slice(8)));
const ownerKey = (name: string) => salesforceId('005', owners.indexOf(name) + 1);
const integration = salesforceId('005', 99);

function contactKeys(company: Company): Map<string, string> {
  return new Map(company.people.map((person, index) => [person.id, salesforceId('003', index + 1)]));
}

export function accountsOfSalesforce(company: Company) {
  return company.accounts.map((one) => ({
    Id: accountKey(one.id),
    IsDeleted: 'false',
    Name: one.name,
    Type: one.customerFrom === null ? 'Prospect' : one.leftOn === null ? 'Customer' : 'Former Customer',
    BillingCountry: one.country,
    Website: `https://${one.domain}`,
    Industry: one.industry,
    NumberOfEmployees: one.employees,
    OwnerId: ownerKey(owners[Number(one.id.slice(8)) % owners.length]!),
    CreatedDate: salesforceTime(one.createdAt),
    Segment__c: one.segment,
    Plan__c: one.plan,
    Workspace_Id__c: one.id,
  }));
}

export function contactsOfSalesforce(company: Company) {
  const keys = contactKeys(company);
  const origins = new Map(company.leads.map((lead) => [lead.person.id, lead.origin.origin]));
  return company.people.map((one) => ({
    Id: keys.get(one.id)!,
    IsDeleted: 'false',
    AccountId: one.accountId === null ? null : accountKey(one.accountId),
    LastName: one.name.split(' ')[1]!,
    FirstName: one.name.split(' ')[0]!,
    Email: one.email,
    Title: one.title,
    LeadSource: origins.get(one.id) ?? null,
    CreatedDate: salesforceTime(one.createdAt),
    Member_Id__c: one.id,
  }));
}

export function opportunitiesOfSalesforce(company: Company) {
  const keys = contactKeys(company);
  return company.opportunities.map((one, index) => {
    const closed = closedAt(company, one);
    const state = stateOf(one);
    return {
      Id: salesforceId('006', index + 1),
      IsDeleted: 'false',
      AccountId: accountKey(one.account.id),
      Name: one.name,
      StageName: stageOf(company, one),
      Amount: one.amount,
      CloseDate: closed === null ? null : dateOnly(closed),
      Type: one.type,
      LeadSource: one.origin,
      IsClosed: String(state !== 'open'),
      IsWon: String(state === 'won'),
      OwnerId: ownerKey(one.owner),
      CreatedDate: salesforceTime(one.createdAt),
      ContactId: keys.get(one.person.id)!,
      Loss_Reason__c: state === 'lost' ? one.lossReason : null,
      ...lotsOf(one),
    };
  });
}

function lotsOf({ properties }: Opportunity) {
  return { Handoff_Live__c: properties.handoff_live ?? null, Supper_Series__c: properties.supper_series ?? null };
}

export function historyOfSalesforce(company: Company) {
  const steps = company.opportunities.flatMap((one, index) =>
    stageHistory(company, one).map((step) => ({ ...step, amount: one.amount, opportunity: salesforceId('006', index + 1) })),
  );
  return steps.map(({ opportunity, stage, amount, at }, index) => ({
    Id: salesforceId('008', index + 1),
    OpportunityId: opportunity,
    CreatedById: integration,
    CreatedDate: salesforceTime(at),
    StageName: stage,
    Amount: amount,
  }));
}

export function campaignMembersOfSalesforce(company: Company) {
  return programTouches(company).map((touch, index) => ({
    Id: salesforceId('00v', index + 1),
    Campaign: touch.campaign,
    Channel: touch.channel,
    AccountId: accountKey(touch.account_id),
    Status: touch.properties.status === 'attended' ? 'Attended' : 'Sent',
    CreatedById: integration,
    CreatedDate: salesforceTime(touch.at),
  }));
}
