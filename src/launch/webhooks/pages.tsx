import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, EmptyState, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { NoticeTable } from '../notices/pages.tsx';
import { EditWebhook, WebhookDialog } from './form.tsx';
import { en, zh } from './messages.ts';
import type { Webhook } from './schema.ts';

export function WebhooksPage() {
  const words = useMessages({ en, zh });
  const isOwner = useSession().role === 'owner';
  const [making, setMaking] = useState(false);
  const make = isOwner ? (
    <Button kind="primary" icon={Plus} onClick={() => setMaking(true)}>
      {words.make}
    </Button>
  ) : null;
  return (
    <Page title={words.title} crumbs={[{ label: words.settings, to: '/settings/members' }]} actions={make}>
      {isOwner ? <Webhooks /> : <PermissionState>{words.forbidden}</PermissionState>}
      <WebhookDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function Webhooks() {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.webhooks.list.queryOptions({ input: {} }));
  const [opened, setOpened] = useState<Webhook | null>(null);
  const [edited, setEdited] = useState<Webhook | null>(null);
  return (
    <Answer of={answer} what={words.reading}>
      {({ webhooks }) => (
        <>
          <PageHead verdict={words.head(webhooks.length, webhooks.filter(({ failed }) => failed > 0).length)} note={words.note} />
          <WebhookTable webhooks={webhooks} onOpen={setOpened} onEdit={setEdited} />
          {edited ? <EditWebhook webhook={edited} onClose={() => setEdited(null)} /> : null}
          <Drawer open={opened !== null} onClose={() => setOpened(null)} title={opened?.name} subtitle={words.deliveries} size="wide">
            {opened ? <Deliveries of={opened} /> : null}
          </Drawer>
        </>
      )}
    </Answer>
  );
}

type TableProps = { webhooks: Webhook[]; onOpen: (webhook: Webhook) => void; onEdit: (webhook: Webhook) => void };

function WebhookTable({ webhooks, onOpen, onEdit }: TableProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <Table
      label={words.title}
      rows={webhooks}
      rowKey={({ id }) => id}
      empty={<EmptyState>{words.empty}</EmptyState>}
      columns={[
        { key: 'name', head: words.name, cell: ({ name }) => <span className="med">{name}</span>, sort: ({ name }) => name },
        { key: 'url', head: words.url, cell: ({ url }) => new URL(url).host },
        { key: 'format', head: words.format, cell: (row) => words.formats[row.format] },
        {
          key: 'state',
          head: words.state,
          cell: ({ disabledAt, disabledReason }) => (
            <>
              <StateMark state={disabledAt ? 'stale' : 'done'}>{disabledAt ? words.off : words.works}</StateMark>
              {disabledReason ? <div className="meta">{disabledReason}</div> : null}
            </>
          ),
        },
        { key: 'waiting', head: words.waiting, number: true, cell: ({ waiting }) => format.number(waiting) },
        { key: 'failed', head: words.failed, number: true, cell: ({ failed }) => format.number(failed) },
        { key: 'sent', head: words.lastSent, cell: ({ lastSentAt }) => (lastSentAt ? format.dateTime(lastSentAt) : words.never) },
        {
          key: 'actions',
          head: words.actions,
          silent: true,
          cell: (row) => <Actions of={row} onOpen={() => onOpen(row)} onEdit={() => onEdit(row)} />,
        },
      ]}
    />
  );
}

function Actions({ of: { id, name, version, disabledAt }, onOpen, onEdit }: { of: Webhook; onOpen: () => void; onEdit: () => void }) {
  const words = useMessages({ en, zh });
  const confirm = useConfirm();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: api.webhooks.key() });
  const update = useMutation(api.webhooks.update.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const restore = useMutation(api.webhooks.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.webhooks.delete.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.removed(name), undo: () => restore.mutate({ id }) });
      },
      onError: toastFailure,
    }),
  );
  const test = useMutation(
    api.webhooks.test.mutationOptions({
      onSuccess: async ({ state, error }) => {
        toast(state === 'sent' ? { text: words.tested } : { text: words.testFailed(error), tone: 'bad' });
        await refresh();
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    if (await confirm({ title: words.removeTitle(name), text: words.removeText, action: words.remove, danger: true }))
      remove.mutate({ webhook: id });
  };
  return (
    <span className="row">
      <Button size="small" pending={test.isPending} onClick={() => test.mutate({ webhook: id })}>
        {words.test}
      </Button>
      <Button size="small" onClick={onOpen}>
        {words.deliveries}
      </Button>
      <Button size="small" onClick={onEdit}>
        {words.edit}
      </Button>
      <Button size="small" pending={update.isPending} onClick={() => update.mutate({ webhook: id, version, isOn: disabledAt !== null })}>
        {disabledAt ? words.turnOn : words.turnOff}
      </Button>
      <Button size="small" kind="danger" onClick={() => void ask()}>
        {words.remove}
      </Button>
    </span>
  );
}

function Deliveries({ of: { id } }: { of: Webhook }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const answer = useQuery(api.webhooks.deliveries.queryOptions({ input: { webhook: id } }));
  const retry = useMutation(
    api.webhooks.retry.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.webhooks.key() }),
      onError: toastFailure,
    }),
  );
  return (
    <Answer of={answer} what={words.reading}>
      {({ deliveries }) => (
        <NoticeTable
          label={words.deliveries}
          notices={deliveries}
          empty={<EmptyState>{words.noDeliveries}</EmptyState>}
          actions={(row) =>
            row.state === 'failed' ? (
              <Button size="small" pending={retry.isPending} onClick={() => retry.mutate({ delivery: row.id })}>
                {words.retry}
              </Button>
            ) : null
          }
        />
      )}
    </Answer>
  );
}
