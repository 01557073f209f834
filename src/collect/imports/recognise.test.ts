import { expect, test } from 'vitest';
import { kindOrder } from '../objects/schema.ts';
import { headerSignature, normalHeader } from './headers.ts';
import { checkMapping } from './mapping.ts';
import { recognise } from './recognise.ts';
import type { ImportColumn } from './schema.ts';

const sniff = {
  filled: 10,
  distinct: 10,
  longest: 10,
  email: 0,
  domain: 0,
  number: 10,
  integer: 0,
  dotDecimal: 0,
  commaDecimal: 0,
  unclearDecimal: 0,
  date: 0,
  dayFirst: 0,
  monthFirst: 0,
  unclearDate: 0,
};
const columnsOf = (header: string): ImportColumn[] => header.split(',').map((name) => ({ name, examples: [], sniff }));

/** Source, kinds, and for each target the fields with the names of their columns. */
function seen(header: string) {
  const columns = columnsOf(header);
  const mapping = recognise(columns, true, 'export.csv');
  checkMapping(mapping, columns);
  const name = (column?: number) => (column === undefined ? undefined : columns[column]!.name);
  const targets = mapping.targets.map(({ kind, matchKey, fields }) => ({
    kind,
    matchKey,
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, { column, columns: several, constant }]) => [
        field,
        constant ?? several?.map(name).join('+') ?? name(column),
      ]),
    ),
  }));
  return { source: mapping.source, targets };
}

test('Salesforce opportunities by API names', () => {
  const found = seen(
    'Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,LeadSource,IsClosed,IsWon,OwnerId,CreatedDate,LastModifiedDate,SystemModstamp',
  );
  expect(found.source).toBe('salesforce');
  expect(found.targets[0]).toEqual({
    kind: 'opportunity',
    matchKey: 'id',
    fields: {
      id: 'Id',
      name: 'Name',
      account_id: 'AccountId',
      stage: 'StageName',
      state: 'StageName',
      amount: 'Amount',
      closed_at: 'CloseDate',
      origin: 'LeadSource',
      owner: 'OwnerId',
      created_at: 'CreatedDate',
    },
  });
  expect(found.targets[1]).toMatchObject({ kind: 'stage_change', fields: { opportunity_id: 'Id', at: 'CloseDate' } });
});

test('Salesforce opportunities by the labels of a report', () => {
  const found = seen(
    'Opportunity Name,Account Name,Stage,Amount,Close Date,Type,Lead Source,Opportunity Owner,Created Date,Opportunity ID',
  );
  expect(found.source).toBe('salesforce');
  expect(found.targets[0]!.fields).toMatchObject({
    id: 'Opportunity ID',
    account_id: 'Account Name',
    owner: 'Opportunity Owner',
    origin: 'Lead Source',
  });
});

test('Salesforce contacts and accounts', () => {
  expect(seen('Id,AccountId,FirstName,LastName,Email,Title,LeadSource,MailingCountry,OwnerId,CreatedDate').targets[0]).toMatchObject({
    kind: 'person',
    matchKey: 'id',
    fields: { id: 'Id', name: 'FirstName+LastName', email: 'Email', account_id: 'AccountId' },
  });
  expect(seen('Id,Name,Website,Industry,NumberOfEmployees,AnnualRevenue,Type,BillingCountry,OwnerId,CreatedDate')).toMatchObject({
    source: 'salesforce',
    targets: [{ kind: 'account', matchKey: 'id', fields: { id: 'Id', name: 'Name', domain: 'Website', employees: 'NumberOfEmployees' } }],
  });
});

test('HubSpot deals, and contacts whose header repeats', () => {
  expect(seen('Record ID,Deal Name,Amount,Deal Stage,Close Date,Deal Owner,Company Name,Pipeline,Create Date')).toMatchObject({
    source: 'hubspot',
    targets: [
      {
        kind: 'opportunity',
        matchKey: 'id',
        fields: { id: 'Record ID', stage: 'Deal Stage', account_id: 'Company Name', created_at: 'Create Date' },
      },
      { kind: 'stage_change' },
    ],
  });
  const contacts = seen(
    'Record ID - Contact,First Name,Last Name,Email,Contact owner,Create Date,Record ID - Company,Company name,Create Date (2)',
  );
  expect(contacts.source).toBe('hubspot');
  expect(contacts.targets.map(({ kind }) => kind)).toEqual(['person', 'account']);
  expect(contacts.targets[0]!.fields).toMatchObject({
    id: 'Record ID - Contact',
    created_at: 'Create Date',
    account_id: 'Record ID - Company',
  });
});

test('Stripe subscriptions end at Ended At, not at Canceled At; invoices keep their id', () => {
  const found = seen(
    'id,Customer ID,Customer Name,Customer Email,Status,Amount,Interval,Created (UTC),Start (UTC),Canceled At (UTC),Ended At (UTC)',
  );
  expect(found.source).toBe('stripe');
  expect(found.targets.map(({ kind, fields }) => [kind, fields.kind, fields.at])).toEqual([
    ['account', undefined, undefined],
    ['revenue', 'new', 'Start (UTC)'],
    ['revenue', 'churn', 'Ended At (UTC)'],
  ]);
  expect(seen('id,Amount Due,Currency,Customer,Date (UTC),Number,Paid,Total,Amount Paid,Status').targets[1]).toMatchObject({
    kind: 'revenue',
    matchKey: 'id',
    fields: { kind: 'invoice', amount: 'Amount Paid', currency: 'Currency', at: 'Date (UTC)' },
  });
});

test.each([
  [
    'segment',
    'type,userId,anonymousId,event,messageId,timestamp,originalTimestamp,properties.plan',
    { id: 'messageId', person_id: 'userId', at: 'timestamp' },
  ],
  ['posthog', 'uuid,event,distinct_id,properties,timestamp', { id: 'uuid', person_id: 'distinct_id', properties: 'properties' }],
  [
    'mixpanel',
    'event,properties.time,properties.distinct_id,properties.$insert_id',
    { id: 'properties.$insert_id', person_id: 'properties.distinct_id', at: 'properties.time' },
  ],
  [
    'amplitude',
    'user_id,amplitude_id,event_type,event_time,$insert_id,event_properties.plan',
    { id: '$insert_id', person_id: 'user_id', name: 'event_type', at: 'event_time' },
  ],
])('events of %s', (source, header, fields) => {
  expect(seen(header)).toMatchObject({ source, targets: [{ kind: 'event', matchKey: 'id', fields }] });
});

test('Google Play reviews are events named "Review submitted"', () => {
  const found = seen(
    'Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Star Rating,Review Title,Review Text,Review Link',
  );
  expect(found).toMatchObject({
    source: 'google_play',
    targets: [{ kind: 'event', fields: { name: 'Review submitted', at: 'Review Submit Millis Since Epoch' } }],
  });
});

test('names are compared without case, spaces and signs; signatures tell headers apart', () => {
  expect(['Deal Name', 'dealName', 'deal_name', ' DEAL-NAME '].map(normalHeader)).toEqual(Array(4).fill('deal_name'));
  expect(normalHeader('公司 名称')).toBe('公司_名称');
  expect(headerSignature(['a', 'b'])).not.toBe(headerSignature(['ab']));
  expect(kindOrder).toHaveLength(10);
});

test('the stage history of Salesforce is the history of deals, not deals; campaign members are touches, not accounts', () => {
  const history = seen('Id,OpportunityId,StageName,Amount,Probability,CloseDate,CreatedDate').targets;
  expect(history).toEqual([
    {
      kind: 'stage_change',
      matchKey: 'id',
      fields: { id: 'Id', opportunity_id: 'OpportunityId', stage: 'StageName', state: 'StageName', at: 'CreatedDate' },
    },
  ]);
  const members = seen('Id,CampaignId,LeadId,ContactId,AccountId,Status,HasResponded,FirstRespondedDate,CreatedDate').targets;
  expect(members.map(({ kind, fields }) => [kind, fields.person_id, fields.campaign, fields.at])).toEqual([
    ['touch', 'ContactId', 'CampaignId', 'FirstRespondedDate'],
    ['touch', 'LeadId', 'CampaignId', 'FirstRespondedDate'],
  ]);
  const companies = seen('Id,Campaign,Channel,AccountId,Status,CreatedById,CreatedDate').targets;
  expect(companies).toMatchObject([{ kind: 'touch', fields: { account_id: 'AccountId', campaign: 'Campaign', channel: 'Channel' } }]);
});

test('custom fields of Salesforce are known by their name, but a custom id does not take the place of the id', () => {
  expect(seen('Id,AccountId,LastName,FirstName,Email,CreatedDate,OwnerId,Member_Id__c').targets[0]?.fields.id).toBe('Id');
  expect(seen('Id,Name,Website,Segment__c,Plan__c,CreatedDate,OwnerId,IsDeleted').targets[0]?.fields).toMatchObject({
    segment: 'Segment__c',
    plan: 'Plan__c',
  });
});
