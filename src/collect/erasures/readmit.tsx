import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';

/** Lets somebody who was erased come again; nothing here says who that was, so whoever asks has to know a key of theirs. */
export function Readmit() {
  const words = useMessages({ en, zh });
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button onClick={() => setAsked(true)}>{words.readmit}</Button>
      {isAsked ? <ReadmitDialog onClose={() => setAsked(false)} /> : null}
    </>
  );
}

function ReadmitDialog({ onClose }: { onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const key = typed.trim();
  const readmit = useMutation(
    api.erasures.readmit.mutationOptions({
      onSuccess: async () => {
        onClose();
        toast({ text: words.readmitted });
        await queries.invalidateQueries();
      },
    }),
  );
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button kind="danger" pending={readmit.isPending} disabled={key === ''} onClick={() => readmit.mutate({ key, confirm: key })}>
        {words.readmit}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={words.readmitTitle} actions={actions}>
      <div className="form">
        {readmit.error ? <Notice tone="bad">{toFailure(readmit.error).message}</Notice> : null}
        <p className="ink2">{words.readmitNote}</p>
        <TextInput label={words.readmitKey} value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} data-autofocus />
      </div>
    </Dialog>
  );
}
