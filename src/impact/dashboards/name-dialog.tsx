import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';
import type { Dashboard } from './schema.ts';

type Props = {
  /** The one to rename; without it a new one is made. */
  board?: Pick<Dashboard, 'id' | 'name' | 'version'>;
  onSaved: (board: Dashboard) => void;
  onClose: () => void;
};

/** Asks for the name of a dashboard. */
export function NameDialog({ board, onSaved, onClose }: Props) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: board?.name ?? '' },
    validate: { name: (value) => (value.trim() ? null : words.nameNeeded) },
  });
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      board ? client.dashboards.update({ dashboard: board.id, version: board.version, name }) : client.dashboards.create({ name }),
    onSuccess: (saved) => {
      onSaved(saved);
      onClose();
    },
    // Also after a conflict: what it is called now is then in view behind the dialog.
    onSettled: () => queries.invalidateQueries({ queryKey: api.dashboards.key() }),
  });
  return (
    <Dialog open onClose={onClose} title={board ? words.rename : words.make}>
      <form className="form" onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        {save.error ? <Notice tone="bad">{toFailure(save.error).message}</Notice> : null}
        <TextInput label={words.name} maxLength={120} data-autofocus {...form.getInputProps('name')} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={save.isPending}>
            {board ? words.renameIt : words.makeIt}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
