import { useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, FileUp } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { saveText } from '../../web/kit/export-file.ts';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { ImportedPlan } from './schema.ts';

const shownFaults = 8;
const shownNames = 12;

export function ExportPlan() {
  const words = useMessages({ en, zh });
  const save = useMutation({
    mutationFn: () => client.plannedEvents.export({}),
    onSuccess: ({ fileName, csv }) => saveText(fileName, csv),
    onError: toastFailure,
  });
  return (
    <Button icon={Download} pending={save.isPending} onClick={() => save.mutate()}>
      {words.exportPlan}
    </Button>
  );
}

/** Takes the changes of an import back: what it added goes, what it changed is as it was. */
const takeBack = async ({ created, before, changed }: ImportedPlan): Promise<void> => {
  for (const { id } of created) if (id) await client.plannedEvents.delete({ plannedEvent: id });
  if (changed.length > 0) await client.plannedEvents.import({ csv: before, dryRun: false, emptyClears: true });
};

/** Chooses a file, says what it would change, and writes it. */
export function ImportPlan() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [csv, setCsv] = useState<string | null>(null);
  const changed = () => queries.invalidateQueries({ queryKey: api.plannedEvents.key() });
  const look = useMutation({ mutationFn: (text: string) => client.plannedEvents.import({ csv: text, dryRun: true }) });
  const undo = useMutation({ mutationFn: takeBack, onSuccess: changed, onError: toastFailure });
  const write = useMutation({
    mutationFn: (text: string) => client.plannedEvents.import({ csv: text, dryRun: false }),
    onSuccess: async (done) => {
      setCsv(null);
      await changed();
      const text = words.imported(format.number(done.created.length), format.number(done.changed.length));
      toast({ text, undo: () => undo.mutate(done) });
    },
  });
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    write.reset();
    setCsv(text);
    look.mutate(text);
  };
  const found = look.data;
  const error = write.error ?? look.error;
  const isReady = found && found.faults.length === 0 && found.created.length + found.changed.length > 0;
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className="vh"
        aria-label={words.importChoose}
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          void choose(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      <Button icon={FileUp} onClick={() => input.current?.click()}>
        {words.importPlan}
      </Button>
      <Dialog
        open={csv !== null}
        onClose={() => setCsv(null)}
        title={words.importTitle}
        actions={
          <>
            <Button onClick={() => setCsv(null)}>{words.cancel}</Button>
            <Button kind="primary" disabled={!isReady} pending={write.isPending} onClick={() => csv !== null && write.mutate(csv)}>
              {words.importPlan}
            </Button>
          </>
        }
      >
        {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
        {look.isPending ? <p className="ink2">{words.importReading}</p> : null}
        {found ? <Found found={found} /> : null}
      </Dialog>
    </>
  );
}

function Found({ found: { created, changed, unchanged, faults } }: { found: ImportedPlan }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const names = (list: readonly { name: string }[]) =>
    words.list(
      list.slice(0, shownNames).map(({ name }) => name),
      list.length - shownNames,
    );
  return (
    <div className="stack">
      {faults.length > 0 ? <Notice tone="bad">{words.importFaults(format.number(faults.length))}</Notice> : null}
      <ul>
        {faults.slice(0, shownFaults).map(({ line, message }) => (
          <li key={`${line} ${message}`}>{words.importFault(format.number(line), message)}</li>
        ))}
        {created.length > 0 ? <li>{words.importNew(format.number(created.length), names(created))}</li> : null}
        {changed.length > 0 ? <li>{words.importChanged(format.number(changed.length), names(changed))}</li> : null}
        {unchanged > 0 ? <li>{words.importSame(format.number(unchanged))}</li> : null}
      </ul>
      <p className="ink2">{words.importNote}</p>
    </div>
  );
}
