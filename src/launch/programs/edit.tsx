import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { mergeFields } from '../../web/kit/merging.ts';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { draftOf, type ProgramDraft, ProgramForm } from './form.tsx';
import { en, zh } from './messages.ts';
import type { Program } from './schema.ts';

function useSaved() {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  return async ({ key, name }: Program) => {
    toast({ text: words.saved(name) });
    await queries.invalidateQueries({ queryKey: api.programs.key() });
    await navigate({ to: '/programs/$program', params: { program: key } } as never);
  };
}

export function NewProgram() {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const { workspace } = useSession();
  const create = useMutation(api.programs.create.mutationOptions({ onSuccess: useSaved() }));
  return (
    <Page title={words.newTitle} crumbs={[{ label: words.title, to: '/programs' }]}>
      <PageHead title={words.newTitle} />
      <ProgramForm
        draft={draftOf(undefined, workspace.currency)}
        pending={create.isPending}
        error={create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
        onSave={(draft) => create.mutate(draft)}
        onCancel={() => void navigate({ to: '/programs' } as never)}
      />
    </Page>
  );
}

export function EditProgram() {
  const words = useMessages({ en, zh });
  const { program: key = '' }: { program?: string } = useParams({ strict: false });
  const answer = useQuery(api.programs.get.queryOptions({ input: { program: key } }));
  const { name = '' } = answer.data ?? {};
  const crumbs = [
    { label: words.title, to: '/programs' },
    { label: name, to: `/programs/${key}` },
  ];
  return (
    <Page title={words.editTitle(name)} crumbs={crumbs}>
      <Answer of={answer} what={words.readingOne}>
        {(found) => <Edit key={found.id} of={found} />}
      </Answer>
    </Page>
  );
}

/** Begins with what was read when the page was opened: what somebody else saves meanwhile never replaces what is being written. */
function Edit({ of: found }: { of: Program }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const { workspace, role } = useSession();
  const [base, setBase] = useState(found);
  const update = useMutation(api.programs.update.mutationOptions({ onSuccess: useSaved() }));
  const save = (draft: ProgramDraft, version = base.version) => update.mutate({ program: base.id, version, ...draft });
  const load = (newer: Program) => {
    update.reset();
    setBase(newer);
  };
  const keep = (newer: Program) => {
    const { program: _program, version: _version, ...mine } = update.variables!;
    const [before, theirs] = [draftOf(base, workspace.currency), draftOf(newer, workspace.currency)];
    save(mergeFields(before, mine as ProgramDraft, theirs), newer.version);
  };
  return (
    <>
      <PageHead title={words.editTitle(base.name)} aside={role === 'owner' || role === 'pmm' ? <DeleteProgram of={base} /> : null} />
      <ProgramForm
        key={base.version}
        own={base.id}
        draft={draftOf(base, workspace.currency)}
        pending={update.isPending}
        error={<Conflict error={update.error} onLoad={load} onKeep={keep} />}
        onSave={(draft) => save(draft)}
        onCancel={() => void navigate({ to: '/programs/$program', params: { program: base.key } } as never)}
      />
    </>
  );
}

type ConflictProps = { error: unknown; onLoad: (newer: Program) => void; onKeep: (newer: Program) => void };

function Conflict({ error, onLoad, onKeep }: ConflictProps) {
  const words = useMessages({ en, zh });
  if (!error) return null;
  const { message, details } = toFailure(error);
  const { current } = (details ?? {}) as { current?: Program };
  if (!current) return <Notice tone="bad">{message}</Notice>;
  return (
    <Notice tone="warn">
      {words.conflict}{' '}
      <Button size="small" onClick={() => onLoad(current)}>
        {words.takeTheirs}
      </Button>{' '}
      <Button size="small" onClick={() => onKeep(current)}>
        {words.keepMine}
      </Button>
    </Notice>
  );
}

function DeleteProgram({ of: { id, name } }: { of: Program }) {
  const words = useMessages({ en, zh });
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: api.programs.key() });
  const restore = useMutation(api.programs.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.programs.delete.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/programs' } as never);
        await refresh();
        toast({ text: words.removed(name), undo: () => restore.mutate({ id }) });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    if (await confirm({ title: words.removeTitle(name), text: words.removeText, action: words.remove, danger: true }))
      remove.mutate({ program: id });
  };
  return (
    <Button kind="danger" pending={remove.isPending} onClick={() => void ask()}>
      {words.remove}
    </Button>
  );
}
