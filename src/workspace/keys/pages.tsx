import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, EmptyState, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import { KeyDialog } from './form.tsx';
import { en, zh } from './messages.ts';
import type { Key } from './schema.ts';

const idleDays = 90;
const isExpired = ({ expiresAt }: Key) => expiresAt !== null && new Date(expiresAt) <= new Date();
const works = (key: Key) => key.revokedAt === null && !isExpired(key);
const isIdle = ({ lastUsedAt, createdAt }: Key) => Date.now() - new Date(lastUsedAt ?? createdAt).getTime() > idleDays * 86_400_000;

export function Keys() {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const crumbs = [{ label: words.settings, to: '/settings/members' }];
  if (role === 'owner' || role === 'pmm') return <OpenKeys crumbs={crumbs} />;
  return (
    <Page title={words.title} crumbs={crumbs}>
      <PageHead title={words.title} />
      <PermissionState>{words.forbidden}</PermissionState>
    </Page>
  );
}

function OpenKeys({ crumbs }: { crumbs: { label: string; to: string }[] }) {
  const words = useMessages({ en, zh });
  const keys = useQuery(api.keys.list.queryOptions({ input: {} }));
  const [making, setMaking] = useState(false);
  useKeys({ c: () => setMaking(true) });
  const make = (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setMaking(true)}>
      {words.make}
    </Button>
  );
  return (
    <Page title={words.title} crumbs={crumbs} actions={keys.data?.keys.length ? make : null}>
      <Answer of={keys} what={words.reading}>
        {({ keys: all }) => {
          const working = all.filter(works);
          return (
            <>
              <PageHead verdict={words.head(working.length, working.filter(isIdle).length)} />
              <KeyTable keys={all} empty={<EmptyState actions={make}>{words.empty}</EmptyState>} />
            </>
          );
        }}
      </Answer>
      <KeyDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function KeyTable({ keys, empty }: { keys: Key[]; empty: React.ReactNode }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role: roleWords } = useKitWords();
  const may = ({ kind, role, mayWrite }: Key) =>
    kind === 'write' ? words.sends : `${roleWords[role] ?? role}, ${mayWrite ? words.writes : words.reads}`;
  return (
    <Table
      label={words.title}
      rows={keys}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        { key: 'name', head: words.name, cell: ({ name }) => <span className="med">{name}</span>, sort: ({ name }) => name },
        { key: 'hint', head: words.key, cell: ({ hint }) => <code>{hint}</code> },
        { key: 'may', head: words.may, cell: may },
        { key: 'by', head: words.madeBy, cell: ({ createdBy }) => createdBy ?? '–', sort: ({ createdBy }) => createdBy },
        {
          key: 'used',
          head: words.lastUsed,
          cell: ({ lastUsedAt }) => (lastUsedAt ? format.dateTime(lastUsedAt) : <span className="ink3">{words.never}</span>),
          sort: ({ lastUsedAt }) => lastUsedAt,
        },
        { key: 'expires', head: words.expires, cell: ({ expiresAt }) => (expiresAt ? format.date(expiresAt, { year: true }) : '–') },
        { key: 'state', head: words.state, cell: (key) => <KeyState of={key} /> },
        { key: 'revoke', head: words.actions, silent: true, cell: (key) => (works(key) ? <Revoke of={key} /> : null) },
      ]}
    />
  );
}

function KeyState({ of: key }: { of: Key }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (key.revokedAt) return <StateMark state="failed">{words.revoked(format.date(key.revokedAt))}</StateMark>;
  if (isExpired(key)) return <StateMark state="stale">{words.expired(format.date(key.expiresAt))}</StateMark>;
  return <StateMark state="done">{words.works}</StateMark>;
}

function Revoke({ of: { id, name } }: { of: Key }) {
  const words = useMessages({ en, zh });
  const confirm = useConfirm();
  const queries = useQueryClient();
  const revoke = useMutation(
    api.keys.revoke.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.revokedNow(name) });
        await queries.invalidateQueries({ queryKey: api.keys.key() });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    if (await confirm({ title: words.revokeTitle(name), text: words.revokeText, action: words.revoke, danger: true }))
      revoke.mutate({ key: id });
  };
  return (
    <Button size="small" kind="danger" onClick={() => void ask()} pending={revoke.isPending}>
      {words.revoke}
    </Button>
  );
}
