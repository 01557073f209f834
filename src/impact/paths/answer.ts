import { clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { type Facet, type PathCount, pathCounts } from './queries.ts';
import { mostWhole, type PathNode, type Paths, type PathsAsked } from './schema.ts';
import type { Taking } from './taken.ts';

/** The question with its days. Refuses one whose own steps are left out. */
export const takingOf = (context: Context, asked: PathsAsked): Taking => {
  for (const event of [asked.from?.event, asked.to?.event])
    if (event && asked.leaveOut.includes(event))
      throw new Failure('invalid', {
        en: `The path begins or ends with "${event}", which is also left out. Take it from one of the two.`,
        zh: `路径以“${event}”开始或结束，而它又被设为不显示。请从其中一处去掉。`,
      });
  return { ...asked, days: daysOf(asked.range, context), now: context.now() };
};

type Interval = Pick<PathNode, 'share' | 'low' | 'high'>;

const intervalOf = (part: PathCount, total: PathCount): Interval => {
  const { clusters, totals: sumNN } = total;
  const sums = { successes: part.count, trials: total.count, clusters, sumYY: part.squares, sumYN: part.products, sumNN };
  const estimate = clusteredShareInterval(sums);
  if ('refused' in estimate) return { share: total.count > 0 ? part.count / total.count : null, low: null, high: null };
  return { share: estimate.share, low: estimate.low, high: estimate.high };
};

const nothing: PathCount = {
  facet: 'all',
  position: 0,
  path: [],
  count: 0,
  units: 0,
  ended: 0,
  arrived: 0,
  clusters: 0,
  squares: 0,
  products: 0,
  totals: 0,
  took: null,
  different: [],
};

const secondsOf = ({ took }: PathCount): number | null => (took === null ? null : Math.round(took) / 1000);
const nameOf = (name: string | undefined): string | null => name || null;
const countsOf = ({ count, units }: PathCount) => ({ count, units });
const endsOf = ({ ended, arrived }: PathCount) => ({ ended, arrived });

const positionsOf = (nodes: PathCount[], total: PathCount): Paths['positions'] =>
  total.different.map((names, index) => ({
    names,
    nodes: nodes
      .filter(({ position }) => position === index + 1)
      .map((one) => ({ name: nameOf(one.path[0]), ...countsOf(one), ...intervalOf(one, total), ...endsOf(one) }))
      .toSorted((a, b) => Number(a.name === null) - Number(b.name === null)),
  }));

const reachedOf = (reached: PathCount | undefined, total: PathCount): Paths['reached'] => {
  const found = reached ?? { ...nothing, took: null };
  return { ...countsOf(found), ...intervalOf(found, total), seconds: secondsOf(found), further: found.count - found.arrived };
};

/** What people or accounts did after an event or before it, session by session. */
export const answerPaths = async (context: Context, asked: PathsAsked): Promise<Paths> => {
  const taking = takingOf(context, asked);
  return asking(context, taking.days, async (ask) => {
    const found = await ask<PathCount>(pathCounts(taking));
    const of = (facet: Facet) => found.filter((one) => one.facet === facet);
    const total = of('all')[0] ?? nothing;
    return {
      unit: asked.unit,
      direction: asked.direction,
      ...countsOf(total),
      ...endsOf(total),
      positions: positionsOf(of('node'), total),
      links: of('link').map(({ position, path, count, units }) => ({
        position,
        from: nameOf(path[0]),
        to: nameOf(path[1]),
        count,
        units,
      })),
      tree: of('begins').map((one) => ({ path: one.path, ...countsOf(one), ...endsOf(one) })),
      reached: asked.to ? reachedOf(of('reached')[0], total) : null,
      whole: of('whole')
        .slice(0, mostWhole)
        .map((one) => ({ path: one.path, ...countsOf(one), ...intervalOf(one, total), seconds: secondsOf(one) })),
      interval: total.clusters < 10 ? ('none' as const) : ('clustered' as const),
      clusters: total.clusters,
    };
  });
};
