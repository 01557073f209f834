import { and, eq, isNull, sql } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type People, readPeople } from '../charters/people.ts';
import { launches } from '../launches/tables.ts';
import { trackedLinks } from '../tracked-links/tables.ts';
import { campaignOf, readUtmRule } from '../utm-rules/queries.ts';
import type { UtmRule } from '../utm-rules/schema.ts';
import { costsOf, withParts, withWholes } from './family.ts';
import type { Program } from './schema.ts';
import { programs } from './tables.ts';

type ProgramRow = typeof programs.$inferSelect;
type NamedRow = { id: string; key: string; name: string };
type Names = { rows: Map<string, ProgramRow>; launches: Map<string, NamedRow>; people: People; rule: UtmRule };

const readNames = async (transaction: Transaction): Promise<Names> => {
  const rows = await transaction.select().from(programs).where(isNull(programs.deletedAt));
  const named = await transaction
    .select({ id: launches.id, key: launches.key, name: launches.name })
    .from(launches)
    .where(isNull(launches.deletedAt));
  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    launches: new Map(named.map((launch) => [launch.id, launch])),
    people: await readPeople(transaction),
    rule: await readUtmRule(transaction),
  };
};

const shortly = (row: NamedRow | undefined) => (row ? { id: row.id, key: row.key, name: row.name } : null);

const asProgram = (row: ProgramRow, { rows, launches: all, people, rule }: Names): Program => {
  const family = withParts([...rows.values()], row.id).map((id) => rows.get(id)!);
  const launch = row.launchId ? shortly(all.get(row.launchId)) : null;
  const { id, key, name, kind, status, startsOn, endsOn, budget, actualCost, currency, segments, personas, goal, campaigns } = row;
  const same = { id, key, name, kind, status, startsOn, endsOn, budget, actualCost, currency, segments, personas, goal, campaigns };
  return {
    ...same,
    parent: row.parentId ? shortly(rows.get(row.parentId)) : null,
    launch,
    owner: row.ownerId ? people.find(row.ownerId) : null,
    utmCampaign: campaignOf(rule, {
      key,
      kind,
      launchKey: launch?.key ?? null,
      startsOn,
      createdOn: row.createdAt.toISOString().slice(0, 10),
    }),
    parts: family.length - 1,
    costs: costsOf(family),
    version: row.version,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
};

const latest = (one: Program, other: Program) =>
  (other.startsOn ?? '9999').localeCompare(one.startsOn ?? '9999') || one.name.localeCompare(other.name);

/** All programs, the latest first; those without a date before them. */
export const readPrograms = async (transaction: Transaction): Promise<Program[]> => {
  const names = await readNames(transaction);
  return [...names.rows.values()].map((row) => asProgram(row, names)).toSorted(latest);
};

export const noProgram = (keyOrId: string) =>
  new Failure('not_found', {
    en: `There is no program "${keyOrId}" in this workspace. List the programs to see their keys.`,
    zh: `此工作区中没有营销项目“${keyOrId}”。请列出营销项目查看其代号。`,
  });

/** One by its key or id; a Failure when this workspace has none. */
export const readProgram = async (transaction: Transaction, keyOrId: string): Promise<Program> => {
  const names = await readNames(transaction);
  const row = names.rows.get(keyOrId) ?? [...names.rows.values()].find(({ key }) => key === keyOrId);
  if (!row) throw noProgram(keyOrId);
  return asProgram(row, names);
};

/** The program and all that are parts of it, however deep. */
export const readFamily = async (transaction: Transaction, keyOrId: string): Promise<Program[]> => {
  const all = await readPrograms(transaction);
  const own = all.find(({ id }) => id === keyOrId) ?? all.find(({ key }) => key === keyOrId);
  if (!own) throw noProgram(keyOrId);
  const kin = all.map(({ id, parent }) => ({ id, parentId: parent?.id ?? null }));
  return withParts(kin, own.id).map((id) => all.find((one) => one.id === id)!);
};

/** A key made from the name that no program of this workspace has or had. */
export const freeProgramKey = async (transaction: Transaction, name: string): Promise<string> => {
  const stem =
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 60)
      .toWellFormed()
      .replaceAll(/^-+|[-\uFFFD]+$/g, '') || 'program';
  const taken = await transaction.select({ key: programs.key }).from(programs);
  const keys = new Set(taken.map(({ key }) => key));
  let key = stem;
  for (let number = 2; keys.has(key); number++) key = `${stem}-${number}`;
  return key;
};

/** How a campaign is compared: as it is written, but for capitals and the spaces around it. */
export const plainCampaign = (text: string): string => text.trim().toLowerCase();

/** Which program a campaign of a touch means. */
export type CampaignNames = Map<string, string>;

/** What each program goes by: the names it was given, its name in links by the rule, and those that its links went out with. */
export const readCampaignNames = async (transaction: Transaction): Promise<CampaignNames> => {
  const all = await readPrograms(transaction);
  const links = await transaction
    .selectDistinct({ id: trackedLinks.programId, campaign: trackedLinks.campaign })
    .from(trackedLinks)
    .innerJoin(programs, and(eq(programs.id, trackedLinks.programId), isNull(programs.deletedAt)))
    .orderBy(trackedLinks.campaign, trackedLinks.programId);
  const given = all.flatMap(({ id, campaigns }) => campaigns.map((campaign) => ({ id, campaign })));
  const byRule = all.map(({ id, utmCampaign }) => ({ id, campaign: utmCampaign }));
  // The last to be set stands: what somebody wrote goes before what follows from a rule.
  return new Map([...links, ...byRule, ...given].map(({ id, campaign }) => [plainCampaign(campaign), id]));
};

/** Each name that touches carry, with each program that the touch is of: its own, and those that it is a part of. */
export type Claims = { names: string[]; programs: string[] };

export const readClaims = async (transaction: Transaction): Promise<Claims> => {
  const names = await readCampaignNames(transaction);
  const kin = await transaction.select({ id: programs.id, parentId: programs.parentId }).from(programs).where(isNull(programs.deletedAt));
  const byId = new Map(kin.map((one) => [one.id, one]));
  const pairs = [...names].flatMap(([name, id]) => withWholes(byId, id).map((program) => ({ name, program })));
  return { names: pairs.map(({ name }) => name), programs: pairs.map(({ program }) => program) };
};

/** Programs are changed one after another: their names must not meet, nor their wholes and parts go round. */
export const lockPrograms = (transaction: Transaction, workspaceId: string) =>
  transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`programs ${workspaceId}`}, 0))`);

/** The names by which touches are of a program or of one of its parts. */
export const readOwnNames = async (transaction: Transaction, keyOrId: string): Promise<string[]> => {
  const { id } = await readProgram(transaction, keyOrId);
  const { names, programs: of } = await readClaims(transaction);
  return names.filter((_, index) => of[index] === id);
};
