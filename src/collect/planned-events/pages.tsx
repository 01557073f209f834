import { useState } from 'react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useAddress, useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button, Segmented, Tag, type TagTone, TextButton } from '../../web/kit/controls.tsx';
import { Dialog, Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { EventFindings, useFindings } from './findings.tsx';
import { PlannedEventForm } from './form.tsx';
import { en, zh } from './messages.ts';
import { ExportPlan, ImportPlan } from './plan-exchange.tsx';
import { type Check, type CheckedEvent, mostRead, type PlannedEvent, states, type PlanState } from './schema.ts';

const periods = ['7', '30', '90'] as const;
const tones: Record<PlanState, TagTone> = { as_expected: 'good', changed: 'warn', quiet: 'bad', missing: 'bad', unplanned: 'line' };

type Edited = { planned?: PlannedEvent; name?: string };

export function TrackingPlan() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const [asked, setAsked] = useAddress('days');
  const days = periods.find((one) => one === asked) ?? '30';
  const answer = useQuery(api.plannedEvents.check.queryOptions({ input: { days: Number(days) }, placeholderData: keepPreviousData }));
  const plan = useQuery(api.plannedEvents.list.queryOptions({ input: {} }));
  const [opened, setOpened] = useState<string | null>(null);
  const [edited, setEdited] = useState<Edited | null>(null);
  useKeys({ c: () => mayEdit && setEdited({}) });
  const start = useStart();
  const remove = useDelete();
  const event = answer.data?.events.find(({ name }) => name === opened);
  const planned = plan.data?.plannedEvents.find(({ id }) => id === event?.id);
  const edit = (what: Edited) => {
    setOpened(null);
    setEdited(what);
  };
  const add = (
    <Button icon={Plus} keys="C" onClick={() => setEdited({})}>
      {words.add}
    </Button>
  );
  return (
    <Page
      title={words.title}
      actions={
        <>
          {plan.data?.plannedEvents.length ? <ExportPlan /> : null}
          {mayEdit ? <ImportPlan /> : null}
          {mayEdit ? add : null}
        </>
      }
    >
      <Answer of={answer} what={words.reading}>
        {(check) => (
          <>
            <Head check={check} />
            <div className="row">
              <Segmented
                label={words.period}
                name="days"
                value={days}
                choices={periods.map((value) => ({ value, label: words.lastDays(Number(value)) }))}
                onChange={setAsked}
              />
              {mayEdit && check.counts.unplanned > 0 && check.events.some(({ id }) => id !== null) ? (
                <Button pending={start.isPending} onClick={() => start.mutate({ days: Number(days) })}>
                  {words.addArriving}
                </Button>
              ) : null}
            </div>
            {check.events.some(({ id }) => id !== null) ? null : (
              <EmptyState
                actions={
                  mayEdit ? (
                    <Button kind="primary" pending={start.isPending} onClick={() => start.mutate({ days: Number(days) })}>
                      {words.start}
                    </Button>
                  ) : null
                }
              >
                {words.empty}
              </EmptyState>
            )}
            {check.events.length > 0 ? <PlanTable check={check} onOpen={({ name }) => setOpened(name)} /> : null}
          </>
        )}
      </Answer>
      <Drawer
        open={event !== undefined}
        onClose={() => setOpened(null)}
        title={event?.name}
        subtitle={planned ? [planned.description, planned.owner].filter(Boolean).join(' · ') : undefined}
        size="wide"
      >
        {event ? (
          <>
            <EventFindings event={event} />
            {mayEdit ? (
              <div className="actions">
                {planned ? (
                  <>
                    <Button onClick={() => edit({ planned })}>{words.change}</Button>
                    <Button
                      kind="quiet"
                      onClick={() => {
                        setOpened(null);
                        remove(planned);
                      }}
                    >
                      {words.delete}
                    </Button>
                  </>
                ) : event.id === null ? (
                  <Button onClick={() => edit({ name: event.name })}>{words.addThis}</Button>
                ) : null}
              </div>
            ) : null}
          </>
        ) : null}
      </Drawer>
      <Dialog open={edited !== null} onClose={() => setEdited(null)} title={edited?.planned ? words.edit : words.add} wide>
        {edited ? (
          <PlannedEventForm
            {...edited}
            onCancel={() => setEdited(null)}
            onSaved={({ name }) => {
              toast({ text: words.saved(name) });
              setEdited(null);
            }}
          />
        ) : null}
      </Dialog>
      {answer.data?.sampled ? <Notice>{words.sampled(format.number(mostRead))}</Notice> : null}
      {answer.data?.moreNames ? <Notice>{words.moreNames}</Notice> : null}
    </Page>
  );
}

function Head({ check }: { check: Check }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const planned = check.events.filter(({ id }) => id !== null).length;
  const verdict =
    planned === 0 ? words.headNone : <Starred text={words.head(format.number(check.counts.as_expected), format.number(planned))} />;
  return <PageHead verdict={verdict} note={words.note(format.date(check.from), format.date(check.to), check.timeZone)} />;
}

function PlanTable({ check, onOpen }: { check: Check; onOpen: (event: CheckedEvent) => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const findings = useFindings();
  const [asked, setAsked] = useAddress('state');
  const sort = useAddressSort();
  const state = states.find((one) => one === asked);
  const shown = state ? check.events.filter((event) => event.state === state) : check.events;
  const choices = states.map((one) => ({ value: one as string, label: words.state(one, format.number(check.counts[one])) }));
  const brief = (event: CheckedEvent) => {
    const [first, ...more] = findings(event);
    return `${first ?? words.nothing}${more.length > 0 ? ` (${words.more(more.length)})` : ''}`;
  };
  return (
    <>
      <Segmented
        label={words.filter}
        name="state"
        value={state ?? ''}
        choices={[{ value: '', label: words.all(format.number(check.events.length)) }, ...choices]}
        onChange={setAsked}
      />
      <Table
        label={words.title}
        rows={shown}
        rowKey={({ name }) => name}
        onOpen={onOpen}
        empty={<p className="state line">{words.emptyFilter}</p>}
        {...sort}
        columns={[
          {
            key: 'name',
            head: words.event,
            cell: (event) => <TextButton onClick={() => onOpen(event)}>{event.name}</TextButton>,
            sort: ({ name }) => name,
          },
          {
            key: 'state',
            head: words.filter,
            cell: (event) => <Tag tone={tones[event.state]}>{words.states[event.state]}</Tag>,
            sort: (event) => states.indexOf(event.state),
          },
          { key: 'findings', head: words.findings, cell: brief },
          { key: 'events', head: words.events, number: true, cell: ({ events }) => format.number(events), sort: ({ events }) => events },
          { key: 'last', head: words.last, cell: ({ lastDay }) => (lastDay ? format.date(lastDay) : '–'), sort: ({ lastDay }) => lastDay },
        ]}
      />
    </>
  );
}

/** Plans what arrives as it arrives. */
function useStart() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  return useMutation(
    api.plannedEvents.start.mutationOptions({
      onError: toastFailure,
      onSuccess: async ({ plannedEvents }) => {
        await queries.invalidateQueries({ queryKey: api.plannedEvents.key() });
        toast({ text: words.started(format.number(plannedEvents.length)) });
      },
    }),
  );
}

/** Takes it out at once, and offers to take it back. */
function useDelete() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: api.plannedEvents.key() });
  const restore = useMutation(api.plannedEvents.restore.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  const remove = useMutation(api.plannedEvents.delete.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  return ({ id, name }: PlannedEvent) =>
    remove.mutate(
      { plannedEvent: id },
      { onSuccess: () => toast({ text: words.deleted(name), undo: () => restore.mutate({ plannedEvent: id }) }) },
    );
}
