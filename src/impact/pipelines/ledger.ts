import { touchResponded, touchStatus } from '../../collect/objects/queries.ts';
import { rows } from '../../platform/events/sources.ts';
import { statusWords } from '../../launch/programs/schema.ts';
import { folded } from '../landing-reports/folded.ts';
import type { Values } from '../questions/filters.ts';
import type { TouchRule } from './schema.ts';

const people = (only: string): string => folded('person', ['account_id'], only);
const some = (kind: 'touch' | 'opportunity'): string =>
  people(`id IN (SELECT assumeNotNull(person_id) FROM ${rows(kind)} WHERE person_id IS NOT NULL)`);

/** How far somebody came, where systems write it; a kind of touch that says it stands for it. */
const said = `if(${touchStatus} != '', ${touchStatus}, ifNull(kind, ''))`;

/** Touches that count, under the contact and under the account that they reached: (at, id, campaign, channel) of each. */
const touchesByKey = ({ invitedCounts }: TouchRule, now: string, { bind }: Values): string => {
  const counts = invitedCounts
    ? '1'
    : `(${touchResponded} OR lowerUTF8(trimBoth(${said})) NOT IN ${bind(statusWords.invited, 'Array(String)')})`;
  return `(SELECT key, groupArray((at, id, campaign, channel)) AS touches FROM (
      SELECT arrayJoin(arrayFilter(k -> length(k) > 1, [concat('p', ifNull(t.person_id, '')), concat('a', coalesce(t.account_id, p.account_id, ''))])) AS key,
        assumeNotNull(t.at) AS at, t.id AS id, trimBoth(ifNull(t.campaign, '')) AS campaign, trimBoth(ifNull(t.channel, '')) AS channel
      FROM (SELECT * FROM ${folded('touch', ['person_id', 'account_id', 'kind', 'channel', 'campaign', 'at', 'properties'])} WHERE at IS NOT NULL AND at <= ${now} AND ${counts}) AS t
      LEFT ANY JOIN ${some('touch')} AS p ON p.id = t.person_id) GROUP BY key)`;
};

const dealFields = [
  'name',
  'account_id',
  'person_id',
  'product_id',
  'stage',
  'state',
  'amount',
  'currency',
  'origin',
  'owner',
  'loss_reason',
  'created_at',
  'closed_at',
  'properties',
];

const asText = (fields: readonly string[]): string => fields.map((field) => `trimBoth(ifNull(o.${field}, '')) AS ${field}`).join(', ');

/**
 * One row per deal, with the touches that count for it: `before` lie within the look-back before it was created, `during` after
 * that and before it was closed (or now). Its `role` is exactly one of `roles`: sourced (touched before it was created), influenced
 * (touched only later), untouched, undated (which of these cannot be told), nobody (it names neither contact nor account).
 * A deal that is influenced in the usual, wider sense is `sourced` or `influenced`. `days` is from created to closed, or to now.
 */
export const dealLedger = (rule: TouchRule, now: Date, values: Values): string => {
  const at = `fromUnixTimestamp64Milli(${values.bind(now.getTime(), 'Int64')}, 'UTC')`;
  const lookback = `toIntervalDay(${values.bind(rule.lookbackDays, 'UInt32')})`;
  const keyed = `(SELECT o.id AS id, ${asText(['name', 'person_id', 'product_id', 'stage', 'currency', 'origin', 'owner', 'loss_reason'])},
      coalesce(o.account_id, p.account_id, '') AS account, ifNull(o.account_id, '') AS own_account, ifNull(o.state, '') AS state, o.amount AS amount, o.created_at AS created_at, o.closed_at AS closed_at,
      o.properties AS properties, arrayJoin([concat('p', person_id), concat('a', account)]) AS key
    FROM ${folded('opportunity', dealFields)} AS o LEFT ANY JOIN ${some('opportunity')} AS p ON p.id = o.person_id)`;
  const carried = [
    'name',
    'person_id',
    'product_id',
    'stage',
    'currency',
    'origin',
    'owner',
    'loss_reason',
    'account',
    'own_account',
    'properties',
  ];
  const nullable = ['amount', 'created_at', 'closed_at'];
  return `(SELECT *, created_at IS NULL OR (before_any = 0 AND state IN ('won', 'lost') AND closed_at IS NULL AND during_any) AS cannot_tell,
      multiIf(person_id = '' AND account = '', 'nobody', cannot_tell, 'undated', before_any, 'sourced', during_any, 'influenced', 'untouched') AS role,
      if(state IN ('won', 'lost'), closed_at, ${at}) AS followed_to, dateDiff('second', created_at, followed_to) / 86400 AS days
    FROM (SELECT *, notEmpty(before) AS before_any, notEmpty(during) AS during_any FROM (
      SELECT *, arrayFilter(t -> ifNull(t.1 <= created_at AND t.1 >= created_at - ${lookback}, 0), touches) AS before,
        arrayFilter(t -> ifNull(t.1 > created_at AND t.1 <= coalesce(closed_at, ${at}), 0), touches) AS during
      FROM (SELECT k.id AS id, any(k.state) AS state, ${carried.map((field) => `any(k.${field}) AS ${field}`).join(', ')},
          ${nullable.map((field) => `any(k.${field}) AS ${field}`).join(', ')}, arraySort(groupUniqArrayArray(t.touches)) AS touches
        FROM ${keyed} AS k LEFT ANY JOIN ${touchesByKey(rule, at, values)} AS t ON t.key = k.key GROUP BY id SETTINGS prefer_column_name_to_alias = 1))))`;
};
