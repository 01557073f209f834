import { useRef, useState } from 'react';
import { Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { ImportedPrograms } from './importing/schema.ts';
import { en, zh } from './messages.ts';
import { useWhen } from './list.tsx';

type DateOrder = 'month_first' | 'day_first';

/** Chooses a file of campaigns, says what would come of it, and brings it in. */
export function ImportPrograms() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [csv, setCsv] = useState<string | null>(null);
  const [dateOrder, setDateOrder] = useState<DateOrder | null>(null);
  const look = useMutation({
    mutationFn: (asked: { csv: string; dateOrder: DateOrder | null }) => client.programs.import({ ...asked, dryRun: true }),
  });
  const write = useMutation({
    mutationFn: (text: string) => client.programs.import({ csv: text, dateOrder, dryRun: false }),
    onSuccess: async ({ counts }) => {
      setCsv(null);
      await queries.invalidateQueries({ queryKey: api.programs.key() });
      toast({ text: words.imported(counts.new, counts.changed) });
    },
  });
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    write.reset();
    setDateOrder(null);
    setCsv(text);
    look.mutate({ csv: text, dateOrder: null });
  };
  const chooseOrder = (order: DateOrder) => {
    setDateOrder(order);
    if (csv !== null) look.mutate({ csv, dateOrder: order });
  };
  const found = look.data;
  const error = write.error ?? look.error;
  const isReady = found && !found.dateOrderNeeded && found.counts.new + found.counts.changed > 0;
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
      <Button size="small" icon={FileUp} onClick={() => input.current?.click()}>
        {words.importAll}
      </Button>
      <Dialog
        open={csv !== null}
        onClose={() => setCsv(null)}
        wide
        title={words.importTitle}
        actions={
          <>
            <Button onClick={() => setCsv(null)}>{words.cancel}</Button>
            <Button kind="primary" disabled={!isReady} pending={write.isPending} onClick={() => csv !== null && write.mutate(csv)}>
              {words.importAct}
            </Button>
          </>
        }
      >
        {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
        {look.isPending && !found ? <p className="ink2">{words.importReading}</p> : null}
        {found?.dateOrderNeeded || dateOrder ? (
          <Radio.Group label={words.dateOrder} value={dateOrder} onChange={(value) => chooseOrder(value)}>
            <div className="row">
              <Radio value="day_first" label={words.dateOrders.day_first} />
              <Radio value="month_first" label={words.dateOrders.month_first} />
            </div>
          </Radio.Group>
        ) : null}
        {found ? <Found found={found} /> : null}
      </Dialog>
    </>
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
