import { useQuery } from '@tanstack/react-query';
import { CatchBoundary } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../../web/kit/locale.tsx';
import { Answer, ErrorState } from '../../web/kit/states.tsx';
import { answerKinds } from '../questions/kinds.tsx';
import { QuestionLink } from '../questions/link.tsx';
import type { Question } from '../questions/schema.ts';
import { en, zh } from './messages.ts';

const height = 220;

type Props = { question: Question; actions?: ReactNode };

/** A kept question on a dashboard. It asks for itself, so that its failing is its own. */
export function Tile({ question, actions }: Props) {
  const heading = `tile-${question.id}`;
  return (
    <section className="tile" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>
          <QuestionLink question={question} />
        </h2>
        {actions ? <div className="row push">{actions}</div> : null}
      </header>
      <CatchBoundary getResetKey={() => `${question.id} ${question.version}`} errorComponent={ErrorState}>
        <Asked question={question} />
      </CatchBoundary>
    </section>
  );
}

function Asked({ question: { kind, asked } }: { question: Question }) {
  const words = useMessages({ en, zh });
  const { ask, Answer: Drawn } = answerKinds[kind];
  const query = useQuery({ queryKey: ['tile', kind, asked], queryFn: () => ask(asked) });
  return (
    <Answer of={query} what={words.counting}>
      {(answer) => <Drawn asked={asked} answer={answer} height={height} />}
    </Answer>
  );
}
