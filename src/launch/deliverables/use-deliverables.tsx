import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { Deliverable, DeliverableChange } from './schema.ts';

export const useDeliverables = (launch: string) => useQuery(api.deliverables.list.queryOptions({ input: { launch } }));

type Set = Partial<Omit<DeliverableChange, 'deliverable' | 'version'>>;
export type Change = { one: Deliverable; set: Set };

/** The fields of `set` as they were: what takes a change back. */
const backOf = (was: Deliverable, set: Set): Set => {
  const old: Required<Omit<DeliverableChange, 'deliverable' | 'version'>> = {
    name: was.name,
    type: was.type,
    required: was.required,
    ownerId: was.owner?.id ?? null,
    function: was.function,
    leadDays: was.leadDays,
    dueOn: was.isFixed ? was.dueOn : null,
    workDays: was.workDays,
    doneWhen: was.doneWhen,
    audience: was.audience,
    signers: was.signOffs.map((each) => each.function),
    reviewers: was.reviewers.map(({ id }) => id),
    needs: was.needs,
    links: was.links,
    status: was.status,
    droppedReason: was.droppedReason,
    position: was.position,
  };
  const isDue = 'leadDays' in set || 'dueOn' in set;
  const names = [...Object.keys(set), ...(isDue ? ['leadDays', 'dueOn'] : []), ...('status' in set ? ['droppedReason'] : [])];
  return Object.fromEntries([...new Set(names)].map((name) => [name, old[name as keyof typeof old]]));
};

/** Changes one or many at once, shown before the server has answered, and offered to be taken back. */
export function useChangeMany(launch: string) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const { queryKey } = api.deliverables.list.queryOptions({ input: { launch } });
  const refresh = () => queries.invalidateQueries({ queryKey: api.deliverables.key() });
  const send = (changes: Change[]) =>
    client.deliverables.updateMany({
      launch,
      changes: changes.map(({ one, set }) => ({ deliverable: one.id, version: one.version, ...set })),
    });
  const takeBack = async (before: Deliverable[], after: Deliverable[], sets: Map<string, Set>) => {
    try {
      await send(before.map((was) => ({ one: after.find(({ id }) => id === was.id) ?? was, set: backOf(was, sets.get(was.id)!) })));
      toast({ text: words.undone });
    } catch (error) {
      toastFailure(error);
    }
    await refresh();
  };
  return useMutation({
    mutationFn: ({ changes }: { changes: Change[]; said: string }) => send(changes),
    onMutate: async ({ changes }) => {
      await queries.cancelQueries({ queryKey });
      const statuses = new Map(changes.map(({ one, set }) => [one.id, set.status]));
      queries.setQueryData(
        queryKey,
        (old) => old && { deliverables: old.deliverables.map((one) => ({ ...one, status: statuses.get(one.id) ?? one.status })) },
      );
    },
    onSuccess: ({ before, deliverables }, { changes, said }) => {
      const sets = new Map(changes.map(({ one, set }) => [one.id, set]));
      toast({ text: said, undo: () => void takeBack(before, deliverables, sets) });
    },
    onError: toastFailure,
    onSettled: refresh,
  });
}
