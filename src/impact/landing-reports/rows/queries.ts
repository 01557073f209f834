import { sourceIds } from '../../../collect/objects/queries.ts';
import type { Query } from '../../../platform/events/store.ts';
import { type AdoptionFacts, valuesOf } from '../../adoptions/facts.ts';
import { accountLedger, ledger, named } from '../../adoptions/ledger.ts';
import type { Values } from '../../questions/filters.ts';
import { folded } from '../folded.ts';
import { contactDay, dealLedger, funnelLedger, moneyLedger, windows } from '../funnel/queries.ts';
import type { Unit } from '../../questions/schema.ts';
import type { FigureAsked } from '../schema.ts';

type Opened = {
  columns: string[];
  source: (facts: AdoptionFacts, values: Values) => string;
  order: string;
  where: (asked: FigureAsked) => (string | false | undefined)[];
};

const iso = (instant: string): string => `formatDateTime(${instant}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;
const adoption = (unit: Unit): Opened => ({
  columns: ['id', 'name', 'source_id', 'segment', 'plan', 'uses', 'use_days', 'first_use', 'adopted_day'],
  source: (
    facts,
    values,
  ) => `(SELECT id, name, source_id, segment, plan, toUInt32(uses) AS uses, toUInt32(use_days) AS use_days, first_use, adopted_day
      FROM ${named(unit, ledger(unit, facts, values))})`,
  order: 'adopted_day IS NULL, adopted_day, uses DESC, name, id',
  where: (asked) => [
    asked.adoptedBy !== undefined && 'adopted_day <= {adoptedBy:UInt32}',
    asked.use !== undefined && (asked.use === 'some' ? 'uses > 0' : 'uses = 0'),
    asked.segment !== undefined && 'segment = {segment:String}',
  ],
});

/** A source for each figure, with its columns and its order. Only these texts become SQL; what is asked for is bound. */
const opened: Record<FigureAsked['figure'], Opened> = {
  accounts: {
    columns: ['id', 'name', 'source_id', 'segment', 'plan', 'created_at', 'standing'],
    source: (
      facts,
    ) => `(SELECT l.id AS id, name, ifNull(k.source_id, '') AS source_id, segment, plan, ${iso('l.created_at')} AS created_at, standing
      FROM ${accountLedger(facts)} AS l LEFT JOIN ${sourceIds('account')} AS k ON k.id = l.id)`,
    order: `standing != 'eligible', standing, name, id`,
    where: (asked) => [
      asked.standing !== undefined && 'standing = {standing:String}',
      asked.segment !== undefined && 'segment = {segment:String}',
    ],
  },
  adoption_account: adoption('accounts'),
  adoption_person: adoption('people'),
  funnel: {
    columns: [
      'id',
      'name',
      'source_id',
      'email',
      'origin',
      'contacted_at',
      'opportunity_at',
      'won_at',
      'revenue_at',
      'opportunity_days',
      'won_days',
      'revenue_days',
    ],
    source:
      () => `(SELECT f.id AS id, ifNull(p.name, '') AS name, ifNull(k.source_id, '') AS source_id, ifNull(p.email, '') AS email, f.origin AS origin, opportunity, won, revenue, contact_day,
        ${iso('f.contacted_at')} AS contacted_at, ${iso('f.opportunity_at')} AS opportunity_at, ${iso('f.won_at')} AS won_at,
        ${iso('f.revenue_at')} AS revenue_at, opportunity_days, won_days, revenue_days
      FROM (SELECT *, ${contactDay} AS contact_day FROM ${funnelLedger}) AS f LEFT JOIN ${folded('person', ['name', 'email'])} AS p ON p.id = f.id LEFT JOIN ${sourceIds('person')} AS k ON k.id = f.id)`,
    order: 'contacted_at, id',
    where: ({ step = 'first_contact', time, origin, side, inTime }) => [
      step !== 'first_contact' && step,
      step !== 'first_contact' &&
        time &&
        { timed: `${step}_days >= 0`, undated: `${step} AND ${step}_days IS NULL`, negative: `${step}_days < 0` }[time],
      origin !== undefined && 'origin = {origin:String}',
      side && windows[side],
      inTime && windows.inTime,
    ],
  },
  deals: {
    columns: ['id', 'name', 'source_id', 'segment', 'deals', 'won_at', 'movements'],
    source:
      () => `(SELECT l.id AS id, name, ifNull(k.source_id, '') AS source_id, segment, opportunity, won, revenue, toUInt32(deals) AS deals, ${iso('l.won_at')} AS won_at,
        toUInt32(movements) AS movements FROM ${dealLedger} AS l LEFT JOIN ${sourceIds('account')} AS k ON k.id = l.id)`,
    order: 'won_at IS NULL, won_at, name, id',
    where: ({ step, segment }) => [
      step !== undefined && step !== 'first_contact' && step,
      segment !== undefined && 'segment = {segment:String}',
    ],
  },
  money: {
    columns: ['id', 'name', 'source_id', 'account', 'person', 'origin', 'at', 'amount', 'currency', 'interval'],
    source:
      () => `(SELECT m.id AS id, ifNull(a.name, '') AS name, ifNull(k.source_id, '') AS source_id, account, person, origin, known, ${iso('m.at')} AS at, toFloat64(m.amount) AS amount, m.currency AS currency, m.interval AS interval
      FROM ${moneyLedger} AS m LEFT JOIN ${folded('account', ['name'])} AS a ON a.id = m.account LEFT JOIN ${sourceIds('account')} AS k ON k.id = m.account)`,
    order: 'amount DESC NULLS LAST, id',
    where: (asked) => [
      asked.origin !== undefined && 'origin = {origin:String}',
      asked.currency !== undefined && 'currency = {currency:String}',
      asked.interval !== undefined && 'interval = {interval:String}',
      asked.contact !== undefined && (asked.contact === 'known' ? 'known' : 'NOT known'),
    ],
  },
};

const filtered = (asked: FigureAsked, facts: AdoptionFacts, write: (source: string) => string): Query => {
  const values = valuesOf(facts);
  const { source, where } = opened[asked.figure];
  const conditions = where(asked).filter((condition) => typeof condition === 'string');
  const sql = write(`${source(facts, values)} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`);
  return { sql, params: { ...values.params, ...asked } };
};

export const figureColumns = (asked: FigureAsked): string[] => opened[asked.figure].columns;

export const figureTotal = (asked: FigureAsked, facts: AdoptionFacts): Query =>
  filtered(asked, facts, (source) => `SELECT toUInt32(count()) AS total FROM ${source}`);

/** One page of the rows behind a figure, in an order that does not change between pages. */
export const figurePage = (asked: FigureAsked, page: { offset: number; limit: number }, facts: AdoptionFacts): Query => {
  const columns = figureColumns(asked).join(', ');
  const { order } = opened[asked.figure];
  const { sql, params } = filtered(
    asked,
    facts,
    (source) => `SELECT ${columns} FROM ${source} ORDER BY ${order} LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
  );
  return { sql, params: { ...params, ...page } };
};
