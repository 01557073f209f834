import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, EmptyState, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import { PersonActs } from './person-acts.tsx';
import { Readmit } from './readmit.tsx';
import type { Erasure } from './schema.ts';

const lookAgainMilliseconds = 1500;

/** Who was erased, by number and hash, and the way to find somebody to export or erase. */
export function Erasures() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const crumbs = [{ label: words.data, to: '/imports' }];
  if (role === 'owner') return <OpenErasures crumbs={crumbs} />;
  return (
    <Page title={words.title} crumbs={crumbs}>
      <PageHead title={words.title} />
      <PermissionState>{words.forbidden}</PermissionState>
    </Page>
  );
}

function OpenErasures({ crumbs }: { crumbs: { label: string; to: string }[] }) {
  const words = useMessages({ en, zh });
  const [search, setSearch] = useAddress('search');
  const answer = useQuery({
    ...api.erasures.list.queryOptions({ input: { limit: 200 } }),
    refetchInterval: ({ state }) => (state.data?.erasures.some((one) => one.state === 'running') ? lookAgainMilliseconds : false),
  });
  return (
    <Page title={words.title} crumbs={crumbs} actions={<Readmit />}>
      <Answer of={answer} what={words.reading}>
        {({ erasures, total }) => (
          <>
            <PageHead verdict={words.head(total)} note={words.note} />
            <TextInput
              aria-label={words.find}
              placeholder={words.find}
              value={search ?? ''}
              onChange={({ currentTarget }) => setSearch(currentTarget.value || undefined)}
            />
            {search ? <Found search={search} /> : null}
            <List erasures={erasures} total={total} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Found({ search }: { search: string }) {
  const words = useMessages({ en, zh });
  const answer = useQuery({ ...api.people.list.queryOptions({ input: { search, limit: 10 } }), placeholderData: keepPreviousData });
  return (
    <Answer of={answer} what={words.finding}>
      {({ people, total }) => (
        <Table
          label={words.find}
          rows={people}
          rowKey={({ id }) => id}
          total={total}
          empty={<EmptyState>{words.noMatch}</EmptyState>}
          columns={[
            { key: 'name', head: words.name, cell: ({ name }) => name ?? '–' },
            { key: 'email', head: words.email, cell: ({ email }) => email ?? '–' },
            { key: 'id', head: words.id, cell: ({ id }) => <code>{id}</code> },
            { key: 'acts', head: words.acts, silent: true, cell: (person) => <PersonActs person={person} /> },
          ]}
        />
      )}
    </Answer>
  );
}

function List({ erasures, total }: { erasures: Erasure[]; total: number }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const rowsOf = ({ found }: Erasure) => {
    if (found === null) return '–';
    const sum = Object.values(found).reduce((all, rows) => all + rows, 0);
    const tables = Object.entries(found).map(([table, rows]) => `${table} ${format.number(rows)}`);
    return words.rows(format.number(sum), tables.join(', '));
  };
  return (
    <Table
      label={words.title}
      rows={erasures}
      rowKey={({ id }) => id}
      total={total}
      empty={<EmptyState>{words.empty}</EmptyState>}
      columns={[
        { key: 'number', head: words.number, cell: ({ number }) => format.number(number) },
        { key: 'state', head: words.state, cell: (one) => <State of={one} /> },
        { key: 'found', head: words.found, cell: rowsOf },
        { key: 'hash', head: words.hash, cell: ({ hash }) => (hash ? <code title={hash}>{hash.slice(0, 12)}</code> : '–') },
        { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy },
        { key: 'at', head: words.at, cell: ({ createdAt }) => format.dateTime(createdAt) },
        { key: 'done', head: words.doneAt, cell: ({ doneAt }) => (doneAt ? format.dateTime(doneAt) : '–') },
      ]}
    />
  );
}

function State({ of: { state, problem, readmittedAt } }: { of: Erasure }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <>
      <StateMark state={state}>{words.states[state]}</StateMark>
      {readmittedAt ? <p className="ink2">{words.readmittedAt(format.dateTime(readmittedAt))}</p> : null}
      {problem ? <p className="ink2">{problem}</p> : null}
    </>
  );
}
