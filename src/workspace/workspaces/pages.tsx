import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Facts, Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, Notice, PermissionState } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { chooseWorkspace } from '../../web/kit/workspace-choice.ts';
import { WorkspaceForm } from './form.tsx';
import { en, zh } from './messages.ts';
import { OwnWorkspaces } from './own.tsx';
import type { Workspace } from './schema.ts';

export function WorkspaceSettings() {
  const words = useMessages({ en, zh });
  const isOwner = useSession().role === 'owner';
  const workspace = useQuery(api.workspaces.get.queryOptions({ input: {} }));
  return (
    <Page title={words.title} crumbs={[{ label: words.settings, to: '/settings/members' }]}>
      <Answer of={workspace} what={words.reading}>
        {(data) => (
          <>
            <PageHead verdict={words.head(data.name, data.timeZone, data.currency)} />
            <Columns split="halves" ruled>
              <div>
                <Section title={words.about}>{isOwner ? <Change workspace={data} /> : <ReadOnly workspace={data} />}</Section>
                {isOwner ? <Remove name={data.name} /> : null}
              </div>
              <OwnWorkspaces />
            </Columns>
          </>
        )}
      </Answer>
    </Page>
  );
}

function ReadOnly({ workspace: { name, timeZone, currency } }: { workspace: Workspace }) {
  const words = useMessages({ en, zh });
  return (
    <div className="stack">
      <Facts
        items={[
          [words.name, name],
          [words.timeZone, timeZone],
          [words.currency, currency],
        ]}
      />
      <PermissionState>{words.readOnly}</PermissionState>
    </div>
  );
}

function Change({ workspace }: { workspace: Workspace }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const update = useMutation(
    api.workspaces.update.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.saved });
        // Days and amounts everywhere depend on it.
        await queries.invalidateQueries();
      },
    }),
  );
  return (
    <WorkspaceForm
      initial={workspace}
      action={words.save}
      onSubmit={({ name, timeZone, currency }) => update.mutate({ name, timeZone, currency })}
      pending={update.isPending}
      error={update.error}
    />
  );
}

/** Asks for the name once more: nobody deletes the wrong one by a slip. */
function Remove({ name }: { name: string }) {
  const words = useMessages({ en, zh });
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useMutation(
    api.workspaces.delete.mutationOptions({
      onSuccess: () => {
        chooseWorkspace(null);
        location.assign('/');
      },
    }),
  );
  const open = () => {
    setTyped('');
    setAsked(true);
  };
  return (
    <Section title={words.remove} subtitle={words.removeNote} ruled>
      <Button kind="danger" onClick={open}>
        {words.removeAction}
      </Button>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={words.removeTitle(name)}
        actions={
          <>
            <Button onClick={() => setAsked(false)}>{words.cancel}</Button>
            <Button
              kind="danger"
              onClick={() => remove.mutate({ name: typed })}
              pending={remove.isPending}
              disabled={typed.trim() !== name}
            >
              {words.removeAction}
            </Button>
          </>
        }
      >
        <div className="form">
          {remove.error ? <Notice tone="bad">{toFailure(remove.error).message}</Notice> : null}
          <p className="ink2">{words.removeNote}</p>
          <TextInput
            label={words.removeType(name)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-autofocus
          />
        </div>
      </Dialog>
    </Section>
  );
}
