/** The objects that imports fill and reports read: their fields, and by which keys they are told apart. */

export type ObjectKind =
  | 'account'
  | 'person'
  | 'opportunity'
  | 'product'
  | 'stage_change'
  | 'touch'
  | 'revenue'
  | 'event'
  | 'measurement'
  | 'journey';
/** What imports patch, field by field. An event is written once and never patched. */
export type PatchedKind = Exclude<ObjectKind, 'event'>;
export type KeyType = 'id' | 'email' | 'domain' | 'name';
export type FieldType =
  | 'text'
  | 'email'
  | 'domain'
  | 'state'
  | 'revenue_kind'
  | 'currency'
  | 'integer'
  | 'money'
  | 'number'
  | 'date'
  | 'reference';
export type Field = { type: FieldType; to?: ObjectKind };

export type KindDefinition = {
  fields: Readonly<Record<string, Field>>;
  /** By which keys rows of a file may be matched to objects; a log is told apart by its own content instead. */
  keys: readonly KeyType[];
  /** Keys under which an object can be found later. A person's name is not one: many share it. */
  identities: readonly KeyType[];
  log: boolean;
  /** For a log without an id of its own: the fields that make two rows the same movement. */
  sameBy: readonly string[];
  /** Fields without which a row means nothing. */
  required: readonly string[];
  /** Whose it is: one of these is needed, else every row is of nobody. */
  ofWhom?: readonly string[];
  properties: boolean;
};

const text = { type: 'text' } as const;
const date = { type: 'date' } as const;
const money = { type: 'money' } as const;
const currency = { type: 'currency' } as const;
const state = { type: 'state' } as const;
const to = (kind: ObjectKind): Field => ({ type: 'reference', to: kind });
const object = { log: false, sameBy: [], properties: true } as const;
const log = { log: true, keys: ['id'], identities: [] } as const;

export const kinds: Readonly<Record<ObjectKind, KindDefinition>> = {
  product: {
    ...object,
    fields: { name: text, series: text, price: money, currency },
    keys: ['id', 'name'],
    identities: ['id', 'name'],
    required: [],
  },
  account: {
    ...object,
    fields: {
      name: text,
      domain: { type: 'domain' },
      segment: text,
      plan: text,
      country: text,
      industry: text,
      employees: { type: 'integer' },
      created_at: date,
    },
    keys: ['id', 'domain', 'name'],
    identities: ['id', 'domain', 'name'],
    required: [],
  },
  person: {
    ...object,
    fields: { account_id: to('account'), email: { type: 'email' }, name: text, title: text, country: text, created_at: date },
    keys: ['id', 'email'],
    identities: ['id', 'email'],
    required: [],
  },
  opportunity: {
    ...object,
    fields: {
      name: text,
      account_id: to('account'),
      person_id: to('person'),
      product_id: to('product'),
      stage: text,
      state,
      amount: money,
      currency,
      origin: text,
      owner: text,
      loss_reason: text,
      created_at: date,
      closed_at: date,
    },
    keys: ['id', 'name'],
    identities: ['id'],
    required: [],
  },
  stage_change: {
    ...log,
    fields: { opportunity_id: to('opportunity'), stage: text, state, at: date },
    sameBy: ['opportunity_id', 'stage', 'state', 'at'],
    required: ['opportunity_id', 'at'],
    properties: false,
  },
  touch: {
    ...log,
    fields: { person_id: to('person'), account_id: to('account'), kind: text, channel: text, campaign: text, at: date },
    sameBy: ['person_id', 'account_id', 'kind', 'channel', 'campaign', 'at'],
    required: [],
    ofWhom: ['person_id', 'account_id'],
    properties: true,
  },
  revenue: {
    ...log,
    fields: {
      account_id: to('account'),
      person_id: to('person'),
      product_id: to('product'),
      opportunity_id: to('opportunity'),
      kind: { type: 'revenue_kind' },
      amount: money,
      currency,
      interval: text,
      at: date,
    },
    sameBy: ['account_id', 'person_id', 'product_id', 'opportunity_id', 'kind', 'amount', 'currency', 'interval', 'at'],
    required: ['kind'],
    ofWhom: ['account_id', 'person_id', 'opportunity_id'],
    properties: true,
  },
  event: {
    ...log,
    fields: { name: text, at: date, person_id: to('person'), anonymous_id: text, account_id: to('account') },
    sameBy: ['name', 'at', 'person_id', 'account_id', 'properties'],
    required: ['name', 'at'],
    properties: true,
  },
  measurement: {
    ...log,
    fields: { metric: text, subject: text, at: date, value: { type: 'number' }, unit: text },
    sameBy: ['metric', 'subject', 'at'],
    required: ['metric', 'at', 'value'],
    properties: false,
  },
  journey: {
    ...log,
    fields: { subject: text, path: text, conversions: { type: 'number' }, value: { type: 'number' }, nulls: { type: 'number' } },
    sameBy: ['subject', 'path', 'conversions', 'value', 'nulls'],
    required: ['path', 'conversions'],
    properties: false,
  },
};

/** Objects before what refers to them: an import fills its targets in this order. */
export const kindOrder: readonly ObjectKind[] = [
  'product',
  'account',
  'person',
  'opportunity',
  'stage_change',
  'touch',
  'revenue',
  'event',
  'measurement',
  'journey',
];
export const objectKinds = kindOrder as [ObjectKind, ...ObjectKind[]];
export const keyTypes = ['id', 'email', 'domain', 'name'] as const;
export const revenueKinds = ['order', 'invoice', 'new', 'expansion', 'contraction', 'churn'] as const;
export const states = ['open', 'won', 'lost'] as const;
