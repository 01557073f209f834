import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Segmented } from '../../web/kit/controls.tsx';
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
import { isEmptyRetention, RetentionAnswer, type RetentionChosen, useRetentionFacts, useRetentionVerdict } from './answer.tsx';
import { RetentionBuilder } from './builder.tsx';
import { en, zh } from './messages.ts';
import { type Retention, type RetentionAddress, retentionAddress, type RetentionAsked, whiches } from './schema.ts';

const usual: RetentionAddress = {
  start: null,
  return: null,
  by: 'week',
  periods: 8,
  kind: 'on',
  unit: 'people',
  range: { kind: 'last', days: 90 },
  breakdown: null,
};

/** The question as it can be asked; null while an event is not chosen yet. */
const wholeOf = (question: RetentionAddress): RetentionAsked | null => {
  const chosen = [question.start, question.return].map((step) => (step ? wholeSteps([step])[0] : null));
  const [start, back] = chosen;
  return start === undefined || back === undefined ? null : { ...question, start, return: back };
};

export function RetentionsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(retentionAddress, usual);
  const question = wholeOf(asked.question);
  const input = question ?? usual;
  const query = useQuery({ ...api.retentions.get.queryOptions({ input }), enabled: question !== null, placeholderData: keepPreviousData });
  const source = useSource(query.data);
  const { nameOf } = useBehaviours();
  const answered = query.isPlaceholderData ? undefined : query.data;
  const keeping = useKeeping(
    'retentions',
    question && {
      ...question,
      start: question.start && withVersion(question.start, answered),
      return: question.return && withVersion(question.return, answered),
    },
  );
  const verdict = useRetentionVerdict();
  const facts = useRetentionFacts();
  const [chosen, setChosen] = useState<RetentionChosen | null>(null);
  const { start, return: back, range } = asked.question;
  const summary = words.summary(
    start ? nameOf(start) : words.firstSeen,
    nameOf(back),
    writeRange(range, { words: questionWords, format, today }),
  );
  return (
    <QuestionPage<Retention>
      title={words.title}
      summary={summary}
      builder={<RetentionBuilder {...asked} />}
      answer={question ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState>{words.unfinished}</EmptyState>}
      empty={(data) => (isEmptyRetention(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.retentions.export(input), source }}
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
      {(data) => <RetentionAnswer answer={data} asked={asked.question} onChoose={setChosen} />}
    </QuestionPage>
  );
}

type BehindProps = { question: RetentionAsked; chosen: RetentionChosen | null; onClose: () => void };

/** Who came back in a period, or did not. */
function Behind({ question, chosen, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [which, setWhich] = useState<(typeof whiches)[number]>('came');
  const input = { ...question, place: chosen?.place ?? 0, which, ...chosen };
  const cohort = chosen?.cohort ? words.cohort(format.date(chosen.cohort)) : words.allCohorts;
  return (
    <RowsDrawer
      asked={chosen && input}
      title={words.rows(words.place(question.by, format.number(input.place)))}
      subtitle={[chosen?.group?.name, cohort].filter(Boolean).join(' · ')}
      read={(page) => client.retentions.rows({ ...input, ...page })}
      file={() => client.retentions.exportRows(input)}
      onClose={onClose}
    >
      <Segmented
        label={words.which}
        name="which"
        value={which}
        choices={whiches.map((value) => ({ value, label: words.whiches[value] }))}
        onChange={setWhich}
      />
    </RowsDrawer>
  );
}
