import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf } from '../questions/answered.tsx';
import { figureOf } from './figures.ts';
import { en, zh } from './messages.ts';
import type { Credits, CreditsAsked } from './schema.ts';
import { Spread } from './spread.tsx';

const most = 8;

/** Where there is little room: the emphasised model of the first few, with how far the others lie apart, drawn or as a table. */
export function CreditsInBrief({ answer, by }: { answer: Credits; by: CreditsAsked['by'] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { model, channels, conversions, explained } = answer;
  const rows = channels.slice(0, most);
  const whole = (share: number) => format.share(share, { digits: 0 });
  const figure = (figures: keyof typeof figureOf) => ({
    key: figures,
    head: words.figures[figures],
    number: true,
    cell: ({ credits }: Credits['channels'][number]) => (credits[model] ? figureOf[figures](credits[model], answer, format) : '–'),
  });
  const table = (
    <Table
      label={words.models[model]}
      size="compact"
      rows={rows}
      rowKey={({ channel }) => channel}
      columns={[
        { key: 'channel', head: words.channel[by], cell: ({ channel }) => channel || words.notNamed },
        figure('share'),
        { key: 'spread', head: words.ofModels, number: true, cell: (one) => format.range(whole(one.lowest), whole(one.highest)) },
        figure('conversions'),
        figure('value'),
      ]}
    />
  );
  return (
    <>
      <Spread answer={answer} most={most} table={table} />
      <p className="meta">
        {channels.length > most ? `${words.others(format.number(channels.length - most))} ` : ''}
        {explained < conversions ? `${words.left(format.number(conversions - explained), format.number(conversions))} ` : ''}
        {words.credit}
      </p>
    </>
  );
}

export function useCreditsVerdict(): (answer: Credits) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ channels: [top], explained }) => {
    if (!top) return words.title;
    const [low, high] = [top.lowest, top.highest].map((share) => format.share(share, { digits: 0 }));
    const name = top.channel || words.notNamed;
    const count = format.number(explained);
    return low === high ? words.verdictOne(name, low!, count) : words.verdict(name, low!, high!, count);
  };
}

export function useCreditsFacts(): (answer: Credits) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, explained }) => ({ n: explained, unit: words.unit, ...factsOf(facts) });
}

export const isEmptyCredits = ({ channels }: Credits): boolean => channels.length === 0;
