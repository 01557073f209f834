import type { ReactNode } from 'react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { CsvButton, type CsvFile } from '../../web/kit/csv-button.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { ErrorState, LoadingState } from '../../web/kit/states.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';

type Row = Record<string, string | number | null>;
type Page = { columns: string[]; rows: Row[]; total: number; offset: number };

export type RowsDrawerProps = {
  /** What is listed; null while the drawer is shut. It is the key under which pages are kept. */
  asked: unknown;
  title: string;
  subtitle?: string;
  read: (page: { offset: number; limit: number }) => Promise<Page>;
  file: CsvFile;
  onClose: () => void;
  /** Over the rows: which of them are listed. */
  children?: ReactNode;
};

const step = 100;
const quiet = new Set(['id']);

/** The people or accounts behind a figure, a hundred at a time, and all of them as a file. */
export function RowsDrawer({ asked, title, subtitle, read, file, onClose, children }: RowsDrawerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: ['question-rows', title, asked],
    enabled: asked !== null,
    initialPageParam: 0,
    queryFn: ({ pageParam }) => read({ offset: pageParam, limit: step }),
    getNextPageParam: (last) => (last.offset + last.rows.length < last.total ? last.offset + last.rows.length : undefined),
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const total = pages[0]?.total ?? 0;
  return (
    <Drawer
      open={asked !== null}
      onClose={onClose}
      size="wide"
      title={title}
      subtitle={[subtitle, pages[0] ? words.rowsCount(format.number(total)) : undefined].filter(Boolean).join(' · ')}
      actions={<CsvButton file={file} />}
    >
      {children}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <LoadingState what={words.rowsReading} /> : null}
      {pages[0] ? (
        <Table
          label={title}
          size="compact"
          columns={columnsOf(pages[0].columns, rows, words)}
          rows={rows}
          rowKey={(row) => String(row.id)}
          empty={<p className="meta">{words.rowsNone}</p>}
          total={total}
          more={{ onMore: () => void query.fetchNextPage(), pending: query.isFetchingNextPage, step }}
        />
      ) : null}
    </Drawer>
  );
}

/** Columns that hold something; the first says who it is, by the best name there is. */
const columnsOf = (columns: string[], rows: Row[], words: typeof en): Column<Row>[] => {
  const filled = columns.filter((column) => !quiet.has(column) && rows.some((row) => row[column] !== null && row[column] !== ''));
  const heads: Record<string, string> = words.rowColumns;
  const who = (row: Row) => String(row.name || row.email || row.source_id || row.key || row.id);
  const shown = filled.filter((column) => column !== 'name');
  return [
    { key: 'name', head: words.rowColumns.name, cell: who },
    ...shown.map((column) => ({
      key: column,
      head: heads[column] ?? column.replaceAll('_', ' '),
      number: rows.some((row) => typeof row[column] === 'number'),
      cell: (row: Row) => row[column] ?? '–',
    })),
  ];
};
