import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { PositioningVersion } from './schema.ts';

export const usePositioning = (launch: string) => useQuery(api.positionings.get.queryOptions({ input: { launch } }));

/** Asks anew what a change of the positioning shows: the document, and the gates that rest on it. */
export const usePositioningRefresh = () => {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([api.positionings.key(), api.gates.key()].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
};

/** Whether what only we have is named and proven, in one sentence. */
export const usePositioningVerdict = (newest: PositioningVersion | undefined): string => {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!newest) return words.missing;
  const version = format.number(newest.version);
  if (!newest.differentiator) return words.unnamed(version);
  return newest.evidence.length > 0 ? words.proven(version) : words.unproven(version);
};
