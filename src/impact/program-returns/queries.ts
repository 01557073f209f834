import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { dealLedger } from '../pipelines/ledger.ts';
import type { TouchRule } from '../pipelines/schema.ts';
import { makeValues } from '../questions/filters.ts';

/** Moments are seconds since 1970. */
export type DealRow = {
  id: string;
  name: string;
  account: string;
  state: string;
  amount: number | null;
  currency: string;
  created: number;
  closed: number | null;
  /** The program was the first touch within the look-back before the deal was created. */
  isFirst: number;
  wasBefore: number;
  /** When it first touched the deal after that. */
  during: number | null;
};

/**
 * Deals of these accounts, and those of any that the program which goes by these names touched while they were open, and what it had to do
 * with each: the pipeline's own ledger. Only those with a day on which they were created.
 */
export const dealRows = (rule: TouchRule, now: Date, { names, accounts }: { names: string[]; accounts: string[] }): Query => {
  const values = makeValues();
  const own = `lowerUTF8(t.3) IN ${values.bind(names, 'Array(String)')}`;
  return {
    sql: `SELECT id, name, account, state, toFloat64(amount) AS amount, currency, toUnixTimestamp(assumeNotNull(created_at)) AS created,
        if(state IN ('won', 'lost'), toUnixTimestamp(closed_at), NULL) AS closed,
        toUInt8(arrayExists(t -> ${own}, arraySlice(before, 1, 1))) AS isFirst, toUInt8(arrayExists(t -> ${own}, before)) AS wasBefore,
        if(empty(owned), NULL, toUnixTimestamp(owned[1].1)) AS during
      FROM (SELECT *, arrayFilter(t -> ${own}, during) AS owned FROM ${dealLedger(rule, now, values)}) WHERE created_at IS NOT NULL AND (account IN ${values.bind(accounts, 'Array(String)')} OR notEmpty(owned)) ORDER BY id`,
    params: values.params,
  };
};

export type NewestRow = { at: number | null };

/** The last moment at which a deal is known to have been created, won or lost. */
export const newestDeal = (now: Date): Query => ({
  sql: `SELECT if(count() = 0, NULL, max(moment)) AS at FROM (SELECT arrayJoin([toUnixTimestamp(created_at), if(ifNull(state, '') IN ('won', 'lost'), toUnixTimestamp(closed_at), NULL)]) AS moment
    FROM ${folded('opportunity', ['state', 'created_at', 'closed_at'])} WHERE created_at IS NOT NULL) WHERE moment <= {now:Int64}`,
  params: { now: Math.floor(now.getTime() / 1000) },
});

export type AccountRow = { id: string; created: number | null; employees: number };

/** The accounts on the list, and others to stand beside them, as good as drawn by lot. */
export const accountRows = (listed: string[], others: number): Query => ({
  sql: `SELECT id, toUnixTimestamp(created_at) AS created, toFloat64(ifNull(employees, 0)) AS employees
    FROM ${folded('account', ['created_at', 'employees'])} ORDER BY id IN (SELECT arrayJoin({listed:Array(String)})) DESC, cityHash64(id) LIMIT {most:UInt32}`,
  params: { listed, most: listed.length + others },
});

export type Meeting = { account: string; at: number };

const meetingWords = ['meeting', 'meeting booked', 'meeting held', 'demo', 'call', 'sales call', '会议', '演示'];

/** Meetings with some accounts, or with their people. */
export const meetings = (accounts: string[]): Query => ({
  sql: `SELECT account, at FROM (SELECT coalesce(t.account_id, p.account_id, '') AS account, toUnixTimestamp(assumeNotNull(t.at)) AS at
      FROM (SELECT * FROM ${folded('touch', ['person_id', 'account_id', 'kind', 'at'])} WHERE at IS NOT NULL AND lowerUTF8(trimBoth(ifNull(kind, ''))) IN {words:Array(String)}) AS t
      LEFT ANY JOIN ${folded('person', ['account_id'], `id IN (SELECT assumeNotNull(person_id) FROM ${rows('touch')} WHERE person_id IS NOT NULL)`)} AS p ON p.id = t.person_id)
    WHERE account IN (SELECT arrayJoin({accounts:Array(String)}))`,
  params: { accounts, words: meetingWords },
});
