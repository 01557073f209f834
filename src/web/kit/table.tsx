import { useMemo, useState, type ReactNode } from 'react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button, Icon } from './controls.tsx';
import { useFormat } from './format-context.tsx';
import { useKitWords } from './words.ts';
import { Scroll } from './scroll.tsx';

export type Column<Row> = {
  key: string;
  /** The words of the head, with the unit: "Adopted, %". Also the label of the value on a phone. */
  head: string;
  /** Right-aligned with tabular figures. */
  number?: boolean;
  cell: (row: Row) => ReactNode;
  /** What to sort by; without it the column does not sort. Empty values stay at the end. */
  sort?: (row: Row) => string | number | null | undefined;
  width?: string;
  /** The head is said but not shown: a column of buttons or of charts. */
  silent?: boolean;
};

export type Sort = { by: string; descending: boolean } | null;

type TableProps<Row> = {
  /** Said to assistive technology: what the table holds. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Opens the row from anywhere in it. The first cell must still hold a real link or button. */
  onOpen?: (row: Row) => void;
  selected?: (row: Row) => boolean;
  stale?: (row: Row) => boolean;
  /** Shown instead of the rows when there are none. */
  empty?: ReactNode;
  /** How many there are in all, when only a part is here. */
  total?: number;
  more?: { onMore: () => void; pending: boolean; step: number };
  /** The line under the table; by default the number of rows once they are more than ten. */
  foot?: ReactNode;
  /** The last row: totals, one cell per column. */
  totals?: ReactNode[];
  size?: 'usual' | 'compact' | 'tall';
  /** Given both, the page keeps the order (in the address, or on the server). */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
};

export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, empty, size = 'usual', onOpen } = props;
  const [ownSort, setOwnSort] = useState<Sort>(null);
  const sort = props.onSort ? (props.sort ?? null) : ownSort;
  const onSort = props.onSort ?? setOwnSort;
  const sorted = useSorted(rows, columns, sort, props.onSort !== undefined && props.total !== undefined);
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <>
      <Scroll label={label}>
        <table className={`t stacks${size === 'usual' ? '' : ` ${size}`}${onOpen ? ' open' : ''}`} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.key} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <Line key={props.rowKey(row)} row={row} table={props} />
            ))}
          </tbody>
          {props.totals ? <Totals columns={columns} cells={props.totals} /> : null}
        </table>
      </Scroll>
      <Foot shown={rows.length} total={props.total} foot={props.foot} more={props.more} />
    </>
  );
}

function useSorted<Row>(rows: Row[], columns: Column<Row>[], sort: Sort, sortedElsewhere: boolean): Row[] {
  const { locale } = useFormat();
  return useMemo(() => {
    const value = columns.find((column) => column.key === sort?.by)?.sort;
    if (!sort || !value || sortedElsewhere) return rows;
    const words = new Intl.Collator(locale, { numeric: true });
    return rows.toSorted((left, right) => {
      const [a, b] = [value(left), value(right)];
      if (a == null || b == null) return a == null ? (b == null ? 0 : 1) : -1;
      const order = typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
      return sort.descending ? -order : order;
    });
  }, [rows, columns, sort, locale, sortedElsewhere]);
}

type HeadProps<Row> = { column: Column<Row>; sort: Sort; onSort: (sort: Sort) => void };

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const words = useKitWords();
  const active = sort?.by === column.key ? sort : null;
  const className = column.number ? 'r' : undefined;
  const style = column.width ? { width: column.width } : undefined;
  if (!column.sort) {
    return (
      <th scope="col" className={className} style={style}>
        {column.silent ? <span className="vh">{column.head}</span> : column.head}
      </th>
    );
  }
  const next = active ? { by: column.key, descending: !active.descending } : { by: column.key, descending: column.number === true };
  return (
    <th scope="col" className={className} style={style} aria-sort={active ? (active.descending ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => onSort(next)} title={words.sortBy(column.head)}>
        {column.head}
        <Icon of={(active ?? next).descending ? ArrowDown : ArrowUp} size={12} />
      </button>
    </th>
  );
}

function Line<Row>({ row, table }: { row: Row; table: TableProps<Row> }) {
  const { columns, onOpen, selected, stale } = table;
  return (
    <tr
      className={stale?.(row) ? 'stale' : undefined}
      aria-selected={selected ? selected(row) : undefined}
      onClick={
        onOpen &&
        ((event) => {
          const onControl = (event.target as HTMLElement).closest('a, button, input, label, [role="button"]');
          if (!onControl && !getSelection()?.toString()) onOpen(row);
        })
      }
    >
      {columns.map((column, index) => (
        <td
          key={column.key}
          data-label={column.head}
          className={[index === 0 ? 'name' : '', column.number ? 'r' : ''].join(' ').trim() || undefined}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function Totals<Row>({ columns, cells }: { columns: Column<Row>[]; cells: ReactNode[] }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => (
          <td key={column.key} data-label={column.head} className={index === 0 ? 'name' : column.number ? 'r' : undefined}>
            {cells[index]}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

type FootProps = Pick<TableProps<unknown>, 'total' | 'foot' | 'more'> & { shown: number };

function Foot({ shown, total, foot, more }: FootProps) {
  const words = useKitWords();
  const format = useFormat();
  const left = (total ?? shown) - shown;
  const count = foot ?? (shown > 10 || left > 0 ? words.rows(format.number(shown), left > 0 ? format.number(total) : undefined) : null);
  if (!count) return null;
  return (
    <div className="table-foot">
      <span>{count}</span>
      {more && left > 0 ? (
        <Button size="small" pending={more.pending} onClick={more.onMore}>
          {words.showMore(format.number(Math.min(left, more.step)))}
        </Button>
      ) : null}
    </div>
  );
}
