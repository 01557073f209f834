import { isDeepStrictEqual } from 'node:util';
import type { Goal as WrittenGoal, GoalText, Metric } from '../../../launch/goals/schema.ts';
import type { Launch } from '../../../launch/launches/schema.ts';
import type { Line } from '../adoption/assemble.ts';
import { type Basis, featureOf, leadingOf } from '../basis.ts';
import { type Goal, type RegisteredGoal, type TextPart, textParts } from '../schema.ts';
import { type Judgeable, judgeText, type Known } from './measure.ts';

type Registered = WrittenGoal & { registered: NonNullable<WrittenGoal['registered']> };
type Judging = Known & { basis: Basis; leadingLines: Line[] };

const isRegistered = (goal: WrittenGoal): goal is Registered => goal.registered !== null;
const isJudgeable = (text: GoalText): text is Judgeable['text'] => text.metric !== null && text.target !== null;

/** What the goal says now, which is not what was registered once it is amended. */
const textNow = (goal: Registered, { launch }: Basis): GoalText => {
  const { purpose, name, metric, target, smallestChange, horizonDays, minimumSample, comparison, rule, baseline } = goal;
  const { marketDate, eligibility } = launch;
  const { parent } = goal.registered.text;
  const said = { purpose, name, metric, target, smallestChange, horizonDays, minimumSample, comparison, rule, baseline };
  return { ...said, parent, launch: { marketDate, eligibility } };
};

const changedParts = (before: GoalText, after: GoalText | null): TextPart[] =>
  after ? textParts.filter((part) => !isDeepStrictEqual(before[part], after[part])) : [];

const measuredBy = (metric: Metric | null, basis: Basis): string | null => {
  if (metric?.kind === 'adoption') return featureOf(metric, basis)?.name ?? null;
  if (metric?.kind === 'behaviour') return metric.behaviour.label ?? metric.behaviour.event;
  return metric?.kind === 'outside' ? `${metric.question} (${metric.source})` : null;
};

const judge = (goal: Registered, text: Judgeable['text'], { basis, ...known }: Judging): Promise<Line[]> =>
  judgeText({ text, feature: featureOf(text.metric, basis), entered: goal.outside.after }, known);

const decisive = ['metric', 'target', 'horizonDays', 'minimumSample'] as const;

/** The verdict by the amended text, where it asks for something else. */
const amendedVerdict = async (goal: Registered, judging: Judging): Promise<RegisteredGoal['amended']> => {
  const now = textNow(goal, judging.basis);
  const { text } = goal.registered;
  const isOther = decisive.some((part) => !isDeepStrictEqual(now[part], text[part])) || !sameEligible(text, judging.basis.launch);
  if (goal.withdrawn || !isOther || !isJudgeable(now)) return null;
  const line = (await judge(goal, now, judging)).find(({ kind }) => kind === 'horizon');
  if (!line) return null;
  const { day, target, result, verdict, reason, needed } = line;
  return { day, target, result, verdict, reason, needed };
};

const sameEligible = (text: GoalText, { eligibility }: Launch): boolean => isDeepStrictEqual(text.launch.eligibility, eligibility);

const describe = async (goal: Registered, judging: Judging): Promise<RegisteredGoal> => {
  const { basis } = judging;
  const { text, ...registered } = goal.registered;
  return {
    id: goal.id,
    name: text.name,
    purpose: text.purpose,
    parent: text.parent,
    metric: text.metric?.kind ?? null,
    measured: measuredBy(text.metric, basis),
    comparison: text.comparison,
    smallestChange: text.smallestChange,
    rule: text.rule,
    baseline: text.baseline,
    registered: { ...registered, marketDate: text.launch.marketDate },
    withdrawn: goal.withdrawn,
    eligibilityChanged: !sameEligible(text, basis.launch),
    amendments: goal.amendments.map(({ kind, reason, by, at, before, after }) => ({
      kind,
      reason,
      by,
      at,
      changed: changedParts(before, after),
    })),
    amended: await amendedVerdict(goal, judging),
  };
};

/** Every registered goal by the text that was registered: the one that leads first, its lines as the curve was made of. */
export const judgeGoals = async (judging: Judging): Promise<{ goals: Goal[]; registeredGoals: RegisteredGoal[]; drafts: number }> => {
  const { basis, leadingLines } = judging;
  const leading = leadingOf(basis);
  const registered = basis.goals.filter(isRegistered);
  const ordered = registered.toSorted((one, other) => Number(other.id === leading?.id) - Number(one.id === leading?.id));
  const goals: Goal[] = [];
  const registeredGoals: RegisteredGoal[] = [];
  for (const goal of ordered) {
    const { text } = goal.registered;
    registeredGoals.push(await describe(goal, judging));
    if (!isJudgeable(text)) continue;
    const isLeading = goal.id === leading?.id;
    const lines = isLeading ? leadingLines : await judge(goal, text, judging);
    goals.push(...lines.map((line) => ({ ...line, id: goal.id, name: text.name, leading: isLeading, metric: text.metric.kind })));
  }
  return { goals, registeredGoals, drafts: basis.goals.filter((goal) => !isRegistered(goal) && goal.metric !== null).length };
};
