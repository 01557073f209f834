import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { funnelLedger } from '../landing-reports/funnel/queries.ts';
import { groupOf } from '../questions/breakdowns.ts';
import type { Sums } from '../questions/clusters.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import { type Frame, grouped, isUsed } from './groups.ts';
import { type DealState, type Issue, type PipelineAsked, type PipelineRowsAsked, roles, type Role } from './schema.ts';
import { countedSpells, spells } from './spells.ts';

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

/** The group of a value; where none are named, each value is a group of its own. */
const keyOf = (value: string, named: readonly string[] | null, { bind }: Values): string =>
  named ? groupOf(value, bind(named, 'Array(String)')) : `if(${value} = '', ('not_set', ''), ('usual', ${value}))`;

/** One row per deal and group in which it stands, and one for all. */
const spread = (asked: PipelineAsked, frame: Frame, named: readonly string[] | null, values: Values): string => {
  const key = `v -> ${keyOf('v', named, values)}`;
  const each = asked.breakdown ? `, arrayDistinct(arrayMap(${key}, stands))` : '';
  return `(SELECT *, has(if(one.1 = 'all', [('all', '')], arrayMap(${key}, sources)), one) AS is_source
    FROM (SELECT *, arrayJoin(arrayConcat([('all', '')]${each})) AS one FROM ${grouped(asked, frame, values)}))`;
};

/** Of one currency and role, and with convertTo of the day whose rate counts ('' where none does or is needed). */
export type Cell = {
  currency: string;
  rateDay: string;
  amounts: number;
  role: Role;
  created: number;
  won: number;
  lost: number;
  open: number;
  other: number;
  sourced: number;
  influenced: number;
  createdAmount: number;
  wonAmount: number;
  openAmount: number;
};
/** How many deals of a state took how many whole days, to closing or to now. */
export type TimeRow = { state: DealState; day: number; deals: number; days: number };
/** How the figures of the period come to the deals on record, and what is wrong with those. */
export type Reconciled = {
  deals: number;
  created: number;
  closed: number;
  neither: number;
  won: number;
  /** Whether its account used anything before cannot be told. */
  cannotTell: number;
  duplicates: number;
  /** In the order of `plainIssueNames`. */
  issues: number[];
};
/** All that is counted of the deals of one group; `sums` are of won ones among closed ones, by account. */
export type GroupRow = GroupKey & { cells: Cell[]; times: TimeRow[]; sums: Sums; reconciled: Reconciled };

const money = (condition: string): string => `round(toFloat64(sumIf(ifNull(amount, 0), ${condition})), 2)`;

const rateDay = ({ convertTo }: PipelineAsked, { zone }: Frame, { bind }: Values): string => {
  if (!convertTo) return `''`;
  const at = `if(state IN ('won', 'lost'), closed_at, created_at)`;
  return `if(currency IN ('', ${bind(convertTo, 'String')}) OR amount IS NULL OR NOT (is_created OR is_counted) OR ${at} IS NULL, '', toString(toDate(assumeNotNull(${at}), ${bind(zone, 'String')})))`;
};

const sameDeal = 'own_account, person_id, product_id, owner, name, amount, currency, created_at, closed_at, state';

const mayBeCopied = `created_at IS NOT NULL AND (own_account != '' OR person_id != '') AND (name != '' OR product_id != '')`;

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
  duplicates: `copies > 1 AND ${mayBeCopied}`,
  other_state: `told_state = 'other'`,
  open_with_closed: `told_state = 'open' AND ifNull(closed_at <= followed_to, 0)`,
};

/** Deals that are the same in all but their id are counted by this; only those of all deals, not of each group. */
const sameKey = `if(one.1 = 'all', cityHash64(toString((${sameDeal}))), 0)`;
const withCopies = (source: string): string => `(SELECT *, count() OVER (PARTITION BY ${sameDeal}) AS copies FROM ${source})`;

const { duplicates: _, ...plainIssues } = issueSql;
/** In the order in which `groupRows` counts them; deals that are the same as another are counted otherwise. */
export const plainIssueNames = Object.keys(plainIssues) as Exclude<Issue, 'duplicates'>[];
/** Of all deals both are said by touches; of a group by use, by that. */
const sourcedSql = ({ breakdown }: PipelineAsked): string =>
  isUsed(breakdown?.by) ? `if(one.1 = 'all', role = 'sourced', is_source)` : `role = 'sourced' AND is_source`;
const influencedSql = ({ breakdown }: PipelineAsked): string =>
  isUsed(breakdown?.by) ? `if(one.1 = 'all', role IN ('sourced', 'influenced'), one.1 != 'not_set')` : `role IN ('sourced', 'influenced')`;
const cannotTell = `(account = '' OR created_at IS NULL OR (told_state IN ('won', 'lost') AND closed_at IS NULL AND empty(sources)))`;

const cellTuple =
  'Array(Tuple(currency String, rateDay String, role String, amounts UInt32, created UInt32, won UInt32, lost UInt32, open UInt32, other UInt32, sourced UInt32, influenced UInt32, createdAmount Float64, wonAmount Float64, openAmount Float64))';
const sumsTuple =
  'Tuple(clusters Array(UInt32), trials Array(UInt32), successes Array(UInt32), sumYY Array(Float64), sumYN Array(Float64), sumNN Array(Float64))';

/**
 * All that is counted of the deals, for each group, in one reading of them: what they are worth by currency and role, how long they took, won of
 * closed with what is needed of the accounts whose deals they are, and what is wrong with them. Without `named` each value is a group,
 * and one more usual one is given than are named.
 */
export const groupRows = (asked: PipelineAsked, frame: Frame, named: readonly string[] | null): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one.1 AS kind, one.2 AS name, CAST(arraySort(groupArrayIf((currency, rate_day, role, amounts, made, won, lost, open, other, sourced, influenced, created_amount, won_amount, open_amount), part = 'cell')), '${cellTuple}') AS cells,
      CAST(arraySort(groupArrayIf((told_state, day, timed, took), part = 'time' AND timed > 0)), 'Array(Tuple(state String, day Int32, deals UInt32, days Float64))') AS times,
      CAST(tuple(${['countIf(part = $ AND closed > 0)', 'sumIf(closed, part = $)', 'sumIf(won, part = $)', 'sumIf(won * won, part = $)', 'sumIf(won * closed, part = $)', 'sumIf(closed * closed, part = $)'].map((sum) => `[${sum.replace('$', `'cluster'`)}]`).join(', ')}), '${sumsTuple}') AS sums,
      CAST((${['deals', 'made', 'closed', 'neither', 'ever_won', 'unknown'].map((name) => `sumIf(${name}, part = 'whole')`).join(', ')}, sumIf(deals, part = 'same' AND deals > 1 AND may_be_copied > 0), sumForEachIf(wrong, part = 'whole')),
        'Tuple(deals UInt32, created UInt32, closed UInt32, neither UInt32, won UInt32, cannotTell UInt32, duplicates UInt32, issues Array(UInt32))') AS reconciled
    FROM (SELECT one, currency, rate_day, role, told_state, day, multiIf(grouping(role) = 0, 'cell', grouping(day) = 0, 'time', grouping(cluster) = 0, 'cluster', grouping(same) = 0, 'same', 'whole') AS part,
        count() AS deals, countIf(is_created) AS made, countIf(counts_won) AS won, countIf(counts_lost) AS lost, countIf(counts_open) AS open, countIf(told_state = 'other' AND is_counted) AS other,
        countIf(counts_won OR counts_lost) AS closed, countIf(NOT is_created AND NOT is_counted) AS neither, countIf(told_state = 'won') AS ever_won,
        countIf(is_created AND ${sourcedSql(asked)}) AS sourced, countIf(is_created AND ${influencedSql(asked)}) AS influenced, countIf((is_created OR is_counted) AND ${cannotTell}) AS unknown, countIf(amount IS NOT NULL AND (is_created OR is_counted)) AS amounts,
        ${money('is_created')} AS created_amount, ${money('counts_won')} AS won_amount, ${money('counts_open')} AS open_amount,
        countIf(is_timed) AS timed, sumIf(days, is_timed) AS took, countIf(${mayBeCopied}) AS may_be_copied,
        sumForEach([${Object.values(plainIssues)
          .map((sql) => `toUInt32(${sql})`)
          .join(', ')}]) AS wrong
      FROM (SELECT *, ${rateDay(asked, frame, values)} AS rate_day, ${sameKey} AS same, (counts_won OR counts_lost OR counts_open) AND ifNull(days >= 0, 0) AS is_timed,
          if(is_timed, toInt32(floor(assumeNotNull(days))), -1) AS day FROM ${spread(asked, frame, named, values)})
      GROUP BY GROUPING SETS ((one, currency, rate_day, role), (one, told_state, day), (one, cluster), (one, same), (one)))
    GROUP BY one HAVING kind = 'all' OR reconciled.deals > reconciled.neither ORDER BY kind = 'usual', reconciled.deals - reconciled.neither DESC, name LIMIT ${mostGroups + 4}`,
    params: values.params,
  };
};

export type SpellRow = { whole: 0 | 1; stage: string; day: number; touched: number; end: 'moved' | 'lost' | 'waiting'; deals: number };

/** How long deals stood in each stage, whether and when they were touched while they did, and how it ended; and, in one more row, how many moved on after a touch. */
export const spellRows = (asked: PipelineAsked, frame: Frame): Query => {
  const values = makeValues();
  return { sql: countedSpells(spells({ ...asked, breakdown: null }, frame, values)), params: values.params };
};

export type BesideRow = {
  funnel: { contacts: number; opportunities: number; won: number; revenue: number };
  properties: string[];
  products: number;
};

/** People from first contact to revenue, all that are on record: each step only after the ones before; which properties deals have, and how many products there are. */
export const beside = (now: Date): Query => ({
  sql: `SELECT CAST((count(), countIf(opportunity), countIf(l.won), countIf(l.revenue)), 'Tuple(contacts UInt32, opportunities UInt32, won UInt32, revenue UInt32)') AS funnel,
      (SELECT groupArray(name) FROM (SELECT arrayJoin(mapKeys(properties)) AS name FROM ${rows('opportunity')} GROUP BY name ORDER BY count() DESC, name LIMIT 100)) AS properties,
      (SELECT toUInt32(uniqExact(id)) FROM ${rows('product')}) AS products
    FROM ${funnelLedger} AS l`,
  params: { now: now.toISOString().replace('T', ' ').replace('Z', '') },
});

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
