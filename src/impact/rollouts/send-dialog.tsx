import { useState } from 'react';
import { Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

type Props = { rollout: string; open: boolean; onClose: () => void };

/** Sends the list to one of the webhooks that take signed JSON. */
export function SendDialog({ rollout, open, onClose }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  const hooks = useQuery({ ...api.webhooks.list.queryOptions({ input: {} }), enabled: open });
  const send = useMutation(
    api.rollouts.send.mutationOptions({
      onSuccess: ({ accounts, messages }) => {
        toast({ text: words.sent(format.number(accounts), format.number(messages)) });
        onClose();
      },
      onError: toastFailure,
    }),
  );
  return (
    <Dialog open={open} onClose={onClose} title={words.sendTitle}>
      <Answer of={hooks} what={words.reading}>
        {({ webhooks }) => {
          const usable = webhooks.filter((hook) => hook.format === 'standard' && !hook.disabledAt);
          if (usable.length === 0) return <EmptyState>{words.noWebhook}</EmptyState>;
          const webhook = chosen ?? usable[0]!.id;
          return (
            <div className="form">
              <p>{words.sendText}</p>
              <Select
                label={words.webhook}
                allowDeselect={false}
                data={usable.map(({ id, name }) => ({ value: id, label: name }))}
                value={webhook}
                onChange={setChosen}
              />
              <div className="actions">
                <Button kind="primary" pending={send.isPending} onClick={() => send.mutate({ rollout, webhook })}>
                  {words.send}
                </Button>
                <Button onClick={onClose}>{words.cancel}</Button>
              </div>
            </div>
          );
        }}
      </Answer>
    </Dialog>
  );
}
