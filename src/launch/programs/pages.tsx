import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useChanges } from '../../web/kit/changes.ts';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { UtmRuleDialog } from '../utm-rules/dialog.tsx';
import { ImportPrograms } from './exchange.tsx';
import { ProgramTable } from './list.tsx';
import { en, zh } from './messages.ts';
import type { Program } from './schema.ts';
import { UnmatchedCampaigns } from './unmatched.tsx';

/** Everything that is done to be heard. */
export function Programs() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const answer = useQuery(api.programs.list.queryOptions({ input: {} }));
  const [isRuleOpen, setRuleOpen] = useState(false);
  useChanges(['programs']);
  useKeys({ c: () => mayEdit && void navigate({ to: '/programs/new' } as never) });
  const create = mayEdit ? (
    <ButtonLink kind="primary" icon={Plus} keys="C" to="/programs/new">
      {words.create}
    </ButtonLink>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.programs.length ? create : null}>
      <Answer of={answer} what={words.reading}>
        {({ programs }) => (
          <>
            <Head programs={programs} />
            {programs.length === 0 ? (
              <EmptyState
                actions={
                  mayEdit ? (
                    <>
                      {create} <ImportPrograms />
                    </>
                  ) : null
                }
              >
                {mayEdit ? words.empty : words.emptyRead}
              </EmptyState>
            ) : (
              <All programs={programs} onRule={() => setRuleOpen(true)} />
            )}
            <UnmatchedCampaigns />
          </>
        )}
      </Answer>
      <UtmRuleDialog open={isRuleOpen} onClose={() => setRuleOpen(false)} />
    </Page>
  );
}

function Head({ programs }: { programs: Program[] }) {
  const words = useMessages({ en, zh });
  const count = (wanted: Program['status']) => programs.filter(({ status }) => status === wanted).length;
  return <PageHead verdict={words.head(programs.length, count('running'), count('planned'))} note={words.note} />;
}

function All({ programs, onRule }: { programs: Program[]; onRule: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const { data } = useQuery(api.programs.figures.queryOptions({ input: {} }));
  return (
    <Section
      title={words.list}
      subtitle={data ? words.listSub(format.date(data.from), format.date(data.to)) : null}
      actions={
        <span className="row">
          {mayEdit ? <ImportPrograms /> : null}
          <CsvButton file={() => client.programs.export({})} />
          <Button size="small" onClick={onRule}>
            {words.rule}
          </Button>
        </span>
      }
    >
      <ProgramTable programs={programs} figures={data?.figures} />
    </Section>
  );
}
