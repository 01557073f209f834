import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';

/** What follows from a file that came or went: the list, and the signatures that fell. */
export function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.attachments.key() }),
      queries.invalidateQueries({ queryKey: api.deliverables.key() }),
    ]);
}
