import { useState } from 'react';
import { Select } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { api, client } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { EmptyState, ErrorState, LoadingState, NoMatch, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { didWhat, EntryDrawer, nameOf } from './entry.tsx';
import { en, zh } from './messages.ts';
import type { AuditEntry } from './schema.ts';

export function Audit() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const crumbs = [{ label: words.settings, to: '/settings/members' }];
  if (role === 'owner') return <Trail crumbs={crumbs} />;
  return (
    <Page title={words.title} crumbs={crumbs}>
      <PageHead title={words.title} />
      <PermissionState>{words.forbidden}</PermissionState>
    </Page>
  );
}

type Filter = { actor?: string; subject?: string };

function Trail({ crumbs }: { crumbs: { label: string; to: string }[] }) {
  const words = useMessages({ en, zh });
  const [actor, setActor] = useAddress('who');
  const [subject, setSubject] = useAddress('what');
  const filter = { actor, subject };
  const clear = () => {
    setActor(undefined);
    setSubject(undefined);
  };
  return (
    <Page title={words.title} crumbs={crumbs} actions={<Export filter={filter} />}>
      <PageHead verdict={words.head} note={words.note} />
      <Filters {...filter} setActor={setActor} setSubject={setSubject} />
      <Entries filter={filter} clear={clear} />
    </Page>
  );
}

type FilterProps = Filter & { setActor: (value?: string) => void; setSubject: (value?: string) => void };

function Filters({ actor, subject, setActor, setSubject }: FilterProps) {
  const words = useMessages({ en, zh });
  const choices = useQuery(api.audit.choices.queryOptions({ input: {} }));
  const who = (choices.data?.actors ?? []).map(({ id, name, kind }) => ({
    value: id,
    label: words.kinds[kind] ? `${name} (${words.kinds[kind]})` : name,
  }));
  const what = (choices.data?.subjects ?? []).map((value) => ({ value, label: words.nouns[value] ?? value }));
  return (
    <div className="row filters">
      <Select
        aria-label={words.filterWho}
        placeholder={words.anybody}
        data={who}
        value={actor ?? null}
        onChange={(value) => setActor(value ?? undefined)}
        clearable
      />
      <Select
        aria-label={words.filterWhat}
        placeholder={words.anything}
        data={what}
        value={subject ?? null}
        onChange={(value) => setSubject(value ?? undefined)}
        clearable
      />
    </div>
  );
}

function Entries({ filter, clear }: { filter: Filter; clear: () => void }) {
  const words = useMessages({ en, zh });
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const pages = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (olderThan: number | undefined) => ({ ...filter, olderThan, limit: 100 }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  );
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <LoadingState what={words.reading} />;
  const filters = [filter.actor, filter.subject].filter(Boolean).length;
  const empty = filters > 0 ? <NoMatch noun={words.entries} filters={filters} onClear={clear} /> : <EmptyState>{words.empty}</EmptyState>;
  return (
    <>
      <EntryTable entries={pages.data.pages.flatMap(({ entries }) => entries)} onOpen={setOpened} empty={empty} />
      {pages.hasNextPage ? (
        <Button onClick={() => void pages.fetchNextPage()} pending={pages.isFetchingNextPage}>
          {words.older}
        </Button>
      ) : null}
      <EntryDrawer entry={opened} onClose={() => setOpened(null)} />
    </>
  );
}

type TableProps = { entries: AuditEntry[]; onOpen: (entry: AuditEntry) => void; empty: React.ReactNode };

function EntryTable({ entries, onOpen, empty }: TableProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Table
      label={words.title}
      rows={entries}
      rowKey={({ id }) => String(id)}
      onOpen={onOpen}
      empty={empty}
      columns={[
        { key: 'which', head: words.which, cell: (entry) => <TextButton onClick={() => onOpen(entry)}>{nameOf(entry)}</TextButton> },
        { key: 'what', head: words.what, cell: (entry) => didWhat(entry, words) },
        { key: 'who', head: words.who, cell: ({ actor }) => actor.name },
        { key: 'door', head: words.door, cell: ({ door }) => words.doors[door] ?? door },
        { key: 'at', head: words.at, cell: ({ at }) => <span title={format.exact(at)}>{format.dateTime(at)}</span> },
      ]}
    />
  );
}

function Export({ filter }: { filter: Filter }) {
  const words = useMessages({ en, zh });
  const save = useMutation({
    mutationFn: () => client.audit.export(filter),
    onSuccess: ({ fileName, csv, truncated }) => {
      const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
      Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
      URL.revokeObjectURL(url);
      if (truncated) toast({ text: words.truncated });
    },
    onError: toastFailure,
  });
  return (
    <Button icon={Download} onClick={() => save.mutate()} pending={save.isPending}>
      {words.export}
    </Button>
  );
}
