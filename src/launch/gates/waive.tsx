import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import type { Criterion } from './schema.ts';
import { useGateAct } from './use-gates.tsx';
import { useGateWords } from './words.tsx';

/** Lets a criterion be, with a reason that stays. */
export function WaiveDialog({ criterion, onClose }: { criterion: Criterion; onClose: () => void }) {
  const { words, nameOf } = useGateWords();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isShort = reason.trim().length < 10;
  const waive = useGateAct({
    run: () => client.gates.waive({ criterion: criterion.id, reason: reason.trim() }),
    done: words.waivedDone,
    onDone: onClose,
  });
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button kind="danger" pending={waive.isPending} onClick={() => (isShort ? setTried(true) : waive.mutate(undefined))}>
        {words.waive}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={words.waiveTitle(nameOf(criterion))} actions={actions}>
      <div className="form">
        <p className="ink2">{words.waiveText}</p>
        <Textarea
          label={words.reason}
          description={words.reasonNeeded}
          autosize
          minRows={3}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried && isShort ? words.reasonNeeded : null}
        />
      </div>
    </Dialog>
  );
}
