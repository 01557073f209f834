import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { guessPlace } from '../../web/kit/place-fields.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import { chooseWorkspace } from '../../web/kit/workspace-choice.ts';
import { WorkspaceForm } from './form.tsx';
import { en, zh } from './messages.ts';
import type { OwnWorkspace } from './schema.ts';

const enter = (id: string) => {
  chooseWorkspace(id);
  location.assign('/');
};

/** Every workspace of the signed-in member, those that can still be restored too. */
export function OwnWorkspaces() {
  const words = useMessages({ en, zh });
  const { role: roleWords } = useKitWords();
  const own = useQuery(api.workspaces.list.queryOptions({ input: {} }));
  const [creating, setCreating] = useState(false);
  const actions = (
    <Button size="small" icon={Plus} onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  return (
    <Section title={words.mine} subtitle={words.mineNote} actions={actions}>
      <Answer of={own}>
        {({ workspaces }) => (
          <Table
            label={words.mine}
            rows={workspaces}
            rowKey={({ id }) => id}
            columns={[
              { key: 'name', head: words.name, cell: (workspace) => <Name of={workspace} /> },
              { key: 'role', head: words.role, cell: ({ role }) => roleWords[role] ?? role },
              { key: 'actions', head: words.actions, silent: true, cell: (workspace) => <Action of={workspace} /> },
            ]}
          />
        )}
      </Answer>
      <CreateDialog open={creating} onClose={() => setCreating(false)} />
    </Section>
  );
}

function Name({ of: { id, name, isExample, deletedAt } }: { of: OwnWorkspace }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { workspace } = useSession();
  return (
    <span className="row">
      <span className={deletedAt ? 'ink3' : 'med'}>{name}</span>
      {id === workspace.id ? <Tag tone="sea">{words.here}</Tag> : null}
      {isExample ? <Tag>{words.example}</Tag> : null}
      {deletedAt ? <Tag tone="warn">{words.deleted(format.date(deletedAt))}</Tag> : null}
    </span>
  );
}

function Action({ of: { id, name, role, deletedAt } }: { of: OwnWorkspace }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const { workspace } = useSession();
  const restore = useMutation(
    api.workspaces.restore.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.restored(name) });
        await queries.invalidateQueries();
      },
      onError: toastFailure,
    }),
  );
  if (id === workspace.id) return null;
  if (!deletedAt)
    return (
      <Button size="small" onClick={() => enter(id)}>
        {words.open}
      </Button>
    );
  if (role !== 'owner') return null;
  return (
    <Button size="small" onClick={() => restore.mutate({ workspace: id })} pending={restore.isPending}>
      {words.restore}
    </Button>
  );
}

function CreateDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const create = useMutation(api.workspaces.create.mutationOptions({ onSuccess: ({ id }) => enter(id) }));
  return (
    <Dialog open={open} onClose={onClose} title={words.create}>
      <WorkspaceForm
        initial={{ name: '', ...guessPlace() }}
        action={words.createAction}
        onSubmit={(values) => create.mutate(values)}
        pending={create.isPending}
        error={create.error}
        onCancel={onClose}
      />
    </Dialog>
  );
}
