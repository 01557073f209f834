import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { CsvImport } from '../../web/kit/csv-import.tsx';
import { saveText } from '../../web/kit/export-file.ts';
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
  const changed = () => queries.invalidateQueries({ queryKey: api.plannedEvents.key() });
  const undo = useMutation({ mutationFn: takeBack, onSuccess: changed, onError: toastFailure });
  return (
    <CsvImport
      words={{
        open: words.importPlan,
        choose: words.importChoose,
        title: words.importTitle,
        reading: words.importReading,
        act: words.importPlan,
      }}
      look={({ csv }) => client.plannedEvents.import({ csv, dryRun: true })}
      write={({ csv }) => client.plannedEvents.import({ csv, dryRun: false })}
      isReady={(found) => found.faults.length === 0 && found.created.length + found.changed.length > 0}
      onDone={async (done) => {
        await changed();
        const text = words.imported(format.number(done.created.length), format.number(done.changed.length));
        toast({ text, undo: () => undo.mutate(done) });
      }}
    >
      {(found) => <Found found={found} />}
    </CsvImport>
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
