import { eq } from 'drizzle-orm';
import { imports } from '../../collect/imports/tables.ts';
import { readClaims, readPrograms } from '../../launch/programs/queries.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { converted } from './converting.ts';
import { countsOf, cycleOf, differencesOf, type Weighed, winRateOf } from './figures.ts';
import { type Claimed, type Frame, isUsed } from './groups.ts';
import { type Measurable, readUsable } from './usable.ts';
import * as queries from './queries.ts';
import {
  definitionVersion,
  type Issue,
  issues,
  type Pipeline,
  type PipelineAsked,
  type PipelineGroup,
  roles,
  touchDimensions,
  usedDimensions,
} from './schema.ts';
import { accelerationOf, stagesOf } from './stages.ts';

const none: Claimed = { names: [], called: [] };

/** What the names that touches carry are called: the programs that they are of, with those these are parts of, or their launches. */
const claimedBy = (context: Context, by: 'program' | 'launch'): Promise<Claimed> =>
  context.read(async (transaction) => {
    const { names, programs } = await readClaims(transaction);
    const all = new Map((await readPrograms(transaction)).map((program) => [program.id, program]));
    const called = new Map<string, Set<string>>();
    for (const [place, name] of names.entries()) {
      const program = all.get(programs[place]!);
      const said = by === 'program' ? program?.name : program?.launch?.name;
      if (said) called.set(name, (called.get(name) ?? new Set()).add(said));
    }
    return { names: [...called.keys()], called: [...called.values()].map((set) => [...set]) };
  });

export const frameOf = async (context: Context, { range, breakdown }: PipelineAsked): Promise<Frame & Pick<Measurable, 'notMeasured'>> => ({
  now: context.now(),
  zone: context.workspace.timeZone,
  days: range && daysOf(range, context),
  claimed: breakdown?.by === 'program' || breakdown?.by === 'launch' ? await claimedBy(context, breakdown.by) : none,
  ...(await context.read((transaction) => readUsable(transaction, breakdown?.by))),
});

/** What imports that stand could not find: a name in a file that is written otherwise elsewhere. */
const readMissing = async (context: Context): Promise<Pipeline['reconciliation']['missing']> => {
  const rows = await context.read((transaction) =>
    transaction.select({ file: imports.fileName, report: imports.report }).from(imports).where(eq(imports.state, 'committed')),
  );
  return rows.flatMap(({ file, report }) =>
    (report?.targets.some(({ kind }) => kind === 'opportunity') ? report.missing : [])
      .filter(({ created }) => !created)
      .flatMap(({ kind, values }) => values.map((value) => ({ file, kind, ...value }))),
  );
};

type Ask = <Row>(query: Query) => Promise<Row[]>;
export const namedGroups = async (ask: Ask, asked: PipelineAsked, frame: Frame): Promise<string[]> =>
  asked.breakdown ? (await ask<{ name: string }>(queries.topGroups(asked, frame))).map(({ name }) => name) : [];

/** The deals of each group. Most breakdowns have no more groups than are named; of those that have, the rest are asked for as one. */
const readGroups = async (ask: Ask, asked: PipelineAsked, frame: Frame): Promise<queries.GroupRow[]> => {
  const rows = await ask<queries.GroupRow>(queries.groupRows(asked, frame, null));
  const named = rows.filter(({ kind }) => kind === 'usual').map(({ name }) => name);
  if (named.length <= queries.mostGroups) return rows;
  return ask<queries.GroupRow>(queries.groupRows(asked, frame, named.slice(0, queries.mostGroups)));
};

const groupOf = ({ kind, name, cells, times, sums }: queries.GroupRow): { weighed: Weighed; group: PipelineGroup } => {
  const weighed = winRateOf(sums);
  const { alike: _, ...winRate } = weighed;
  const influenced = cells.reduce((sum, cell) => sum + cell.influenced, 0);
  const sourced = cells.reduce((sum, cell) => sum + cell.sourced, 0);
  return {
    weighed,
    group: { kind, name, ...countsOf(cells), sourced, influenced, winRate, cycle: cycleOf(times), difference: null },
  };
};

const groupsOf = (rows: readonly queries.GroupRow[], whole: queries.GroupRow): { all: PipelineGroup; groups: PipelineGroup[] } => {
  const all = groupOf(whole);
  const parts = rows.filter(({ kind }) => kind !== 'all').map(groupOf);
  const differences = differencesOf(
    all.weighed,
    parts.map(({ group: { kind, name }, weighed }) => ({ kind, name, weighed })),
  );
  const rank = { all: 0, usual: 1, other: 2, not_set: 3 };
  const groups = parts.map(({ group }, place) => ({ ...group, difference: differences[place]! }));
  return {
    all: all.group,
    groups: groups.toSorted(
      (one, two) => rank[one.kind] - rank[two.kind] || two.won + two.open - one.won - one.open || (one.name < two.name ? -1 : 1),
    ),
  };
};

const noDeals: queries.GroupRow = {
  kind: 'all',
  name: '',
  cells: [],
  times: [],
  sums: { clusters: [], trials: [], successes: [], sumYY: [], sumYN: [], sumNN: [] },
  reconciled: { deals: 0, created: 0, closed: 0, neither: 0, won: 0, cannotTell: 0, duplicates: 0, issues: [] },
};

const issuesOf = (counted: queries.Reconciled, products: number): Pipeline['reconciliation']['issues'] => {
  const { deals: all, won, duplicates } = counted;
  const found = (issue: Issue) => (issue === 'duplicates' ? duplicates : (counted.issues[queries.plainIssueNames.indexOf(issue)] ?? 0));
  return (
    issues
      .map((issue) => ({ issue, deals: found(issue) }))
      // Where no deal names a product, none is missing.
      .filter(({ issue, deals }) => deals > 0 && (issue !== 'without_product' || (products > 0 && deals < all)))
      .map(({ issue, deals }) => {
        const of = issue.startsWith('won_') ? won : all;
        return { issue, deals, share: of > 0 ? deals / of : null };
      })
  );
};

/** Deals of a period: how many and what they are worth, what marketing had to do with them, and how all of it adds up. */
export const answerPipeline = async (context: Context, asked: PipelineAsked): Promise<Pipeline> => {
  const { notMeasured, ...frame } = await frameOf(context, asked);
  const missing = await readMissing(context);
  const today = dayIn(frame.now, frame.zone);
  return asking(
    context,
    frame.days ?? { from: '1970-01-01', to: today },
    async (ask) => {
      const [found, spells, [other]] = await Promise.all([
        readGroups(ask, asked, frame),
        ask<queries.SpellRow>(queries.spellRows(asked, frame)),
        ask<queries.BesideRow>(queries.beside(frame.now)),
      ]);
      const { funnel, properties, products } = other!;
      const { groups, conversion } = await converted(context, found, asked.convertTo);
      const whole = groups.find(({ kind }) => kind === 'all') ?? noDeals;
      const { deals, created, closed, neither, won } = whole.reconciled;
      const stays = spells.filter(({ whole: isWhole }) => isWhole === 0);
      return {
        definition: { version: definitionVersion, lookbackDays: asked.lookbackDays, invitedCounts: asked.invitedCounts },
        ...groupsOf(groups, whole),
        conversion,
        groupsOverlap: asked.breakdown !== null && [...touchDimensions, ...usedDimensions].includes(asked.breakdown.by),
        uses: isUsed(asked.breakdown?.by) ? { cannotTell: whole.reconciled.cannotTell, notMeasured } : null,
        parts: roles.map((role) => ({ role, ...countsOf(whole.cells.filter((cell) => cell.role === role)) })),
        reconciliation: { deals, created, closed, neither, won, issues: issuesOf(whole.reconciled, products), missing },
        stages: stagesOf(stays),
        acceleration: accelerationOf(stays, spells.at(-1)?.deals ?? 0),
        funnel,
        properties,
      };
    },
    frame.usable?.features.map(({ id, name, version, newestVersion }) => ({ id, name, version, newestVersion })),
  );
};
