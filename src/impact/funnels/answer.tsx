import { FunnelChart } from '../../web/kit/charts/funnel-chart.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { Funnel, FunnelAsked, FunnelReached, FunnelRowsAsked } from './schema.ts';

/** A figure of a funnel that was chosen, for the rows behind it. */
export type FunnelChosen = Pick<FunnelRowsAsked, 'place' | 'which' | 'group'>;
export type FunnelAnswerProps = { answer: Funnel; asked: Pick<FunnelAsked, 'window'>; onChoose?: (chosen: FunnelChosen) => void };

/** The steps of a funnel, how many came to each, and where the others stopped. */
export function FunnelAnswer({ answer, asked, onChoose }: FunnelAnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const drawn = (steps: FunnelReached[]) =>
    steps.map((step, place) => ({ ...step, key: String(place + 1), name: step.name || words.anyEvent }));
  const groups = answer.groups.map((group, place) => ({ ...group, key: String(place), steps: drawn(group.steps) }));
  const { settled } = answer;
  const window = `${format.number(asked.window.count)} ${words.windowIn[asked.window.in]}`;
  const chosen = (place: string, group: string | null) => {
    const one = group === null ? undefined : answer.groups[Number(group)];
    return { place: Number(place), group: one && { kind: one.kind, name: one.name } };
  };
  return (
    <FunnelChart
      title={words.chart(words.units[answer.unit], window)}
      note={settled.share === null ? undefined : words.settled(format.share(settled.share), format.number(settled.of))}
      steps={drawn(answer.steps)}
      groups={groups.length > 0 ? groups : undefined}
      onChoose={onChoose && (({ step, group, which }) => onChoose({ ...chosen(step, group), which }))}
    />
  );
}

/** The finding of a funnel: the share that came to the last step. */
export function useFunnelVerdict(): (answer: Funnel) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ steps, unit }) => {
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last) return words.title;
    const of = format.number(first.count);
    return last.ofFirst.share === null
      ? words.verdictNone(of, words.units[unit])
      : words.verdict(format.share(last.ofFirst.share), format.number(last.count), of, words.units[unit], last.name || words.anyEvent);
  };
}

/** How a funnel was counted, for its line of facts. */
export function useFunnelFacts(): (answer: Funnel) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ steps, unit, interval, facts }) => ({
    n: steps[0]?.count,
    unit: words.units[unit],
    interval: words.interval[interval],
    ...factsOf(facts),
  });
}

export const isEmptyFunnel = ({ steps }: Funnel): boolean => !steps[0]?.count;
