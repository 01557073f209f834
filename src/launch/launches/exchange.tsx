import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { CsvImport } from '../../web/kit/csv-import.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { ImportedLaunches } from './importing/schema.ts';
import { en, zh } from './messages.ts';

const shownRows = 100;

/** The launches as a file, and from one. */
export function ExchangeLaunches() {
  return (
    <div className="row foot-actions">
      <ImportLaunches />
      <CsvButton file={() => client.launches.exportAll({})} />
    </div>
  );
}

/** Chooses a file of launches, says what would come of it, brings it in, and can take it back. */
export function ImportLaunches() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const { role } = useSession();
  const refresh = () => queries.invalidateQueries({ queryKey: api.launches.key() });
  const undo = useMutation(
    api.launches.undoImport.mutationOptions({
      onSuccess: async ({ kept }) => {
        await refresh();
        toast({ text: kept.length > 0 ? words.importUndoneBut(kept.length) : words.importUndone });
      },
      onError: toastFailure,
    }),
  );
  if (role !== 'owner' && role !== 'pmm') return null;
  return (
    <CsvImport
      small
      wide
      words={{
        open: words.importLaunches,
        choose: words.importChoose,
        title: words.importTitle,
        reading: words.importReading,
        act: words.importAct,
      }}
      look={(asked) => client.launches.import({ ...asked, dryRun: true })}
      write={(asked) => client.launches.import({ ...asked, dryRun: false })}
      isReady={({ counts }) => counts.new + counts.changed > 0}
      isAmbiguous={({ dateOrderNeeded }) => dateOrderNeeded}
      onDone={async ({ counts, import: id }) => {
        await refresh();
        const text = words.imported(counts.new, counts.changed);
        toast(id ? { text, undo: () => undo.mutate({ import: id }) } : { text });
      }}
    >
      {(found) => <Found found={found} />}
    </CsvImport>
  );
}

function Found({ found: { counts, rows, columns, dateOrderNeeded } }: { found: ImportedLaunches }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  // What is left out comes first: it is what the reader can still mend.
  const ordered = rows.toSorted((one, other) => Number(other.action === 'rejected') - Number(one.action === 'rejected'));
  return (
    <div className="stack">
      <p>{words.importCounts(counts)}</p>
      <p className="meta">{words.importColumns(format.list(columns.map(({ header }) => header)))}</p>
      <Table
        label={words.importTitle}
        size="compact"
        rows={ordered.slice(0, shownRows)}
        total={rows.length}
        rowKey={({ line }) => String(line)}
        columns={[
          { key: 'name', head: words.name, cell: ({ name }) => name || '–' },
          { key: 'line', head: words.importLine, number: true, cell: ({ line }) => format.number(line) },
          {
            key: 'action',
            head: words.importAction,
            cell: ({ action, changes }) =>
              changes.length > 0
                ? words.importChanges(format.list(changes.map((change) => words.importFields[change])))
                : words.importActions[action],
          },
          {
            key: 'market',
            head: words.marketDate,
            // Until the reader has said which of day and month comes first, none is shown: it would be a guess.
            cell: ({ marketDate }) => (
              <span className="nowrap">{marketDate && !dateOrderNeeded ? format.date(marketDate, { year: true }) : '–'}</span>
            ),
          },
          {
            key: 'problems',
            head: words.importProblem,
            cell: ({ action, problems }) => (
              <span className={action === 'rejected' ? 'bad' : 'warn'}>
                {problems.map((problem) => words.importProblems[problem]).join(' ')}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
