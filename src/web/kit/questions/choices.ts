import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { hasWindow, stepsOf } from '../../../launch/features/schema.ts';
import { api, client } from '../client.ts';
import type { Behaviour, BreakdownChoice, EventChoice, FeatureChoice, PropertyChoice, Use } from './values.ts';
import { useQuestionWords } from './words.ts';

const minute = 60_000;

/** The events that were received, for the pickers of steps. */
export const useEventChoices = (): EventChoice[] => {
  const { data } = useQuery({ ...api.events.names.queryOptions({ input: {} }), staleTime: minute });
  return useMemo(() => (data?.events ?? []).map(({ name, events, lastAt }) => ({ name, count: events, lastSeen: lastAt })), [data]);
};

/** The currencies that amounts can be asked for in: those that rates lead to or from. */
export const useRateCurrencies = (): string[] => {
  const { data } = useQuery({ ...api.exchangeRates.list.queryOptions({ input: { limit: 1 } }), staleTime: minute });
  return useMemo(() => [...new Set((data?.pairs ?? []).flatMap(({ from, to }) => [to, from]))].toSorted(), [data]);
};

/** The features, for pickers that offer their uses beside events. */
export const useFeatureChoices = (): FeatureChoice[] => {
  const { data } = useQuery({ ...api.features.list.queryOptions({ input: {} }), staleTime: minute });
  return useMemo(
    () =>
      (data?.features ?? []).map(({ id, name, version, rule }) => {
        const hasMoments = !hasWindow(rule);
        return { id, name, version, hasMoments, event: hasMoments ? (stepsOf(rule)[0]?.event ?? null) : '' };
      }),
    [data],
  );
};

/** What a behaviour is called, and the event whose properties it has: '' where there are none. */
export const useBehaviours = () => {
  const words = useQuestionWords();
  const features = useFeatureChoices();
  return useMemo(() => {
    const find = ({ feature }: Use) => features.find(({ id }) => id === feature);
    const isSingle = (one: Behaviour): boolean => one.kind !== 'feature' || (find(one)?.hasMoments ?? true);
    return {
      features,
      /** Whether it is single events, with moments and properties. */
      isSingle,
      nameOf: (one: Behaviour | null | undefined): string =>
        one?.kind === 'feature' ? words.ofFeature(find(one)?.name ?? words.aFeature) : one?.event || words.anyEvent.toLowerCase(),
      eventOf: (one: Behaviour | null | undefined): string | null =>
        one?.kind === 'feature' ? (find(one)?.event ?? '') : one ? one.event : '',
    };
  }, [features, words]);
};

/** The properties of the events in question; of one that is not chosen yet there are none. */
export const usePropertyChoices = (events: readonly (string | null)[]): ((event: string | null) => PropertyChoice[]) => {
  const asked = events[0] ?? '';
  const { data } = useQuery({ ...api.events.properties.queryOptions({ input: { event: asked, values: 0 } }), staleTime: minute });
  const found = useMemo(() => (data?.properties ?? []).map(({ name, kind }) => ({ name, kind })), [data]);
  return useCallback(() => found, [found]);
};

/** Values of a property, the most frequent first, that hold what is typed. */
export const suggestFor =
  (event: string | null) =>
  async (property: string, text: string): Promise<string[]> => {
    const { properties } = await client.events.properties({ event: event ?? '', property, search: text, values: 20 });
    return properties[0]?.values ?? [];
  };

const accountFields = ['plan', 'segment', 'industry', 'country'];
const personFields = ['title', 'country'];

/** What an answer can be broken down by: properties of the event, and what is known of its account and person. */
export const breakdownChoices = (properties: readonly PropertyChoice[]): BreakdownChoice[] => [
  ...properties.map(({ name }) => ({ by: 'property' as const, name })),
  ...accountFields.map((name) => ({ by: 'account_property' as const, name })),
  ...personFields.map((name) => ({ by: 'person_property' as const, name })),
];
