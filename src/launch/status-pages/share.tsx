import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { ShownOnce } from '../../web/kit/shown-once.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { StatusPage } from './schema.ts';

type Props = { launch: Pick<Launch, 'key' | 'name'> };

/** Opens the status of a launch to whoever has the address; for those who may. */
export function ShareStatus({ launch }: Props) {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const [open, setOpen] = useState(false);
  if (role !== 'owner' && role !== 'pmm') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.share}</Button>
      {open ? <ShareDialog launch={launch} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ShareDialog({ launch: { key, name }, onClose }: Props & { onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const links = useQuery(api.statusPages.list.queryOptions({ input: { launch: key } }));
  const make = useMutation(
    api.statusPages.create.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: api.statusPages.key() }) }),
  );
  return (
    <Dialog open onClose={onClose} title={words.title(name)} wide>
      <div className="stack">
        {make.data ? (
          <ShownOnce label={words.link} help={words.linkHelp} value={make.data.link} copy={words.copy} copied={words.copied} />
        ) : (
          <div className="form">
            <p>{words.lead}</p>
            {make.error ? <Notice tone="bad">{toFailure(make.error).message}</Notice> : null}
            <div className="actions">
              <Button kind="primary" pending={make.isPending} onClick={() => make.mutate({ launch: key })} data-autofocus>
                {words.make}
              </Button>
            </div>
          </div>
        )}
        <Section title={words.links} ruled>
          <Answer of={links} what={words.readingLinks}>
            {({ pages }) => <Links pages={pages} />}
          </Answer>
        </Section>
      </div>
    </Dialog>
  );
}

function Links({ pages }: { pages: StatusPage[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const revoke = useMutation(
    api.statusPages.revoke.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.revoked });
        await queries.invalidateQueries({ queryKey: api.statusPages.key() });
      },
      onError: toastFailure,
    }),
  );
  return (
    <Table
      label={words.links}
      size="compact"
      rows={pages}
      rowKey={({ id }) => id}
      empty={<p className="meta">{words.none}</p>}
      columns={[
        { key: 'made', head: words.made, cell: ({ createdAt }) => format.dateTime(createdAt) },
        { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy },
        {
          key: 'revoke',
          head: words.actions,
          silent: true,
          cell: ({ id }) => (
            <Button size="small" kind="danger" pending={revoke.isPending} onClick={() => revoke.mutate({ page: id })}>
              {words.revoke}
            </Button>
          ),
        },
      ]}
    />
  );
}
