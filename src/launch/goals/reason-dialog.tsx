import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';

type ReasonProps = {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  pending: boolean;
  onClose: () => void;
  onReason: (reason: string) => void;
};

/** What is done to a registered goal is done with a reason. */
export function ReasonDialog({ title, text, action, danger = false, pending, onClose, onReason }: ReasonProps) {
  const words = useMessages({ en, zh });
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isShort = reason.trim().length < 3;
  const act = () => (isShort ? setTried(true) : onReason(reason.trim()));
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button kind={danger ? 'danger' : 'primary'} pending={pending} onClick={act}>
        {action}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={title} actions={actions}>
      <p className="ink2">{text}</p>
      <Textarea
        label={words.reason}
        description={words.reasonHelp}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && isShort ? words.reasonNeeded : undefined}
        autosize
        minRows={2}
        data-autofocus
      />
    </Dialog>
  );
}
