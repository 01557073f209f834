import { eq } from 'drizzle-orm';
import { imports } from '../../collect/imports/tables.ts';
import { readClaims, readPrograms } from '../../launch/programs/queries.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { converted } from './converting.ts';
import { countsOf, cycleOf, differencesOf, type Weighed, winRateOf } from './figures.ts';
import type { Claimed, Frame } from './groups.ts';
import * as queries from './queries.ts';
import { definitionVersion, issues, type Pipeline, type PipelineAsked, type PipelineGroup, roles, touchDimensions } from './schema.ts';
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

export const frameOf = async (context: Context, { range, breakdown }: PipelineAsked): Promise<Frame> => ({
  now: context.now(),
  zone: context.workspace.timeZone,
  days: range && daysOf(range, context),
  claimed: breakdown?.by === 'program' || breakdown?.by === 'launch' ? await claimedBy(context, breakdown.by) : none,
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

type Parts = { cells: queries.CellRow[]; times: queries.TimeRow[]; wins: queries.WinRow[] };

const groupsOf = ({ cells, times, wins }: Parts): { all: PipelineGroup; groups: PipelineGroup[] } => {
  const keys = [...new Map(cells.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }])).values()];
  const made = keys.map(({ kind, name }): { weighed: Weighed; group: PipelineGroup } => {
    const isOne = (row: { kind: string; name: string }) => row.kind === kind && row.name === name;
    const own = cells.filter(isOne);
    const weighed = winRateOf(wins.find(isOne));
    const influenced = own.filter(({ role }) => role === 'sourced' || role === 'influenced').reduce((sum, { created }) => sum + created, 0);
    const { alike: _, ...winRate } = weighed;
    const sourced = own.reduce((sum, row) => sum + row.sourced, 0);
    return {
      weighed,
      group: { kind, name, ...countsOf(own), sourced, influenced, winRate, cycle: cycleOf(times.filter(isOne)), difference: null },
    };
  });
  const empty: PipelineGroup = {
    kind: 'all',
    name: '',
    ...countsOf([]),
    sourced: 0,
    influenced: 0,
    winRate: { won: 0, closed: 0, share: null },
    cycle: cycleOf([]),
    difference: null,
  };
  const whole = made.find(({ group }) => group.kind === 'all') ?? { weighed: winRateOf(undefined), group: empty };
  const parts = made.filter(({ group }) => group.kind !== 'all');
  const differences = differencesOf(
    whole.weighed,
    parts.map(({ group: { kind, name }, weighed }) => ({ kind, name, weighed })),
  );
  const rank = { all: 0, usual: 1, other: 2, not_set: 3 };
  const groups = parts.map(({ group }, place) => ({ ...group, difference: differences[place]! }));
  return {
    all: whole.group,
    groups: groups.toSorted(
      (one, two) => rank[one.kind] - rank[two.kind] || two.won + two.open - one.won - one.open || (one.name < two.name ? -1 : 1),
    ),
  };
};

const issuesOf = (row: queries.Reconciled): Pipeline['reconciliation']['issues'] =>
  issues
    // Where no deal names a product, none is missing.
    .filter((issue) => row[issue] > 0 && (issue !== 'without_product' || (row.products > 0 && row.without_product < row.deals)))
    .map((issue) => {
      const of = issue.startsWith('won_') ? row.won : row.deals;
      return { issue, deals: row[issue], share: of > 0 ? row[issue] / of : null };
    });

/** Deals of a period: how many and what they are worth, what marketing had to do with them, and how all of it adds up. */
export const answerPipeline = async (context: Context, asked: PipelineAsked): Promise<Pipeline> => {
  const frame = await frameOf(context, asked);
  const missing = await readMissing(context);
  const today = dayIn(frame.now, frame.zone);
  return asking(context, frame.days ?? { from: '1970-01-01', to: today }, async (ask) => {
    const named = await namedGroups(ask, asked, frame);
    const [own, times, wins, [sums], spells, [accelerated], [funnel], properties] = await Promise.all([
      ask<queries.CellRow>(queries.cells(asked, frame, named)),
      ask<queries.TimeRow>(queries.times(asked, frame, named)),
      ask<queries.WinRow>(queries.wins(asked, frame, named)),
      ask<queries.Reconciled>(queries.reconciled(asked, frame)),
      ask<queries.SpellRow>(queries.spellRows(asked, frame)),
      ask<queries.AcceleratedRow>(queries.acceleratedDeals(asked, frame)),
      ask<queries.FunnelRow>(queries.contactFunnel(frame.now)),
      ask<{ name: string }>(queries.dealProperties),
    ]);
    const { deals, created, closed, neither, won } = sums!;
    const { cells, conversion } = await converted(context, own, asked.convertTo);
    return {
      definition: { version: definitionVersion, lookbackDays: asked.lookbackDays, invitedCounts: asked.invitedCounts },
      ...groupsOf({ cells, times, wins }),
      conversion,
      groupsOverlap: asked.breakdown !== null && touchDimensions.includes(asked.breakdown.by),
      parts: roles.map((role) => ({ role, ...countsOf(cells.filter((row) => row.kind === 'all' && row.role === role)) })),
      reconciliation: { deals, created, closed, neither, won, issues: issuesOf(sums!), missing },
      stages: stagesOf(spells),
      acceleration: accelerationOf(spells, accelerated!.deals),
      funnel: funnel!,
      properties: properties.map(({ name }) => name),
    };
  });
};
