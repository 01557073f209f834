import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { PlaceChart, type PlacePoint } from '../../web/kit/charts/place-chart.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { Interval } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf } from '../questions/answered.tsx';
import { Groups } from './groups.tsx';
import { en, zh } from './messages.ts';
import { SurvivalCurves } from './survival-curves.tsx';
import { figures, useMean, useMoney, useMonth, useReason } from './words.tsx';
import { type Kept, movements, type SubscriptionRowsAsked, type Subscriptions, type SubscriptionsAsked } from './schema.ts';

/** What was chosen, for the accounts behind it. */
export type SubscriptionsChosen = Pick<SubscriptionRowsAsked, 'month' | 'movement' | 'since' | 'locked'>;

type Props = {
  answer: Subscriptions;
  asked: Pick<SubscriptionsAsked, 'breakdown' | 'over' | 'feature'>;
  /** Where there is little room: MRR alone. */
  height?: number;
  onChoose?: (chosen: SubscriptionsChosen) => void;
  /** Where groups were refused: to tell them apart as they are now. */
  onTakeNow?: () => void;
};

/** MRR by month, what moved it, and how much is kept of a locked set and by months since the first. */
export function SubscriptionsAnswer({ answer, asked, height, onChoose, onTakeNow }: Props) {
  const words = useMessages({ en, zh });
  const write = useMoney(answer.currency);
  const notes = useNotes(answer);
  const { months } = answer;
  const chooseMonth = onChoose && ((at: string) => onChoose({ month: at, since: 1, locked: false }));
  return (
    <>
      <LineChart
        title={words.mrrChart}
        subtitle={words.mrrSubtitle}
        series={[{ key: 'mrr', name: words.mrr, points: months.map(({ at, mrr, accounts }) => ({ at, value: mrr, n: accounts })) }]}
        by="month"
        write={write}
        measure={words.mrr}
        height={height ?? 240}
        note={height ? undefined : notes.join(' ')}
        onChoose={chooseMonth && (({ at }) => chooseMonth(at))}
      />
      {height ? null : (
        <>
          <LineChart
            title={words.moved}
            subtitle={words.movedSubtitle}
            series={movements.map((key) => ({
              key,
              name: words.movements[key],
              points: months.map(({ at, movements: moved }) => ({ at, value: moved[key].amount, n: moved[key].accounts })),
            }))}
            by="month"
            write={write}
            measure={words.movement}
            height={240}
            onChoose={
              onChoose &&
              (({ series, at }) => onChoose({ month: at, movement: movements.find((key) => key === series), since: 1, locked: false }))
            }
          />
          <Locked answer={answer} over={asked.over} onChoose={onChoose} />
          <Groups answer={answer} name={asked.breakdown?.name ?? ''} onTakeNow={onTakeNow} />
          <SurvivalCurves answer={answer} />
          <Followed answer={answer} />
        </>
      )}
    </>
  );
}

type LockedProps = { answer: Subscriptions; over: number; onChoose: Props['onChoose'] };

function Locked({ answer: { locked, currency }, over, onChoose }: LockedProps) {
  const monthOf = useMonth();
  const words = useMessages({ en, zh });
  const format = useFormat();
  const money = useMoney(currency);
  const reason = useReason();
  const mean = useMean(currency);
  if (!locked) return null;
  const { accounts, paying, start, end, gross, from, to } = locked;
  const spans = {
    net: format.range(money(start), money(end)),
    gross: gross ? format.range(money(start), money(gross.share * start)) : '–',
    logo: format.range(format.number(accounts), format.number(paying)),
  };
  return (
    <Section
      title={words.locked}
      subtitle={words.lockedSubtitle(format.number(accounts), monthOf(from), monthOf(to))}
      ruled
      actions={
        onChoose ? (
          <Button size="small" onClick={() => onChoose({ month: to, since: over, locked: true })}>
            {words.openLocked}
          </Button>
        ) : undefined
      }
    >
      <Table
        label={words.locked}
        size="compact"
        rows={[...figures]}
        rowKey={(key) => key}
        columns={[
          { key: 'what', head: words.what, cell: (key) => words[key] },
          {
            key: 'share',
            head: words.share,
            number: true,
            cell: (key) => {
              const figure = locked[key];
              return figure ? (
                <Interval value={figure.share} low={figure.low} high={figure.high} write={(value) => format.share(value)} />
              ) : (
                '–'
              );
            },
          },
          { key: 'counted', head: words.counted, number: true, cell: (key) => spans[key] },
        ]}
      />
      <p className="meta drawn-note">{[reason(locked), mean(locked.perAccount)].filter(Boolean).join(' ')}</p>
    </Section>
  );
}

const pointOf = (cell: Kept | null, key: (typeof figures)[number]): PlacePoint => {
  const figure = cell?.[key];
  return cell && figure ? { value: figure.share, low: figure.low, high: figure.high, n: cell.accounts } : null;
};

/** Few accounts leap: their line would say more than they do. */
const fewestDrawn = 20;

function Followed({ answer: { followed, cohorts } }: { answer: Subscriptions }) {
  const monthOf = useMonth();
  const words = useMessages({ en, zh });
  const format = useFormat();
  const columns = followed.map((_, place) => words.place(format.number(place)));
  const last = followed.findLastIndex((cell) => cell?.net);
  if (last < 1) return null;
  const n = (place: number) => format.number(followed[place]?.accounts ?? 0);
  return (
    <PlaceChart
      title={words.followed}
      subtitle={words.followedSubtitle}
      curves={figures.map((key) => ({ key, name: words[key], points: followed.map((cell) => pointOf(cell, key)) }))}
      faint={cohorts
        .filter(({ accounts }) => accounts >= fewestDrawn)
        .map(({ start, cells }) => ({
          key: start,
          name: monthOf(start),
          points: cells.map((cell) => pointOf(cell, 'net')),
        }))}
      columns={columns}
      placeHead={words.month}
      write={(value) => format.share(value, { digits: 0 })}
      note={words.followedNote(n(0), columns.at(last) ?? '', n(last))}
    />
  );
}

function useNotes({ leftOut, invoiced, currencies, currency, newest, conversion }: Subscriptions): string[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const others = currencies.filter((one) => one.currency !== currency).map((one) => one.currency || words.noCurrency);
  const counted = (['oneOff', 'withoutAccount', 'unfinished', 'belowZero'] as const).map((key) =>
    leftOut[key] > 0 ? words.leftOut[key](format.number(leftOut[key])) : '',
  );
  const intervals = format.list(leftOut.intervals.map((text) => (text === '' ? words.nothing : `“${text}”`)));
  return [
    newest ? words.until(format.date(newest, { year: true })) : '',
    others.length > 0 && !conversion ? words.other(format.list(others)) : '',
    ...(conversion
      ? [
          words.constant(conversion.to),
          ...conversion.used.map(({ from, lastDay, sources }) =>
            words.constantFrom(from, format.date(lastDay, { year: true }), format.list(sources)),
          ),
          conversion.left > 0 ? words.constantLeft(format.number(conversion.left)) : '',
        ]
      : []),
    invoiced > 0 ? words.invoiced(format.number(invoiced)) : '',
    ...counted,
    leftOut.interval > 0 ? words.leftOut.interval(format.number(leftOut.interval), intervals) : '',
  ].filter(Boolean);
}

/** The finding: how much revenue is kept of a locked set, or that too little is known of it; and what there is now. */
export function useSubscriptionsVerdict(): (answer: Subscriptions, asked: Pick<SubscriptionsAsked, 'over'>) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ months, locked, currency }, { over }) => {
    const last = months.at(-1);
    if (!last) return words.title;
    const mrr = currency ? format.money(last.mrr, { currency }) : format.number(last.mrr);
    if (!locked) return words.verdictShort(mrr, format.number(last.accounts), format.number(over));
    const { net, gross } = locked;
    if (!net || !gross)
      return words.verdictFew(mrr, format.number(last.accounts), words.lockedFew(locked.accounts, format.number(locked.accounts)));
    return words.verdict(format.share(net.share), format.number(over), format.share(gross.share), mrr);
  };
}

export function useSubscriptionsFacts(): (answer: Subscriptions) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, months }) => ({ n: months.at(-1)?.accounts, unit: words.unit, interval: words.interval, ...factsOf(facts) });
}

export const isEmptySubscriptions = ({ months }: Subscriptions): boolean =>
  months.every(({ mrr, movements: moved }) => mrr === 0 && movements.every((key) => moved[key].accounts === 0));
