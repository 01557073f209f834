import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Eraser, Pause, Play } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button, ButtonLink, Segmented, TextButton } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState, ErrorState, LoadingState, NoMatch, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { Finding } from './finding.tsx';
import { en, zh } from './messages.ts';
import { keptMinutes, type LiveAsked, type LiveEvent } from './schema.ts';
import { useLive } from './use-live.tsx';

const crumbTo = '/events';

/** What is asked for, kept in the address. */
function useFilter() {
  const [key, setKey] = useAddress('key');
  const [name, setName] = useAddress('name');
  const [show, setShow] = useAddress('show');
  return {
    key: /^[\da-f-]{36}$/i.test(key ?? '') ? key : undefined,
    name: (name ?? '').slice(0, 200),
    problems: show === 'problems',
    setKey,
    setName,
    setShow,
    clear: () => {
      setKey(undefined);
      setName(undefined);
      setShow(undefined);
    },
  };
}
type Filter = ReturnType<typeof useFilter>;

/** The events that arrive, as they arrive. */
export function LiveEvents() {
  const words = useMessages({ en, zh });
  const filter = useFilter();
  const [name] = useDebouncedValue(filter.name, 250);
  const [isPaused, setPaused] = useState(false);
  const toggle = () => setPaused((old) => !old);
  useKeys({ p: toggle });
  const asked = { key: filter.key, name, problems: filter.problems };
  return (
    <Page
      title={words.title}
      crumbs={[{ label: words.received, to: crumbTo }]}
      actions={
        <Button kind="primary" icon={isPaused ? Play : Pause} keys="P" onClick={toggle}>
          {isPaused ? words.goOn : words.pause}
        </Button>
      }
    >
      <Filters filter={filter} />
      {/* Another question is another stream, and begins with nothing. */}
      <Watching key={JSON.stringify(asked)} asked={asked} isPaused={isPaused} onClear={filter.clear} />
    </Page>
  );
}

function Filters({ filter }: { filter: Filter }) {
  const words = useMessages({ en, zh });
  const counts = useQuery(api.events.counts.queryOptions({ input: {} }));
  const keys = (counts.data?.keys ?? []).map(({ key, name }) => ({ value: key, label: name ?? words.gone(key) }));
  return (
    <div className="row filters">
      <Segmented
        label={words.show}
        name="show"
        value={filter.problems ? 'problems' : 'all'}
        choices={[
          { value: 'all', label: words.all },
          { value: 'problems', label: words.problems },
        ]}
        onChange={(show) => filter.setShow(show === 'problems' ? show : undefined)}
      />
      <Select
        aria-label={words.key}
        placeholder={words.anyKey}
        data={keys}
        value={filter.key ?? null}
        onChange={(value) => filter.setKey(value ?? undefined)}
        clearable
      />
      <TextInput
        aria-label={words.name}
        placeholder={words.name}
        maxLength={200}
        value={filter.name}
        onChange={({ currentTarget }) => filter.setName(currentTarget.value)}
      />
    </div>
  );
}

type WatchingProps = { asked: LiveAsked; isPaused: boolean; onClear: () => void };

function Watching({ asked, isPaused, onClear }: WatchingProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const live = useLive(asked, isPaused);
  const [opened, setOpened] = useState<LiveEvent | null>(null);
  const { rows, status } = live;
  const shown = isPaused ? 'paused' : status;
  const filters = [asked.key, asked.name, asked.problems].filter(Boolean).length;
  const rate = format.number(live.rate, { digits: live.rate > 0 && live.rate < 9.95 ? 1 : 0 });
  const none =
    filters > 0 ? (
      <NoMatch noun={words.noun} filters={filters} onClear={onClear} />
    ) : (
      <EmptyState actions={<ButtonLink to={crumbTo}>{words.connect}</ButtonLink>}>{words.nothing(format.number(keptMinutes))}</EmptyState>
    );
  return (
    <>
      <PageHead
        verdict={shown === 'open' ? <Starred text={words.watching(rate)} /> : words.status[shown]}
        note={words.note(format.number(keptMinutes))}
        aside={
          rows.length > 0 ? (
            <Button kind="quiet" icon={Eraser} onClick={live.empty}>
              {words.empty}
            </Button>
          ) : null
        }
      />
      {/* Of what goes on all the time only the state of the line is said aloud. */}
      <output className="vh" aria-live="polite">
        {words.status[shown]}
      </output>
      {isPaused ? <Notice>{words.paused}</Notice> : null}
      {shown === 'lost' ? (
        <Notice tone="warn">
          {words.lost(format.number(live.retrySeconds))} <TextButton onClick={live.retry}>{words.again}</TextButton>
        </Notice>
      ) : null}
      {shown === 'refused' ? <ErrorState error={live.error} onRetry={live.retry} /> : null}
      {live.leftOut > 0 ? <Notice>{words.leftOut(format.number(live.leftOut))}</Notice> : null}
      {shown === 'connecting' && rows.length === 0 ? <LoadingState what={words.connecting} /> : null}
      {rows.length > 0 || shown === 'open' ? <Rows rows={rows} none={none} onOpen={setOpened} /> : null}
      <EventDrawer event={opened} onClose={() => setOpened(null)} />
    </>
  );
}

type RowsProps = { rows: LiveEvent[]; none: React.ReactNode; onOpen: (event: LiveEvent) => void };

function Rows({ rows, none, onOpen }: RowsProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Table
      label={words.list}
      rows={rows}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      empty={none}
      size="compact"
      columns={[
        {
          key: 'event',
          head: words.columns.event,
          cell: (event) => <TextButton onClick={() => onOpen(event)}>{event.name || event.raw.slice(0, 60) || words.failed}</TextButton>,
        },
        {
          key: 'time',
          head: words.columns.time,
          width: '90px',
          cell: ({ receivedAt }) => <span className="num">{format.clock(receivedAt)}</span>,
        },
        {
          key: 'who',
          head: words.columns.who,
          cell: ({ user, anonymous }) => user || (anonymous ? words.anonymous(anonymous) : <span className="ink3">–</span>),
        },
        { key: 'account', head: words.columns.account, cell: ({ account }) => account || <span className="ink3">–</span> },
        { key: 'key', head: words.columns.key, cell: ({ key, keyName }) => keyName ?? words.gone(key) },
        { key: 'plan', head: words.columns.plan, cell: (event) => <Finding event={event} /> },
      ]}
    />
  );
}
