import { useState, type ReactNode } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ProgramFrame } from '../../launch/programs/frame.tsx';
import { RecallLines } from '../../launch/programs/recall-lines.tsx';
import { type MemberStatus, memberStatuses, type Program } from '../../launch/programs/schema.ts';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Segmented } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { HoldoutCell } from '../credits/beside.tsx';
import { ReturnedDeals } from './deals.tsx';
import { useMeasures } from './measures.tsx';
import { en, zh } from './messages.ts';
import type { Horizon, HorizonReturns, ProgramReturns } from './schema.ts';

/** What came of one program; a page of the program that is made of another workstream. */
export function ProgramReturnsPage() {
  return <ProgramFrame tab="returns">{(program) => <Returns key={program.id} program={program} />}</ProgramFrame>;
}

function Returns({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const [from, setFrom] = useAddress('from');
  const step = memberStatuses.find((each) => each === from);
  const answer = useQuery({
    ...api.programReturns.get.queryOptions({ input: { program: program.id, ...(step && { from: step }) } }),
    placeholderData: keepPreviousData,
  });
  return (
    <Answer of={answer} what={words.reading}>
      {(found) => (
        <>
          <Head program={program} found={found} />
          <Reached program={program} found={found} />
          {found.accounts === 0 ? <EmptyState>{words.empty}</EmptyState> : <Figures program={program} found={found} onFrom={setFrom} />}
          <Lots lots={found.lots} />
          <RecallLines surveys={found.recall} />
        </>
      )}
    </Answer>
  );
}

function Head({ program: { name }, found }: { program: Program; found: ProgramReturns }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const quarter = found.horizons.find(({ days }) => days === 90)!;
  const { difference } = useMeasures();
  if (found.accounts === 0) return <PageHead verdict={words.headNone(name)} />;
  if (quarter.followed === 0) return <PageHead verdict={words.headNotYet(name)} />;
  const count = ({ deals }: HorizonReturns['sourced']) => words.dealCount(format.number(deals), deals === 1);
  const { matchedWon: won } = quarter;
  const said = difference(won);
  const note =
    won.kind === 'refused'
      ? words.wonRefused(said)
      : won.low > 0
        ? words.wonMore(said)
        : won.high < 0
          ? words.wonLess(said)
          : words.wonBoth(said);
  return <PageHead verdict={<Starred text={words.head(name, count(quarter.sourced), count(quarter.influenced))} />} note={note} />;
}

function Reached({ program, found }: { program: Program; found: ProgramReturns }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { members, costs, saidSo } = found;
  const paid = costs.filter(({ actualCost }) => actualCost !== null);
  const items: [string, ReactNode][] = [
    [
      words.cost,
      paid.length === 0
        ? words.costWhy.none
        : format.list(paid.map(({ actualCost, currency }) => format.money(actualCost, { currency, exact: true }))),
    ],
    [words.list, format.number(members.members)],
    ...memberStatuses.map((status): [string, ReactNode] => [words.statuses[status], format.number(members[status])]),
    ...(saidSo > 0 ? [[words.saidSo, words.saidSoHelp(format.number(saidSo))] as [string, ReactNode]] : []),
  ];
  return (
    <Section title={words.reached} subtitle={program.parts > 0 ? words.reachedSub : null}>
      <Facts items={items} />
    </Section>
  );
}

function Lots({ lots }: Pick<ProgramReturns, 'lots'>) {
  const words = useMessages({ en, zh });
  return (
    <Section title={words.lot} subtitle={lots.length > 0 ? words.lotSub : null}>
      {lots.length === 0 ? <p className="prose">{words.noLot}</p> : null}
      {lots.map((lot) => (
        <div key={lot.question}>
          <HoldoutCell holdout={lot} />
        </div>
      ))}
    </Section>
  );
}

type FiguresProps = { program: Program; found: ProgramReturns; onFrom: (from: MemberStatus) => void };

function Figures({ program, found, onFrom }: FiguresProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [open, setOpen] = useState<Horizon | null>(null);
  const { measures } = useMeasures();
  const reached = memberStatuses.filter((status) => found.members[status] > 0);
  return (
    <Section
      title={words.table}
      subtitle={words.tableSub(
        format.number(found.accounts),
        words.stepsDone[found.from],
        format.date(found.dataTo),
        format.number(found.lookbackDays),
      )}
      actions={
        <Segmented
          label={words.from}
          name="from"
          value={found.from}
          choices={reached.map((value) => ({ value, label: words.statuses[value] }))}
          onChange={onFrom}
        />
      }
    >
      <Table
        label={words.table}
        size="tall"
        rows={measures(found, setOpen)}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'measure',
            head: words.measure,
            cell: ({ name, note }) => (
              <>
                {name}
                {note ? <div className="meta">{note}</div> : null}
              </>
            ),
          },
          ...found.horizons.map((one) => ({
            key: `day ${one.days}`,
            head: words.day(one.days),
            cell: ({ cell }: ReturnType<typeof measures>[number]) => cell(one),
          })),
        ]}
      />
      {open ? <ReturnedDeals program={program} from={found.from} days={open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}
