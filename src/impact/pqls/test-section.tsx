import { Select } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { DateField } from '../../web/kit/date-field.tsx';
import { Interval } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import type { BackTest, Pql } from './schema.ts';

type Result = NonNullable<BackTest['result']>;

/** The finding of a back-test: what became of the two sides of the line. */
export function useTestVerdict(): (test: BackTest) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ result }) => {
    if (!result) return words.verdictNone;
    const [above, below] = [format.share(result.precision.share), format.share(result.below.share)];
    const { low, high } = result.difference;
    return low <= 0 && high >= 0 ? words.verdictUnclear(above, below) : words.verdict(above, below);
  };
}

type Props = {
  pql: Pql;
  of: UseQueryResult<BackTest, Error>;
  version: number;
  onVersion: (version: number) => void;
  day: string | null;
  onDay: (day: string | null) => void;
};

export function BackTestSection({ pql, of, version, onVersion, day, onDay }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const within = pql.versions.find((one) => one.version === version)?.definition.within ?? pql.definition.within;
  return (
    <Section
      title={words.test}
      subtitle={of.data?.day ? words.testSubtitle(format.date(of.data.day), format.number(within)) : undefined}
      ruled
      actions={
        <>
          <DateField label={words.day} value={day ?? of.data?.day ?? null} onChange={onDay} />
          {pql.versions.length > 1 ? (
            <Select
              label={words.version}
              w={140}
              allowDeselect={false}
              data={pql.versions.map((one) => ({ value: String(one.version), label: `${words.version} ${format.number(one.version)}` }))}
              value={String(version)}
              onChange={(value) => onVersion(Number(value))}
            />
          ) : null}
        </>
      }
    >
      <Answer of={of} what={words.testing}>
        {(test) => <Tried test={test} isOfPeople={pql.definition.unit === 'people'} />}
      </Answer>
    </Section>
  );
}

function Tried({ test, isOfPeople }: { test: BackTest; isOfPeople: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { result, refused, needed } = test;
  if (!result) return <EmptyState>{words.refused[refused ?? 'no_events'](format.number(needed ?? 0))}</EmptyState>;
  return (
    <>
      <Sides result={result} />
      <Said test={test} result={result} isOfPeople={isOfPeople} />
    </>
  );
}

function Sides({ result: { people, above, precision, below } }: { result: Result }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const write = (value: number) => format.share(value);
  const count = Math.round(above.share * people);
  const rows = [
    { side: words.above, count, part: above.share, converted: precision },
    { side: words.below, count: people - count, part: 1 - above.share, converted: below },
  ];
  return (
    <Table
      label={words.test}
      rows={rows}
      rowKey={({ side }) => side}
      columns={[
        { key: 'side', head: words.side, cell: ({ side }) => side },
        { key: 'count', head: words.count, number: true, cell: (row) => format.number(row.count) },
        { key: 'part', head: words.ofAll, number: true, cell: ({ part }) => write(part) },
        {
          key: 'converted',
          head: words.converted,
          number: true,
          cell: ({ converted: { share, low, high } }) => <Interval value={share} low={low} high={high} write={write} />,
        },
      ]}
    />
  );
}

type SaidProps = { test: BackTest; result: Result; isOfPeople: boolean };

function Said({ test: { isAhead }, result: { reach, lift, difference, happened }, isOfPeople }: SaidProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const share = (value: number) => format.share(value);
  const times = (value: number) => format.number(value, { digits: 1 });
  const said = [
    words.reach(share(reach.share), share(reach.low), share(reach.high), format.number(happened)),
    lift.high === null
      ? words.liftOpen(times(lift.lift), times(lift.low))
      : words.lift(times(lift.lift), times(lift.low), times(lift.high)),
    words.difference(share(difference.difference), share(difference.low), share(difference.high)),
    isOfPeople ? words.peopleAlike : '',
    isAhead ? '' : words.notAhead,
    words.association,
  ];
  return <p className="meta">{said.filter(Boolean).join(' ')}</p>;
}
