import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Building2, FileUp, Flag } from 'lucide-react';
import { api } from './kit/client.ts';
import { Button, ButtonLink } from './kit/controls.tsx';
import { useMessages } from './kit/locale.tsx';
import { Columns, PageHead } from './kit/page.tsx';
import { useMayEdit } from './kit/session.tsx';
import { chooseWorkspace } from './kit/workspace-choice.ts';
import { en, zh } from './messages.ts';

/** An empty workspace: bring your own data, or look at a finished company. */
export function GetStarted() {
  const words = useMessages({ en, zh }).empty;
  const mayEdit = useMayEdit();
  const workspaces = useQuery(api.workspaces.list.queryOptions({ input: {} }));
  const example = workspaces.data?.workspaces.find(({ isExample, deletedAt }) => isExample && !deletedAt);
  if (!mayEdit) return <PageHead verdict={words.reader} />;
  return (
    <>
      <PageHead verdict={words.verdict} note={words.note} />
      <Columns split={example ? 'thirds' : 'halves'} ruled>
        <Way title={words.importTitle} text={words.importText}>
          <ButtonLink kind="primary" icon={FileUp} to="/imports/new">
            {words.importAction}
          </ButtonLink>
        </Way>
        {example ? (
          <Way title={words.exampleTitle} text={words.exampleText}>
            <Button icon={Building2} onClick={() => openWorkspace(example.id)}>
              {words.exampleAction}
            </Button>
          </Way>
        ) : null}
        <Way title={words.launchTitle} text={words.launchText}>
          <ButtonLink icon={Flag} to="/launches/new">
            {words.launchAction}
          </ButtonLink>
        </Way>
      </Columns>
    </>
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

function openWorkspace(id: string): void {
  chooseWorkspace(id);
  location.assign('/');
}
