import type { ReactNode } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Building2, FileUp, Flag } from 'lucide-react';
import { api } from './kit/client.ts';
import { Button, ButtonLink } from './kit/controls.tsx';
import { useMessages } from './kit/locale.tsx';
import { Columns, PageHead } from './kit/page.tsx';
import { useMayEdit } from './kit/session.tsx';
import { toastFailure } from './kit/toast.tsx';
import { chooseWorkspace } from './kit/workspace-choice.ts';
import { en, zh } from './messages.ts';

/** An empty workspace: bring your own data, or look at a finished company. */
export function GetStarted() {
  const words = useMessages({ en, zh }).empty;
  const mayEdit = useMayEdit();
  if (!mayEdit) return <PageHead verdict={words.reader} />;
  return (
    <>
      <PageHead verdict={words.verdict} note={words.note} />
      <Columns split="thirds" ruled>
        <Way title={words.importTitle} text={words.importText}>
          <ButtonLink kind="primary" icon={FileUp} to="/imports/new">
            {words.importAction}
          </ButtonLink>
        </Way>
        <Way title={words.exampleTitle} text={words.exampleText}>
          <ExampleButton />
        </Way>
        <Way title={words.launchTitle} text={words.launchText}>
          <ButtonLink icon={Flag} to="/launches/new">
            {words.launchAction}
          </ButtonLink>
        </Way>
      </Columns>
    </>
  );
}

/** Enters the example that the member has, or makes one; making it takes a few seconds. */
function ExampleButton() {
  const words = useMessages({ en, zh }).empty;
  const workspaces = useQuery(api.workspaces.list.queryOptions({ input: {} }));
  const open = useMutation(api.examples.open.mutationOptions({ onSuccess: ({ id }) => enter(id), onError: toastFailure }));
  const existing = workspaces.data?.workspaces.find(({ isExample, deletedAt }) => isExample && !deletedAt);
  const busy = open.isPending || open.isSuccess;
  return (
    <Button icon={Building2} pending={busy} onClick={() => (existing ? enter(existing.id) : open.mutate({ name: words.exampleName }))}>
      {busy ? words.exampleLoading : words.exampleAction}
    </Button>
  );
}

function Way({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="way">
      <h2>{title}</h2>
      <p className="ink2">{text}</p>
      {children}
    </section>
  );
}

function enter(id: string): void {
  chooseWorkspace(id);
  location.assign('/');
}
