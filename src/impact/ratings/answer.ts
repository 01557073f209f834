import { meanInterval, type MeanEstimate } from '../../methods/numeric/mean-interval.ts';
import { shrunkenMeans, starGroup } from '../../methods/numeric/shrunken-mean.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { shareAt, type Sums } from '../questions/clusters.ts';
import { isIncomplete, periodsOf } from '../trends/periods.ts';
import * as queries from './queries.ts';
import type { Ratings, RatingsAsked } from './schema.ts';

type Scale = RatingsAsked['scale'];
type Counted = { star: number; count: number };

/** Counts per star, from the lowest up. */
const countsOf = (rows: readonly Counted[], { from, to }: Scale): number[] =>
  Array.from({ length: to - from + 1 }, (_, place) =>
    rows.filter(({ star }) => star === from + place).reduce((sum, { count }) => sum + count, 0),
  );

/** The method counts stars from one; a scale may begin at 0. */
const estimateOf = (counts: readonly number[], { from }: Scale) => {
  const found = meanInterval(counts);
  if ('refused' in found) return { answers: 0, mean: null, isFew: true, shares: [] as MeanEstimate['shares'] };
  const moved = (value: number) => value - 1 + from;
  const mean = { mean: moved(found.mean), low: moved(found.low), high: moved(found.high) };
  return { answers: found.answers, mean, isFew: found.isFew, shares: found.shares };
};

const rank = { usual: 0, other: 1, not_set: 2 };

/** Groups as they can be ranked: by the mean that few answers move less. */
const groupsOf = (rows: readonly queries.StarCount[], scale: Scale): Pick<Ratings, 'groups' | 'ranking'> => {
  const keys = [...new Map(rows.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }])).values()];
  const counted = keys.map((key) => ({
    key,
    counts: countsOf(
      rows.filter(({ kind, name }) => kind === key.kind && name === key.name),
      scale,
    ),
  }));
  const named = counted.filter(({ key }) => key.kind === 'usual');
  const ranked = shrunkenMeans(named.map(({ counts }) => starGroup(counts)));
  const forRanking = (one: (typeof counted)[number]) =>
    'refused' in ranked || one.key.kind !== 'usual' ? null : ranked.groups[named.indexOf(one)]!.shrunken - 1 + scale.from;
  const groups = counted.map((one) => {
    const { answers, mean, isFew } = estimateOf(one.counts, scale);
    return { ...one.key, answers, mean, isFew, forRanking: forRanking(one) };
  });
  return {
    groups: groups.toSorted(
      (a, b) =>
        rank[a.kind] - rank[b.kind] || (b.forRanking ?? 0) - (a.forRanking ?? 0) || b.answers - a.answers || (a.name < b.name ? -1 : 1),
    ),
    ranking: 'refused' in ranked ? ranked.refused : 'ranked',
  };
};

/** Ratings of a period: how many people, their mean and how sure it is, each rating's share, and groups that may not be ranked. */
export const answerRatings = (context: Context, asked: RatingsAsked): Promise<Ratings> => {
  const days = daysOf(asked.range, context);
  const today = dayIn(context.now(), context.workspace.timeZone);
  const { scale } = asked;
  return asking(context, days, async (ask) => {
    const named = asked.breakdown ? (await ask<{ name: string }>(queries.topValues(asked, days))).map(({ name }) => name) : [];
    const [stars, byPeriod, [left], [sums]] = await Promise.all([
      ask<queries.StarCount>(queries.starCounts(asked, days, named)),
      ask<queries.PeriodCount>(queries.periodCounts(asked, days)),
      ask<queries.Around>(queries.around(asked, days)),
      asked.invitation ? ask<Sums>(queries.responseSums(asked, days)) : [],
    ]);
    const { shares, ...whole } = estimateOf(countsOf(stars, scale), scale);
    const response = sums && shareAt(sums, 0, 'people');
    return {
      scale,
      ...whole,
      stars: shares.map(({ star, count, share, low, high }) => ({ star: star - 1 + scale.from, count, share, low, high })),
      periods: periodsOf(days, asked.by).map((at) => {
        const { answers, mean } = estimateOf(
          countsOf(
            byPeriod.filter((row) => row.at === at),
            scale,
          ),
          scale,
        );
        return { at, answers, mean, incomplete: isIncomplete(at, asked.by, days, today) };
      }),
      ...(asked.breakdown ? groupsOf(stars, scale) : { groups: [], ranking: null }),
      response: asked.invitation
        ? {
            asked: sums?.trials[0] ?? 0,
            answered: sums?.successes[0] ?? 0,
            share: response?.share ?? null,
            low: response?.low ?? null,
            high: response?.high ?? null,
          }
        : null,
      outside: left?.outside ?? 0,
      withoutPerson: left?.withoutPerson ?? 0,
      repeated: left?.repeated ?? 0,
      accounts: left?.accounts ?? 0,
    };
  });
};
