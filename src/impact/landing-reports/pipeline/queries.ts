import type { Query } from '../../../platform/events/store.ts';
import { folded } from '../folded.ts';
import { type Frame, grouped } from '../../pipelines/groups.ts';
import type { PipelineAsked, TouchRule } from '../../pipelines/schema.ts';
import { countedSpells, spells } from '../../pipelines/spells.ts';
import { type Sums, summedOver } from '../../questions/clusters.ts';
import { makeValues, type Values } from '../../questions/filters.ts';
import type { LaunchPart } from './schema.ts';

/** `until`: the last day that counts; deals created later are not there, and those closed later are open. */
export type Scope = { rule: TouchRule; frame: Frame; features: string[]; until: string | null };

/** What the names of touches of the launch are called in the frame. */
export const own = 'own';

const askedOf = ({ rule }: Scope): PipelineAsked => ({ ...rule, range: null, breakdown: { by: 'launch', name: '' } });

/** One row per deal, with what the launch has to do with it, and its state as of the last day. */
const dealsOf = (scope: Scope, values: Values): string => {
  const { frame, features, until } = scope;
  const day = (moment: string) => `toDate(assumeNotNull(${moment}), ${values.bind(frame.zone, 'String')})`;
  const last = until === null ? null : values.bind(until, 'Date');
  const isThere = last ? `(created_at IS NULL OR ${day('created_at')} <= ${last})` : '1';
  const isLater = last ? `(closed_at IS NOT NULL AND ${day('closed_at')} > ${last})` : '0';
  const products = `(SELECT id FROM ${folded('product', ['name'])} WHERE lowerUTF8(trimBoth(ifNull(name, ''))) IN ${values.bind(features, 'Array(String)')})`;
  return `(SELECT *, multiIf(NOT has(stands, '${own}'), 'rest', role = 'sourced' AND has(sources, '${own}'), 'sourced', role IN ('sourced', 'influenced'), 'influenced', 'undated') AS part,
      if(told_state IN ('won', 'lost') AND ${isLater}, 'open', told_state) AS then_state, product_id IN ${products} AS is_named, if(created_at IS NULL, NULL, toString(${day('created_at')})) AS created_on
    FROM ${grouped(askedOf(scope), frame, values)} WHERE ${isThere})`;
};

export type SideRow = {
  part: LaunchPart;
  currency: string;
  deals: number;
  open: number;
  won: number;
  lost: number;
  unpriced: number;
  createdAmount: number;
  openAmount: number;
  wonAmount: number;
  first: string | null;
  last: string | null;
};

const money = (condition: string): string => `round(toFloat64(sumIf(ifNull(amount, 0), ${condition})), 2)`;

/** Of each part and currency: how many deals, and what they are worth. */
export const sides = (scope: Scope): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one AS part, currency, toUInt32(count()) AS deals, toUInt32(countIf(then_state = 'open')) AS open, toUInt32(countIf(then_state = 'won')) AS won, toUInt32(countIf(then_state = 'lost')) AS lost,
      toUInt32(countIf(amount IS NULL)) AS unpriced, ${money('1')} AS createdAmount, ${money(`then_state = 'open'`)} AS openAmount, ${money(`then_state = 'won'`)} AS wonAmount,
      min(created_on) AS first, max(created_on) AS last
    FROM (SELECT *, arrayJoin(if(is_named, [part, 'named'], [part])) AS one FROM ${dealsOf(scope, values)}) WHERE one != 'rest' GROUP BY one, currency ORDER BY one, currency`,
    params: values.params,
  };
};

export type RecordRow = { deals: number; won: number; wonWithoutPerson: number };

/** All deals on record by the last day, and what is missing in them. */
export const onRecord = (scope: Scope): Query => {
  const values = makeValues();
  return {
    sql: `SELECT toUInt32(count()) AS deals, toUInt32(countIf(then_state = 'won')) AS won, toUInt32(countIf(then_state = 'won' AND person_id = '')) AS wonWithoutPerson FROM ${dealsOf(scope, values)}`,
    params: values.params,
  };
};

export type WinRow = Sums & { whose: 'all' | 'touched' };

/** Won of closed, of all deals and of those that the launch touched, with what is needed of the accounts whose deals they are. */
export const wins = (scope: Scope): Query => {
  const values = makeValues();
  const each = `(SELECT whose, cluster, [toUInt32(count())] AS n, [toUInt32(countIf(then_state = 'won'))] AS y
    FROM (SELECT *, arrayJoin(if(part = 'rest', ['all'], ['all', 'touched'])) AS whose FROM ${dealsOf(scope, values)}) WHERE then_state IN ('won', 'lost') GROUP BY whose, cluster)`;
  return { sql: summedOver(each, ['whose']), params: values.params };
};

const spellsOf = (scope: Scope, values: Values): string => {
  const { frame, until } = scope;
  const within = { ...frame, days: until === null ? null : { from: '1970-01-01', to: until } };
  const touches = `arrayFilter(t -> lowerUTF8(t.3) IN ${values.bind(frame.claimed.names, 'Array(String)')}, d.during)`;
  return spells({ ...askedOf(scope), breakdown: null }, within, values, touches);
};

/** How long deals stood in each stage, whether the launch had touched them by then, and how many moved on after it had. */
export const launchSpells = (scope: Scope): Query => {
  const values = makeValues();
  return { sql: countedSpells(spellsOf(scope, values)), params: values.params };
};
