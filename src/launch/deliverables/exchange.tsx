import { useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { CsvImport } from '../../web/kit/csv-import.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { ImportedDeliverables } from './importing/schema.ts';
import { en, zh } from './messages.ts';
import type { Status } from './schema.ts';

/** Chooses a file of tasks, says what would come of it, and brings it in. */
export function ImportTasks({ launch }: { launch: string }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  return (
    <CsvImport
      small
      wide
      words={{
        open: words.importTasks,
        choose: words.importChoose,
        title: words.importTitle,
        reading: words.importReading,
        act: words.importAct,
      }}
      look={(asked) => client.deliverables.import({ launch, ...asked, dryRun: true })}
      write={(asked) => client.deliverables.import({ launch, ...asked, dryRun: false })}
      isReady={({ counts }) => counts.new + counts.changed > 0}
      isAmbiguous={({ dateOrderNeeded }) => dateOrderNeeded}
      onDone={async ({ counts }) => {
        await queries.invalidateQueries({ queryKey: api.deliverables.key() });
        toast({ text: words.imported(counts.new, counts.changed) });
      }}
    >
      {(found) => <Found found={found} />}
    </CsvImport>
  );
}

function Found({ found: { counts, rows, columns } }: { found: ImportedDeliverables }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
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
          { key: 'due', head: words.due, cell: ({ dueOn }) => (dueOn ? format.date(dueOn) : '–') },
          { key: 'status', head: words.status, cell: ({ status }) => words.statuses[status as Status] },
          { key: 'owner', head: words.owner, cell: ({ owner }) => owner ?? '–' },
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
