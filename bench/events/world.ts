// The invented world of the benchmark, as SQL over numbers(): the same events for every store, whoever runs it and whenever.
// Event number i arrives at its share of the year; hashes of i say whose it is and what it is. Nothing is random.
export const workspaces = [
  process.env.LANDFALL_BENCH_WORKSPACE ?? '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
  '33333333-3333-4333-8333-333333333333',
] as const;
/** An import that was undone: its events are in the table and must not be counted. */
export const undone = '99999999-9999-4999-8999-999999999999';

export type World = { events: number; people: number; accounts: number; chunkRows: number };
export const worldOf = (events: number, chunkRows = 1_000_000): World => {
  const people = Math.max(1000, Math.round(events / 50));
  return { events, people, accounts: Math.max(20, Math.round(people / 40)), chunkRows: Math.min(chunkRows, events) };
};
export const chunksOf = ({ events, chunkRows }: World): number => Math.ceil(events / chunkRows);

export const firstDay = '2025-06-01';
export const lastDay = '2026-05-31';
const start = `toUnixTimestamp64Milli(toDateTime64('${firstDay} 00:00:00', 3, 'UTC'))`;
const year = 365 * 86_400_000;

/** Day on which each feature was launched, and the share of the year at which that is. */
export const features = [
  { name: 'Feature A', from: 0.4 },
  { name: 'Feature B', from: 0.55 },
  { name: 'Feature C', from: 0.7 },
] as const;
export const measuredFeature = 'Feature B';
export const launchedAt = '2025-12-18 00:00:00.000';
export const actions = 35;
export const conversion = 'Subscribed';
export const touched = 'Visited';
export const systemNames = `('$identify', '$group', '$alias')`;

const share = (...seeds: string[]): string => `(cityHash64(${seeds.join(', ')}) / 18446744073709551616.)`;
const asTime = (fraction: string): string => `fromUnixTimestamp64Milli(${start} + toInt64(${fraction} * ${year}), 'UTC')`;

/** When a person first does what a feature is; some never do. S-shaped: few at first, then many, then few. */
const adopts = (index: number): string => {
  const chance = share('p', `'adopts ${index}'`);
  return `if(${share('p', `'ever ${index}'`)} < 0.5, ${features[index]!.from} + greatest(0., 0.12 + 0.05 * log(${chance} / (1.0000001 - ${chance}))), 2.)`;
};

/** Share of the year at which person p signs in for the first time, or takes an old id over. */
const identifiedAt = ({ people }: World): string =>
  `least(0.999, greatest(0., (p / ${people} - 0.3) / 0.7) + 0.08 * ${share('p', `'signs in'`)})`;

const nameOf = `multiIf(
    u_kind < 0.03 AND happened >= ${adopts(0)}, '${features[0].name}', u_kind BETWEEN 0.03 AND 0.06 AND happened >= ${adopts(1)}, '${features[1].name}',
    u_kind BETWEEN 0.06 AND 0.09 AND happened >= ${adopts(2)}, '${features[2].name}', u_kind BETWEEN 0.09 AND 0.093, '${conversion}',
    u_kind BETWEEN 0.10 AND 0.15, '${touched}', concat('Action ', leftPad(toString(1 + toUInt32(${actions} * pow(${share('i', '4')}, 2))), 2, '0')))`;

/**
 * Events numbered [from, from + count): ws, i, p (person), a (account), arrived, at, name, plan, button, url, amount, channel, imported.
 * `known` is 0 while somebody is anonymous, or goes by an old id.
 */
export const happenings = (world: World, from: number, count: number, only = '1'): string => `(SELECT *,
    ${nameOf} AS name, ${asTime('happened')} AS at, ${asTime('fraction')} AS arrived,
    toUInt8(happened >= ${identifiedAt(world)}) AS known, toUInt32(${world.accounts} * pow(${share('p', `'account'`)}, 1.6)) AS a,
    ['free', 'team', 'enterprise'][1 + a % 3] AS plan, concat('button ', toString(cityHash64(i, 5) % 20)) AS button, concat('/page/', toString(cityHash64(i, 6) % 500)) AS url,
    if(name = '${conversion}', 10 + cityHash64(i, 7) % 990, 0) AS amount,
    if(name = '${touched}', ['search', 'ads', 'email', 'social', 'partner', 'direct', 'referral', 'event'][1 + toUInt32(8 * pow(${share('i', '8')}, 2))], '') AS channel,
    toUInt8(cityHash64(i, 9) % 200 = 0) AS imported
  FROM (SELECT number AS i, i / ${world.events} AS fraction, ${share('i', '1')} AS u_workspace, multiIf(u_workspace < 0.9, 1, u_workspace < 0.95, 2, 3) AS ws,
      toUInt32(${world.people} * (0.3 + 0.7 * fraction) * pow(${share('i', '2')}, 2.2)) AS p, ${share('i', '3')} AS u_kind,
      fraction - if(cityHash64(i, 10) % 100 < 3, ${90 / 365} * ${share('i', '11')}, ${2000 / year} * ${share('i', '11')}) AS happened
    FROM numbers(${from}, ${count}) WHERE ${only}))`;

export const isAnonymous = 'p % 20 = 0';
export const isRenamed = 'p % 1000 = 1';
export const isErased = 'ws = 1 AND p % 997 = 5';

/** What is said of who is who in a part of the year: (ws, i, p, a, kind, name, at). In the measured workspace only. */
export const tellings = (
  world: World,
  fromFraction: number,
  toFraction: number,
): string => `(SELECT 1 AS ws, toUInt32(number) AS p, one.1 AS kind, concat('$', kind) AS name,
    ${asTime(`(identified + one.2 * ${1 / year})`)} AS at, toUInt32(${world.accounts} * pow(${share('p', `'account'`)}, 1.6)) AS a
  FROM (SELECT number, toUInt32(number) AS p, ${identifiedAt(world)} AS identified FROM numbers(${world.people}))
  ARRAY JOIN if(${isAnonymous}, [('identify', 0), ('group', 1)], [('alias', 0)]) AS one
  WHERE (${isAnonymous} OR ${isRenamed}) AND identified >= ${fromFraction} AND identified < ${toFraction})`;

export const workspaceSql = `toUUID([${workspaces.map((id) => `'${id}'`).join(', ')}][ws])`;
