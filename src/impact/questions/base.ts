import { numbers } from '../../collect/events/queries.ts';
import { own, rows } from '../../platform/events/sources.ts';
import type { FeatureBase } from '../../launch/features/schema.ts';
import { folded } from '../landing-reports/folded.ts';
import { newestOf } from './breakdowns.ts';
import { conditionSql, makeValues, type Values } from './filters.ts';

/** Who could adopt: the base of a feature, and how a launch or a question narrows it. */
export type Eligible = {
  base: FeatureBase;
  plans: string[];
  segments: string[];
  /** Accounts that came on this day or later are left out, besides what the base says. */
  createdBefore: string | null;
  /** Accounts that got access after this day are left out; null where each account has its own beginning. */
  accessBy: string | null;
};

const never = '2149-06-06';

const listed = (column: string, lists: string): string => `arrayAll(list -> empty(list) OR has(list, ifNull(${column}, '')), ${lists})`;
const unknown = (column: string, lists: string): string => `arrayExists(list -> notEmpty(list), ${lists}) AND ifNull(${column}, '') = ''`;

/** The account's own word of its access, '' where there is none. Only read where the base asks for it. */
const withAccess = (source: string, { base }: Eligible, values: Values): string =>
  base.accessProperty === null
    ? source
    : `(SELECT o.*, x.access AS access FROM ${source} AS o LEFT JOIN (SELECT id, ifNull(${newestOf('account', base.accessProperty, values)}, '') AS access
        FROM ${rows('account')} GROUP BY id) AS x ON x.id = o.id)`;

const accountLedger = (eligible: Eligible, zone: string, values: Values): string => {
  const { base, createdBefore, accessBy } = eligible;
  const plans = values.bind([base.plans, eligible.plans], 'Array(Array(String))');
  const segments = values.bind([base.segments, eligible.segments], 'Array(Array(String))');
  const days = [base.signedUpBefore, createdBefore].filter((day) => day !== null);
  const signedUpBefore = values.bind(days.toSorted()[0] ?? never, 'Date');
  const inZone = values.bind(zone, 'String');
  const since = `toDate(parseDateTime64BestEffortOrNull(ifNull(access, ''), 3, 'UTC'), ${inZone})`;
  const access =
    base.accessProperty === null
      ? ''
      : `lower(ifNull(access, '')) IN ('', 'false', 'no', '0'), 'no_access',
  ifNull(${since} > ${values.bind(accessBy ?? never, 'Date')}, 0), 'access_later',`;
  return `(SELECT n.number AS number, o.id AS id, ifNull(name, '') AS name, ifNull(segment, '') AS segment, ifNull(plan, '') AS plan, created_at, multiIf(
  ${unknown('plan', plans)}, 'plan_unknown',
  NOT ${listed('plan', plans)}, 'other_plan',
  ${unknown('segment', segments)}, 'segment_unknown',
  NOT ${listed('segment', segments)}, 'other_segment',
  created_at IS NOT NULL AND toDate(assumeNotNull(created_at), ${inZone}) >= ${signedUpBefore}, 'created_later',
  ${access}
  'eligible') AS standing
  FROM ${withAccess(folded('account', ['name', 'segment', 'plan', 'created_at']), eligible, values)} AS o INNER JOIN ${numbers('account')} AS n ON n.id = o.id)`;
};

const matching = ({ base: { people } }: Eligible, values: Values): string => {
  if (people.length === 0) return '1';
  const fields = people.map(({ property }, place) => `ifNull(${newestOf('person', property, values)}, '') AS f${place}`);
  const conditions = people.map((filter, place) => conditionSql(`f${place}`, filter, values));
  return `person IN (SELECT number FROM ${numbers('person')} WHERE id IN (SELECT id FROM (SELECT id, ${fields.join(', ')} FROM ${rows('person')} GROUP BY id) WHERE ${conditions.join(' AND ')}))`;
};

/**
 * The sources of a base, by number: every account with why it is or is not in it (`standing`; an unknown day of creation does not exclude),
 * and the people who could be (number, account), of whatever account, each as who they are now; with the values that both bind.
 */
export const eligibleSources = (
  eligible: Eligible,
  zone: string,
): { accounts: string; people: string; params: Record<string, unknown> } => {
  const values = makeValues({}, 'base');
  const accounts = accountLedger(eligible, zone, values);
  const people = `(SELECT person AS number, account FROM ${own('who')} WHERE owner = person AND account != 0 AND ${matching(eligible, values)})`;
  return { accounts, people, params: values.params };
};
