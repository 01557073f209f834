import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { client } from '../../../web/kit/client.ts';
import { Button } from '../../../web/kit/controls.tsx';
import { Drawer } from '../../../web/kit/drawer.tsx';
import { saveText } from '../../../web/kit/export-file.ts';
import { useFormat } from '../../../web/kit/format-context.tsx';
import { ErrorState, LoadingState } from '../../../web/kit/states.tsx';
import { type Column, Table } from '../../../web/kit/table.tsx';
import { toastFailure } from '../../../web/kit/toast.tsx';
import type { Words } from '../messages.ts';
import type { FigureAsked, FigureRows } from '../schema.ts';
import type { Format } from '../view.tsx';

type Row = FigureRows['rows'][number];
type Cell = Row[string] | undefined;

const step = 100;
const dates = new Set(['created_at', 'contacted_at', 'opportunity_at', 'won_at', 'revenue_at', 'at']);
const inDays = new Set(['opportunity_days', 'won_days', 'revenue_days']);

/** What is listed, in words: the figure, then each filter. */
const described = (asked: FigureAsked, words: Words, all: string): string => {
  const { rows } = words;
  const parts = [
    asked.standing && words.adoption.standing[asked.standing],
    asked.adoptedBy !== undefined && rows.adoptedBy(asked.adoptedBy),
    asked.use && rows.use[asked.use],
    asked.step && asked.step !== 'first_contact' && rows.reached(words.funnel.step[asked.step]),
    asked.time && rows.time[asked.time],
    asked.origin !== undefined && rows.origin(asked.origin || words.origins.blank),
    asked.segment !== undefined && rows.segment(asked.segment || words.segments.blank),
    asked.currency,
    asked.interval,
    asked.side && `${rows.window[asked.side]} (${asked.window})`,
    asked.inTime && rows.inTime,
    asked.contact && rows.contact[asked.contact],
  ].filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? parts.join(' · ') : all;
};

const write = (column: string, value: Cell, row: Row, { words, format }: { words: Words; format: Format }): string => {
  if (value === null || value === undefined || value === '')
    return column === 'origin' ? words.origins.blank : column === 'segment' ? words.segments.blank : '–';
  if (dates.has(column)) return format.date(String(value), { year: true });
  if (column === 'standing') return words.adoption.standing[value as keyof Words['adoption']['standing']] ?? String(value);
  if (column === 'adopted_day' || column === 'first_use') return words.adoption.day(Number(value));
  if (inDays.has(column)) return format.number(Number(value), { digits: 1 });
  if (column === 'amount')
    return row['currency']
      ? format.money(Number(value), { currency: String(row['currency']), exact: true })
      : format.number(Number(value), { digits: 2 });
  return typeof value === 'number' ? format.number(value) : value;
};

const titleOf = (row: Row): string => String(row['name'] || row['source_id'] || row['id']);

/** Columns that hold something; the first says who it is: by name, else by the source's id. */
const columnsOf = (columns: string[], rows: Row[], told: { words: Words; format: Format }): Column<Row>[] => {
  const named = rows.some((row) => row['name']);
  const hidden = new Set(['id', 'name', 'account', 'person', ...(named ? [] : ['source_id'])]);
  const filled = columns.filter((column) => !hidden.has(column) && rows.some((row) => row[column] !== null && row[column] !== ''));
  const first = { key: 'name', head: told.words.rows.column[named ? 'name' : 'source_id'] ?? '', cell: titleOf };
  return [
    first,
    ...filled.map((column) => ({
      key: column,
      head: told.words.rows.column[column] ?? column,
      number: rows.some((row) => typeof row[column] === 'number'),
      cell: (row: Row) => write(column, row[column], row, told),
    })),
  ];
};

type Props = { launch: string; asked: FigureAsked | null; words: Words; onClose: () => void };

/** The rows behind one figure of the report, a hundred at a time, and all of them as a file. */
export function RowsDrawer({ launch, asked, words, onClose }: Props) {
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: ['landing-report-rows', launch, asked],
    enabled: asked !== null,
    initialPageParam: 0,
    queryFn: ({ pageParam }) => client.landingReports.rows({ launch, ...asked!, offset: pageParam, limit: step }),
    getNextPageParam: (last) => (last.offset + last.rows.length < last.total ? last.offset + last.rows.length : undefined),
    placeholderData: keepPreviousData,
  });
  const file = useMutation({
    mutationFn: () => client.landingReports.exportRows({ launch, ...asked! }),
    onSuccess: ({ fileName, csv }) => saveText(fileName, csv),
    onError: toastFailure,
  });
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const total = pages[0]?.total ?? 0;
  return (
    <Drawer
      open={asked !== null}
      onClose={onClose}
      size="wide"
      title={asked ? words.rows.title[asked.figure] : ''}
      subtitle={asked ? `${described(asked, words, words.rows.all)} · ${words.rows.count(format.number(total))}` : ''}
      actions={
        <Button size="small" icon={Download} pending={file.isPending} onClick={() => file.mutate()}>
          {words.rows.csv}
        </Button>
      }
    >
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <LoadingState what={words.rows.reading} /> : null}
      {pages[0] ? (
        <Table
          label={asked ? (words.rows.title[asked.figure] ?? '') : ''}
          size="compact"
          columns={columnsOf(pages[0].columns, rows, { words, format })}
          rows={rows}
          rowKey={(row) => String(row['id'])}
          empty={<p className="meta">{words.rows.none}</p>}
          total={total}
          more={{ onMore: () => void query.fetchNextPage(), pending: query.isFetchingNextPage, step }}
        />
      ) : null}
    </Drawer>
  );
}
