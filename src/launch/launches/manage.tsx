import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';
import { ShareStatus } from '../status-pages/share.tsx';
import { SplitDialog } from './split-dialog.tsx';

/** What ends a launch, or begins it again. */
export function ManageLaunch({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const { role } = useSession();
  const [splitting, setSplitting] = useState(false);
  if (role !== 'owner' && role !== 'pmm') return null;
  return (
    <div className="row manage">
      <ShareStatus launch={launch} />
      <Button onClick={() => setSplitting(true)}>{words.splitLaunch}</Button>
      {launch.state === 'cancelled' ? <ResumeButton launch={launch} /> : <CancelButton launch={launch} />}
      <DeleteButton launch={launch} />
      {splitting ? <SplitDialog launch={launch} onClose={() => setSplitting(false)} /> : null}
    </div>
  );
}

function ResumeButton({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const resume = useMutation(
    api.launches.resume.mutationOptions({
      onSuccess: async ({ name }) => {
        await queries.invalidateQueries({ queryKey: api.launches.key() });
        toast({ text: words.resumed(name) });
      },
      onError: toastFailure,
    }),
  );
  return (
    <Button pending={resume.isPending} onClick={() => resume.mutate({ launch: launch.key, version: launch.version })}>
      {words.resume}
    </Button>
  );
}

function CancelButton({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  const cancel = useMutation(
    api.launches.cancel.mutationOptions({
      onSuccess: async ({ name }) => {
        await queries.invalidateQueries({ queryKey: api.launches.key() });
        setReason(null);
        toast({ text: words.cancelledNow(name) });
      },
      onError: toastFailure,
    }),
  );
  return (
    <>
      <Button onClick={() => setReason('')}>{words.cancelLaunch}</Button>
      <Dialog
        open={reason !== null}
        onClose={() => setReason(null)}
        title={words.cancelTitle(launch.name)}
        actions={
          <>
            <Button onClick={() => setReason(null)}>{words.keepIt}</Button>
            <Button
              kind="danger"
              pending={cancel.isPending}
              disabled={(reason ?? '').trim().length < 3}
              onClick={() => cancel.mutate({ launch: launch.key, version: launch.version, reason: reason ?? '' })}
            >
              {words.cancelAct}
            </Button>
          </>
        }
      >
        <div className="form">
          <p>{words.cancelText}</p>
          <Textarea
            label={words.cancelReason}
            value={reason ?? ''}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            minRows={2}
            data-autofocus
          />
        </div>
      </Dialog>
    </>
  );
}

function DeleteButton({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const refresh = () => queries.invalidateQueries({ queryKey: api.launches.key() });
  const restore = useMutation(api.launches.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.launches.delete.mutationOptions({
      onSuccess: async ({ id }) => {
        await navigate({ to: '/launches' });
        await refresh();
        toast({ text: words.removed(launch.name), undo: () => restore.mutate({ id }) });
      },
      onError: toastFailure,
    }),
  );
  const ask = async () => {
    const agreed = await confirm({ title: words.removeTitle(launch.name), text: words.removeText, action: words.remove, danger: true });
    if (agreed) remove.mutate({ launch: launch.key });
  };
  return (
    <Button kind="danger" pending={remove.isPending} onClick={() => void ask()}>
      {words.remove}
    </Button>
  );
}
