import { useQuery } from '@tanstack/react-query';
import { Building2, FileUp } from 'lucide-react';
import { api } from './kit/client.ts';
import { Button, ButtonLink } from './kit/controls.tsx';
import { useMessages } from './kit/locale.tsx';
import { Columns, PageHead, Section } from './kit/page.tsx';
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
      <Columns split={example ? 'halves' : 'wide-narrow'} ruled>
        <Section title={words.importTitle}>
          <div className="stack">
            <p className="prose">{words.importText}</p>
            <ButtonLink kind="primary" icon={FileUp} to="/imports/new">
              {words.importAction}
            </ButtonLink>
          </div>
        </Section>
        {example ? (
          <Section title={words.exampleTitle}>
            <div className="stack">
              <p className="prose">{words.exampleText}</p>
              <Button icon={Building2} onClick={() => openWorkspace(example.id)}>
                {words.exampleAction}
              </Button>
            </div>
          </Section>
        ) : null}
      </Columns>
      <Section title={words.launchTitle}>
        <div className="stack">
          <p className="prose">{words.launchText}</p>
          <ButtonLink to="/launches/new">{words.launchAction}</ButtonLink>
        </div>
      </Section>
    </>
  );
}

function openWorkspace(id: string): void {
  chooseWorkspace(id);
  location.assign('/');
}
