import { accountsSeen, peopleSeen, whoIsWho } from '../../collect/events/queries.ts';
import type { Values } from '../questions/filters.ts';
import type { Unit } from '../questions/schema.ts';

export const columnOf = (unit: Unit): 'person' | 'account' => (unit === 'people' ? 'person' : 'account');

/** When each was first seen, over all time: number, and the day of the workspace. */
export const firstSeen = (unit: Unit, zone: string, { bind }: Values): string =>
  `(SELECT ${columnOf(unit)} AS number, toDate(first, ${bind(zone, 'String')}) AS start FROM ${unit === 'people' ? peopleSeen : accountsSeen})`;

/** Whose they are: people of an account go together, everybody else is one for himself. */
export const withCluster = (unit: Unit, source: string): string =>
  unit === 'people'
    ? `(SELECT s.*, if(w.account = 0, (1, s.number), (2, w.account)) AS cluster FROM ${source} AS s LEFT ANY JOIN ${whoIsWho} AS w ON w.person = s.number
      SETTINGS join_use_nulls = 0)`
    : `(SELECT *, (2, number) AS cluster FROM ${source})`;

/** Drawn by chance, but the same at each question. An account is never split. */
export const half = `if(sipHash64(cluster) % 2 = 0, 'training', 'holdOut')`;
