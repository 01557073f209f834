import { normalHeader } from './headers.ts';

/** Products whose exports are told by their header. The name becomes the owner of the ids in the file. */
export type SourceName = 'salesforce' | 'hubspot' | 'stripe' | 'segment' | 'posthog' | 'mixpanel' | 'amplitude' | 'google_play' | 'generic';

const signatures: { source: SourceName; all: string[]; some?: string[] }[] = [
  { source: 'google_play', all: ['package_name', 'star_rating', 'review_text'] },
  {
    source: 'mixpanel',
    all: ['event', 'properties_distinct_id'],
    some: ['properties_$insert_id', 'properties_mp_processing_time_ms', 'properties_time'],
  },
  { source: 'amplitude', all: ['event_type'], some: ['amplitude_id', 'client_event_time', 'server_upload_time', 'library'] },
  { source: 'posthog', all: ['event', 'distinct_id'], some: ['uuid', 'elements_chain', 'team_id', 'person_id'] },
  { source: 'segment', all: ['type'], some: ['message_id', 'anonymous_id', 'original_timestamp'] },
  {
    source: 'stripe',
    all: ['id'],
    some: ['customer_id', 'amount_due', 'current_period_start_utc', 'start_utc', 'created_utc', 'date_utc', 'customer_email'],
  },
  {
    source: 'salesforce',
    all: ['id'],
    some: [
      'stage_name',
      'is_deleted',
      'account_id',
      'owner_id',
      'created_by_id',
      'system_modstamp',
      'last_modified_date',
      'billing_country',
      'mailing_country',
      'lead_source',
    ],
  },
  { source: 'salesforce', all: ['opportunity_name', 'stage'], some: ['opportunity_owner', 'lead_source', 'close_date', 'opportunity_id'] },
  { source: 'hubspot', all: ['record_id'], some: ['deal_name', 'deal_stage', 'company_name', 'company_owner', 'website_url'] },
  { source: 'hubspot', all: ['record_id_contact'] },
  { source: 'hubspot', all: ['deal_name', 'deal_stage'], some: ['deal_owner', 'pipeline', 'create_date', 'associated_company_ids'] },
  { source: 'hubspot', all: ['dealname', 'dealstage'] },
];

// These headers alone say nothing: many tables have an id and an account.
const needed: Partial<Record<SourceName, number>> = { salesforce: 2, stripe: 2, segment: 2 };

export function recogniseSource(names: string[]): SourceName {
  const present = new Set(names.map(normalHeader));
  for (const { source, all, some } of signatures) {
    if (!all.every((name) => present.has(name))) continue;
    const found = (some ?? []).filter((name) => present.has(name)).length;
    if (!some || found >= (needed[source] ?? 1)) return source;
  }
  return 'generic';
}
