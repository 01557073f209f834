import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { toast, toastFailure } from '../../web/kit/toast.tsx';

/** The gates of a launch as they stand now. */
export const useGates = (launch: string) => useQuery(api.gates.list.queryOptions({ input: { launch } }));

/** What follows from a change of a gate is asked anew. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const keys = [api.gates.key(), api.launches.key(), api.positionings.key()];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}

type Act<Input> = {
  run: (input: Input) => Promise<unknown>;
  done: string | ((answer: unknown) => void);
  onDone?: () => void;
  /** Where the message of a refusal has a place of its own. */
  quiet?: boolean;
};

/** A change of a gate: what it shows is asked anew, then said. */
export function useGateAct<Input>({ run, done, onDone, quiet = false }: Act<Input>) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: run,
    onSuccess: async (answer) => {
      await refresh();
      if (typeof done === 'string') toast({ text: done });
      else done(answer);
      onDone?.();
    },
    onError: (error: unknown) => {
      if (!quiet) toastFailure(error);
    },
  });
}
