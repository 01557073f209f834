import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Wrench } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button, Segmented, TextButton } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { LiveAnswer } from '../../web/kit/live-answer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState, NoMatch, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { en, zh } from './messages.ts';
import { RuleForm, type Start } from './rule-form.tsx';
import { Rules } from './rules.tsx';
import { type CountedReason, type FailedEvent, failedReason } from './schema.ts';

const crumbTo = '/events';
const step = 50;
const most = 500;

export function FailedEvents() {
  const words = useMessages({ en, zh });
  const crumbs = [{ label: words.received, to: crumbTo }];
  if (useMayEdit()) return <Failed crumbs={crumbs} />;
  return (
    <Page title={words.title} crumbs={crumbs}>
      <PageHead title={words.title} />
      <PermissionState>{words.forbidden}</PermissionState>
    </Page>
  );
}

/** What is asked for, kept in the address. */
function useFilter() {
  const [reason, setReason] = useAddress('reason');
  const [key, setKey] = useAddress('key');
  const [search, setSearch] = useAddress('search');
  const [view, setView] = useAddress('view');
  const known = failedReason.safeParse(reason);
  const clear = () => {
    setReason(undefined);
    setKey(undefined);
    setSearch(undefined);
  };
  return {
    reason: known.success ? known.data : undefined,
    key: /^[\da-f-]{36}$/i.test(key ?? '') ? key : undefined,
    search: search?.slice(0, 200),
    replayed: view === 'replayed',
    setReason,
    setKey,
    setSearch,
    setView,
    clear,
  };
}
type Filter = ReturnType<typeof useFilter>;

function useKeyChoices() {
  const words = useMessages({ en, zh });
  const counts = useQuery(api.events.counts.queryOptions({ input: {} }));
  return (counts.data?.keys ?? []).map(({ key, name }) => ({ value: key, label: name ?? words.gone(key) }));
}

function Failed({ crumbs }: { crumbs: { label: string; to: string }[] }) {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const mayKeep = role === 'owner' || role === 'pmm';
  const filter = useFilter();
  const { reason, key, replayed } = filter;
  const [search] = useDebouncedValue(filter.search, 250);
  const [limit, setLimit] = useState(step);
  const [opened, setOpened] = useState<FailedEvent | null>(null);
  const [making, setMaking] = useState<Start | null>(null);
  const keys = useKeyChoices();
  const answer = useQuery({
    ...api.failedEvents.list.queryOptions({ input: { reason, key, search, replayed, limit } }),
    placeholderData: keepPreviousData,
  });
  const make = () => setMaking({ reason: reason ?? null, key: key ?? null });
  useKeys({ c: make });
  const isEmpty = answer.data?.total === 0 && answer.data.reasons.length === 0 && !reason && !key && !search;
  return (
    <Page
      title={words.title}
      crumbs={crumbs}
      actions={
        isEmpty ? null : (
          <Button kind="primary" icon={Wrench} keys="C" onClick={make}>
            {words.makeRule}
          </Button>
        )
      }
    >
      <Filters filter={filter} keys={keys} />
      <LiveAnswer of={answer} what={words.reading}>
        {(data) => (
          <Found {...data} filter={filter} onOpen={setOpened} onMore={() => setLimit((old) => Math.min(most, old + step))} limit={limit} />
        )}
      </LiveAnswer>
      <Rules mayKeep={mayKeep} />
      <EventDrawer
        event={opened}
        mayKeep={mayKeep}
        onClose={() => setOpened(null)}
        onRule={(event) => {
          setOpened(null);
          setMaking({ reason: event.reason, key: event.key });
        }}
      />
      <Drawer open={making !== null} onClose={() => setMaking(null)} size="wide" title={words.makeRule}>
        {making ? <RuleForm start={making} keys={keys} mayKeep={mayKeep} onDone={() => setMaking(null)} /> : null}
      </Drawer>
    </Page>
  );
}

function Filters({ filter, keys }: { filter: Filter; keys: { value: string; label: string }[] }) {
  const words = useMessages({ en, zh });
  return (
    <div className="row filters">
      <Segmented
        label={words.view}
        name="view"
        value={filter.replayed ? 'replayed' : 'waiting'}
        choices={(['waiting', 'replayed'] as const).map((value) => ({ value, label: words.views[value] }))}
        onChange={(view) => filter.setView(view === 'replayed' ? view : undefined)}
      />
      <Select
        aria-label={words.reason}
        placeholder={words.anyReason}
        data={Object.entries(words.reasons).map(([value, label]) => ({ value, label }))}
        value={filter.reason ?? null}
        onChange={(value) => filter.setReason(value ?? undefined)}
        clearable
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
        aria-label={words.search}
        placeholder={words.search}
        maxLength={200}
        value={filter.search ?? ''}
        onChange={({ currentTarget }) => filter.setSearch(currentTarget.value)}
      />
    </div>
  );
}

type FoundProps = {
  events: FailedEvent[];
  reasons: CountedReason[];
  total: number;
  filter: Filter;
  limit: number;
  onOpen: (event: FailedEvent) => void;
  onMore: () => void;
};

function Found({ events, reasons, total, filter, limit, onOpen, onMore }: FoundProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const filters = [filter.reason, filter.key, filter.search].filter(Boolean).length;
  const all = reasons.reduce((sum, { count }) => sum + count, 0);
  const count = format.number(filter.reason ? total : all);
  const isOne = (filter.reason ? total : all) === 1;
  const verdict = filter.replayed ? words.headReplayed(count, isOne) : total === 0 ? words.headNone : words.head(count, isOne);
  const none =
    filters > 0 ? (
      <NoMatch noun={words.noun} filters={filters} onClear={filter.clear} />
    ) : (
      <EmptyState>{filter.replayed ? words.emptyReplayed : words.empty}</EmptyState>
    );
  return (
    <>
      <PageHead verdict={<Starred text={verdict} />} note={words.note} />
      {reasons.length > 0 ? <ByReason reasons={reasons} filter={filter} /> : null}
      <Section title={words.list}>
        <Table
          label={words.list}
          rows={events}
          rowKey={({ id }) => id}
          onOpen={onOpen}
          total={total}
          more={limit < most ? { onMore, pending: false, step } : undefined}
          empty={none}
          columns={[
            {
              key: 'event',
              head: words.event,
              cell: (event) => <TextButton onClick={() => onOpen(event)}>{event.raw.slice(0, 80) || event.message}</TextButton>,
            },
            { key: 'reason', head: words.reason, cell: ({ reason }) => words.reasons[reason] ?? reason },
            { key: 'key', head: words.key, cell: ({ key, keyName }) => keyName ?? words.gone(key) },
            {
              key: 'at',
              head: words.receivedAt,
              cell: ({ receivedAt }) => <span title={format.exact(receivedAt)}>{format.dateTime(receivedAt)}</span>,
            },
          ]}
        />
      </Section>
    </>
  );
}

function ByReason({ reasons, filter }: { reasons: CountedReason[]; filter: Filter }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Section title={words.byReason} subtitle={filter.key || filter.search ? words.byReasonNote : undefined}>
      <Table
        label={words.byReason}
        rows={reasons}
        rowKey={({ reason }) => reason}
        selected={filter.reason ? ({ reason }) => reason === filter.reason : undefined}
        columns={[
          {
            key: 'reason',
            head: words.reason,
            cell: ({ reason }) => (
              <TextButton onClick={() => filter.setReason(reason === filter.reason ? undefined : reason)}>
                {words.reasons[reason] ?? reason}
              </TextButton>
            ),
          },
          { key: 'count', head: words.count, number: true, cell: ({ count }) => format.number(count), sort: ({ count }) => count },
          { key: 'first', head: words.first, cell: ({ firstAt }) => format.dateTime(firstAt), sort: ({ firstAt }) => firstAt },
          { key: 'last', head: words.last, cell: ({ lastAt }) => format.dateTime(lastAt), sort: ({ lastAt }) => lastAt },
        ]}
      />
    </Section>
  );
}
