import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { groupName, useChartWords } from '../../web/kit/charts/words.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { Ratings, RatingsAsked } from './schema.ts';

type RatingsAnswerProps = {
  answer: Ratings;
  by: RatingsAsked['by'];
  /** Where there is little room: without the groups, and the mean over time so high. */
  height?: number;
  onChoose?: (star: number) => void;
};

/** The ratings of a period: each rating's share, the mean over time, and groups with what may be said of their order. */
export function RatingsAnswer({ answer, by, height, onChoose }: RatingsAnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const write = (value: number) => format.number(value, { digits: 2 });
  const { scale, stars, periods, groups } = answer;
  return (
    <>
      <BarChart
        title={words.stars}
        rows={stars.map(({ star, count, share, low, high }) => ({
          key: String(star),
          name: format.number(star),
          value: share,
          low,
          high,
          n: count,
        }))}
        write={(value) => format.share(value)}
        measure={words.ratingsHead}
        max={1}
        note={useNotes(answer).join(' ')}
        onChoose={onChoose && ((key) => onChoose(Number(key)))}
      />
      <LineChart
        title={words.overTime(words.periods[by].toLowerCase())}
        series={[
          {
            key: 'mean',
            name: words.mean,
            points: periods.map(({ at, answers, mean, incomplete }) => ({
              at,
              value: mean?.mean ?? null,
              low: mean?.low,
              high: mean?.high,
              n: answers,
              incomplete,
            })),
          },
        ]}
        by={by}
        write={write}
        measure={words.mean}
        fromZero={false}
        ceiling={scale.to}
        height={height}
      />
      {groups.length > 0 && height === undefined ? <Groups answer={answer} write={write} /> : null}
    </>
  );
}

function Groups({ answer: { groups, ranking, scale, mean }, write }: { answer: Ratings; write: (value: number) => string }) {
  const words = useMessages({ en, zh });
  const chartWords = useChartWords();
  const format = useFormat();
  const few = groups.filter(({ isFew }) => isFew).map((group) => groupName(group, chartWords));
  const order = ranking && ranking !== 'ranked' ? words.notRanked[ranking] : words.ranked;
  return (
    <BarChart
      title={words.groups}
      mark="dot"
      rows={groups.flatMap(({ kind, name, answers, mean: own }) =>
        own ? [{ key: `${kind} ${name}`, name, kind, value: own.mean, low: own.low, high: own.high, n: answers }] : [],
      )}
      write={write}
      measure={words.mean}
      max={scale.to}
      reference={mean ? { value: mean.mean, label: write(mean.mean) } : undefined}
      note={[order, few.length > 0 ? words.few(format.list(few)) : ''].filter(Boolean).join(' ')}
    />
  );
}

function useNotes({ response, outside, withoutPerson, repeated, accounts }: Ratings): string[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const ofThoseAsked = () => {
    if (!response) return words.responseUnknown;
    const [answered, asked] = [format.number(response.answered), format.number(response.asked)];
    if (response.share === null || response.low === null || response.high === null) return words.responseFew(answered, asked);
    return words.response(format.share(response.share), format.share(response.low), format.share(response.high), answered, asked);
  };
  return [
    ofThoseAsked(),
    words.of(format.number(accounts)),
    repeated > 0 ? words.repeated(format.number(repeated)) : '',
    outside > 0 ? words.outside(format.number(outside)) : '',
    withoutPerson > 0 ? words.withoutPerson(format.number(withoutPerson)) : '',
  ].filter(Boolean);
}

/** The finding: the mean and how sure it is, or that there are too few. */
export function useRatingsVerdict(): (answer: Ratings) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const write = (value: number) => format.number(value, { digits: 2 });
  return ({ mean, answers, isFew, scale }) => {
    if (!mean) return words.title;
    if (isFew) return words.verdictFew(write(mean.mean), format.number(scale.to), format.number(answers));
    return words.verdict(write(mean.mean), format.number(scale.to), write(mean.low), write(mean.high));
  };
}

/** How ratings were counted, for their line of facts. */
export function useRatingsFacts(): (answer: Ratings) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, answers }) => ({ n: answers, unit: words.unit, ...factsOf(facts) });
}

export const isEmptyRatings = ({ answers }: Ratings): boolean => answers === 0;
