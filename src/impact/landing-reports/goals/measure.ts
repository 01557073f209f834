import { everybody, featureRule, type UsedFeature } from '../../../launch/features/schema.ts';
import type { Entry, GoalText, Metric } from '../../../launch/goals/schema.ts';
import type { AdoptionGoal, Launch } from '../../../launch/launches/schema.ts';
import { goalVerdict } from '../../../methods/lift/goal-verdict.ts';
import type { WorkspaceEvents } from '../../../platform/events/store.ts';
import { type AdoptionFacts, factsOfLaunch, reachedOf } from '../../adoptions/facts.ts';
import { assembleAdoption, assembleGoals, clustersOn, type Line, ofAllSegments, outsideOf } from '../adoption/assemble.ts';
import { adoptionBySegment, type AdoptionCounts, type PeopleCounts, peopleCounts, type SegmentAdoption } from '../adoption/queries.ts';
import { beforeAfter, type BeforeAfterCounts } from '../funnel/queries.ts';
import { countedShareOf } from '../shares.ts';

/** What a text is judged on. */
export type Judgeable = {
  text: GoalText & { metric: Metric; target: number };
  feature: UsedFeature | null;
  entered: Entry | null;
};

export type Known = {
  events: WorkspaceEvents;
  launch: Launch;
  lastDay: string | null;
  dealsTo: string | null;
  timeZone: string;
  now: Date;
};

type Use = Extract<Metric, { kind: 'adoption' | 'behaviour' }>;

/** The rule and the base of a metric: a behaviour is done once by anybody who is eligible. */
const definitionOf = (metric: Use, feature: UsedFeature | null): Partial<Pick<AdoptionFacts, 'rule' | 'base'>> =>
  metric.kind === 'adoption'
    ? feature
      ? { rule: feature.rule, base: feature.base }
      : {}
    : { rule: featureRule.parse({ kind: 'any', steps: [metric.behaviour] }), base: everybody };

/** What is asked of the store: those for whom it was registered, from the market date as it is now. */
export const factsOfText = (
  { text, feature }: Pick<Judgeable, 'text' | 'feature'>,
  known: Omit<Known, 'events' | 'dealsTo'>,
): AdoptionFacts => {
  const { launch, lastDay, timeZone, now } = known;
  const facts = factsOfLaunch(
    { ...launch, feature: null, eligibility: text.launch.eligibility },
    { horizonDays: text.horizonDays, lastDay, timeZone, now },
  );
  const { metric } = text;
  return metric.kind === 'adoption' || metric.kind === 'behaviour' ? { ...facts, ...definitionOf(metric, feature) } : facts;
};

/** What a text asks of the share of those who adopt or do it. */
export const askedShare = ({ metric, target, horizonDays, minimumSample }: Judgeable['text']): AdoptionGoal => ({
  unit: metric.kind === 'adoption' || metric.kind === 'behaviour' ? metric.unit : 'account',
  target,
  horizonDays,
  marks: metric.kind === 'adoption' ? metric.marks : {},
  minimumSample,
});

const judgeUse = async ({ text, feature }: Judgeable, metric: Use, known: Known): Promise<Line[]> => {
  const facts = factsOfText({ text, feature }, known);
  const { events, lastDay } = known;
  const [segments, people] = await Promise.all([
    events.ask<SegmentAdoption>(adoptionBySegment(facts)),
    metric.unit === 'person' ? events.ask<PeopleCounts>(peopleCounts(facts)) : [],
  ]);
  const { horizonDays } = text;
  const accounts = ofAllSegments(segments, horizonDays);
  const counts: AdoptionCounts | PeopleCounts = people[0] ?? accounts;
  const goal = askedShare(text);
  const hasFeature = metric.kind === 'behaviour' || feature !== null;
  const reached = hasFeature ? reachedOf(facts) : 0;
  return assembleGoals({
    goal,
    adoption: assembleAdoption({ counts, reached, horizonDays, goal }),
    hasFeature,
    hasEvents: lastDay !== null,
    hasUses: counts.users + accounts.users + outsideOf(segments).uses > 0,
    clustersOn: (day) => clustersOn(day, counts),
  });
};

type Counted = Pick<Line, 'unit' | 'result'> & { none: 'no_contacts' | 'not_entered'; isNone: boolean };

const judgeShare = ({ text: { target, horizonDays, minimumSample } }: Judgeable, { unit, result, none, isNone }: Counted): Line[] => {
  const line = { kind: 'horizon' as const, day: horizonDays, unit, target, result };
  const cannot = (reason: Line['reason'], needed: number | null = null): Line[] => [{ ...line, verdict: 'cannot_tell', reason, needed }];
  if (isNone) return cannot(none);
  if (result.state === 'not_yet') return cannot('not_yet');
  const told = goalVerdict({ successes: result.count, trials: result.of, target, minimum: minimumSample });
  if (told.verdict !== 'cannot_tell') return [{ ...line, verdict: told.verdict, reason: null, needed: null }];
  return cannot(told.reason === 'no_observations' ? none : told.reason, told.needed);
};

/** First contacts of the first half of the horizon are followed as long as that half: so the last of them are told at the horizon. */
export const halfOf = (horizonDays: number): number => Math.floor(horizonDays / 2);

const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

const judgeWon = async (judgeable: Judgeable, known: Known): Promise<Line[]> => {
  const { launch, dealsTo, events } = known;
  const half = halfOf(judgeable.text.horizonDays);
  const [counts] = await events.ask<BeforeAfterCounts>(beforeAfter(half, factsOfText(judgeable, known)));
  const { after = 0, afterWon = 0 } = counts ?? {};
  const reached = dealsTo !== null && daysFrom(launch.marketDate, dealsTo) >= 2 * half;
  return judgeShare(judgeable, {
    unit: 'contact',
    result: countedShareOf(afterWon, after, reached),
    none: 'no_contacts',
    isNone: reached && after === 0,
  });
};

const judgeEntered = (judgeable: Judgeable): Line[] => {
  const { count = 0, of = 0 } = judgeable.entered ?? {};
  return judgeShare(judgeable, {
    unit: 'answer',
    result: countedShareOf(count, of, of > 0),
    none: 'not_entered',
    isNone: of === 0,
  });
};

/** What is said of a text: at its horizon, and at the marks on the way. */
export const judgeText = async (judgeable: Judgeable, known: Known): Promise<Line[]> => {
  const { metric } = judgeable.text;
  if (metric.kind === 'won') return judgeWon(judgeable, known);
  if (metric.kind === 'outside') return judgeEntered(judgeable);
  return judgeUse(judgeable, metric, known);
};
