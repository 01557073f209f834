import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { funnelLedger } from '../landing-reports/funnel/queries.ts';
import { groupOf } from '../questions/breakdowns.ts';
import { summedOver, type Sums } from '../questions/clusters.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import { type Frame, grouped } from './groups.ts';
import { type DealState, type Issue, type PipelineAsked, type PipelineRowsAsked, roles, type Role } from './schema.ts';
import { spells } from './spells.ts';

export const mostGroups = 40;
export type GroupKey = { kind: 'all' | 'usual' | 'other' | 'not_set'; name: string };

/** The groups of a breakdown with the most deals. */
export const topGroups = (asked: PipelineAsked, frame: Frame): Query => {
  const values = makeValues();
  return {
    sql: `SELECT arrayJoin(stands) AS name FROM ${grouped(asked, frame, values)} WHERE is_created OR is_counted GROUP BY name HAVING name != '' ORDER BY count() DESC, name LIMIT ${mostGroups}`,
    params: values.params,
  };
};

/** One row per deal and group in which it stands, and one for all. */
const spread = (asked: PipelineAsked, frame: Frame, named: readonly string[], values: Values): string => {
  const each = asked.breakdown ? `, arrayDistinct(arrayMap(v -> ${groupOf('v', values.bind(named, 'Array(String)'))}, stands))` : '';
  return `(SELECT *, has(if(one.1 = 'all', [('all', '')], arrayMap(v -> ${groupOf('v', values.bind(named, 'Array(String)'))}, sources)), one) AS is_source
    FROM (SELECT *, arrayJoin(arrayConcat([('all', '')]${each})) AS one FROM ${grouped(asked, frame, values)}))`;
};

export type CellRow = GroupKey & {
  currency: string;
  /** With convertTo: the day whose rate counts, '' where none does or is needed. */
  rateDay: string;
  amounts: number;
  role: Role;
  created: number;
  won: number;
  lost: number;
  open: number;
  other: number;
  sourced: number;
  createdAmount: number;
  wonAmount: number;
  openAmount: number;
};

const money = (condition: string): string => `round(toFloat64(sumIf(ifNull(amount, 0), ${condition})), 2)`;

const rateDay = ({ convertTo }: PipelineAsked, { zone }: Frame, { bind }: Values): string => {
  if (!convertTo) return `''`;
  const at = `if(state IN ('won', 'lost'), closed_at, created_at)`;
  return `if(currency IN ('', ${bind(convertTo, 'String')}) OR amount IS NULL OR NOT (is_created OR is_counted) OR ${at} IS NULL, '', toString(toDate(assumeNotNull(${at}), ${bind(zone, 'String')})))`;
};

/** Of each group, currency and role, and with convertTo day of the rate: how many deals and what they are worth. */
export const cells = (asked: PipelineAsked, frame: Frame, named: readonly string[]): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one.1 AS kind, one.2 AS name, currency, role, ${rateDay(asked, frame, values)} AS rateDay, toUInt32(countIf(amount IS NOT NULL AND (is_created OR is_counted))) AS amounts,
      toUInt32(countIf(is_created)) AS created, toUInt32(countIf(counts_won)) AS won, toUInt32(countIf(counts_lost)) AS lost,
      toUInt32(countIf(counts_open)) AS open, toUInt32(countIf(told_state = 'other' AND is_counted)) AS other, toUInt32(countIf(is_created AND role = 'sourced' AND is_source)) AS sourced,
      ${money('is_created')} AS createdAmount, ${money('counts_won')} AS wonAmount, ${money('counts_open')} AS openAmount
    FROM ${spread(asked, frame, named, values)} GROUP BY one, currency, role, rateDay ORDER BY kind, name, currency, role, rateDay`,
    params: values.params,
  };
};

export type TimeRow = GroupKey & { state: DealState; day: number; deals: number; days: number };

/** Of each group and state: how many deals took how many whole days, to closing or to now. */
export const times = (asked: PipelineAsked, frame: Frame, named: readonly string[]): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one.1 AS kind, one.2 AS name, told_state AS state, day, toUInt32(count()) AS deals, sum(took) AS days
    FROM (SELECT one, told_state, assumeNotNull(days) AS took, toInt32(floor(took)) AS day FROM ${spread(asked, frame, named, values)} WHERE (counts_won OR counts_lost OR counts_open) AND days >= 0)
    GROUP BY one, told_state, day ORDER BY kind, name, state, day`,
    params: values.params,
  };
};

export type WinRow = GroupKey & Sums;

/** Of each group: won of closed, with what is needed of the accounts whose deals they are. */
export const wins = (asked: PipelineAsked, frame: Frame, named: readonly string[]): Query => {
  const values = makeValues();
  const each = `(SELECT one.1 AS kind, one.2 AS name, cluster, [toUInt32(count())] AS n, [toUInt32(countIf(counts_won))] AS y
    FROM ${spread(asked, frame, named, values)} WHERE counts_won OR counts_lost GROUP BY one, cluster)`;
  return { sql: summedOver(each, ['kind', 'name']), params: values.params };
};

const sameDeal = 'own_account, person_id, product_id, owner, name, amount, currency, created_at, closed_at, state';

/** What is wrong with a deal, as a condition; `copies` counts deals that are the same in all but their id. */
export const issueSql: Record<Issue, string> = {
  won_without_person: `told_state = 'won' AND person_id = ''`,
  without_account: `account = ''`,
  without_anybody: `account = '' AND person_id = ''`,
  without_created: 'created_at IS NULL',
  won_without_closed: `told_state = 'won' AND closed_at IS NULL`,
  lost_without_closed: `told_state = 'lost' AND closed_at IS NULL`,
  closed_before_created: 'ifNull(closed_at < created_at, 0)',
  won_without_amount: `told_state = 'won' AND amount IS NULL`,
  without_currency: `currency = '' AND amount IS NOT NULL`,
  without_product: `product_id = ''`,
  duplicates: `copies > 1 AND created_at IS NOT NULL AND (own_account != '' OR person_id != '') AND (name != '' OR product_id != '')`,
  other_state: `told_state = 'other'`,
  open_with_closed: `told_state = 'open' AND ifNull(closed_at <= followed_to, 0)`,
};

const withCopies = (source: string): string => `(SELECT *, count() OVER (PARTITION BY ${sameDeal}) AS copies FROM ${source})`;

export type Reconciled = { deals: number; created: number; closed: number; neither: number; won: number; products: number } & Record<
  Issue,
  number
>;

/** How the figures of the period come to the deals on record, and what is wrong with those. */
export const reconciled = (asked: PipelineAsked, frame: Frame): Query => {
  const values = makeValues();
  const counted = Object.entries(issueSql).map(([issue, sql]) => `toUInt32(countIf(${sql})) AS ${issue}`);
  return {
    sql: `SELECT toUInt32(count()) AS deals, toUInt32(countIf(is_created)) AS created, toUInt32(countIf(counts_won OR counts_lost)) AS closed,
      toUInt32(countIf(NOT is_created AND NOT is_counted)) AS neither, toUInt32(countIf(told_state = 'won')) AS won, (SELECT toUInt32(uniqExact(id)) FROM ${rows('product')}) AS products,
      ${counted.join(', ')}
    FROM ${withCopies(grouped({ ...asked, breakdown: null }, frame, values))}`,
    params: values.params,
  };
};

export type SpellRow = { stage: string; day: number; touched: number; end: 'moved' | 'lost' | 'waiting'; deals: number };

/** How long deals stood in each stage, whether and when they were touched while they did, and how it ended. */
export const spellRows = (asked: PipelineAsked, frame: Frame): Query => {
  const values = makeValues();
  return {
    sql: `SELECT stage, day, touched, end, toUInt32(count()) AS deals FROM ${spells({ ...asked, breakdown: null }, frame, values)} GROUP BY stage, day, touched, end ORDER BY stage, day, touched, end`,
    params: values.params,
  };
};

export type AcceleratedRow = { deals: number };
export const acceleratedDeals = (asked: PipelineAsked, frame: Frame): Query => {
  const values = makeValues();
  return {
    sql: `SELECT toUInt32(uniqExact(id)) AS deals FROM ${spells({ ...asked, breakdown: null }, frame, values)} WHERE touched >= 0 AND end = 'moved'`,
    params: values.params,
  };
};

export type FunnelRow = { contacts: number; opportunities: number; won: number; revenue: number };

/** People from first contact to revenue, all that are on record: each step only after the ones before. */
export const contactFunnel = (now: Date): Query => ({
  sql: `SELECT toUInt32(count()) AS contacts, toUInt32(countIf(opportunity)) AS opportunities, toUInt32(countIf(l.won)) AS won, toUInt32(countIf(l.revenue)) AS revenue FROM ${funnelLedger} AS l`,
  params: { now: now.toISOString().replace('T', ' ').replace('Z', '') },
});

/** Properties that deals have. */
export const dealProperties: Query = {
  sql: `SELECT arrayJoin(mapKeys(properties)) AS name FROM ${rows('opportunity')} GROUP BY name ORDER BY count() DESC, name LIMIT 100`,
};

const figureSql = (figure: PipelineRowsAsked['figure'], accelerated: string): string => {
  if (figure in issueSql) return issueSql[figure as Issue];
  if ((roles as readonly string[]).includes(figure)) return `(is_created OR is_counted) AND role = '${figure}'`;
  const sql: Partial<Record<PipelineRowsAsked['figure'], string>> = {
    all: 'is_created OR is_counted',
    created: 'is_created',
    won: 'counts_won',
    lost: 'counts_lost',
    open: 'counts_open',
    other: `told_state = 'other' AND is_counted`,
    closed: 'counts_won OR counts_lost',
    influenced_any: `is_created AND role IN ('sourced', 'influenced')`,
    accelerated: `id IN (SELECT id FROM ${accelerated} WHERE touched >= 0 AND end = 'moved')`,
  };
  return sql[figure]!;
};

export const rowColumns = [
  'id',
  'name',
  'source_id',
  'account',
  'product',
  'owner',
  'origin',
  'stage',
  'state',
  'amount',
  'currency',
  'created_on',
  'closed_on',
  'days',
  'role',
  'touches',
  'first_campaign',
];

/** Deals of a figure, those that are worth most first. */
const rowSource = (asked: PipelineRowsAsked, frame: Frame, named: readonly string[], values: Values): string => {
  const inGroup =
    asked.group && asked.breakdown
      ? `has(arrayMap(v -> ${groupOf('v', values.bind(named, 'Array(String)'))}, stands), (${values.bind(asked.group.kind, 'String')}, ${values.bind(asked.group.name, 'String')}))`
      : '1';
  const inState = asked.state ? `told_state = '${asked.state}'` : '1';
  const source = withCopies(grouped(asked, frame, values));
  const accelerated = asked.figure === 'accelerated' ? spells({ ...asked, breakdown: null }, frame, values) : '';
  return `(SELECT * FROM ${source} WHERE (${figureSql(asked.figure, accelerated)}) AND ${inGroup} AND ${inState})`;
};

export const countRows = (asked: PipelineRowsAsked, frame: Frame, named: readonly string[]): Query => {
  const values = makeValues();
  return { sql: `SELECT toUInt32(count()) AS total FROM ${rowSource(asked, frame, named, values)}`, params: values.params };
};

export const pageRows = (
  asked: PipelineRowsAsked,
  frame: Frame,
  named: readonly string[],
  page: { offset: number; limit: number },
): Query => {
  const values = makeValues({ ...page });
  const zone = values.bind(frame.zone, 'String');
  const day = (moment: string) => `if(${moment} IS NULL, NULL, toString(toDate(assumeNotNull(${moment}), ${zone})))`;
  return {
    sql: `SELECT r.id AS id, r.name AS name, k.source_id AS source_id, coalesce(a.name, nullIf(r.account, '')) AS account, coalesce(f.name, nullIf(r.product_id, '')) AS product, r.owner AS owner, r.origin AS origin,
        r.stage AS stage, r.told_state AS state, toFloat64(r.amount) AS amount, r.currency AS currency, ${day('r.created_at')} AS created_on, ${day('r.closed_at')} AS closed_on, round(r.days, 1) AS days,
        r.role AS role, toUInt32(length(r.before) + length(r.during)) AS touches, arrayConcat(r.before, r.during)[1].3 AS first_campaign
      FROM (SELECT * FROM ${rowSource(asked, frame, named, values)} ORDER BY amount DESC NULLS LAST, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS r
      LEFT ANY JOIN ${folded('account', ['name'])} AS a ON a.id = r.account LEFT ANY JOIN ${folded('product', ['name'])} AS f ON f.id = r.product_id
      LEFT ANY JOIN (SELECT id, min(key_value) AS source_id FROM ${rows('identity')} WHERE kind = 'opportunity' AND startsWith(key_type, 'id:') GROUP BY id) AS k ON k.id = r.id
      ORDER BY r.amount DESC NULLS LAST, r.id`,
    params: values.params,
  };
};
