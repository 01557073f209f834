import { Figure } from '../controls.tsx';
import { useFormat } from '../format-context.tsx';
import type { ChartWords } from '../messages/charts.ts';
import { Table, type Column } from '../table.tsx';
import type { FunnelStep, Share } from './data.ts';
import type { FunnelChartProps, FunnelChosen } from './funnel-chart.tsx';
import { stoppedAt } from './stopped.ts';
import { groupName, useChartWords, writeSpell } from './words.ts';

type Row = FunnelStep & { group: string | null; groupName: string; leaves: number | null };

const rowsOf = ({ steps, groups = [] }: FunnelChartProps, words: ChartWords): Row[] =>
  [{ key: null, name: words.whole, steps }, ...groups.map((group) => ({ ...group, name: groupName(group, words) }))].flatMap(
    ({ key, name, steps: own }) =>
      own.map((step, index) => {
        const next = own[index + 1];
        return { ...step, group: key, groupName: name, leaves: next ? stoppedAt(step, next) : null };
      }),
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
  const opens = (row: Row, which: FunnelChosen['which'], text: string) =>
    onChoose ? (
      <Figure label={words.openRows} onOpen={() => onChoose({ step: row.key, group: row.group, which })}>
        {text}
      </Figure>
    ) : (
      text
    );
  const group: Column<Row>[] = groups.length > 0 ? [{ key: 'group', head: words.name, cell: ({ groupName }) => groupName }] : [];
  const spell = (seconds: number) => writeSpell(seconds, words, format);
  const spells = ({ median, p10, p90 }: { median: number; p10?: number; p90?: number }) =>
    p10 === undefined || p90 === undefined ? spell(median) : format.interval(spell(median), spell(p10), spell(p90));
  const underWay: Column<Row> = {
    key: 'underWay',
    head: words.underWay,
    number: true,
    cell: (row) => (row.underWay ? opens(row, 'underWay', format.number(row.underWay)) : '–'),
  };
  return (
    <Table
      label={title}
      size="compact"
      rows={rowsOf(props, words)}
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
          cell: ({ seconds }) => (seconds ? spells(seconds) : '–'),
        },
        {
          key: 'stopped',
          head: words.stop,
          number: true,
          cell: (row) => (row.leaves === null ? '–' : opens(row, 'stopped', format.number(row.leaves))),
        },
        ...(props.steps.some(({ underWay }) => underWay) ? [underWay] : []),
      ]}
    />
  );
}
