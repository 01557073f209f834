import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { writeRange } from '../../web/kit/questions/range-picker.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { useBehaviours } from '../../web/kit/questions/choices.ts';
import { wholeSteps } from '../../web/kit/questions/values.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource, withVersion } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { FunnelAnswer, type FunnelChosen, isEmptyFunnel, useFunnelFacts, useFunnelVerdict } from './answer.tsx';
import { FunnelBuilder } from './builder.tsx';
import { en, zh } from './messages.ts';
import { type Funnel, type FunnelAddress, funnelAddress, type FunnelAsked } from './schema.ts';

const usual: FunnelAddress = {
  steps: [
    { event: '', filters: [] },
    { event: '', filters: [] },
  ],
  order: 'ordered',
  window: { count: 14, in: 'days' },
  exclusions: [],
  range: { kind: 'last', days: 90 },
  unit: 'people',
  breakdown: null,
};

/** The question as it can be asked; null while fewer than two steps are chosen. */
const wholeOf = (question: FunnelAddress): FunnelAsked | null => {
  const steps = wholeSteps(question.steps);
  return steps.length >= 2 ? { ...question, steps, exclusions: wholeSteps(question.exclusions) } : null;
};

export function FunnelsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(funnelAddress, usual);
  const question = wholeOf(asked.question);
  const input = question ?? { ...usual, steps: [{ event: null }, { event: null }] };
  const query = useQuery({ ...api.funnels.get.queryOptions({ input }), enabled: question !== null, placeholderData: keepPreviousData });
  const source = useSource(query.data);
  const answered = query.isPlaceholderData ? undefined : query.data;
  const keeping = useKeeping(
    'funnels',
    question && {
      ...question,
      steps: question.steps.map((one) => withVersion(one, answered)),
      exclusions: question.exclusions.map((one) => withVersion(one, answered)),
    },
  );
  const verdict = useFunnelVerdict();
  const facts = useFunnelFacts();
  const [chosen, setChosen] = useState<FunnelChosen | null>(null);
  const { nameOf } = useBehaviours();
  const { steps } = asked.question;
  const summary = words.summary(
    nameOf(steps[0]),
    nameOf(steps.at(-1)),
    writeRange(asked.question.range, { words: questionWords, format, today }),
  );
  return (
    <QuestionPage<Funnel>
      title={words.title}
      summary={summary}
      builder={<FunnelBuilder {...asked} />}
      answer={question ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState>{words.unfinished}</EmptyState>}
      empty={(data) => (isEmptyFunnel(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{
        fileName: summary,
        csv: () => client.funnels.export(input),
        source,
      }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          {question ? <Behind question={question} chosen={chosen} onClose={() => setChosen(null)} /> : null}
        </>
      }
    >
      {(data) => <FunnelAnswer answer={data} asked={asked.question} onChoose={setChosen} />}
    </QuestionPage>
  );
}

type BehindProps = { question: FunnelAsked; chosen: FunnelChosen | null; onClose: () => void };

/** Who came to a step, or stopped there. */
function Behind({ question, chosen, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const input = {
    ...question,
    place: chosen?.place ?? 1,
    which: chosen?.which ?? 'reached',
    ...(chosen?.group && { group: chosen.group }),
  };
  const { nameOf } = useBehaviours();
  const step = nameOf(question.steps[input.place - 1]);
  return (
    <RowsDrawer
      asked={chosen && input}
      title={words.rows(words.which[input.which], step)}
      subtitle={chosen?.group?.name}
      read={(page) => client.funnels.rows({ ...input, ...page })}
      file={() => client.funnels.exportRows(input)}
      onClose={onClose}
    />
  );
}
