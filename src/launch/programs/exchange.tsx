import { useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { CsvImport } from '../../web/kit/csv-import.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { ImportedPrograms } from './importing/schema.ts';
import { en, zh } from './messages.ts';
import { useWhen } from './list.tsx';

/** Chooses a file of campaigns, says what would come of it, and brings it in. */
export function ImportPrograms() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  return (
    <CsvImport
      small
      wide
      words={{
        open: words.importAll,
        choose: words.importChoose,
        title: words.importTitle,
        reading: words.importReading,
        act: words.importAct,
      }}
      look={(asked) => client.programs.import({ ...asked, dryRun: true })}
      write={(asked) => client.programs.import({ ...asked, dryRun: false })}
      isReady={({ counts }) => counts.new + counts.changed > 0}
      isAmbiguous={({ dateOrderNeeded }) => dateOrderNeeded}
      onDone={async ({ counts }) => {
        await queries.invalidateQueries({ queryKey: api.programs.key() });
        toast({ text: words.imported(counts.new, counts.changed) });
      }}
    >
      {(found) => <Found found={found} />}
    </CsvImport>
  );
}

function Found({ found: { counts, rows, columns } }: { found: ImportedPrograms }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const when = useWhen();
  return (
    <div className="stack">
      <p>{words.importCounts(counts)}</p>
      <p className="meta">{words.importColumns(format.list(columns.map(({ header }) => header)))}</p>
      <Table
        label={words.importTitle}
        size="compact"
        rows={rows.slice(0, 100)}
        total={rows.length}
        rowKey={({ line }) => String(line)}
        columns={[
          { key: 'name', head: words.name, cell: ({ name }) => name || '–' },
          { key: 'action', head: words.importAction, cell: ({ action }) => words.importActions[action] },
          { key: 'kind', head: words.kind, cell: ({ kind }) => words.kinds[kind] },
          { key: 'when', head: words.when, cell: (row) => when(row) },
          {
            key: 'cost',
            head: words.actualCost,
            cell: ({ actualCost, currency }) => (actualCost === null ? '–' : format.money(actualCost, { currency })),
          },
          { key: 'parent', head: words.parent, cell: ({ parent }) => parent ?? '–' },
          {
            key: 'problems',
            head: words.importProblem,
            cell: ({ problems }) => <span className="warn">{problems.map((problem) => words.importProblems[problem]).join(' ')}</span>,
          },
        ]}
      />
    </div>
  );
}
