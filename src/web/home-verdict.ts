import { type Goal, type LandingReport, type LeadingGoal, leadingGoal } from '../impact/landing-reports/schema.ts';
import type { Launch } from '../launch/launches/schema.ts';
import type { Measured } from './home.tsx';
import type { Format } from './kit/format.ts';
import type { en } from './messages.ts';

type Told = { words: typeof en; format: Format };
type Situation = Told & { judged: Measured[]; upcoming: Launch[]; today: string };

/** The goal on adoption that the report is about, at its horizon. */
export function horizonGoal(report: LandingReport | undefined): LeadingGoal | undefined {
  return report && leadingGoal(report);
}

/** How many of the goals of a report were met, missed, and cannot be told. */
export function tally({ goals }: Pick<LandingReport, 'goals'>): { all: number; met: number; missed: number; open: number } {
  const at = goals.filter(({ kind }) => kind === 'horizon');
  const count = (verdict: Goal['verdict']) => at.filter((goal) => goal.verdict === verdict).length;
  return { all: at.length, met: count('met'), missed: count('missed'), open: count('cannot_tell') };
}

export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}

/** The launch that Home speaks about: the latest that can be judged, else the latest that has a goal. */
export function chooseReport(judged: Measured[]): LandingReport | undefined {
  const reports = judged.map(({ report }) => report).filter((report) => horizonGoal(report) !== undefined);
  return reports.find((report) => horizonGoal(report)!.verdict !== 'cannot_tell') ?? reports[0];
}

/** The one sentence of Home. */
export function headline({ judged, upcoming, today, words, format }: Situation): string {
  const report = chooseReport(judged);
  if (report) return sentence(report, { words, format });
  const others = judged.find(({ report: one }) => one && one.goals.length > 0);
  if (others?.report) return words.verdict.tally(others.launch.name, tally(others.report));
  const next = upcoming[0];
  if (next) return words.verdict.next(next.name, words.inDays(daysUntil(next.marketDate, today)), format.date(next.marketDate));
  return words.verdict.noGoal(judged[0]!.launch.name);
}

function sentence(report: LandingReport, { words, format }: Told): string {
  const goal = horizonGoal(report)!;
  const { name } = report.launch;
  const { result } = goal;
  const target = writeTarget(goal.target, format);
  if (goal.verdict === 'cannot_tell') {
    const { now } = report.adoption[goal.unit];
    const soFar = now.state === 'measured' ? format.interval(format.share(now.share), format.share(now.low), format.share(now.high)) : null;
    if (goal.reason === 'not_yet') return words.verdict.underWay(name, report.dayReached, goal.day, soFar, target);
    return words.verdict.cannotTell(name, why(goal, { words, format }));
  }
  // Whole percents in prose, unless rounding would hide on which side of the target the share lies.
  const close = result.share !== null && (result.share < 0.1 || Math.abs(result.share - goal.target) < 0.01);
  const write = (share: number | null) => format.share(share, { digits: close ? 1 : 0 });
  return words.verdict[goal.verdict]({
    name,
    share: write(result.share),
    low: write(result.low),
    high: write(result.high),
    of: format.number(result.of),
    unit: words.unit[goal.unit],
    day: goal.day,
    target,
  });
}

/** Why it cannot be told, and what would be needed. */
export function why(goal: Goal, { words, format }: Told, dayReached?: number): string {
  if (goal.reason === 'not_yet' && dayReached !== undefined) return words.dayOf(dayReached, goal.day);
  if (goal.reason === 'too_few' && goal.needed !== null) return words.needed(format.number(goal.result.of), format.number(goal.needed));
  return goal.reason ? words.reasons[goal.reason] : '';
}

export function writeTarget(target: number, format: Format): string {
  return format.share(target, { digits: Math.abs(target * 100 - Math.round(target * 100)) < 1e-9 ? 0 : 1 });
}
