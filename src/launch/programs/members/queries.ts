import { current, touchResponded, touchStatus } from '../../../collect/objects/queries.ts';
import { rows } from '../../../platform/events/sources.ts';
import type { Query } from '../../../platform/events/store.ts';
import type { Claims } from '../queries.ts';
import { type MemberStatus, memberStatuses, statusWords } from '../schema.ts';

const written = (campaign: string) => `lowerUTF8(trimBoth(coalesce(${campaign}, '')))`;

/** A kind of touch that says how far somebody came stands for a status that nobody wrote. */
const said = `multiIf(${touchStatus} != '', ${touchStatus}, kind = 'campaign', '', coalesce(kind, ''))`;
const level = (text: string) =>
  `multiIf(${memberStatuses
    .map((status, index) => ({ status, index }))
    .toReversed()
    .flatMap(({ status, index }) => [
      ...(status === 'responded' ? [`has_responded, ${index + 1}`] : []),
      `lowerUTF8(trimBoth(${text})) IN {${status}:Array(String)}, ${index + 1}`,
    ])
    .join(', ')}, 0)`;

/** Touches of programs: whose, of which account, how far they had come by then. One row for each program that the touch is of. */
const touches = (claimed: string): string => {
  const names = `(SELECT name FROM ${claimed})`;
  const some = current('touch', `id IN (SELECT id FROM ${rows('touch')} WHERE ${written('campaign')} IN ${names})`);
  return `(SELECT c.program AS program, if(t.person_id != '', t.person_id, t.account_id) AS member, t.person_id AS person, t.account_id AS named_account, t.at AS at, t.said AS said, ${level('t.said')} AS level
    FROM (SELECT coalesce(person_id, '') AS person_id, coalesce(account_id, '') AS account_id, at, ${written('campaign')} AS campaign, ${said} AS said, ${touchResponded} AS has_responded FROM ${some}) AS t
    INNER JOIN ${claimed} AS c ON c.name = t.campaign WHERE t.person_id != '' OR t.account_id != '')`;
};

const claimedPairs = `(SELECT pair.1 AS name, pair.2 AS program FROM (SELECT arrayJoin(arrayZip({names:Array(String)}, {programs:Array(String)})) AS pair))`;

/** People and accounts on the lists of programs, one row each, as far as they came. */
const members = `(SELECT t.program AS program, t.member AS id, any(t.person) AS person, max(t.level) AS level, argMax(t.said, (t.level, t.at)) AS said,
    min(t.at) AS first_at, max(t.at) AS last_at, toUInt32(count()) AS touches, anyLast(if(t.named_account != '', t.named_account, p.account)) AS account
  FROM ${touches(claimedPairs)} AS t
  LEFT ANY JOIN (SELECT id, coalesce(account_id, '') AS account FROM ${current('person', `id IN (SELECT person FROM ${touches(claimedPairs)} WHERE person != '')`)}) AS p ON p.id = t.person
  GROUP BY program, id SETTINGS join_use_nulls = 0)`;

const statusParams: Record<MemberStatus, string[]> = statusWords;

const reached = (status: MemberStatus) => `toUInt32(countIf(level >= ${memberStatuses.indexOf(status) + 1}))`;

/** For each program, with its parts: who is on its list, and how far they came. */
export const countMembers = ({ names, programs }: Claims): Query => ({
  sql: `SELECT program, toUInt32(count()) AS members, toUInt32(uniqExactIf(account, account != '')) AS accounts, ${memberStatuses.map((status) => `${reached(status)} AS ${status}`).join(', ')},
    toUInt32(countIf(level = 0)) AS other FROM ${members} GROUP BY program`,
  params: { ...statusParams, names, programs },
});

export type Page = { status?: MemberStatus | 'other'; limit: number; offset: number };
export type MemberRow = {
  id: string;
  person: string;
  account: string;
  level: number;
  said: string;
  firstAt: string | null;
  lastAt: string | null;
  touches: number;
};

const iso = (column: string) => `formatDateTime(${column}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;
const wanted = `({level:Int8} < 0 OR level = {level:Int8})`;

const levelOf = (status: Page['status']): number =>
  status === undefined ? -1 : status === 'other' ? 0 : memberStatuses.indexOf(status) + 1;

/** Who is on the list of one program, who came furthest first. */
export const listMembers = (names: string[], { status, limit, offset }: Page): Query => ({
  sql: `SELECT id, person, account, level, said, ${iso('first_at')} AS firstAt, ${iso('last_at')} AS lastAt, touches
    FROM ${members} WHERE ${wanted} ORDER BY level DESC, last_at DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt64}`,
  params: { ...statusParams, names, programs: names.map(() => ''), level: levelOf(status), limit, offset },
});

export const totalMembers = (names: string[], status: Page['status']): Query => ({
  sql: `SELECT toUInt32(count()) AS total FROM ${members} WHERE ${wanted}`,
  params: { ...statusParams, names, programs: names.map(() => ''), level: levelOf(status) },
});

const listed = (column: string) => `${column} IN (SELECT arrayJoin({ids:Array(String)}))`;

export const namedPeople = (ids: string[]): Query => ({
  sql: `SELECT id, name, email FROM ${current('person', listed('id'))}`,
  params: { ids },
});

export const namedAccounts = (ids: string[]): Query => ({
  sql: `SELECT id, name FROM ${current('account', listed('id'))}`,
  params: { ids },
});

/** Deals of accounts that are open, and that were won. */
export const dealsOf = (ids: string[]): Query => ({
  sql: `SELECT account_id AS account, toUInt32(countIf(state = 'open')) AS open, toUInt32(countIf(state = 'won')) AS won
    FROM ${current('opportunity', `id IN (SELECT id FROM ${rows('opportunity')} WHERE ${listed('account_id')})`)} WHERE ${listed('account_id')} GROUP BY account_id`,
  params: { ids },
});

const seconds = (level: number) => `if(countIf(t.level >= ${level}) = 0, NULL, toUnixTimestamp(minIf(t.at, t.level >= ${level})))`;

export type ReachedAccount = {
  account: string;
  listed: number;
  responded: number | null;
  registered: number | null;
  attended: number | null;
};

/** When each account was first on the list of one program, and when first so far; seconds since 1970. Touches without a date say nothing of when. */
export const accountsReached = (names: string[]): Query => ({
  sql: `SELECT if(t.named_account != '', t.named_account, p.account) AS account, toUnixTimestamp(min(t.at)) AS listed,
      ${memberStatuses
        .slice(1)
        .map((status, index) => `${seconds(index + 2)} AS ${status}`)
        .join(', ')}
    FROM ${touches(claimedPairs)} AS t
    LEFT ANY JOIN (SELECT id, coalesce(account_id, '') AS account FROM ${current('person', `id IN (SELECT person FROM ${touches(claimedPairs)} WHERE person != '')`)}) AS p ON p.id = t.person
    WHERE t.at IS NOT NULL AND account != '' GROUP BY account ORDER BY account SETTINGS join_use_nulls = 0`,
  params: { ...statusParams, names, programs: names.map(() => '') },
});

/** Campaigns of touches that mean no program. */
export const unmatchedCampaigns = (known: string[]): Query => ({
  sql: `SELECT * FROM (SELECT any(trimBoth(coalesce(campaign, ''))) AS campaign, nullIf(topK(1)(coalesce(channel, ''))[1], '') AS channel,
      toUInt32(uniqExact(if(coalesce(person_id, '') != '', person_id, account_id))) AS members, toUInt32(count()) AS touches,
      toString(toDate(min(at))) AS firstDay, toString(toDate(max(at))) AS lastDay
    FROM ${current('touch')} WHERE ${written('campaign')} != '' AND ${written('campaign')} NOT IN (SELECT arrayJoin({known:Array(String)}))
    GROUP BY ${written('campaign')} SETTINGS prefer_column_name_to_alias = 1) ORDER BY touches DESC, campaign LIMIT 500`,
  params: { known },
});
