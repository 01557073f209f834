import type { UsedFeature } from '../../launch/features/schema.ts';
import type { Baseline, Entry, GoalText, Metric } from '../../launch/goals/schema.ts';
import type { Launch } from '../../launch/launches/schema.ts';
import { clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { addDays, dayIn } from '../../platform/days.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import { type AdoptionFacts, reachedOf } from '../adoptions/facts.ts';
import { type BaseCount, baseCounts } from '../adoptions/queries.ts';
import { clustersOn, ofAllSegments } from '../landing-reports/adoption/assemble.ts';
import { adoptionBySegment, type PeopleCounts, peopleCounts, type SegmentAdoption } from '../landing-reports/adoption/queries.ts';
import { beforeAfter, type BeforeAfterCounts, lastDeal, type LastDeal } from '../landing-reports/funnel/queries.ts';
import { factsOfText, halfOf } from '../landing-reports/goals/measure.ts';
import type { MeasuredBaseline } from './schema.ts';

export type Asking = {
  events: WorkspaceEvents;
  launch: Launch;
  text: GoalText & { metric: Metric; target: number };
  feature: UsedFeature | null;
  entered: Entry | null;
  lastDay: string | null;
  timeZone: string;
  now: Date;
};

/** What the stores know of the time before: the share, and how many there are to measure it on. */
export type Known = Pick<MeasuredBaseline, 'unit' | 'baseline' | 'eligible' | 'effective'> & { missing: MeasuredBaseline['why'] };

type Span = { from: string; to: string };

const baselineOf = (count: number, of: number, { from, to }: Span, now: Date, estimate = shareInterval(count, of)): Baseline | null =>
  'refused' in estimate
    ? null
    : { count, of, share: estimate.share, low: estimate.low, high: estimate.high, from, to, measuredAt: now.toISOString() };

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** As many days before the market date, or before today, as the horizon has. */
const spanOf = ({ launch, text, timeZone, now }: Asking): Span => {
  const end = earlier(launch.marketDate, dayIn(now, timeZone));
  return { from: addDays(end, -text.horizonDays), to: addDays(end, -1) };
};

type Counted = { accounts: ReturnType<typeof ofAllSegments>; people: PeopleCounts | undefined; reached: number; to: string | null };

const countUse = async ({ events, text }: Asking, facts: AdoptionFacts, isPerson: boolean): Promise<Counted> => {
  const [segments, people] = await Promise.all([
    events.ask<SegmentAdoption>(adoptionBySegment(facts)),
    isPerson ? events.ask<PeopleCounts>(peopleCounts(facts)) : [],
  ]);
  return { accounts: ofAllSegments(segments, text.horizonDays), people: people[0], reached: reachedOf(facts), to: facts.lastDay };
};

/** How many are eligible from the market date on: what there is to measure a launch on. */
const countEligible = async ({ events }: Asking, facts: AdoptionFacts, isPerson: boolean): Promise<number> => {
  if (isPerson) return (await events.ask<PeopleCounts>(peopleCounts(facts)))[0]?.eligible ?? 0;
  const counted = await events.ask<BaseCount>(baseCounts(facts));
  return counted.find(({ standing }) => standing === 'eligible')?.accounts ?? 0;
};

const ofUse = async (asking: Asking, unit: 'account' | 'person'): Promise<Known> => {
  const { text, launch, now } = asking;
  const span = spanOf(asking);
  const ahead = factsOfText(asking, asking);
  const isPerson = unit === 'person';
  const eligible = await countEligible(asking, ahead, isPerson);
  const none = { unit, baseline: null, eligible, effective: null };
  if (text.metric.kind === 'adoption' && !asking.feature) return { ...none, missing: 'no_feature' };
  if (asking.lastDay === null || asking.lastDay < span.from) return { ...none, missing: 'no_events' };
  const lastDay = earlier(asking.lastDay, span.to);
  const before = { ...factsOfText(asking, { ...asking, launch: { ...launch, marketDate: span.from } }), lastDay };
  const { accounts, people, reached } = await countUse(asking, before, isPerson);
  const counts = people ?? accounts;
  const count = counts.adopted[reached] ?? 0;
  const clusters = clustersOn(reached, counts);
  const clustered = clusters && clusteredShareInterval(clusters);
  const of = { from: span.from, to: lastDay };
  if (clustered && 'refused' in clustered) return { ...none, missing: 'too_few' };
  const baseline = baselineOf(count, counts.eligible, of, now, clustered ?? shareInterval(count, counts.eligible));
  const effective = clustered && counts.eligible > 0 ? (clustered.effectiveTrials / counts.eligible) * eligible : null;
  return { unit, baseline, eligible, effective: effective ?? null, missing: baseline ? null : 'no_eligible' };
};

/** First contacts in the half before, each followed for as many days; so far back that all of them have been. */
const ofWon = async (asking: Asking): Promise<Known> => {
  const { events, launch, text, now } = asking;
  const half = halfOf(text.horizonDays);
  const facts = factsOfText(asking, asking);
  const [last] = await events.ask<LastDeal>(lastDeal(facts));
  const none = { unit: 'contact' as const, baseline: null, eligible: 0, effective: null, missing: 'no_deals' as const };
  if (!last?.day) return none;
  const anchor = earlier(launch.marketDate, addDays(last.day, 1 - half));
  const since = { kind: 'day' as const, day: anchor };
  const [counts] = await events.ask<BeforeAfterCounts>(beforeAfter(half, { ...facts, since }));
  const { before = 0, beforeWon = 0 } = counts ?? {};
  const baseline = baselineOf(beforeWon, before, { from: addDays(anchor, -half), to: addDays(anchor, -1) }, now);
  return baseline ? { ...none, baseline, eligible: before, missing: null } : none;
};

const ofEntry = ({ entered, text, now }: Asking): Known => ({
  unit: 'answer',
  baseline: entered && baselineOf(entered.count, entered.of, { from: entered.day, to: entered.day }, now),
  eligible: text.minimumSample,
  effective: null,
  missing: entered ? null : 'not_entered',
});

export const measureBefore = (asking: Asking): Promise<Known> => {
  const { metric } = asking.text;
  if (metric.kind === 'won') return ofWon(asking);
  if (metric.kind === 'outside') return Promise.resolve(ofEntry(asking));
  return ofUse(asking, metric.unit);
};
