import { clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import type { Context } from '../../platform/context.ts';
import type { Query } from '../../platform/events/store.ts';
import { Failure } from '../../platform/failure.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { type Done, doneBy, refuseWindow } from '../questions/behaviours.ts';
import { type FunnelCounts, funnelCounts, funnelValues } from './queries.ts';
import type { Funnel, FunnelAsked, FunnelReached, FunnelShare } from './schema.ts';
import type { Way } from './ways.ts';

type Sums = { reached: number; of: number; clusters: number; sumYY: number; sumYN: number; sumNN: number };
type Interval = Funnel['interval'];

/** People of accounts bring the sums over their accounts; under ten accounts nothing is said about chance. */
const shareOf = ({ reached, of, ...sums }: Sums, interval: Interval): FunnelShare => {
  if (of === 0) return { share: null, low: null, high: null };
  const estimate =
    interval === 'by_account' ? clusteredShareInterval({ successes: reached, trials: of, ...sums }) : shareInterval(reached, of);
  if ('refused' in estimate) return { share: reached / of, low: null, high: null };
  return { share: estimate.share, low: estimate.low, high: estimate.high };
};

const stepsOf = ({ steps }: Way, counts: FunnelCounts | undefined, interval: Interval): FunnelReached[] =>
  steps.map(({ name }, index) => {
    const at = (list: number[] | undefined, place = index) => list?.[place] ?? 0;
    const [count, next, underWay] = [at(counts?.reached), at(counts?.reached, index + 1), at(counts?.underWay)];
    const isLast = index === steps.length - 1;
    const sums = (from: number, products: number[] | undefined): Sums => ({
      reached: count,
      of: at(counts?.reached, from),
      clusters: at(counts?.clusters, from),
      sumYY: at(counts?.squares),
      sumYN: at(products),
      sumNN: at(counts?.squares, from),
    });
    const [p10, median, p90] = (counts?.waits[index - 1] ?? []).map((wait) => Math.round(wait) / 1000);
    return {
      name,
      count,
      stopped: isLast ? 0 : count - next - underWay,
      underWay: isLast ? 0 : underWay,
      ofFirst: shareOf(sums(0, counts?.withFirst), interval),
      ofPrevious: index === 0 ? null : shareOf(sums(index - 1, counts?.withPrevious), interval),
      seconds: index === 0 || count === 0 ? null : { p10: p10!, median: median!, p90: p90! },
    };
  });

const intervalOf = (asked: FunnelAsked, counts: FunnelCounts | undefined): Interval => {
  if (asked.unit === 'accounts' || !counts || counts.withAccount === 0) return 'independent';
  return counts.clusters[0]! < 10 ? 'none' : 'by_account';
};

const settledOf = (counts: FunnelCounts | undefined, interval: Interval): Funnel['settled'] => {
  const [of, reached] = [counts?.settled ?? 0, counts?.settledReached ?? 0];
  const sums = { sumYY: counts?.settledReachedSquares ?? 0, sumYN: counts?.settledProducts ?? 0, sumNN: counts?.settledSquares ?? 0 };
  return { of, count: reached, ...shareOf({ reached, of, clusters: counts?.settledClusters ?? 0, ...sums }, interval) };
};

const limitsOf = (share: FunnelShare, interval: Interval): FunnelShare =>
  interval === 'none' ? { ...share, low: null, high: null } : share;
const withLimits = (steps: FunnelReached[], interval: Interval): FunnelReached[] =>
  steps.map((step) => ({
    ...step,
    ofFirst: limitsOf(step.ofFirst, interval),
    ofPrevious: step.ofPrevious && limitsOf(step.ofPrevious, interval),
  }));

const oneByOne = {
  en: 'A step of a funnel is one event: choose an event of it, or follow its uses by retention or adoption.',
  zh: '漏斗的一步是单个事件：请选择其中一个事件，或用留存或采用来跟踪其使用。',
};

export const wayOf = async (context: Context, asked: FunnelAsked): Promise<Way & Pick<Done, 'features'>> => {
  const { breakdown, unit } = asked;
  if (unit === 'accounts' && breakdown?.by === 'person_property')
    throw new Failure('invalid', {
      en: 'Accounts have no field of a person. Break down by a field of the account, or count people.',
      zh: '客户没有个人的字段。请按客户的字段细分，或改为统计人。',
    });
  const { doings, features } = await doneBy(context, [...asked.steps, ...asked.exclusions]);
  for (const doing of doings) refuseWindow(doing, oneByOne);
  const [steps, exclusions] = [doings.slice(0, asked.steps.length), doings.slice(asked.steps.length)];
  return { ...asked, steps, exclusions, features, days: daysOf(asked.range, context), now: context.now() };
};

type Ask = <Row>(query: Query) => Promise<Row[]>;

const rank = { usual: 0, other: 1, not_set: 2 };

export const answerFunnel = async (context: Context, asked: FunnelAsked): Promise<Funnel> => {
  const way = await wayOf(context, asked);
  const answer = async (ask: Ask) => {
    const named = asked.breakdown ? (await ask<{ name: string }>(funnelValues(way))).map(({ name }) => name) : null;
    const [[counts], rows] = await Promise.all([
      ask<FunnelCounts>(funnelCounts({ ...way, breakdown: null }, null)),
      named ? ask<FunnelCounts>(funnelCounts(way, named)) : [],
    ]);
    const interval = intervalOf(asked, counts);
    const place = ({ kind, name }: FunnelCounts) => rank[kind] * 100 + Math.max(0, (named ?? []).indexOf(name));
    return {
      unit: asked.unit,
      steps: withLimits(stepsOf(way, counts, interval), interval),
      groups: rows
        .toSorted((a, b) => place(a) - place(b))
        .map((row) => ({ kind: row.kind, name: row.name, steps: withLimits(stepsOf(way, row, interval), interval) })),
      settled: { ...settledOf(counts, interval), ...(interval === 'none' && { low: null, high: null }) },
      interval,
      accounts: counts?.clusters[0] ?? 0,
    };
  };
  return asking(context, way.days, answer, way.features);
};

export const namedValues = async (context: Context, way: Way): Promise<string[]> =>
  way.breakdown ? (await context.events.ask<{ name: string }>(funnelValues(way))).map(({ name }) => name) : [];
