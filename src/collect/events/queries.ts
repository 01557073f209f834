import { own, rows } from '../../platform/events/sources.ts';

/** Whose events a number's are now, and the account of that person; with 0 where `who` says nothing. */
export const whoIsWho = `(SELECT person, owner, account FROM ${own('who')})`;

/**
 * The events that `only` (SQL text over the table's own columns) lets through, with the person that each is of now and the account: the
 * one that the event names, else the person's. Both are numbers, 0 where nobody is known; `numbers` gives their ids.
 */
export const events = (only: string, columns: readonly string[] = ['name', 'at', 'day', 'properties']): string =>
  `(SELECT ${columns.map((name) => `e.${name} AS ${name}`).join(', ')}${columns.length > 0 ? ', ' : ''}if(w.owner = 0, e.person, w.owner) AS person, if(e.account != 0, e.account, w.account) AS account
  FROM (SELECT ${[...columns, 'person', 'account'].join(', ')} FROM ${rows('event')} WHERE ${only}) AS e
  LEFT ANY JOIN ${whoIsWho} AS w ON w.person = e.person SETTINGS join_use_nulls = 0)`;

/** Numbers and the ids of the objects that they stand for. */
export const numbers = (kind: 'person' | 'account'): string => `(SELECT id, number FROM ${own('unit')} WHERE kind = '${kind}')`;
