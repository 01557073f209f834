import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { factsOf } from '../questions/answered.tsx';
import { Groups, WinRates } from './groups.tsx';
import { type Choose, Pace, Parts } from './parts.tsx';
import { Reconciliation } from './reconciliation.tsx';
import type { Pipeline, PipelineAsked } from './schema.ts';
import { ContactFunnel, CycleTime, Stages } from './stages.tsx';
import { usePipelineWords } from './words.tsx';

type Props = { answer: Pipeline; asked: PipelineAsked; onChoose: Choose };

/** All that is said of deals. */
export function PipelineAnswer({ answer, asked, onChoose }: Props) {
  return (
    <>
      <Parts answer={answer} onChoose={onChoose} />
      <Groups answer={answer} breakdown={asked.breakdown} onChoose={onChoose} />
      <Reconciliation answer={answer} asked={asked} onChoose={onChoose} />
      <CycleTime answer={answer} />
      <Pace answer={answer} onChoose={onChoose} />
      <Stages answer={answer} />
      <ContactFunnel answer={answer} />
    </>
  );
}

/** Where there is little room: the parts of the whole, and win rates by group. */
export function PipelineInBrief({ answer, asked }: Omit<Props, 'onChoose'>) {
  return (
    <>
      <Parts answer={answer} />
      {answer.groups.length > 1 ? <WinRates answer={answer} breakdown={asked.breakdown} /> : null}
    </>
  );
}

export function usePipelineVerdict(): (answer: Pipeline) => string {
  const { words, format } = usePipelineWords();
  const write = (value: number) => format.share(value, { digits: 2 });
  return ({ all }) => {
    const { share, closed } = all.winRate;
    if (!share) return words.verdictNone(format.number(all.created));
    if (all.lost === 0) return words.verdictNoLost(format.number(all.won));
    return words.verdict(write(share.share), format.range(write(share.low), write(share.high)), format.number(closed));
  };
}

export function usePipelineFacts(): (answer: Pipeline, asked: Pick<PipelineAsked, 'range'>) => AnswerFacts {
  const { words } = usePipelineWords();
  return ({ facts, all }, { range }) => {
    const { period, ...said } = factsOf(facts);
    return { n: all.created, unit: words.unit, interval: words.interval, ...said, ...(range && { period }) };
  };
}

export const isEmptyPipeline = ({ reconciliation }: Pipeline): boolean => reconciliation.deals === 0;
