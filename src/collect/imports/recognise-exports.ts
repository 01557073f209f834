import { normalHeader } from './headers.ts';
import type { FieldSource, ImportTarget } from './schema.ts';
import { accountReference, defined, personReference, pick, target, type Shape } from './shapes.ts';

const at = ({ columns }: Shape, name: string): FieldSource | undefined => {
  const column = columns.findIndex((one) => normalHeader(one.name) === name);
  return column < 0 ? undefined : { column };
};

export function events(shape: Shape): ImportTarget[] {
  const fields = defined({
    id: pick(shape, { id: 'messageId' }).id ?? (shape.source === 'generic' ? undefined : pick(shape, { id: 'id' }).id),
    ...pick(shape, { name: 'eventName', at: 'eventAt', properties: 'propertiesJson' }),
    person_id: shape.source === 'posthog' ? distinctId(shape) : personReference(shape),
    anonymous_id: anonymousOf(shape),
    account_id: accountReference(shape),
  });
  return [target('event', fields, fields.id ? 'id' : undefined, { rest: true })];
}

/** PostHog writes its own number of the person beside, which its clients do not know. */
function distinctId(shape: Shape): FieldSource | undefined {
  const column = at(shape, 'distinct_id');
  return column && { ...column, by: 'id', missing: 'create' };
}

/** Where the id of a browser or device stands: with those two tools also within what the events carry, or in the place of the person's. */
function anonymousOf(shape: Shape): FieldSource | undefined {
  const any = (...names: string[]) => names.map((name) => at(shape, name)).find((one) => one !== undefined);
  if (shape.source === 'posthog') return any('properties_$device_id', 'properties_$anon_distinct_id', 'properties', 'distinct_id');
  if (shape.source === 'mixpanel') return any('properties_$device_id', 'properties_distinct_id');
  if (shape.source === 'amplitude') return any('device_id');
  return pick(shape, { anonymous: 'anonymousId' }).anonymous;
}

export function reviews(shape: Shape): ImportTarget[] {
  const column = (name: string): FieldSource | undefined => {
    const place = shape.columns.findIndex((one) => normalHeader(one.name) === name);
    return place < 0 ? undefined : { column: place };
  };
  const at = column('review_submit_millis_since_epoch') ?? column('review_submit_date_and_time');
  return [target('event', defined({ name: { constant: 'Review submitted' }, at }), undefined, { rest: true })];
}

/** OpportunityHistory: one row for each stage that a deal entered; it must not be taken for the deals themselves. */
export function stageHistory(shape: Shape): ImportTarget[] {
  const opportunity = at(shape, 'opportunity_id');
  const stage = at(shape, 'stage_name');
  const entered = at(shape, 'created_date');
  const isDeal = shape.has('opportunityName', 'accountName', 'accountId') || at(shape, 'name');
  if (!opportunity || !stage || !entered || isDeal) return [];
  const fields = { id: at(shape, 'id'), opportunity_id: { ...opportunity, by: 'id' as const }, stage, state: stage, at: entered };
  return [target('stage_change', defined(fields), fields.id ? 'id' : undefined)];
}

/** CampaignMember: a touch of a lead, of a contact, or of an account where a list names only those; how far each came is kept. */
export function campaignMembers(shape: Shape): ImportTarget[] {
  const campaign = at(shape, 'campaign_id') ?? at(shape, 'campaign');
  const people = [at(shape, 'contact_id'), at(shape, 'lead_id')].filter((one) => one !== undefined);
  const account = at(shape, 'account_id');
  const ofAccount = people.length === 0 && account && at(shape, 'status') ? [account] : [];
  if (!campaign || people.length + ofAccount.length === 0 || shape.has('stage')) return [];
  const id = at(shape, 'id');
  const fields = {
    id,
    account_id: account && { ...account, by: 'id' as const, missing: 'create' as const },
    kind: { constant: 'campaign' },
    channel: at(shape, 'channel'),
    campaign,
    at: at(shape, 'first_responded_date') ?? at(shape, 'created_date'),
  };
  const touch = (onlyWhen: number | undefined, person?: FieldSource) =>
    target('touch', defined({ ...fields, person_id: person && { ...person, by: 'id', missing: 'create' } }), id ? 'id' : undefined, {
      onlyWhen,
      rest: true,
    });
  return [...people.map((person) => touch(person.column, person)), ...ofAccount.map(({ column }) => touch(column))];
}

/** Journeys that were counted already: one line for each path, with how often it converted and how often it did not. */
export function journeys(shape: Shape): ImportTarget[] {
  const any = (...names: string[]) => names.map((name) => at(shape, name)).find((one) => one !== undefined);
  const path = any('path', 'journey', 'touchpoints', 'channel_path', 'conversion_path');
  const conversions = any('total_conversions', 'conversions', 'total_conversion', 'conversion_count');
  if (!path || !conversions) return [];
  const value = any('total_conversion_value', 'conversion_value', 'conversions_value', 'value');
  const nulls = any('total_null', 'total_nulls', 'nulls', 'null', 'non_conversions');
  return [target('journey', defined({ subject: { constant: shape.stem }, path, conversions, value, nulls }))];
}

export function stripe(shape: Shape): ImportTarget[] {
  const place = (name: string): FieldSource | undefined => {
    const column = shape.columns.findIndex((one) => normalHeader(one.name) === name);
    return column < 0 ? undefined : { column };
  };
  const customer = place('customer_id') ?? place('customer');
  const account = target('account', defined({ id: customer, name: place('customer_name'), plan: place('plan') }), 'id', {
    onlyWhen: customer?.column,
  });
  const money = defined({
    account_id: customer && { ...customer, by: 'id' as const },
    amount: place('amount') ?? place('amount_paid') ?? place('total'),
    currency: place('currency'),
    interval: place('interval'),
  });
  const ended = place('ended_at_utc');
  const started = place('start_utc') ?? place('start_date_utc') ?? place('created_utc') ?? place('date_utc');
  const kind = place('amount_due') ? 'invoice' : 'new';
  const begin = target(
    'revenue',
    defined({ ...money, kind: { constant: kind }, at: started, id: kind === 'invoice' ? place('id') : undefined }),
    kind === 'invoice' ? 'id' : undefined,
    { rest: true },
  );
  const end = target('revenue', defined({ ...money, kind: { constant: 'churn' }, at: ended }), undefined, { onlyWhen: ended?.column });
  return [...(customer ? [account] : []), begin, ...(ended && kind === 'new' ? [end] : [])];
}
