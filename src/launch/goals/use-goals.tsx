import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { Goal, Metric } from './schema.ts';

export const useGoals = (launch: string) => useQuery(api.goals.list.queryOptions({ input: { launch } }));

/** After a goal has changed, what shows goals is read again. */
export function useRefreshGoals(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const keys = [api.goals.key(), api.launches.key(), api.landingReports.key(), api.gates.key()];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}

const isWhole = (share: number): boolean => Math.abs(share * 100 - Math.round(share * 100)) < 1e-9;

/** A goal in the words of the page. */
export function useGoalWords(launch: Launch) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const features = useQuery(api.features.list.queryOptions({ input: {} }));
  const nameOf = (id: string | null) =>
    id === null || id === launch.feature?.id
      ? (launch.feature?.name ?? words.leadingFeature(null))
      : (features.data?.features.find((one) => one.id === id)?.name ?? '');
  const measuredBy = (metric: Metric | null): string => {
    if (metric === null) return words.kinds.none;
    if (metric.kind === 'won') return words.kinds.won;
    if (metric.kind === 'outside') return `${metric.question} (${metric.source})`;
    if (metric.kind === 'behaviour') return metric.behaviour.label || metric.behaviour.event || words.event;
    const version = metric.featureVersion ? words.version(format.number(metric.featureVersion)) : words.newest;
    return `${nameOf(metric.featureId)}, ${version}`;
  };
  const of = (metric: Metric): string =>
    metric.kind === 'won' ? words.ofContacts : metric.kind === 'outside' ? words.ofAnswers : words.of30(metric.unit);
  const share = (value: number) => format.share(value, { digits: isWhole(value) ? 0 : 1 });
  return {
    words,
    format,
    share,
    measuredBy,
    points: (value: number) => format.number(Math.abs(value) * 100, { digits: isWhole(value) ? 0 : 1 }),
    target: ({ metric, target, horizonDays }: Pick<Goal, 'metric' | 'target' | 'horizonDays'>): string =>
      metric && target !== null ? `${words.byDay(share(target), horizonDays)} ${of(metric)}` : '',
    unit: (metric: Metric | null) =>
      metric?.kind === 'won' ? ('contact' as const) : metric?.kind === 'outside' ? ('answer' as const) : (metric?.unit ?? 'account'),
  };
}
