import { goalVerdict } from '../../../methods/lift/goal-verdict.ts';
import { landfallDay } from '../../../methods/lift/landfall-day.ts';
import { type ClusterSums, clusteredShareInterval } from '../../../methods/numeric/clustered-share-interval.ts';
import { shareInterval } from '../../../methods/numeric/share-interval.ts';
import type { AdoptionGoal } from '../../../launch/launches/schema.ts';
import { type Goal, fewForShare, type UnitAdoption } from '../schema.ts';
import { countedShareOf } from '../shares.ts';
import type { AdoptionCounts, PeopleCounts, SegmentAdoption } from './queries.ts';

const targetAt = (goal: AdoptionGoal | null, day: number): number | null => {
  if (goal === null) return null;
  if (day === goal.horizonDays) return goal.target;
  return (day === 30 ? goal.marks.day30 : day === 60 ? goal.marks.day60 : null) ?? null;
};

/** The accounts of all segments together. */
export const ofAllSegments = (segments: readonly SegmentAdoption[], horizonDays: number): AdoptionCounts => {
  const sum = (of: (segment: SegmentAdoption) => number) => segments.reduce((total, segment) => total + of(segment), 0);
  return {
    eligible: sum(({ eligible }) => eligible),
    users: sum(({ users }) => users),
    adopted: Array.from({ length: horizonDays + 1 }, (_, day) => sum(({ adopted }) => adopted[day] ?? 0)),
  };
};

/** Uses that the base does not cover. */
export const outsideOf = (segments: readonly SegmentAdoption[]): SegmentAdoption['outside'] => {
  const sum = (of: keyof SegmentAdoption['outside']) => segments.reduce((total, { outside }) => total + outside[of], 0);
  return { uses: sum('uses'), accounts: sum('accounts'), withoutAccount: sum('withoutAccount') };
};

type Given = { counts: AdoptionCounts | PeopleCounts; reached: number; horizonDays: number; goal: AdoptionGoal | null };

/** The sums over accounts on one day; none where the units are accounts themselves. */
export const clustersOn = (day: number, counts: AdoptionCounts | PeopleCounts): ClusterSums | undefined =>
  'clusters' in counts
    ? {
        clusters: counts.clusters,
        successes: counts.adopted[day] ?? 0,
        trials: counts.eligible,
        sumYY: counts.sumYY[day] ?? 0,
        sumYN: counts.sumYN[day] ?? 0,
        sumNN: counts.sumNN,
      }
    : undefined;

/** Adoption of one unit: now, at the marks, day by day, and when it landed. `goal` is null where it counts the other unit. */
export const assembleAdoption = ({ counts, reached, horizonDays, goal }: Given): UnitAdoption => {
  const { eligible, users, adopted } = counts;
  const marks = [30, 60, 90].filter((day) => day <= horizonDays);
  const curve = adopted.slice(0, eligible > 0 && reached > 0 ? reached + 1 : 0).map((count, day) => {
    const clusters = clustersOn(day, counts);
    const estimate = clusters ? clusteredShareInterval(clusters) : shareInterval(count, eligible);
    const unknown = { share: eligible > 0 ? count / eligible : 0, low: 0, high: 1 };
    const { share, low, high } = 'refused' in estimate ? unknown : estimate;
    return { day, count, share, low, high };
  });
  const track = curve.map(({ share }) => share);
  return {
    eligible,
    users,
    now: countedShareOf(adopted[reached] ?? 0, eligible, reached > 0, clustersOn(reached, counts)),
    marks: marks.map((day) => ({
      day,
      target: targetAt(goal, day),
      ...countedShareOf(adopted[day] ?? 0, eligible, day <= reached, clustersOn(day, counts)),
    })),
    curve,
    landfallDay: goal && eligible >= fewForShare ? landfallDay(track, goal.target) : null,
  };
};

type Judged = {
  goal: AdoptionGoal;
  adoption: UnitAdoption;
  clustersOn?: (day: number) => ClusterSums | undefined;
  hasFeature: boolean;
  hasEvents: boolean;
  hasUses: boolean;
};

type Verdict = Pick<Goal, 'verdict' | 'reason' | 'needed'>;
/** What is said of a goal on one day. */
export type Line = Omit<Goal, 'id' | 'name' | 'leading' | 'metric'>;

const judge = ({ goal, adoption, ...known }: Judged, mark: UnitAdoption['marks'][number], target: number): Verdict => {
  const cannot = (reason: Goal['reason'], needed: number | null = null) => ({ verdict: 'cannot_tell' as const, reason, needed });
  if (!known.hasFeature) return cannot('no_feature');
  if (!known.hasEvents) return cannot('no_events');
  if (adoption.eligible === 0) return cannot(goal.unit === 'account' ? 'no_accounts' : 'no_people', goal.minimumSample);
  // So few will not tell on any later day either.
  if (adoption.eligible < goal.minimumSample) return cannot('too_few', goal.minimumSample);
  if (mark.state === 'not_yet') return cannot('not_yet');
  if (!known.hasUses) return cannot('no_uses');
  const verdict = goalVerdict({
    successes: mark.count,
    trials: mark.of,
    target,
    minimum: goal.minimumSample,
    clusters: known.clustersOn?.(mark.day),
  });
  if (verdict.verdict !== 'cannot_tell') return { verdict: verdict.verdict, reason: null, needed: null };
  return cannot(verdict.reason === 'no_observations' ? 'no_accounts' : verdict.reason, verdict.needed);
};

/** The goal at its horizon, then the marks on the way that have a target. */
export const assembleGoals = (judged: Judged): Line[] =>
  judged.adoption.marks.toReversed().flatMap(({ day, target, ...result }) =>
    target === null
      ? []
      : [
          {
            kind: day === judged.goal.horizonDays ? ('horizon' as const) : ('mark' as const),
            day,
            unit: judged.goal.unit,
            target,
            result,
            ...judge(judged, { day, target, ...result }, target),
          },
        ],
  );
