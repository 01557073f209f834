import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { saveBlob } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { Raw } from './raw.tsx';
import type { FailedEvent } from './schema.ts';

type DrawerProps = { event: FailedEvent | null; mayKeep: boolean; onRule: (event: FailedEvent) => void; onClose: () => void };

/** One failed event: why, when, by which key, and what was sent. */
export function EventDrawer({ event, ...rest }: DrawerProps) {
  const words = useMessages({ en, zh });
  return (
    <Drawer
      open={event !== null}
      onClose={rest.onClose}
      size="wide"
      title={event ? (words.reasons[event.reason] ?? event.reason) : ''}
      subtitle={event ? words.details(event.detail) : undefined}
    >
      {event ? <EventBody event={event} {...rest} /> : null}
    </Drawer>
  );
}

function EventBody({ event, mayKeep, onRule, onClose }: DrawerProps & { event: FailedEvent }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const download = useMutation({
    mutationFn: () => client.failedEvents.get({ event: event.id }),
    onSuccess: ({ raw }) => saveBlob(`failed-event-${event.id}.json`, new Blob([raw], { type: 'application/json' })),
    onError: toastFailure,
  });
  const remove = useMutation(
    api.failedEvents.delete.mutationOptions({
      onSuccess: async () => {
        toast({ text: words.deleted });
        onClose();
        await queries.invalidateQueries({ queryKey: api.failedEvents.key() });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () =>
    (await confirm({ title: words.deleteTitle, text: words.deleteText, action: words.deleteOne, danger: true })) &&
    remove.mutate({ events: [event.id] });
  return (
    <div className="stack">
      <Facts
        items={[
          [words.receivedAt, format.exact(event.receivedAt)],
          [words.key, event.keyName ?? words.gone(event.key)],
          [words.message, <code key="message">{event.message}</code>],
        ]}
      />
      {event.isCut ? <Notice>{words.cut}</Notice> : null}
      <Raw label={words.sentAs} text={event.raw} />
      <div className="actions">
        {event.isReplayed ? null : <Button onClick={() => onRule(event)}>{words.ruleForThis}</Button>}
        <Button icon={Download} pending={download.isPending} onClick={() => download.mutate()}>
          {words.download}
        </Button>
        {mayKeep && !event.isReplayed ? (
          <Button kind="danger" pending={remove.isPending} onClick={() => void ask()}>
            {words.deleteOne}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
