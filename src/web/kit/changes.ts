import { useEffect } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import { toFailure } from './failure.ts';

/** The server says something every five seconds; without that the line is dead, though nobody said so. */
const deadAfter = 15_000;
const delays = [1, 2, 4, 8, 15];

/** The names of operations begin with their noun, and so do the keys of what was asked. */
const invalidate = (queries: QueryClient, operations: string[]): void => {
  const nouns = new Set(operations.map((operation) => operation.split('.')[0]!));
  for (const noun of nouns) void queries.invalidateQueries({ queryKey: [[noun]] });
};

const follow = async (signal: AbortSignal, onOperations: (operations: string[]) => void): Promise<void> => {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  signal.addEventListener('abort', stop);
  let watchdog = setTimeout(stop, deadAfter);
  try {
    for await (const { rows } of await client.changes.watch({}, { signal: stopping.signal })) {
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, deadAfter);
      if (rows.length > 0) onOperations(rows.map(({ operation }) => operation));
    }
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
    stop();
  }
};

/** While a page is open, what others change is asked anew, as they change it. `also` are nouns that follow from any change. */
export function useChanges(also: string[] = []): void {
  const queries = useQueryClient();
  const following = also.join(' ');
  useEffect(() => {
    const stopping = new AbortController();
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onOperations = (operations: string[]) => {
      failures = 0;
      invalidate(queries, [...operations, ...following.split(' ').filter(Boolean)]);
    };
    const connect = async () => {
      const error: unknown = await follow(stopping.signal, onOperations).catch((thrown: unknown) => thrown);
      if (stopping.signal.aborted || (error && ['unauthenticated', 'forbidden'].includes(toFailure(error).code))) return;
      timer = setTimeout(() => void connect(), delays[Math.min(failures++, delays.length - 1)]! * 1000);
    };
    void connect();
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [queries, following]);
}
