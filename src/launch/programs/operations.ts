import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { readLaunch } from '../launches/queries.ts';
import { periodOf, readClicks } from '../tracked-links/queries.ts';
import { periodFields } from '../tracked-links/schema.ts';
import { changeProgram, insertProgram, restoreDeleted } from './changing.ts';
import { readMembers } from './listing.ts';
import { countMembers, unmatchedCampaigns } from './members/queries.ts';
import { lockPrograms, readCampaignNames, readClaims, readProgram, readPrograms } from './queries.ts';
import {
  type MemberCounts,
  memberStatuses,
  program,
  programFields,
  programFigures,
  programMember,
  type UnmatchedCampaign,
  unmatchedCampaign,
} from './schema.ts';
import { programs } from './tables.ts';

const named = z.object({ program: z.string().min(1).max(120).describe('Key or id of the program') });

export const listPrograms = operation({
  summary: 'List the programs (campaigns, webinars, trade shows, billboards), the latest first',
  method: 'GET',
  path: '/programs',
  who: everyone,
  input: z.object({ launch: z.string().max(120).optional().describe('Only those of this launch, by key or id') }),
  output: z.object({ programs: z.array(program) }),
  run: (context, { launch }) =>
    context.read(async (transaction) => {
      const id = launch ? (await readLaunch(transaction, launch)).id : null;
      const all = await readPrograms(transaction);
      return { programs: id ? all.filter((one) => one.launch?.id === id) : all };
    }),
});

export const getProgram = operation({
  summary: 'Read one program, with what its parts cost',
  method: 'GET',
  path: '/programs/{program}',
  who: everyone,
  input: named,
  output: program,
  run: (context, input) => context.read((transaction) => readProgram(transaction, input.program)),
});

export const createProgram = operation({
  summary: 'Plan a program: a campaign, a webinar, a trade show, a billboard',
  method: 'POST',
  path: '/programs',
  who: editors,
  input: programFields,
  output: program,
  run: (context, fields) =>
    context.write('program', async (transaction) => {
      await lockPrograms(transaction, context.workspace.id);
      const result = await insertProgram(context, transaction, fields);
      return { id: result.id, before: null, after: result, result };
    }),
});

// Without their defaults: what a change leaves out stays.
const { kind, status, segments, personas, goal, ...plain } = programFields.shape;
const changes = z.object({
  ...z.object(plain).partial().shape,
  kind: kind.unwrap().optional(),
  status: status.unwrap().optional(),
  segments: segments.unwrap().optional(),
  personas: personas.unwrap().optional(),
  goal: goal.unwrap().optional(),
});

export const updateProgram = operation({
  summary: 'Change a program; names the version that was read',
  method: 'PATCH',
  path: '/programs/{program}',
  who: editors,
  input: named.extend({ ...changes.shape, version: z.int().describe('The version that was read') }),
  output: program,
  run: (context, { program: key, version, ...given }) =>
    context.write('program', async (transaction) => {
      await lockPrograms(transaction, context.workspace.id);
      const before = await readProgram(transaction, key);
      const result = await changeProgram(context, transaction, before, { version, given });
      return { id: result.id, before, after: result, result };
    }),
});

export const deleteProgram = operation({
  summary: 'Delete a program; its parts stay, its links stop leading anywhere. It can be restored for 30 days',
  method: 'DELETE',
  path: '/programs/{program}',
  who: marketers,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('program', async (transaction) => {
      await lockPrograms(transaction, context.workspace.id);
      const before = await readProgram(transaction, input.program);
      await transaction.update(programs).set({ deletedAt: context.now() }).where(eq(programs.id, before.id));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restoreProgram = operation({
  summary: 'Restore a program deleted in the last 30 days',
  method: 'POST',
  path: '/programs/{id}/restore',
  who: marketers,
  input: z.object({ id: z.uuid() }),
  output: program,
  run: (context, { id }) =>
    context.write('program', async (transaction) => {
      await lockPrograms(transaction, context.workspace.id);
      const result = await restoreDeleted(context, transaction, id);
      return { id, before: null, after: result, result };
    }),
});

const nobody = { members: 0, accounts: 0, invited: 0, responded: 0, registered: 0, attended: 0, other: 0 };

export const countPrograms = operation({
  summary: 'Count who is on the lists of programs, how far they came, and how often links were followed; each with its parts',
  method: 'GET',
  path: '/programs/figures',
  who: everyone,
  input: z.object(periodFields),
  output: z.object({
    from: z.iso.date().describe('First day of the clicks; members are those of all time'),
    to: z.iso.date(),
    figures: z.array(programFigures),
  }),
  run: async (context, asked) => {
    const period = periodOf(asked, context);
    const { claims, clicks, all } = await context.read(async (transaction) => ({
      claims: await readClaims(transaction),
      clicks: await readClicks(transaction, period),
      all: await readPrograms(transaction),
    }));
    const counted = await context.events.ask<MemberCounts & { program: string }>(countMembers(claims));
    const figures = all.map(({ id }) => ({
      ...(counted.find((one) => one.program === id) ?? nobody),
      program: id,
      clicks: clicks.filter(({ programs: of }) => of.includes(id)).reduce((sum, one) => sum + one.clicks, 0),
    }));
    return { ...period, figures };
  },
});

const membersAsked = named.extend({
  status: z
    .enum([...memberStatuses, 'other'])
    .optional()
    .describe('Only those who came this far and no further'),
});

export const listProgramMembers = operation({
  summary: 'List who is on the list of a program and of its parts, how far each came, and the deals of their accounts',
  method: 'GET',
  path: '/programs/{program}/members',
  who: everyone,
  input: membersAsked.extend({
    limit: z.coerce.number().int().min(1).max(500).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  output: z.object({ members: z.array(programMember), total: z.int() }),
  run: readMembers,
});

/** More than a person reads; a spreadsheet still opens it. */
const mostRowsInFile = 100_000;
const heads = ['name', 'email', 'account', 'status', 'as written', 'first', 'last', 'open deals', 'won deals'];

export const exportProgramMembers = operation({
  summary: 'Export who is on the list of a program as CSV',
  method: 'GET',
  path: '/programs/{program}/members.csv',
  who: everyone,
  input: membersAsked,
  output: z.object({ fileName: z.string(), csv: z.string(), truncated: z.boolean() }),
  run: async (context, asked) => {
    const { members, total } = await readMembers(context, { ...asked, limit: mostRowsInFile, offset: 0 });
    const rows = members.map((one) => [
      one.name,
      one.email,
      one.account,
      one.status,
      one.said,
      one.firstAt,
      one.lastAt,
      one.openDeals,
      one.wonDeals,
    ]);
    return { fileName: 'program-members.csv', csv: toCsv([heads, ...rows]), truncated: total > members.length };
  },
});

export const listUnmatchedCampaigns = operation({
  summary: 'List the campaigns of imported touches that mean no program yet',
  method: 'GET',
  path: '/programs/unmatched',
  who: everyone,
  input: z.object({}),
  output: z.object({ campaigns: z.array(unmatchedCampaign) }),
  run: async (context) => {
    const known = await context.read(readCampaignNames);
    return { campaigns: await context.events.ask<UnmatchedCampaign>(unmatchedCampaigns([...known.keys()])) };
  },
});
