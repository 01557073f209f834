import { Owner } from '../charters/owner.tsx';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toastFailure } from '../../web/kit/toast.tsx';

import { LaunchFrame } from '../launches/frame.tsx';
import type { Launch } from '../launches/schema.ts';
import { RetrospectiveSection } from '../retrospectives/section.tsx';
import { ShareStatus } from '../status-pages/share.tsx';
import { en, zh } from './messages.ts';
import type { RunStep } from './schema.ts';
import { FailDialog, StepDialog } from './step-dialog.tsx';

/** The day itself: what happens when, who checks it, and how it went. */
export function LaunchDayPage() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const [adding, setAdding] = useState(false);
  useKeys({ c: () => mayEdit && setAdding(true) });
  return (
    <LaunchFrame
      tab="day"
      actions={(launch) => (
        <>
          <ShareStatus launch={launch} />
          {mayEdit ? (
            <Button kind="primary" icon={Plus} keys="C" onClick={() => setAdding(true)}>
              {words.add}
            </Button>
          ) : null}
        </>
      )}
    >
      {(launch) => (
        <>
          <RunSheet launch={launch} />
          <RetrospectiveSection launch={launch} />
          {adding ? <StepDialog launch={launch.key} step={null} onClose={() => setAdding(false)} /> : null}
        </>
      )}
    </LaunchFrame>
  );
}

function RunSheet({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.runSteps.list.queryOptions({ input: { launch: launch.key } }));
  return (
    <Answer of={answer} what={words.reading}>
      {({ steps, timeZone }) => {
        const count = (state: RunStep['state']) => steps.filter((step) => step.state === state).length;
        return (
          <>
            {steps.length === 0 ? (
              <PageHead title={words.title} />
            ) : (
              <PageHead verdict={<Starred text={words.head(count('done'), steps.length, count('failed'))} />} note={words.note(timeZone)} />
            )}
            <Section title={words.sheet}>
              <Steps launch={launch} steps={steps} />
            </Section>
          </>
        );
      }}
    </Answer>
  );
}

const marks = { waiting: 'waiting', done: 'done', failed: 'failed' } as const;

function useCheck() {
  const queries = useQueryClient();
  return useMutation(
    api.runSteps.check.mutationOptions({
      onError: toastFailure,
      onSettled: () => queries.invalidateQueries({ queryKey: api.runSteps.key() }),
    }),
  );
}

function Steps({ launch, steps }: { launch: Launch; steps: RunStep[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const check = useCheck();
  const [editing, setEditing] = useState<RunStep | null>(null);
  const [failing, setFailing] = useState<RunStep | null>(null);
  const [now] = useState(() => new Date().toISOString());
  const next = steps.find(({ state }) => state === 'waiting');
  const set = ({ id, version }: RunStep, state: RunStep['state'], note = '') => check.mutate({ step: id, version, state, note });
  return (
    <>
      <Table
        label={words.sheet}
        rows={steps}
        rowKey={({ id }) => id}
        onOpen={mayEdit ? setEditing : undefined}
        empty={<EmptyState actions={mayEdit ? <UsualButton launch={launch} /> : null}>{words.empty}</EmptyState>}
        columns={[
          {
            key: 'step',
            head: words.step,
            cell: (step) => (
              <>
                <button type="button" className="link name-button" onClick={() => setEditing(step)} disabled={!mayEdit}>
                  {step.text}
                </button>{' '}
                {step.id === next?.id ? <Tag tone="sea">{words.next}</Tag> : null}
                {step.note ? <span className="meta block">{step.note}</span> : null}
                {step.url ? (
                  <a href={step.url} target="_blank" rel="noopener noreferrer">
                    {words.open}
                  </a>
                ) : null}
              </>
            ),
          },
          {
            key: 'time',
            head: words.time,
            width: '150px',
            cell: ({ at, atTime, dayOffset, state }) => (
              <span className="num" title={format.exact(at)}>
                {dayOffset === 0 ? '' : `${words.dayOf(dayOffset)}, `}
                {atTime}
                {state === 'waiting' && at < now ? <span className="overdue"> {words.overdue}</span> : null}
              </span>
            ),
          },
          { key: 'owner', head: words.owner, cell: ({ owner }) => <Owner owner={owner} /> },
          {
            key: 'state',
            head: words.state,
            cell: ({ state, checkedBy, checkedAt }) => (
              <>
                <StateMark state={marks[state]}>{words.states[state]}</StateMark>
                {checkedBy && checkedAt ? <span className="meta block">{words.doneBy(checkedBy, format.dateTime(checkedAt))}</span> : null}
              </>
            ),
          },
          ...(mayEdit
            ? [
                {
                  key: 'check',
                  head: words.check,
                  silent: true,
                  cell: (step: RunStep) => (
                    <span className="row nowrap">
                      {step.state === 'waiting' ? (
                        <>
                          <Button size="small" onClick={() => set(step, 'done')}>
                            {words.markDone}
                          </Button>
                          <Button size="small" kind="quiet" onClick={() => setFailing(step)}>
                            {words.markFailed}
                          </Button>
                        </>
                      ) : (
                        <Button size="small" kind="quiet" onClick={() => set(step, 'waiting')}>
                          {words.markWaiting}
                        </Button>
                      )}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      {editing ? <StepDialog launch={launch.key} step={editing} onClose={() => setEditing(null)} /> : null}
      {failing ? (
        <FailDialog
          step={failing}
          onClose={() => setFailing(null)}
          onFail={(note) => {
            set(failing, 'failed', note);
            setFailing(null);
          }}
        />
      ) : null}
    </>
  );
}

/** What happens at nearly every launch, to begin with. */
function UsualButton({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: async () => {
      for (const [atTime, text] of words.usualSteps) await client.runSteps.create({ launch: launch.key, atTime: atTime!, text: text! });
    },
    onError: toastFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: api.runSteps.key() }),
  });
  return (
    <Button pending={add.isPending} onClick={() => add.mutate()}>
      {words.usual}
    </Button>
  );
}
