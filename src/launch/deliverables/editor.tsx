import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Conflict, type Differing } from '../../web/kit/conflict.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { Attachments } from '../attachments/list.tsx';
import { Uses } from '../uses/section.tsx';
import type { Launch } from '../launches/schema.ts';
import { EditorFields, fieldsOf, useDraft } from './editor-form.tsx';
import { en, zh } from './messages.ts';
import type { Deliverable } from './schema.ts';
import { Signatures } from './signatures.tsx';
import { DeliverableFacts } from './facts.tsx';

type EditorProps = {
  launch: Launch;
  /** The one that is changed; null for a new one. */
  one: Deliverable | null;
  all: Deliverable[];
  onClose: () => void;
};

/** One deliverable beside the list: what it is, who signs, and all of it to be changed. */
export function Editor({ launch, one, all, onClose }: EditorProps) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  return (
    <Drawer
      open
      onClose={onClose}
      title={one ? one.name : words.newTitle}
      subtitle={one ? words.statuses[one.status] : launch.name}
      size="wide"
    >
      {one ? <Signatures one={one} /> : null}
      {one ? <Uses launch={launch.key} deliverable={one.id} /> : null}
      {one ? <Attachments deliverable={one.id} /> : null}
      {mayEdit ? (
        <EditorBody launch={launch} one={one} all={all} onClose={onClose} />
      ) : one ? (
        <DeliverableFacts one={one} all={all} />
      ) : null}
    </Drawer>
  );
}

/** In words, what is another now than when the form was opened. */
function useDiffering() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (before: Deliverable, now: Deliverable): Differing[] => {
    const lines = (of: Deliverable): [string, string][] => [
      [words.name, of.name],
      [words.status, words.statuses[of.status]],
      [words.owner, of.owner?.name ?? ''],
      [words.due, format.date(of.dueOn)],
      [words.doneWhen, of.doneWhen],
      [words.audience, of.audience],
      [words.links, of.links.map(({ url }) => url).join(' ')],
      [words.workDays, String(of.workDays)],
    ];
    const were = lines(before);
    return lines(now).flatMap(([label, value], index) =>
      value === were[index]![1] ? [] : [{ label, before: were[index]![1], now: value }],
    );
  };
}

function EditorBody({ launch, one, all, onClose }: EditorProps) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const form = useDraft(one ?? undefined);
  // The one that the form was filled from: a newer one that arrives meanwhile must not be overwritten unseen.
  const [base, setBase] = useState(one);
  const [clash, setClash] = useState<{ message: string; current: Deliverable } | null>(null);
  const differing = useDiffering();
  const refresh = () => queries.invalidateQueries({ queryKey: api.deliverables.key() });
  const onError = (error: unknown) => {
    const { code, message, details } = toFailure(error);
    const current = (details as { current?: Deliverable } | undefined)?.current;
    if (code === 'conflict' && current) setClash({ message, current });
  };
  const done = async (text: string) => {
    await refresh();
    toast({ text });
    onClose();
  };
  const update = useMutation(api.deliverables.update.mutationOptions({ onSuccess: ({ name }) => done(words.saved(name)), onError }));
  const create = useMutation(api.deliverables.create.mutationOptions({ onSuccess: ({ name }) => done(words.created(name)) }));
  const save = form.onSubmit((draft) => {
    if (!base) return create.mutate({ launch: launch.key, ...fieldsOf(draft) });
    const status = draft.status === base.status ? {} : { status: draft.status };
    update.mutate({ deliverable: base.id, version: base.version, ...fieldsOf(draft), ...status });
  });
  const failed = update.error ?? create.error;
  return (
    <form className="form" noValidate onSubmit={save}>
      {clash && base ? (
        <Conflict
          message={clash.message}
          fields={differing(base, clash.current)}
          onKeep={() => {
            setBase(clash.current);
            setClash(null);
            update.reset();
          }}
          onTake={() => {
            void refresh();
            onClose();
          }}
        />
      ) : failed ? (
        <Notice tone="bad">{toFailure(failed).message}</Notice>
      ) : null}
      <EditorFields form={form} owner={one?.owner} others={all.filter(({ id }) => id !== one?.id)} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={update.isPending || create.isPending}>
          {one ? words.save : words.create}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
        {one ? <RemoveButton one={one} onClose={onClose} /> : null}
      </div>
    </form>
  );
}

function RemoveButton({ one, onClose }: { one: Deliverable; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: api.deliverables.key() });
  const restore = useMutation(api.deliverables.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.deliverables.delete.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.removed(one.name), undo: () => restore.mutate({ deliverable: one.id }) });
        onClose();
      },
      onError: toastFailure,
    }),
  );
  return (
    <Button kind="danger" pending={remove.isPending} onClick={() => remove.mutate({ deliverable: one.id })}>
      {words.remove}
    </Button>
  );
}
