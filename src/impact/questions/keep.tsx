import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { putOn } from '../dashboards/put-on.tsx';
import { en, zh } from './messages.ts';
import type { Question, QuestionKind } from './schema.ts';

type Keeping = { onSave: (() => void) | undefined; dialog: ReactNode };
type Values = { name: string; note: string; board: string | null };

/** What a question's page needs to keep it, once it is whole: `onSave` for the frame, and the dialog to be drawn among its drawers. */
export function useKeeping(kind: QuestionKind, asked: object | null): Keeping {
  const mayEdit = useMayEdit();
  const [open, setOpen] = useState(false);
  const { kept }: { kept?: string } = useSearch({ strict: false });
  const known = useQuery({
    ...api.questions.get.queryOptions({ input: { question: kept ?? '' } }),
    enabled: kept !== undefined,
    retry: false,
  });
  const close = () => setOpen(false);
  return {
    onSave: mayEdit && asked ? () => setOpen(true) : undefined,
    dialog: open && asked ? <KeepDialog kind={kind} asked={asked} known={known.data} onClose={close} /> : null,
  };
}

type DialogProps = { kind: QuestionKind; asked: object; known?: Question; onClose: () => void };

function KeepDialog({ kind, asked, known, onClose }: DialogProps) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const boards = useQuery(api.dashboards.list.queryOptions({ input: {} }));
  const form = useForm<Values>({
    initialValues: { name: known?.name ?? '', note: known?.note ?? '', board: null },
    validate: { name: (value) => (value.trim() ? null : words.nameNeeded) },
  });
  const save = useMutation({
    mutationFn: (how: 'new' | 'change') => keep({ kind, asked, known: how === 'change' ? known : undefined, values: form.values }),
    onSuccess: async (question) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: api.questions.key() }),
        queries.invalidateQueries({ queryKey: api.dashboards.key() }),
      ]);
      toast({ text: words.kept(question.name) });
      onClose();
      void navigate({ to: '.', search: (old: object) => ({ ...old, kept: question.id }), replace: true } as never);
    },
  });
  const submit = (how: 'new' | 'change') => form.onSubmit(() => save.mutate(how));
  return (
    <Dialog open onClose={onClose} title={words.keep}>
      <form className="form" onSubmit={submit(known ? 'change' : 'new')} noValidate>
        {save.error ? <Notice tone="bad">{toFailure(save.error).message}</Notice> : null}
        <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
        <Textarea label={`${words.why} (${words.optional})`} autosize minRows={2} {...form.getInputProps('note')} />
        {boards.data?.dashboards.length ? (
          <Select
            label={`${words.board} (${words.optional})`}
            placeholder={words.noBoard}
            clearable
            data={boards.data.dashboards.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('board')}
          />
        ) : null}
        <div className="actions">
          <Button type="submit" kind="primary" pending={save.isPending}>
            {known ? words.keepChanges(known.name) : words.keep}
          </Button>
          {known ? <Button onClick={() => submit('new')()}>{words.keepNew}</Button> : null}
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

type Kept = { kind: QuestionKind; asked: object; known?: Question; values: Values };

const keep = async ({ kind, asked, known, values: { name, note, board } }: Kept): Promise<Question> => {
  const fields = { name, note, asked: asked as Record<string, unknown> };
  const question = known
    ? await client.questions.update({ question: known.id, version: known.version, ...fields })
    : await client.questions.create({ kind, ...fields });
  if (board) await putOn(board, question.id);
  return question;
};
