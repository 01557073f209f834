import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditPlacebo } from './attribution/credit-placebo.ts';
import type { Journey } from './attribution/credit-table.ts';
import { markovRemoval } from './attribution/markov-removal.ts';
import { rankStability } from './attribution/rank-stability.ts';
import { shapleyCredits } from './attribution/shapley-credits.ts';
import { activationSearch } from './lift/activation-search.ts';
import { adjustedMeanDifference } from './lift/adjusted-mean-difference.ts';
import { alwaysValid } from './lift/always-valid.ts';
import { bassOutlook } from './lift/bass-diffusion.ts';
import { detectableDifference } from './lift/detectable-difference.ts';
import { detectableMeanDifference } from './lift/detectable-mean-difference.ts';
import { detectableShare } from './lift/detectable-share.ts';
import { differenceInDifferences } from './lift/difference-in-differences.ts';
import { goalVerdict } from './lift/goal-verdict.ts';
import { groupTimeEffects } from './lift/group-time-effects.ts';
import { matchedControls } from './lift/matched-controls.ts';
import { meanDifference } from './lift/mean-difference.ts';
import { paceRatio } from './lift/pace-ratio.ts';
import { sampleRatio } from './lift/sample-ratio.ts';
import { unitsPerGroup } from './lift/sample-size.ts';
import { shareDifferenceInDifferences } from './lift/share-difference-in-differences.ts';
import { shareDifference } from './lift/share-difference.ts';
import { momentsOf } from './lift/simulated.fixture.ts';
import { steppedWedgeError } from './lift/stepped-wedge-error.ts';
import { structuralSeries } from './lift/structural-series.ts';
import { syntheticControl } from './lift/synthetic-control.ts';
import { bootstrapMean } from './numeric/bootstrap-mean.ts';
import { clusteredShareInterval } from './numeric/clustered-share-interval.ts';
import { fisherExact } from './numeric/fisher-exact.ts';
import { meanInterval } from './numeric/mean-interval.ts';
import { medianRanks } from './numeric/median-interval.ts';
import { shareInterval } from './numeric/share-interval.ts';
import { shrunkenMeans, starGroup } from './numeric/shrunken-mean.ts';
import { backTest } from './retention/back-test.ts';
import { clusteredIncidence } from './retention/clustered-incidence.ts';
import { kaplanMeier } from './retention/kaplan-meier.ts';
import { logRank } from './retention/log-rank.ts';
import { revenueShare } from './retention/revenue-retention.ts';

/** Where an answer holds something that is no number, or endless. */
const broken = (value: unknown, path = 'answer'): string[] => {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => broken(inner, `${path}.${key}`));
};

const count = fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(60), fc.nat(1_000_000));
/** Values as they come when something is wrong: all alike, nearly all nothing, one giant, very small, below zero. */
const values = (least: number, most: number) =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.constantFrom(0, 7, -3, 1e9))
      .map(([length, one]) => Array.from({ length }, () => one)),
    fc.array(fc.constantFrom(0, 0, 0, 1, 1e12), { minLength: least, maxLength: most }),
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: least, maxLength: most }),
    fc.array(fc.double({ min: 0, max: 1e-9, noNaN: true }), { minLength: least, maxLength: most }),
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: least, maxLength: most }),
  );
const share = fc.oneof(
  fc.constantFrom(0, 1, 0.5),
  fc.nat(1_000_000).map((millionths) => millionths / 1_000_000),
);
const times = fc.array(fc.record({ time: fc.nat(40), events: fc.nat(3), censored: fc.nat(3) }), { maxLength: 30 });
const inOrder = <Row extends { time: number }>(rows: Row[]): Row[] =>
  [...new Map(rows.map((row) => [row.time, row])).values()].sort((one, other) => one.time - other.time);
const journeys: fc.Arbitrary<Journey[]> = fc.array(
  fc.record({
    touches: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }),
    conversions: fc.nat(2),
    value: fc.nat(9),
    nulls: fc.nat(2),
  }),
  { maxLength: 12 },
);

const cases: Record<string, fc.Arbitrary<() => unknown>> = {
  shareInterval: fc.tuple(count, count).map(
    ([one, other]) =>
      () =>
        shareInterval(one, other),
  ),
  shareDifference: fc.tuple(count, count, count, count).map(
    ([a, m, b, n]) =>
      () =>
        shareDifference({ successes: a, trials: m }, { successes: b, trials: n }),
  ),
  shareDifferenceInDifferences: fc.array(count, { minLength: 8, maxLength: 8 }).map((given) => () => {
    const [one, two, three, four] = [0, 2, 4, 6].map((at) => ({ successes: given[at]!, trials: given[at + 1]! }));
    return shareDifferenceInDifferences({ before: one!, after: two! }, { before: three!, after: four! });
  }),
  goalVerdict: fc.tuple(count, count, share).map(
    ([successes, trials, target]) =>
      () =>
        goalVerdict({ successes, trials, target }),
  ),
  detectableShare: fc.tuple(share, count).map(
    ([from, trials]) =>
      () =>
        detectableShare({ from, trials }),
  ),
  detectableDifference: fc.tuple(share, count, count).map(
    ([base, one, other]) =>
      () =>
        detectableDifference({ base, trials: [one, other] }),
  ),
  detectableMeanDifference: fc.tuple(fc.double({ min: 0, max: 1e9, noNaN: true }), count, count).map(
    ([deviation, one, other]) =>
      () =>
        detectableMeanDifference({ deviation, units: [one, other] }),
  ),
  unitsPerGroup: fc.tuple(share, share).map(
    ([base, changed]) =>
      () =>
        unitsPerGroup({ base, changed }),
  ),
  sampleRatio: fc.tuple(count, count, share).map(
    ([one, other, meant]) =>
      () =>
        sampleRatio([one, other], [meant, 1 - meant]),
  ),
  meanDifference: fc.tuple(values(1, 60), values(1, 60)).map(
    ([one, other]) =>
      () =>
        meanDifference(momentsOf(one), momentsOf(other)),
  ),
  adjustedMeanDifference: fc.tuple(values(25, 25), values(25, 25), values(25, 25)).map(([one, other, before]) => () => {
    const [x, y, z] = [momentsOf(before), momentsOf(one), momentsOf(other)];
    const over = (group: number[], own: number) => group.reduce((sum, value, at) => sum + (value - own) * (before[at]! - x.mean), 0) / 24;
    return adjustedMeanDifference({ ...y, before: x, covariance: over(one, y.mean) }, { ...z, before: x, covariance: over(other, z.mean) });
  }),
  alwaysValid: fc.tuple(fc.integer({ min: -10_000, max: 10_000 }), share, count, share).map(
    ([difference, error, units, worthHaving]) =>
      () =>
        alwaysValid({ difference: difference / 1000, error, units, worthHaving }),
  ),
  differenceInDifferences: fc.array(values(6, 6), { minLength: 2, maxLength: 50 }).map(
    (rows) => () =>
      differenceInDifferences(
        rows.map((outcomes, at) => ({ treated: at % 2 === 0, outcomes })),
        3,
      ),
  ),
  groupTimeEffects: fc.array(values(5, 5), { minLength: 2, maxLength: 90 }).map(
    (rows) => () =>
      groupTimeEffects(
        rows.map((outcomes, at) => ({ from: [null, 2, 3][at % 3]!, outcomes })),
        { draws: 20 },
      ),
  ),
  matchedControls: fc.array(fc.tuple(values(2, 2), values(1, 1)), { minLength: 40, maxLength: 60 }).map((rows) => () => {
    const units = rows.map(([features, [outcome]], at) => ({ name: `${at}`, features, outcome: outcome! }));
    return matchedControls(
      units.filter((_, at) => at % 2 === 0),
      units.filter((_, at) => at % 2 === 1),
    );
  }),
  syntheticControl: fc.array(values(9, 9), { minLength: 4, maxLength: 8 }).map((rows) => () => {
    const [treated, ...donors] = rows.map((series, at) => ({ name: `${at}`, values: series }));
    return syntheticControl(treated!, donors, 6);
  }),
  structuralSeries: fc.tuple(values(20, 20), values(20, 20)).map(
    ([series, control]) =>
      () =>
        structuralSeries({ values: series, controls: [{ name: 'one', values: control }], before: 15, draws: 40 }),
  ),
  bassOutlook: values(8, 12).map((adopters) => () => bassOutlook(adopters.map(Math.abs), { horizon: 2, draws: 40 })),
  steppedWedgeError: fc.tuple(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), fc.double({ min: 0, max: 9, noNaN: true }), share).map(
    ([waves, variance, likeness]) =>
      () =>
        steppedWedgeError({ waves, variance, likeness }),
  ),
  paceRatio: fc
    .array(
      fc.record({ stratum: fc.constant(''), time: fc.nat(9), touchedFrom: fc.option(fc.nat(9)), moved: fc.boolean(), count: fc.nat(9) }),
    )
    .map((stays) => () => paceRatio(stays)),
  activationSearch: fc.array(fc.tuple(count, count, count, count), { minLength: 1, maxLength: 4 }).map(
    (tables) => () =>
      activationSearch(
        tables.map(([didStayed, didLeft, notStayed, notLeft], at) => {
          const half = { didStayed, didLeft, notStayed, notLeft };
          return { name: `${at}`, training: half, holdOut: half };
        }),
      ),
  ),
  fisherExact: fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500)).map(
    ([didStayed, didLeft, notStayed, notLeft]) =>
      () =>
        fisherExact({ didStayed, didLeft, notStayed, notLeft }),
  ),
  meanInterval: fc.array(count, { minLength: 2, maxLength: 7 }).map((counts) => () => meanInterval(counts)),
  medianRanks: count.map((n) => () => medianRanks(n)),
  bootstrapMean: values(1, 60).map((sample) => () => bootstrapMean(sample, { draws: 200 })),
  shrunkenMeans: fc
    .array(fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }), { maxLength: 9 })
    .map((subjects) => () => shrunkenMeans(subjects.map(starGroup))),
  clusteredShareInterval: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 }).map((pairs) => () => {
    const clusters = pairs.map(([y, more]) => ({ y, n: y + more })).filter(({ n }) => n > 0);
    const sum = (of: (one: { y: number; n: number }) => number) => clusters.reduce((so, one) => so + of(one), 0);
    const squares = { sumYY: sum(({ y }) => y * y), sumYN: sum(({ y, n }) => y * n), sumNN: sum(({ n }) => n * n) };
    return clusteredShareInterval({ clusters: clusters.length, successes: sum(({ y }) => y), trials: sum(({ n }) => n), ...squares });
  }),
  kaplanMeier: times.map((rows) => () => kaplanMeier(inOrder(rows))),
  clusteredIncidence: times.map(
    (rows) => () =>
      clusteredIncidence(
        rows.map((row, at) => ({ ...row, account: `${at % 12}` })),
        8,
      ),
  ),
  logRank: fc.tuple(times, times).map(
    ([one, other]) =>
      () =>
        logRank([
          { name: 'a', counts: inOrder(one) },
          { name: 'b', counts: inOrder(other) },
        ]),
  ),
  backTest: fc
    .array(fc.record({ score: fc.nat(5), happened: fc.nat(30), not: fc.nat(30) }), { maxLength: 6 })
    .map((scores) => () => backTest(scores, 2)),
  revenueShare: fc.tuple(values(40, 80), values(80, 80)).map(([before, after]) => () => {
    const rows = before.map((x, at) => ({ x: Math.abs(x), y: Math.abs(after[at]!) }));
    const sum = (of: (one: { x: number; y: number }) => number) => rows.reduce((so, one) => so + of(one), 0);
    const squares = {
      sumXX: sum(({ x }) => x * x),
      sumXY: sum(({ x, y }) => x * y),
      sumYY: sum(({ y }) => y * y),
      sumX4: sum(({ x }) => x ** 4),
    };
    const changed = rows.filter(({ x, y }) => x !== y).length;
    return revenueShare({ accounts: rows.length, changed, sumX: sum(({ x }) => x), sumY: sum(({ y }) => y), ...squares });
  }),
  markovRemoval: fc.tuple(journeys, fc.integer({ min: 1, max: 3 })).map(
    ([paths, order]) =>
      () =>
        markovRemoval(paths, order),
  ),
  shapleyCredits: journeys.map((paths) => () => shapleyCredits(paths, { worth: 'rate' })),
  creditPlacebo: fc
    .array(fc.record({ channels: fc.uniqueArray(fc.nat(2)), isConverted: fc.boolean(), stratum: fc.nat(2) }), { maxLength: 20 })
    .map((customers) => () => creditPlacebo(customers, 3, { deals: 99 })),
  rankStability: fc.array(count, { maxLength: 6 }).map(
    (counts) => () =>
      rankStability(
        counts,
        counts.map(() => 1),
        (drawn) => [...drawn],
        { draws: 20 },
      ),
  ),
};

describe('whatever it is given, a method refuses by name, by a RangeError, or answers in numbers', () => {
  it.each(Object.entries(cases))('%s', (_, arbitrary) => {
    const outcomes = { answered: 0, thrown: 0 };
    fc.assert(
      fc.property(arbitrary, (ask) => {
        try {
          expect(broken(ask())).toEqual([]);
          outcomes.answered += 1;
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          outcomes.thrown += 1;
        }
      }),
      { numRuns: 100, seed: 21 },
    );
    // What is only ever thrown at would prove nothing.
    expect(outcomes.answered).toBeGreaterThan(10);
  });
});
