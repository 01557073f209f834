import { own, rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

/** Whose events a number's are now, and the account of that person; with 0 where `who` says nothing. */
export const whoIsWho = `(SELECT person, owner, account FROM ${own('who')})`;

/**
 * The events that `only` (SQL text over the table's own columns) lets through, with the person that each is of now and the account: the
 * one that the event names, else the person's. Both are numbers, 0 where nobody is known; `numbers` gives their ids.
 */
export const events = (only: string, columns: readonly string[] = ['name', 'at', 'day', 'properties']): string =>
  `(SELECT ${['does', ...columns].map((name) => `e.${name} AS ${name}`).join(', ')}, if(w.owner = 0, e.person, w.owner) AS person, if(e.account != 0, e.account, w.account) AS account
  FROM (SELECT ${['does', ...columns, 'person', 'account'].join(', ')} FROM ${rows('event')} WHERE ${only}) AS e
  LEFT ANY JOIN ${whoIsWho} AS w ON w.person = e.person SETTINGS join_use_nulls = 0)`;

/** Numbers and the ids of the objects that they stand for. */
export const numbers = (kind: 'person' | 'account'): string => `(SELECT id, number FROM ${own('unit')} WHERE kind = '${kind}')`;

/** People whose events are another's now: the two lists from and to, and the set of them. 0, nobody, is nobody's. */
export const movedPeople = `(SELECT (groupArray(person), groupArray(owner)) FROM (SELECT person, owner FROM ${own('who')} WHERE owner != person)) AS moves,
  bitmapBuild(arrayPushBack(moves.1, toUInt32(0))) AS moved`;

/** A set of people as they are now, from one as events name them. The statement begins with `WITH ${movedPeople}`. */
export const peopleNow = (set: string): string =>
  `bitmapOr(bitmapAndnot(${set}, moved), bitmapBuild(arrayFilter(x -> x != 0, arrayMap(x -> transform(x, moves.1, moves.2, toUInt32(0)), bitmapToArray(bitmapAnd(${set}, moved))))))`;

/**
 * Sets of people and numbers of events for each value of `by` (SQL over name and day), from the sums that are stored with the events:
 * only conditions on name and day keep it from reading events. Columns: `by`, people (a bitmap), events.
 */
export const peopleBy = (by: string, only: string): string =>
  `(WITH ${movedPeople} SELECT bucket, ${peopleNow('named')} AS people, events
  FROM (SELECT ${by} AS bucket, groupBitmapState(person) AS named, count() AS events FROM ${rows('event')} WHERE ${only} GROUP BY bucket))`;

/** People who do something for an account without naming it: theirs is the one that `who` says. As the sums hold them. */
const unnamed = 'if(account = 0, person, 0)';
const nobody = 'bitmapBuild([toUInt32(0)])';

/**
 * Sets of accounts, as `peopleBy`: those that events name, and those of the people whose events name none. Columns: `by`, accounts (a
 * bitmap), events.
 */
export const accountsBy = (by: string, only: string): string =>
  `(SELECT bucket, groupBitmapMergeState(found) AS accounts, sum(n) AS events FROM (
    SELECT bucket, bitmapAndnot(named, ${nobody}) AS found, n FROM (SELECT ${by} AS bucket, groupBitmapState(account) AS named, count() AS n FROM ${rows('event')} WHERE ${only} GROUP BY bucket)
    UNION ALL SELECT l.bucket AS bucket, groupBitmapState(w.account) AS found, toUInt64(0) AS n
    FROM (SELECT bucket, arrayJoin(bitmapToArray(people)) AS person FROM (SELECT ${by} AS bucket, groupBitmapState(${unnamed}) AS people FROM ${rows('event')} WHERE ${only} GROUP BY bucket)) AS l
    INNER JOIN (SELECT * FROM ${whoIsWho} WHERE account != 0) AS w ON w.person = l.person GROUP BY bucket) GROUP BY bucket)`;

/** When each person was first and last seen at all, over all time, and how many events there are of them. */
export const peopleSeen = `(SELECT if(w.owner = 0, s.person, w.owner) AS person, min(s.first) AS first, max(s.last) AS last, sum(s.n) AS events
  FROM (SELECT person, min(at) AS first, max(at) AS last, count() AS n FROM ${rows('event')} GROUP BY person) AS s
  LEFT ANY JOIN ${whoIsWho} AS w ON w.person = s.person WHERE person != 0 GROUP BY person SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0)`;

/** When each account was first seen at all, over all time. */
export const accountsSeen = `(SELECT if(s.account != 0, s.account, w.account) AS account, min(s.first) AS first
  FROM (SELECT person, account, min(at) AS first FROM ${rows('event')} GROUP BY person, account) AS s
  LEFT ANY JOIN ${whoIsWho} AS w ON w.person = s.person GROUP BY account HAVING account != 0 SETTINGS join_use_nulls = 0, prefer_column_name_to_alias = 0)`;

/** Moves on with all that is received, and with every change of who is who: an answer is still true while this is the same. */
export const eventsRevision: Query = {
  sql: `SELECT concat(toString((SELECT max(chunk) FROM ${own('ingest')})), ' ', toString((SELECT max(version) FROM ${own('who')}))) AS revision`,
};
