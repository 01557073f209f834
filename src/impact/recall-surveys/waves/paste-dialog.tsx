import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../../web/kit/client.ts';
import { Button } from '../../../web/kit/controls.tsx';
import { Dialog } from '../../../web/kit/drawer.tsx';
import { toFailure } from '../../../web/kit/failure.ts';
import { useFormat } from '../../../web/kit/format-context.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Notice } from '../../../web/kit/states.tsx';
import { toast } from '../../../web/kit/toast.tsx';
import { en, zh } from '../messages.ts';
import type { RecallSurvey } from '../schema.ts';
import { useRefreshRecall } from '../survey-dialog.tsx';

const shownFaults = 8;

/** Takes a table of waves, says what would come of it, and brings it in. */
export function PasteDialog({ survey: { id: survey }, onClose }: { survey: RecallSurvey; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const refresh = useRefreshRecall();
  const [csv, setCsv] = useState('');
  const look = useMutation({ mutationFn: () => client.recallSurveys.importWaves({ survey, csv, dryRun: true }) });
  const write = useMutation({
    mutationFn: () => client.recallSurveys.importWaves({ survey, csv, dryRun: false }),
    onSuccess: async (done) => {
      await refresh();
      toast({ text: words.imported(format.number(done.created), format.number(done.changed)) });
      onClose();
    },
  });
  const found = look.data;
  const failed = write.error ?? look.error;
  const isReady = found !== undefined && found.faults.length === 0 && found.created + found.changed > 0;
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={words.pasteTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind={isReady ? 'plain' : 'primary'} disabled={csv.trim() === ''} pending={look.isPending} onClick={() => look.mutate()}>
            {words.look}
          </Button>
          <Button kind={isReady ? 'primary' : 'plain'} disabled={!isReady} pending={write.isPending} onClick={() => write.mutate()}>
            {words.import}
          </Button>
        </>
      }
    >
      <div className="stack">
        {failed ? <Notice tone="bad">{toFailure(failed).message}</Notice> : null}
        <Textarea
          className="stretch"
          label={words.pasteLabel}
          description={words.pasteHelp}
          autosize
          minRows={6}
          maxRows={14}
          maxLength={200_000}
          data-autofocus
          value={csv}
          onChange={({ currentTarget }) => {
            setCsv(currentTarget.value);
            look.reset();
          }}
        />
        <div aria-live="polite">
          {found ? <p>{words.found(format.number(found.created), format.number(found.changed), format.number(found.unchanged))}</p> : null}
          {found && found.faults.length > 0 ? (
            <ul>
              {found.faults.slice(0, shownFaults).map(({ line, message }) => (
                <li key={`${line} ${message}`}>{words.fault(format.number(line), message)}</li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </Dialog>
  );
}
