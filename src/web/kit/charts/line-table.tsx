import { Figure } from '../controls.tsx';
import type { Format } from '../format.ts';
import { Table, type Column } from '../table.tsx';
import type { LineChartProps } from './line-chart.tsx';
import { daysOfSeries } from './line-geometry.ts';
import { stateOf, writePeriod, writePoint } from './line-reading.tsx';
import type { ChartWords } from '../messages/charts.ts';

type Row = { at: string };

/** The figures of a line chart: a row for each period, a column for each series. */
export function LineTable({
  title,
  series,
  by,
  write,
  measure,
  onChoose,
  previousName,
  since,
  words,
  format,
}: LineChartProps & { words: ChartWords; format: Format }) {
  const columns = series.flatMap(({ key, name, points, previous }): Column<Row>[] => {
    const index = new Map(points.map((point, place) => [point.at, place]));
    const at = (row: Row) => points[index.get(row.at) ?? -1];
    const head = series.length === 1 || !name ? measure : name;
    const before = (row: Row) => previous?.[index.get(row.at) ?? -1]?.value;
    const counted = points.some(({ n }) => n !== undefined);
    return [
      {
        key,
        head,
        number: true,
        sort: (row) => at(row)?.value,
        cell: (row) => {
          const point = at(row);
          if (!point) return '–';
          const text = writePoint(point, write, format);
          const state = stateOf(point, words);
          const open = state ? <span className="meta">{state}</span> : null;
          return (
            <>
              {onChoose && point.value !== null ? (
                <Figure label={words.openRows} onOpen={() => onChoose({ series: key, at: row.at })}>
                  {text}
                </Figure>
              ) : (
                text
              )}
              {open}
            </>
          );
        },
      },
      ...(counted ? [{ key: `${key} n`, head: words.counted, number: true, cell: (row: Row) => format.number(at(row)?.n) }] : []),
      ...(previous
        ? [
            {
              key: `${key} before`,
              head: previousName ?? words.before,
              number: true,
              cell: (row: Row) => (before(row) == null ? '–' : write(before(row)!)),
            },
          ]
        : []),
    ];
  });
  return (
    <Table
      label={title}
      size="compact"
      rows={daysOfSeries(series).map((at) => ({ at }))}
      rowKey={({ at }) => at}
      columns={[
        { key: 'at', head: words.period[by], cell: ({ at }) => writePeriod(at, by, { words, format, since }), sort: ({ at }) => at },
        ...columns,
      ]}
    />
  );
}
