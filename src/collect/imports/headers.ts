import { createHash } from 'node:crypto';

/** "Deal Name", "dealName" and "deal_name" are one name, and so is "DealName__c", a custom field of Salesforce; a custom id is not the id. */
export function normalHeader(name: string): string {
  return name
    .replace(/(?<!_id)__c$/i, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** Files of one shape share it, whatever the order of their columns is not: a moved column is another shape. */
export function headerSignature(names: string[]): string {
  return createHash('sha256').update(names.map(normalHeader).join('\u001f')).digest('hex').slice(0, 32);
}

/** The names by which exports call a thing, best first. They are compared as `normalHeader` writes them. */
export const synonyms = {
  id: ['id', 'record_id', 'uuid', 'external_id', 'object_id', '编号'],
  accountId: [
    'account_id',
    'accountid',
    'company_id',
    'record_id_company',
    'associated_company_ids',
    'associated_company_id',
    'seller_id',
    'merchant_id',
    'vendor_id',
    'shop_id',
    'store_id',
    'organization_id',
    'organisation_id',
    'org_id',
    'tenant_id',
    'group_id',
    'client_id',
    'customer_id',
    'customer_oid',
    '客户编号',
    '公司编号',
  ],
  personId: [
    'person_id',
    'contact_id',
    'record_id_contact',
    'associated_contact_ids',
    'lead_id',
    'mql_id',
    'prospect_id',
    'user_id',
    'userid',
    'distinct_id',
    'properties_distinct_id',
    'member_id',
    'subscriber_id',
    'visitor_id',
    '用户编号',
    '线索编号',
  ],
  anonymousId: ['anonymous_id', 'anonymousid', '匿名编号'],
  opportunityId: ['opportunity_id', 'opp_id', 'deal_id', 'record_id_deal', '商机编号'],
  productId: ['product_id', 'sku', '产品编号'],
  revenueId: ['order_id', 'invoice_id', 'payment_id', 'charge_id', 'transaction_id', '订单编号'],
  email: ['email', 'email_address', 'e_mail', 'work_email', 'contact_email', 'customer_email', 'user_email', '邮箱', '电子邮件'],
  firstName: ['first_name', 'firstname', 'given_name'],
  lastName: ['last_name', 'lastname', 'surname', 'family_name'],
  personName: ['full_name', 'contact_name', 'lead_name', 'person_name', '姓名', '联系人'],
  title: ['title', 'job_title', 'jobtitle', 'position', '职位'],
  accountName: [
    'account_name',
    'company_name',
    'account',
    'company',
    'organization',
    'organisation',
    'customer_name',
    'customer',
    'client',
    'company_or_account',
    '公司',
    '公司名称',
    '客户',
    '客户名称',
  ],
  domain: ['domain', 'company_domain', 'company_domain_name', 'website', 'website_url', 'company_website', '域名', '网站'],
  segment: ['segment', 'customer_segment', 'business_segment', 'market_segment', 'size_segment', '细分'],
  plan: ['plan', 'plan_name', 'subscription_plan', 'tier', '套餐'],
  country: ['country', 'country_region', 'billing_country', 'mailing_country', 'country_code', 'office_location', '国家'],
  industry: ['industry', 'sector', 'vertical', '行业'],
  employees: ['employees', 'number_of_employees', 'employee_count', 'headcount', '员工数'],
  created: [
    'created_at',
    'created_date',
    'create_date',
    'createdate',
    'created',
    'created_utc',
    'date_created',
    'signup_date',
    'signed_up_at',
    'engage_date',
    'open_date',
    'opened_at',
    '创建时间',
    '创建日期',
  ],
  opportunityName: ['opportunity_name', 'deal_name', 'dealname', 'opportunity', 'deal', '商机名称'],
  stage: ['stage_name', 'stage', 'deal_stage', 'dealstage', 'sales_stage', 'opportunity_stage', 'pipeline_stage', '阶段', '商机阶段'],
  isWon: ['is_won', 'won', 'is_closed_won'],
  amount: ['amount', 'deal_amount', 'deal_value', 'opportunity_amount', 'close_value', 'contract_value', 'acv', 'tcv', 'value', '金额'],
  currency: ['currency', 'currency_iso_code', 'currency_code', 'deal_currency', 'plan_currency', '币种', '货币'],
  closed: ['close_date', 'closed_at', 'closedate', 'closed_date', 'date_closed', '成交日期', '关闭日期'],
  won: ['won_date', 'date_won', 'won_at', 'closed_won_date', '赢单日期'],
  lost: ['lost_date', 'date_lost', 'lost_at', 'closed_lost_date', '输单日期'],
  lossReason: ['loss_reason', 'lost_reason', 'closed_lost_reason', 'reason_lost', '输单原因'],
  owner: [
    'owner',
    'owner_id',
    'opportunity_owner',
    'deal_owner',
    'hubspot_owner_id',
    'sales_agent',
    'sales_rep',
    'sales_representative',
    'sr_id',
    'account_executive',
    '负责人',
    '销售',
  ],
  origin: [
    'origin',
    'lead_source',
    'original_source',
    'hs_analytics_source',
    'source',
    'channel',
    'acquisition_channel',
    'utm_source',
    'utm_medium',
    '来源',
    '渠道',
  ],
  campaign: ['campaign', 'campaign_name', 'campaign_id', 'utm_campaign', '活动'],
  firstContact: [
    'first_contact_date',
    'first_contact',
    'first_touch_date',
    'first_touch_at',
    'first_seen',
    'first_seen_at',
    'first_contacted_at',
    '首次接触',
  ],
  touchedAt: ['member_first_associated_date', 'first_responded_date', 'touch_date', 'touched_at'],
  productName: ['product_name', 'product', 'item', '产品', '产品名称'],
  series: ['series', 'product_line', 'product_family', 'family', 'category', '系列'],
  price: ['price', 'sales_price', 'list_price', 'unit_price', '价格', '单价'],
  revenueAmount: [
    'mrr',
    'arr',
    'revenue_amount',
    'amount_paid',
    'total_paid',
    'order_total',
    'order_value',
    'total_revenue',
    'product_revenue',
    'net_revenue',
    'gross_revenue',
    'sales_amount',
    'revenue',
    'total',
    'plan_amount',
    '收入',
    '订单金额',
  ],
  revenueAt: [
    'order_date',
    'ordered_at',
    'invoice_date',
    'paid_at',
    'payment_date',
    'purchased_at',
    'purchase_date',
    'date_utc',
    'subscription_started_at',
    '订单日期',
    '下单时间',
  ],
  revenueKind: ['revenue_kind', 'movement', 'movement_type'],
  interval: ['interval', 'billing_interval', 'plan_interval', 'billing_period'],
  eventName: ['event', 'event_name', 'event_type', '事件', '事件名称'],
  eventAt: [
    'timestamp',
    'event_time',
    'time',
    'occurred_at',
    'properties_time',
    'original_timestamp',
    'sent_at',
    'client_event_time',
    'at',
    'date',
    '时间',
  ],
  messageId: ['message_id', 'insert_id', '$insert_id', 'properties_$insert_id', 'properties_insert_id', 'event_id'],
  propertiesJson: ['properties', 'event_properties'],
  metric: ['metric', 'metric_name', 'measure', '指标'],
} as const satisfies Record<string, readonly string[]>;

export type Meaning = keyof typeof synonyms;

/** Which column means what; the first synonym that is there wins, and a column means one thing at most for each question. */
export function meanings(names: string[]): (meaning: Meaning) => number | undefined {
  const places = new Map<string, number>();
  names.forEach((name, column) => {
    const normal = normalHeader(name);
    if (!places.has(normal)) places.set(normal, column);
  });
  return (meaning) => {
    for (const synonym of synonyms[meaning]) {
      const column = places.get(synonym);
      if (column !== undefined) return column;
    }
    return undefined;
  };
}
