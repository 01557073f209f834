import { CsvButton, type CsvFile } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { useOutlookWords } from '../outlooks/said.tsx';
import { useFigures } from './figures.tsx';
import { en, zh } from './messages.ts';
import type { Curve, Measurements } from './schema.ts';

type StandingsProps = { answer: Measurements; title: string; note?: string; csv?: CsvFile };

/** Where each subject stands and what may be said of its future, or why nothing may be. */
export function Standings({ answer, title, note, csv }: StandingsProps) {
  const words = useMessages({ en, zh });
  const { refusal, inPeriods } = useOutlookWords();
  const format = useFormat();
  const figures = useFigures();
  const { interval, curves } = answer;
  const { heads } = words;
  const write = figures.write(answer);
  const rate = (value: number) => format.number(value, { digits: 4 });
  const ahead = ({ outlook }: Curve) => {
    const end = outlook?.ahead.at(-1);
    if (!outlook) return words.noOutlook;
    return end ? format.interval(write(end.value), write(end.low), write(end.high)) : refusal(outlook, interval);
  };
  const missingOf = ({ gaps }: Curve) => gaps.reduce((sum, { periods }) => sum + periods, 0);
  return (
    <Section title={title} subtitle={note} actions={csv ? <CsvButton file={csv} /> : undefined}>
      <Table
        label={title}
        rows={curves}
        rowKey={({ subject }) => subject || ' '}
        columns={[
          { key: 'subject', head: heads.subject, cell: ({ subject }) => <b className="strong">{figures.name(subject)}</b> },
          {
            key: 'first',
            head: heads.first,
            cell: ({ first, beginning }) =>
              beginning === 'seen' ? figures.when(first, interval) : words.before(figures.when(first, interval)),
            sort: ({ first }) => first,
          },
          {
            key: 'followed',
            head: heads.followed,
            number: true,
            cell: (curve) => {
              const missing = missingOf(curve);
              return [inPeriods(curve.points.length, interval), missing > 0 ? words.gaps(format.number(missing)) : '']
                .filter(Boolean)
                .join(', ');
            },
            sort: ({ points }) => points.length,
          },
          {
            key: 'now',
            head: heads.now,
            number: true,
            cell: ({ points }) => {
              const value = points.at(-1)?.value;
              return value == null ? '–' : write(value);
            },
            sort: ({ points }) => points.at(-1)?.value,
          },
          {
            key: 'highest',
            head: heads.highest,
            number: true,
            cell: ({ highest }) => (highest ? `${write(highest.value)}, ${figures.when(highest.at, interval)}` : '–'),
            sort: ({ highest }) => highest?.value,
          },
          { key: 'ahead', head: heads.ahead, cell: ahead, width: '34%' },
          {
            key: 'market',
            head: heads.market,
            number: true,
            cell: ({ outlook }) =>
              outlook?.curve
                ? format.interval(write(outlook.curve.market), write(outlook.curve.marketLow), write(outlook.curve.marketHigh))
                : '–',
          },
          {
            key: 'rates',
            head: heads.rates,
            number: true,
            cell: ({ outlook }) => (outlook?.curve ? `${rate(outlook.curve.innovation)}, ${rate(outlook.curve.imitation)}` : '–'),
          },
        ]}
      />
    </Section>
  );
}
