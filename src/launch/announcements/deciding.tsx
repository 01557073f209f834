import { useState } from 'react';
import { Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button, Segmented } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { momentOf } from './moment.ts';
import type { Announcement } from './schema.ts';

type Props = { of: Announcement };
type DecideProps = Props & { isChanged: boolean; onDecided: (decided: Announcement) => void };
type FormProps = Props & { onDone: () => void; onDecided: (decided: Announcement) => void };

const useRefresh = () => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: api.announcements.key() });
};

/** Asks when, and publishes what is saved. */
export function PublishButton({ of: found, isChanged, onDecided }: DecideProps) {
  const words = useMessages({ en, zh });
  const [open, setOpen] = useState(false);
  const ask = () => (isChanged ? toast({ text: words.saveFirst }) : setOpen(true));
  return (
    <>
      <Button onClick={ask}>{found.state === 'withdrawn' ? words.publishAgain : words.publish}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={words.publishTitle(found.title)}>
        <PublishForm of={found} onDone={() => setOpen(false)} onDecided={onDecided} />
      </Dialog>
    </>
  );
}

function PublishForm({ of: found, onDone, onDecided }: FormProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const refresh = useRefresh();
  const { timeZone } = useSession().workspace;
  const changelog = useQuery(api.changelogs.get.queryOptions({ input: {} }));
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [local, setLocal] = useState('');
  const [missing, setMissing] = useState(false);
  const publish = useMutation(
    api.announcements.publish.mutationOptions({
      onSuccess: async (decided) => {
        const { state, title, publishAt } = decided;
        toast({ text: state === 'scheduled' ? words.scheduled(title, format.dateTime(publishAt)) : words.published(title) });
        onDone();
        onDecided(decided);
        await refresh();
      },
      onError: toastFailure,
    }),
  );
  const submit = () => {
    const publishAt = when === 'later' ? momentOf(local, timeZone) : null;
    if (when === 'later' && !publishAt) return setMissing(true);
    publish.mutate({ announcement: found.id, version: found.version, publishAt });
  };
  return (
    <div className="form">
      <p>{words.publishText}</p>
      {changelog.data && !changelog.data.isPublic ? <Notice tone="warn">{words.notOpen}</Notice> : null}
      <Segmented
        label={words.publishWhen}
        name="when"
        value={when}
        onChange={setWhen}
        choices={[
          { value: 'now', label: words.publishNow },
          { value: 'later', label: words.publishLater },
        ]}
      />
      {when === 'later' ? (
        <TextInput
          type="datetime-local"
          label={words.moment}
          description={words.momentHelp(timeZone)}
          value={local}
          error={missing && !momentOf(local, timeZone) ? words.momentNeeded : null}
          onChange={(event) => setLocal(event.currentTarget.value)}
        />
      ) : null}
      <div className="actions">
        <Button kind="primary" pending={publish.isPending} onClick={submit}>
          {when === 'later' ? words.schedule : words.publish}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </div>
  );
}

export function WithdrawButton({ of: found, isChanged, onDecided }: DecideProps) {
  const words = useMessages({ en, zh });
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => (isChanged ? toast({ text: words.saveFirst }) : setOpen(true))}>{words.withdraw}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={words.withdrawTitle(found.title)}>
        <WithdrawForm of={found} onDone={() => setOpen(false)} onDecided={onDecided} />
      </Dialog>
    </>
  );
}

function WithdrawForm({ of: found, onDone, onDecided }: FormProps) {
  const words = useMessages({ en, zh });
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const withdraw = useMutation(
    api.announcements.withdraw.mutationOptions({
      onSuccess: async (decided) => {
        toast({ text: words.withdrawn(decided.title) });
        onDone();
        onDecided(decided);
        await refresh();
      },
      onError: toastFailure,
    }),
  );
  const isShort = reason.trim().length < 3;
  const submit = () =>
    isShort ? setTried(true) : withdraw.mutate({ announcement: found.id, version: found.version, reason: reason.trim() });
  return (
    <div className="form">
      <p>{words.withdrawText}</p>
      <Textarea
        label={words.reason}
        description={words.reasonHelp}
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        error={tried && isShort ? words.reasonNeeded : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="actions">
        <Button kind="primary" pending={withdraw.isPending} onClick={submit}>
          {words.withdraw}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </div>
  );
}

export function DeleteAnnouncement({ of: { id, title } }: Props) {
  const words = useMessages({ en, zh });
  const confirm = useConfirm();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const restore = useMutation(api.announcements.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.announcements.delete.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/announcements' } as never);
        await refresh();
        toast({ text: words.removed(title), undo: () => restore.mutate({ id }) });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    if (await confirm({ title: words.removeTitle(title), text: words.removeText, action: words.remove, danger: true }))
      remove.mutate({ announcement: id });
  };
  return (
    <Button kind="danger" pending={remove.isPending} onClick={() => void ask()}>
      {words.remove}
    </Button>
  );
}
