import { useState, type ReactNode } from 'react';
import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table, type Column } from '../../web/kit/table.tsx';
import { toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { saveFile } from './save.tsx';

const step = 50;

/** How many are shown, and for which search, which is kept in the address. */
function useAsked() {
  const [search, setSearch] = useAddress('search');
  const [limit, setLimit] = useState(step);
  return { search, setSearch, limit, more: () => setLimit((old) => Math.min(500, old + step)) };
}
type Asked = ReturnType<typeof useAsked>;

export function Accounts() {
  const words = useMessages({ en, zh });
  const asked = useAsked();
  const { search, limit } = asked;
  const answer = useQuery({ ...api.accounts.list.queryOptions({ input: { search, limit } }), placeholderData: keepPreviousData });
  const text = (key: 'domain' | 'segment' | 'plan' | 'country' | 'industry') => ({
    key,
    head: words.fields[key]!,
    cell: (row: { [K in typeof key]: string | null }) => row[key] ?? '–',
  });
  return (
    <Frame words={words.accounts} asked={asked} total={answer.data?.total} save={() => client.accounts.export({ search })}>
      <Answer of={answer} what={words.accounts.reading}>
        {({ accounts, total }) => (
          <List
            words={words.accounts}
            asked={asked}
            rows={accounts}
            total={total}
            columns={[
              { key: 'name', head: words.fields.name!, cell: ({ name, domain, id }) => name ?? domain ?? id },
              text('domain'),
              text('segment'),
              text('plan'),
              text('industry'),
              text('country'),
            ]}
          />
        )}
      </Answer>
    </Frame>
  );
}

export function People() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const asked = useAsked();
  const { search, limit } = asked;
  const answer = useQuery({ ...api.people.list.queryOptions({ input: { search, limit } }), placeholderData: keepPreviousData });
  return (
    <Frame words={words.people} asked={asked} total={answer.data?.total} save={() => client.people.export({ search })}>
      <Answer of={answer} what={words.people.reading}>
        {({ people, total }) => (
          <List
            words={words.people}
            asked={asked}
            rows={people}
            total={total}
            columns={[
              {
                key: 'name',
                head: words.fields.name!,
                cell: ({ name, email, id }) => (
                  <Link to="/people/$person" params={{ person: id }}>
                    {name || email || id}
                  </Link>
                ),
              },
              { key: 'email', head: words.fields.email!, cell: ({ email }) => email ?? '–' },
              { key: 'title', head: words.fields.title!, cell: ({ title }) => title ?? '–' },
              { key: 'country', head: words.fields.country!, cell: ({ country }) => country ?? '–' },
              { key: 'created_at', head: words.fields.created_at!, cell: ({ created_at: at }) => format.date(at) },
            ]}
          />
        )}
      </Answer>
    </Frame>
  );
}

type ListWords = (typeof en)['accounts'];
type FrameProps = {
  words: ListWords;
  asked: Asked;
  total: number | undefined;
  save: () => Promise<{ fileName: string; csv: string }>;
  children: ReactNode;
};

function Frame({ words: own, asked, total, save, children }: FrameProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const download = () => void save().then(({ fileName, csv }) => saveFile(fileName, csv), toastFailure);
  return (
    <Page title={own.title} actions={total ? <Button onClick={download}>{words.export}</Button> : null}>
      {total === undefined ? null : <PageHead verdict={own.head(format.number(total), total === 1)} note={own.note} />}
      {total === 0 && !asked.search ? null : (
        <TextInput
          aria-label={words.search}
          placeholder={words.search}
          value={asked.search ?? ''}
          onChange={({ currentTarget }) => asked.setSearch(currentTarget.value || undefined)}
        />
      )}
      {children}
    </Page>
  );
}

type ListProps<Row> = { words: ListWords; asked: Asked; rows: Row[]; total: number; columns: Column<Row>[] };

function List<Row extends { id: string }>({ words: own, asked, rows, total, columns }: ListProps<Row>) {
  const words = useMessages({ en, zh });
  const action = (
    <ButtonLink kind="primary" icon={FileUp} to="/imports/new">
      {words.import}
    </ButtonLink>
  );
  const empty = asked.search ? <EmptyState>{words.noMatch}</EmptyState> : <EmptyState actions={action}>{own.empty}</EmptyState>;
  const more = rows.length < total && rows.length < 500 ? { onMore: asked.more, pending: false, step } : undefined;
  return <Table label={own.title} rows={rows} rowKey={({ id }) => id} total={total} more={more} empty={empty} columns={columns} />;
}
