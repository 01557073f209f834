import { useState, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { NameDialog } from './name-dialog.tsx';
import type { DashboardLine } from './schema.ts';

export function Dashboards() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const answer = useQuery(api.dashboards.list.queryOptions({ input: {} }));
  const [named, setNamed] = useState<DashboardLine | 'new' | null>(null);
  useKeys({ c: () => mayEdit && setNamed('new') });
  const make = mayEdit ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setNamed('new')}>
      {words.make}
    </Button>
  ) : null;
  return (
    <Page title={words.title} actions={answer.data?.dashboards.length ? make : null}>
      <Answer of={answer} what={words.reading}>
        {({ dashboards }) => (
          <>
            <PageHead verdict={words.head(dashboards.length)} note={words.note} />
            <DashboardTable dashboards={dashboards} onRename={setNamed} empty={<EmptyState actions={make}>{words.empty}</EmptyState>} />
          </>
        )}
      </Answer>
      {named === null ? null : (
        <NameDialog
          board={named === 'new' ? undefined : named}
          onSaved={({ id, name }) =>
            named === 'new'
              ? void navigate({ to: '/dashboards/$dashboard', params: { dashboard: id } } as never)
              : toast({ text: words.renamed(name) })
          }
          onClose={() => setNamed(null)}
        />
      )}
    </Page>
  );
}

type TableProps = { dashboards: DashboardLine[]; onRename: (board: DashboardLine) => void; empty: ReactNode };

function DashboardTable({ dashboards, onRename, empty }: TableProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const remove = useDelete();
  return (
    <Table
      label={words.title}
      rows={dashboards}
      rowKey={({ id }) => id}
      empty={empty}
      {...useAddressSort()}
      columns={[
        {
          key: 'name',
          head: words.name,
          cell: ({ id, name }) => (
            <Link to="/dashboards/$dashboard" params={{ dashboard: id }}>
              {name}
            </Link>
          ),
          sort: ({ name }) => name,
        },
        {
          key: 'questions',
          head: words.questions,
          number: true,
          cell: ({ questions }) => format.number(questions),
          sort: ({ questions }) => questions,
        },
        { key: 'changed', head: words.changed, cell: ({ updatedAt }) => format.date(updatedAt), sort: ({ updatedAt }) => updatedAt },
        ...(mayEdit
          ? [
              {
                key: 'actions',
                head: words.actions,
                silent: true,
                cell: (board: DashboardLine) => (
                  <span className="row">
                    <TextButton onClick={() => onRename(board)}>{words.rename}</TextButton>
                    <TextButton onClick={() => remove(board)}>{words.delete}</TextButton>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** Deletes at once, and offers to take it back. */
function useDelete() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: api.dashboards.key() });
  const restore = useMutation(api.dashboards.restore.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  const remove = useMutation(api.dashboards.delete.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  return ({ id, name }: DashboardLine) =>
    remove.mutate(
      { dashboard: id },
      { onSuccess: () => toast({ text: words.deleted(name), undo: () => restore.mutate({ dashboard: id }) }) },
    );
}
