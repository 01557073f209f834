import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Deliverable } from './schema.ts';

type DropProps = { rows: Deliverable[]; onClose: () => void; onDrop: (reason: string) => void };

/** Nothing is dropped without a reason. */
export function DropDialog({ rows, onClose, onDrop }: DropProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [reason, setReason] = useState('');
  const names = rows.length > 3 ? words.selected(rows.length) : format.list(rows.map(({ name }) => name));
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.dropTitle(names)}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" onClick={() => (reason.trim() ? onDrop(reason.trim()) : undefined)}>
            {words.drop}
          </Button>
        </>
      }
    >
      <Textarea
        label={words.dropReason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        data-autofocus
      />
    </Dialog>
  );
}
