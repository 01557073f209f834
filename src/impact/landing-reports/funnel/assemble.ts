import { shareDifference } from '../../../methods/lift/share-difference.ts';
import { medianRanks } from '../../../methods/numeric/median-interval.ts';
import type { Comparison, FunnelStep, LandingReport, Median, Money, OriginRow, SegmentRow } from '../schema.ts';
import { countedShareOf } from '../shares.ts';
import type { SegmentAdoption } from '../adoption/queries.ts';
import {
  type BeforeAfterCounts,
  type FunnelCounts,
  type FunnelTimes,
  laterSteps,
  type LaterStep,
  type RankTable,
  type SegmentDeals,
} from './queries.ts';

/** The ranks that bound a median, for each number of known times that the counts hold; rank 0 means none. */
export const ranksFor = (counted: FunnelCounts[]): RankTable => {
  const counts = [...new Set([0, ...counted.flatMap((row) => laterSteps.map((step) => row[`${step}_timed`]))])];
  const ranks = counts.map((count) => medianRanks(count));
  return {
    counts,
    low: ranks.map((rank) => ('refused' in rank ? 0 : rank.low)),
    high: ranks.map((rank) => ('refused' in rank ? 0 : rank.high)),
  };
};

const medianOf = (step: LaterStep, counts: FunnelCounts, times: FunnelTimes | undefined): Median => ({
  days: times?.[`${step}_median`] ?? null,
  low: times?.[`${step}_low`] ?? null,
  high: times?.[`${step}_high`] ?? null,
  of: counts[`${step}_timed`],
  undated: counts[`${step}_undated`],
  negative: counts[`${step}_negative`],
});

const nobody = { whole: 1, origin: '', contacts: 0, skipped: 0, from: null, to: null } as const;
const noStep = (step: LaterStep) => ({ [`${step}_count`]: 0, [`${step}_timed`]: 0, [`${step}_undated`]: 0, [`${step}_negative`]: 0 });
const noContacts = { ...nobody, ...noStep('opportunity'), ...noStep('won'), ...noStep('revenue') } as FunnelCounts;

export const assembleFunnel = (counted: FunnelCounts[], timed: FunnelTimes[]): Omit<LandingReport['funnel'], 'hasRevenue'> => {
  const counts = counted.find(({ whole }) => whole === 1) ?? noContacts;
  const times = timed.find(({ whole }) => whole === 1);
  const reached = [counts.contacts, ...laterSteps.map((step) => counts[`${step}_count`])];
  const later = laterSteps.map((step, index): FunnelStep => ({
    step,
    count: reached[index + 1]!,
    ofPrevious: countedShareOf(reached[index + 1]!, reached[index]!),
    ofFirst: countedShareOf(reached[index + 1]!, counts.contacts),
    time: medianOf(step, counts, times),
  }));
  const first: FunnelStep = { step: 'first_contact', count: counts.contacts, ofPrevious: null, ofFirst: null, time: null };
  return { from: counts.from, to: counts.to, skipped: counts.skipped, steps: [first, ...later] };
};

type MoneyRow = Money & { known: number; origin: string };
const plainMoney = ({ currency, interval, amount, movements, unpriced }: MoneyRow): Money => ({
  currency,
  interval,
  amount,
  movements,
  unpriced,
});

const origins = (counted: FunnelCounts[]): FunnelCounts[] => counted.filter(({ whole }) => whole === 0);

export const assembleOrigins = (
  counted: FunnelCounts[],
  times: FunnelTimes[],
  money: MoneyRow[],
): Pick<LandingReport, 'byOrigin' | 'moneyWithoutContact'> => ({
  byOrigin: origins(counted).map((counts): OriginRow => ({
    origin: counts.origin,
    contacts: counts.contacts,
    opportunity: counts.opportunity_count,
    won: countedShareOf(counts.won_count, counts.contacts),
    revenue: counts.revenue_count,
    time: medianOf(
      'won',
      counts,
      times.find(({ whole, origin }) => whole === 0 && origin === counts.origin),
    ),
    money: money.filter(({ known, origin }) => known === 1 && origin === counts.origin).map(plainMoney),
  })),
  moneyWithoutContact: money.filter(({ known }) => known === 0).map(plainMoney),
});

export const assembleSegments = (adoption: SegmentAdoption[], deals: SegmentDeals[], reached: boolean): SegmentRow[] => {
  const bySegment = new Map(deals.map((row) => [row.segment, row]));
  return adoption.map(({ segment, accounts, eligible, adopted }) => {
    const { opportunities = 0, won_count: won = 0, withRevenue = 0 } = bySegment.get(segment) ?? {};
    return { segment, accounts, adopted: countedShareOf(adopted.at(-1) ?? 0, eligible, reached), opportunities, won, withRevenue };
  });
};

const shortestWindow = 7;

/** Each person gets as many days to be won as the window is long, so the data must reach twice that after the market date. */
export const windowDays = (given: { marketDate: string; dealsTo: string | null; horizonDays: number }): number => {
  if (given.dealsTo === null) return 0;
  const reach = Math.round((Date.parse(given.dealsTo) - Date.parse(given.marketDate)) / 86_400_000) + 1;
  return Math.max(0, Math.min(given.horizonDays, Math.floor(reach / 2)));
};

export const assembleComparison = (days: number, counts: BeforeAfterCounts): Comparison => {
  const reached = days >= shortestWindow;
  const before = countedShareOf(counts.beforeWon, counts.before, reached);
  const after = countedShareOf(counts.afterWon, counts.after, reached);
  const state = !reached
    ? 'not_yet'
    : [before, after].find((side) => side.state === 'too_few')
      ? 'too_few'
      : before.state === 'measured'
        ? after.state
        : before.state;
  const difference =
    state === 'measured'
      ? shareDifference({ successes: counts.afterWon, trials: counts.after }, { successes: counts.beforeWon, trials: counts.before })
      : null;
  return {
    label: 'descriptive',
    state,
    windowDays: days,
    before,
    after,
    difference:
      difference && !('refused' in difference) ? { value: difference.difference, low: difference.low, high: difference.high } : null,
    undated: counts.undated,
  };
};
