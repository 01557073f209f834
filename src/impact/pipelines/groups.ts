import { folded } from '../landing-reports/folded.ts';
import { newestOf } from '../questions/breakdowns.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Values } from '../questions/filters.ts';
import { dealLedger } from './ledger.ts';
import { type Dimension, type PipelineAsked, usedDimensions } from './schema.ts';
import { type Usable, usedAround, usedByAccount } from './uses.ts';

/** Which names touches carry, and for each what it is called in the breakdown: programs, or their launches. */
export type Claimed = { names: string[]; called: string[][] };
export type Frame = {
  now: Date;
  zone: string;
  days: { from: string; to: string } | null;
  claimed: Claimed;
  /** What a breakdown by use is by. */
  usable?: Usable;
};

const accountDimensions: readonly Dimension[] = ['segment', 'industry', 'country', 'plan'];

const ofTouch = (dimension: Dimension, touch: string, { claimed }: Frame, { bind }: Values): string => {
  if (dimension === 'channel') return `[${touch}.4]`;
  if (dimension === 'campaign') return `[${touch}.3]`;
  return `mapFromArrays(${bind(claimed.names, 'Array(String)')}, ${bind(claimed.called, 'Array(Array(String))')})[lowerUTF8(${touch}.3)]`;
};

const isTouched = (dimension: Dimension): boolean => ['program', 'launch', 'campaign', 'channel'].includes(dimension);

export const isUsed = (dimension: Dimension | undefined): boolean => dimension !== undefined && usedDimensions.includes(dimension);

/** The groups in which a deal stands, and those that brought it in (`sources`); '' where it is in none. */
const valuesSql = ({ breakdown, lookbackDays }: PipelineAsked, frame: Frame, values: Values): { stands: string; sources: string } => {
  if (!breakdown) return { stands: "['']", sources: "['']" };
  const { by, name } = breakdown;
  if (isUsed(by)) {
    const { earlier, later } = usedAround(frame.zone, frame.now, lookbackDays, values);
    return { stands: `arrayDistinct(arrayConcat(${earlier}, ${later}))`, sources: earlier };
  }
  if (isTouched(by))
    return {
      stands: `arrayDistinct(arrayFlatten(arrayMap(t -> ${ofTouch(by, 't', frame, values)}, arrayConcat(before, during))))`,
      sources: `if(before_any, ${ofTouch(by, 'before[1]', frame, values)}, [])`,
    };
  const one =
    by === 'property'
      ? `trimBoth(properties[${values.bind(name, 'String')}])`
      : by === 'product' || accountDimensions.includes(by)
        ? 'joined'
        : by;
  return { stands: `[${one}]`, sources: `[${one}]` };
};

/** What is joined for a breakdown by something that the deal does not carry itself. */
const withJoined = (ledger: string, { breakdown }: PipelineAsked, frame: Frame, values: Values): string => {
  const by = breakdown?.by;
  if (isUsed(by))
    return `(SELECT l.*, u.used AS used FROM ${ledger} AS l LEFT ANY JOIN ${usedByAccount(frame.usable ?? { features: [], links: [] }, frame.now, values)} AS u ON u.account = l.account)`;
  if (by === 'product')
    return `(SELECT l.*, coalesce(f.name, f.id, '') AS joined FROM ${ledger} AS l LEFT ANY JOIN ${folded('product', ['name'])} AS f ON f.id = l.product_id)`;
  if (by && accountDimensions.includes(by))
    return `(SELECT l.*, ifNull(f.value, '') AS joined FROM ${ledger} AS l LEFT ANY JOIN (SELECT id, ${newestOf('account', by, values)} AS value FROM ${rows('account')} GROUP BY id) AS f ON f.id = l.account)`;
  return ledger;
};

const within = (moment: string, { days, zone }: Frame, { bind }: Values): string =>
  days === null
    ? '1'
    : `ifNull(toDate(${moment}, ${bind(zone, 'String')}) BETWEEN ${bind(days.from, 'Date')} AND ${bind(days.to, 'Date')}, 0)`;

/** Each deal with what it counts for in the period, and the groups in which it stands. */
export const grouped = (asked: PipelineAsked, frame: Frame, values: Values): string => {
  const { stands, sources } = valuesSql(asked, frame, values);
  return `(SELECT *, ${stands} AS stood, if(empty(stood), [''], stood) AS stands, ${sources} AS sources,
      ${within('created_at', frame, values)} AS is_created, ${within('closed_at', frame, values)} AS is_closed,
      multiIf(state = 'won', is_closed, state = 'lost', is_closed, is_created) AS is_counted, if(state IN ('won', 'lost', 'open'), state, 'other') AS told_state,
      is_counted AND state = 'won' AS counts_won, is_counted AND state = 'lost' AS counts_lost, is_counted AND state = 'open' AS counts_open,
      if(account = '', id, account) AS cluster
    FROM ${withJoined(dealLedger(asked, frame.now, values), asked, frame, values)})`;
};
