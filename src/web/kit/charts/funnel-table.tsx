import { Figure } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import { Table, type Column } from '../table.tsx';
import type { FunnelStep, Share } from './data.ts';
import type { FunnelChartProps } from './funnel-chart.tsx';
import { useChartWords, writeSpell } from './words.ts';

type Row = FunnelStep & { group: string | null; groupName: string; stopped: number | null };

const rowsOf = ({ steps, groups = [] }: FunnelChartProps, whole: string): Row[] =>
  [{ key: null, name: whole, steps }, ...groups].flatMap(({ key, name, steps: own }) =>
    own.map((step, index) => ({ ...step, group: key, groupName: name, stopped: index === 0 ? null : own[index - 1]!.count - step.count })),
  );

/** The figures of a funnel: a row for each step, and for each step of each group. */
export function FunnelTable(props: FunnelChartProps) {
  const { title, groups = [], onChoose } = props;
  const words = useChartWords();
  const format = useFormat();
  const share = (value: Share | null) =>
    value === null
      ? '–'
      : value.low != null && value.high != null
        ? format.interval(format.share(value.share), format.share(value.low), format.share(value.high))
        : format.share(value.share);
  const opens = (row: Row, which: 'reached' | 'stopped', text: string) =>
    onChoose ? (
      <Figure label={words.openRows} onOpen={() => onChoose({ step: row.key, group: row.group, which })}>
        {text}
      </Figure>
    ) : (
      text
    );
  const group: Column<Row>[] = groups.length > 0 ? [{ key: 'group', head: words.name, cell: ({ groupName }) => groupName }] : [];
  return (
    <Table
      label={title}
      size="compact"
      rows={rowsOf(props, words.whole)}
      rowKey={(row) => `${row.group} ${row.key}`}
      columns={[
        { key: 'step', head: words.step, cell: ({ name }) => name },
        ...group,
        { key: 'count', head: words.count, number: true, cell: (row) => opens(row, 'reached', format.number(row.count)) },
        {
          key: 'first',
          head: words.ofFirst,
          number: true,
          cell: ({ ofFirst, ofPrevious }) => (ofPrevious === null ? format.share(ofFirst.share) : share(ofFirst)),
        },
        { key: 'previous', head: words.ofPrevious, number: true, cell: ({ ofPrevious }) => share(ofPrevious) },
        {
          key: 'median',
          head: words.median,
          number: true,
          cell: ({ medianSeconds }) => (medianSeconds == null ? '–' : writeSpell(medianSeconds, words, format)),
        },
        {
          key: 'stopped',
          head: words.stop,
          number: true,
          cell: (row) => (row.stopped === null ? '–' : opens(row, 'stopped', format.number(row.stopped))),
        },
      ]}
    />
  );
}
