import { numbers } from '../../collect/events/queries.ts';
import { current, sourceIds } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import type { Values } from '../questions/filters.ts';
import type { Unit } from '../questions/schema.ts';
import { usesBy } from '../questions/uses.ts';
import { type AdoptionFacts, baseSources, useDaysOf, valuesOf } from './facts.ts';

const accessAt = `parseDateTime64BestEffortOrNull(properties[{accessProperty:String}], 3, 'UTC')`;
const accessOf = ({ since }: AdoptionFacts): string =>
  since.kind === 'access' && since.property
    ? `LEFT JOIN (SELECT id, ${accessAt} AS access_at FROM ${current('account')}) AS x ON x.id = l.id`
    : '';

const startOf = ({ since }: AdoptionFacts): string => {
  if (since.kind === 'day') return 'toDate({market:Date})';
  const at = since.property ? 'x.access_at' : 'l.created_at';
  return `if(${at} IS NULL, NULL, greatest(toDate(assumeNotNull(${at}), {zone:String}), toDate({market:Date})))`;
};

/** Every account: its standing, its day 1, and how many complete days it has been followed. Needs the values of `valuesOf`. */
export const accountLedger = (
  facts: AdoptionFacts,
): string => `(SELECT l.number AS number, l.id AS id, l.name AS name, l.segment AS segment, l.plan AS plan, l.created_at AS created_at,
    ${startOf(facts)} AS start, if(l.standing = 'eligible' AND start IS NULL, 'access_unknown', l.standing) AS standing,
    multiIf(l.created_at IS NULL, '', toDate(assumeNotNull(l.created_at), {zone:String}) >= toDate({market:Date}), 'new', 'existing') AS age,
    toInt32(if(start IS NULL, 0, least({horizon:UInt32}, greatest(0, dateDiff('day', start, toDate({lastDay:Date})) + 1)))) AS followed
  FROM ${baseSources(facts).accounts} AS l ${accessOf(facts)})`;

const eligibleAccounts = (facts: AdoptionFacts): string => `(SELECT * FROM ${accountLedger(facts)} WHERE standing = 'eligible')`;

/** The base of one unit, by number; its cluster is its account. A person starts when the account does. */
const baseOf = (unit: Unit, facts: AdoptionFacts): string =>
  unit === 'accounts'
    ? `(SELECT number, number AS cluster, segment, plan, age, start, followed FROM ${eligibleAccounts(facts)})`
    : `(SELECT p.number AS number, b.number AS cluster, b.segment AS segment, b.plan AS plan, b.age AS age, b.start AS start, b.followed AS followed
      FROM ${baseSources(facts).people} AS p INNER JOIN ${eligibleAccounts(facts)} AS b ON b.number = p.account)`;

/** Uses by unit and day, counted from day 1: of everybody where day 1 is the same for all, else of the base. */
const daysOf = (unit: Unit, facts: AdoptionFacts, values: Values): string => {
  const uses = usesBy(unit === 'accounts' ? 'account' : 'person', facts.rule, values, useDaysOf(facts));
  return facts.since.kind === 'day'
    ? `(SELECT number, toInt32(dateDiff('day', toDate({market:Date}), day) + 1) AS use_day, n FROM ${uses})`
    : `(SELECT u.number AS number, toInt32(dateDiff('day', assumeNotNull(b.start), u.day) + 1) AS use_day, u.n AS n
      FROM ${uses} AS u INNER JOIN ${baseOf(unit, facts)} AS b ON b.number = u.number)`;
};

/** One row per unit that used it, 0 for those of nobody known: adopted on the later of the day of the k-th use and the d-th day of use. */
export const tracks = (
  unit: Unit,
  facts: AdoptionFacts,
  values: Values,
): string => `(SELECT number, sum(n) AS uses, count() AS use_days, min(use_day) AS first_use,
    arraySort(groupArray((use_day, n))) AS track, ${values.bind(facts.rule.times, 'UInt32')} AS times_needed, ${values.bind(facts.rule.days, 'UInt32')} AS days_needed,
    arrayFirst((on, total) -> total >= times_needed, track.1, arrayCumSum(track.2)) AS times_day,
    if(uses >= times_needed AND use_days >= days_needed, greatest(times_day, track.1[days_needed]), NULL) AS adopted_day
  FROM ${daysOf(unit, facts, values)} WHERE use_day BETWEEN 1 AND {horizon:Int32} GROUP BY number)`;

/** One row per unit of the base, whether it used the feature or not. Every figure of adoption is a count over this. */
export const ledger = (
  unit: Unit,
  facts: AdoptionFacts,
  values: Values,
): string => `(SELECT b.number AS number, b.cluster AS cluster, b.segment AS segment, b.plan AS plan, b.age AS age, b.start AS start, b.followed AS followed,
    ifNull(t.uses, 0) AS uses, ifNull(t.use_days, 0) AS use_days, t.first_use AS first_use, t.adopted_day AS adopted_day, t.track AS track
  FROM ${baseOf(unit, facts)} AS b LEFT JOIN ${tracks(unit, facts, values)} AS t ON t.number = b.number)`;

/** Rows of a ledger with the id and the name of each unit, and under which id another source knows it. */
export const named = (unit: Unit, source: string): string => {
  const kind = unit === 'accounts' ? 'account' : 'person';
  return `(SELECT l.*, u.id AS id, ifNull(o.name, '') AS name, ifNull(k.source_id, '') AS source_id FROM ${source} AS l INNER JOIN ${numbers(kind)} AS u ON u.number = l.number
    LEFT JOIN ${folded(kind, ['name'])} AS o ON o.id = u.id LEFT JOIN ${sourceIds(kind)} AS k ON k.id = u.id)`;
};

/** A statement over the ledger, with all that it binds. */
export const askedOf = (facts: AdoptionFacts, write: (values: Values) => string): Query => {
  const values = valuesOf(facts);
  const sql = write(values);
  return { sql, params: values.params };
};
