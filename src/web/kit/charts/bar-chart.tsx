import { useFormat } from '../format-context.tsx';
import { Figure } from '../controls.tsx';
import type { ChartWords } from '../messages/charts.ts';
import { Table } from '../table.tsx';
import { ChartFrame, type ChartText } from './chart-frame.tsx';
import type { BarRow, Write } from './data.ts';
import { groupName, useChartWords } from './words.ts';

export type BarChartProps = ChartText & {
  /** In the order to show; `other` and `not_set` are put last and drawn paler. */
  rows: BarRow[];
  write: Write;
  /** The head of the column of figures: "People". */
  measure: string;
  /** A bar for counts and parts, a dot on a line for estimates. */
  mark?: 'bar' | 'dot';
  /** The end of the scale; the largest figure or interval if not given. */
  max?: number;
  /** A line through all rows, such as the figure of the whole. */
  reference?: { value: number; label: string };
  /** Opens the rows behind a bar. */
  onChoose?: (key: string) => void;
};

const rank = { usual: 0, other: 1, not_set: 2 };

/** A breakdown: one row for each group, with its interval, the rest and the unknown among them. */
export function BarChart(props: BarChartProps) {
  const { title, subtitle, note, actions, rows } = props;
  const words = useChartWords();
  const ordered = rows.toSorted((a, b) => rank[a.kind ?? 'usual'] - rank[b.kind ?? 'usual']);
  if (rows.length === 0)
    return <ChartFrame {...{ title, subtitle, note, actions }}>{() => <p className="state line">{words.noSeries}</p>}</ChartFrame>;
  return (
    <ChartFrame {...{ title, subtitle, note, actions }} table={<BarTable {...props} rows={ordered} />} height={rows.length * 26}>
      {(width) => <Bars {...props} rows={ordered} width={width} />}
    </ChartFrame>
  );
}

const nameOf = (row: BarRow, words: ChartWords): string => groupName(row, words) || '–';

function Bars({ rows, write, mark = 'bar', max, reference, onChoose, title, width }: BarChartProps & { width: number }) {
  const words = useChartWords();
  const format = useFormat();
  const top = max ?? Math.max(...rows.map(({ value, high }) => Math.max(value, high ?? 0)), reference?.value ?? 0);
  const banded = rows.some(({ low }) => low != null);
  const counted = rows.some(({ n }) => n !== undefined);
  return (
    <ul
      className={width < 420 ? 'bars tight' : 'bars'}
      style={{ gridTemplateColumns: columnsOf(banded, counted && width >= 620, width < 420) }}
      aria-label={title}
    >
      {rows.map((row) => {
        const value = <b className="strong">{write(row.value)}</b>;
        return (
          <li key={row.key} className={row.kind && row.kind !== 'usual' ? 'pale' : undefined}>
            <span className="bars-name" title={nameOf(row, words)}>
              {nameOf(row, words)}
            </span>
            <BarMark row={row} mark={mark} top={top} reference={reference?.value} />
            <span className="bars-value num">
              {onChoose ? (
                <Figure label={words.openRows} onOpen={() => onChoose(row.key)}>
                  {value}
                </Figure>
              ) : (
                value
              )}
            </span>
            {banded && width >= 420 ? (
              <span className="bars-interval num ink3">
                {row.low != null && row.high != null ? format.range(write(row.low), write(row.high)) : ''}
              </span>
            ) : null}
            {counted && width >= 620 ? (
              <span className="bars-n num ink3">{row.n === undefined ? '' : words.rank(format.number(row.n))}</span>
            ) : null}
          </li>
        );
      })}
      {reference ? (
        <li className="bars-reference meta" aria-hidden="true">
          <span className="bars-name" />
          <span className="bars-track">
            <span style={{ left: `${Math.min(100, (reference.value / (top || 1)) * 100)}%` }}>{reference.label}</span>
          </span>
        </li>
      ) : null}
    </ul>
  );
}

/** Name, bar, figure, and what else there is room for. */
const columnsOf = (banded: boolean, counted: boolean, tight: boolean): string =>
  [
    'minmax(72px, max-content)',
    'minmax(60px, 1fr)',
    ...Array.from({ length: 1 + (banded && !tight ? 1 : 0) + (counted ? 1 : 0) }, () => 'max-content'),
  ].join(' ');

type MarkProps = { row: BarRow; mark: 'bar' | 'dot'; top: number; reference?: number };

/** Drawn in hundredths of its own width, so it is as wide as its column; the dot keeps its shape in HTML. */
function BarMark({ row: { value, low, high }, mark, top, reference }: MarkProps) {
  const part = (at: number) => `${Math.min(100, Math.max(0, (at / (top || 1)) * 100))}%`;
  const banded = low != null && high != null;
  return (
    <span className="bars-track" aria-hidden="true">
      {mark === 'bar' ? <span className={banded ? 'bars-fill light' : 'bars-fill'} style={{ width: part(value) }} /> : null}
      {reference === undefined ? null : <span className="bars-line" style={{ left: part(reference) }} />}
      {banded ? <span className="bars-ci" style={{ left: part(low), right: `calc(100% - ${part(high)})` }} /> : null}
      {banded || mark === 'dot' ? <span className="bars-dot" style={{ left: part(value) }} /> : null}
    </span>
  );
}

function BarTable({ title, rows, write, measure, onChoose }: BarChartProps) {
  const words = useChartWords();
  const format = useFormat();
  const columns = [
    { key: 'name', head: words.name, cell: (row: BarRow) => nameOf(row, words), sort: (row: BarRow) => nameOf(row, words) },
    {
      key: 'value',
      head: measure,
      number: true,
      sort: ({ value }: BarRow) => value,
      cell: (row: BarRow) =>
        onChoose ? (
          <Figure label={words.openRows} onOpen={() => onChoose(row.key)}>
            {write(row.value)}
          </Figure>
        ) : (
          write(row.value)
        ),
    },
    ...(rows.some(({ low }) => low != null)
      ? [
          {
            key: 'interval',
            head: words.interval,
            number: true,
            cell: ({ low, high }: BarRow) => (low != null && high != null ? format.range(write(low), write(high)) : '–'),
          },
        ]
      : []),
    ...(rows.some(({ n }) => n !== undefined)
      ? [{ key: 'n', head: words.counted, number: true, cell: ({ n }: BarRow) => format.number(n) }]
      : []),
  ];
  return <Table label={title} size="compact" rows={rows} rowKey={({ key }) => key} columns={columns} />;
}
