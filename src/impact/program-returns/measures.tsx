import type { ReactNode } from 'react';
import { Figure } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Compared, Horizon, HorizonReturns, ProgramReturns } from './schema.ts';

export type Measure = { key: string; name: string; note?: string; cell: (of: HorizonReturns) => ReactNode };
type Words = typeof en;
type Format = ReturnType<typeof useFormat>;

/** A figure, and under it what it is made of. */
function Two({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      {first}
      <div className="meta">{second}</div>
    </>
  );
}

const differenceOf = (words: Words, format: Format) => (of: Compared) => {
  if (of.kind === 'refused')
    return words.refusals[of.why](format.number(of.accounts), format.number(of.pool), format.number(of.needed ?? 0));
  const points = (value: number) => format.points(value, { digits: 0 });
  return format.interval(points(of.difference), points(of.low), points(of.high));
};

function Difference({ of }: { of: Compared }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const said = differenceOf(words, format)(of);
  if (of.kind === 'refused') return <span className="ink2">{said}</span>;
  return <Two first={said} second={words.pairs(format.number(of.matched), format.number(of.others))} />;
}

function Deals({ of, onOpen }: { of: HorizonReturns['sourced']; onOpen: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const amounts = of.amounts.map(({ currency, created }) => format.money(created, { currency }));
  if (of.deals === 0) return format.number(0);
  return <Two first={<Figure onOpen={onOpen}>{format.number(of.deals)}</Figure>} second={words.wonOf(format.number(of.won), amounts)} />;
}

const shareOf = ({ newDeals: { accounts, share, low, high }, followed }: HorizonReturns, format: Format): ReactNode => {
  const counted = `${format.number(accounts)} / ${format.number(followed)}`;
  // Under 20 the points are shown, not a rate.
  if (share === null || followed < 20) return counted;
  const [point, from, to] = [share, low!, high!].map((value) => format.share(value, { digits: 0 }));
  return <Two first={format.interval(point!, from!, to!)} second={counted} />;
};

const costOf = (amount: number | null, { notYet }: HorizonReturns, found: ProgramReturns, words: Words, format: Format): ReactNode => {
  if (amount !== null) {
    const money = format.money(amount, { currency: found.costs.find(({ actualCost }) => actualCost)!.currency });
    return notYet > 0 ? words.atMost(money) : money;
  }
  return <span className="ink2">{found.costWhy ? words.costWhy[found.costWhy] : words.costTooFew}</span>;
};

/** The rows of the table: each with a cell for each horizon. */
export function useMeasures() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const measures = (found: ProgramReturns, onOpen: (days: Horizon) => void): Measure[] => [
    {
      key: 'followed',
      name: words.followed,
      cell: ({ followed, notYet }) =>
        notYet > 0 ? <Two first={format.number(followed)} second={words.notYet(format.number(notYet))} /> : format.number(followed),
    },
    { key: 'meetings', name: words.meetings, cell: ({ meetings }) => format.number(meetings) },
    {
      key: 'sourced',
      name: words.sourced,
      note: words.sourcedNote,
      cell: ({ sourced, days }) => <Deals of={sourced} onOpen={() => onOpen(days)} />,
    },
    {
      key: 'influenced',
      name: words.influenced,
      note: words.influencedNote,
      cell: ({ influenced, days }) => <Deals of={influenced} onOpen={() => onOpen(days)} />,
    },
    {
      key: 'accelerated',
      name: words.accelerated,
      note: words.acceleratedNote,
      cell: ({ accelerated: { closed, touched } }) => words.closedOf(format.number(closed), format.number(touched)),
    },
    { key: 'new', name: words.newDeals, cell: (of) => shareOf(of, format) },
    {
      key: 'before',
      name: words.before,
      note: words.beforeNote,
      cell: ({ before: { before, after, accounts } }) =>
        words.beforeValue(format.number(before), format.number(after), format.number(accounts)),
    },
    { key: 'matchedNew', name: words.matchedNew, note: words.matchedNote, cell: ({ matchedNew }) => <Difference of={matchedNew} /> },
    { key: 'matchedWon', name: words.matchedWon, cell: ({ matchedWon }) => <Difference of={matchedWon} /> },
    { key: 'perSourced', name: words.costPerSourced, cell: (of) => costOf(of.costPerSourced, of, found, words, format) },
    { key: 'perTouched', name: words.costPerTouched, cell: (of) => costOf(of.costPerTouched, of, found, words, format) },
  ];
  return { measures, difference: differenceOf(words, format) };
}
