import { Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { Question } from '../questions/schema.ts';
import { en, zh } from './messages.ts';
import type { Dashboard, DashboardLine } from './schema.ts';

/** Puts a question last on a dashboard; one that stands there already stays where it is. */
export const putOn = async (dashboard: string, question: string): Promise<Dashboard> => {
  const board = await client.dashboards.get({ dashboard });
  if (board.questions.some(({ id }) => id === question)) return board;
  return client.dashboards.update({ dashboard, version: board.version, questions: [...board.questions.map(({ id }) => id), question] });
};

type DialogProps = { question: Question; onClose: () => void };

export function PutOnDialog({ question, onClose }: DialogProps) {
  const words = useMessages({ en, zh });
  const boards = useQuery(api.dashboards.list.queryOptions({ input: {} }));
  return (
    <Dialog open onClose={onClose} title={words.putOn(question.name)}>
      <Answer of={boards} what={words.reading}>
        {({ dashboards }) =>
          dashboards.length === 0 ? (
            <EmptyState actions={<ButtonLink to="/dashboards">{words.title}</ButtonLink>}>{words.noBoards}</EmptyState>
          ) : (
            <PutOnForm question={question} dashboards={dashboards} onClose={onClose} />
          )
        }
      </Answer>
    </Dialog>
  );
}

function PutOnForm({ question, dashboards, onClose }: DialogProps & { dashboards: DashboardLine[] }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const form = useForm<{ board: string | null }>({
    initialValues: { board: null },
    validate: { board: (value) => (value ? null : words.boardNeeded) },
  });
  const put = useMutation({
    mutationFn: (board: string) => putOn(board, question.id),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: api.dashboards.key() });
      toast({ text: words.isPut(question.name, name) });
      onClose();
    },
  });
  return (
    <form className="form" onSubmit={form.onSubmit(({ board }) => put.mutate(board ?? ''))} noValidate>
      {put.error ? <Notice tone="bad">{toFailure(put.error).message}</Notice> : null}
      <Select
        label={words.board}
        placeholder={words.chooseBoard}
        searchable
        data-autofocus
        data={dashboards.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('board')}
      />
      <div className="actions">
        <Button type="submit" kind="primary" pending={put.isPending}>
          {words.put}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
