import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { writeRange } from '../../web/kit/questions/range-picker.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { wholeSteps } from '../../web/kit/questions/values.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { isEmptyPaths, PathsAnswer, usePathsFacts, usePathsVerdict } from './answer.tsx';
import { PathsBuilder } from './builder.tsx';
import { en, zh } from './messages.ts';
import { type Paths, type PathsAddress, pathsAddress, type PathsAsked, type PathsPlace } from './schema.ts';

const usual: PathsAddress = {
  from: null,
  direction: 'after',
  to: null,
  depth: 4,
  gap: 30,
  leaveOut: [],
  range: { kind: 'last', days: 90 },
  unit: 'people',
};

/** The question as it can be asked; a step that waits for its event is none yet. */
const wholeOf = (question: PathsAddress): PathsAsked => {
  const whole = (step: PathsAddress['from']) => wholeSteps(step ? [step] : [])[0] ?? null;
  return { ...question, from: whole(question.from), to: whole(question.to) };
};

export function PathsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(pathsAddress, usual);
  const question = wholeOf(asked.question);
  const query = useQuery({ ...api.paths.get.queryOptions({ input: question }), placeholderData: keepPreviousData });
  const source = useSource(query.data);
  const keeping = useKeeping('paths', question);
  const verdict = usePathsVerdict();
  const facts = usePathsFacts();
  const [chosen, setChosen] = useState<PathsPlace | null>(null);
  const { from, direction, range } = question;
  const begin = from ? (from.event ?? words.anyEvent) : words.start[direction];
  const summary = words.summary(begin, words.directions[direction], writeRange(range, { words: questionWords, format, today }));
  return (
    <QuestionPage<Paths>
      title={words.title}
      summary={summary}
      builder={<PathsBuilder {...asked} />}
      answer={query}
      reading={words.reading}
      empty={(data) => (isEmptyPaths(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data, question)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.paths.export(question), source }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          <Behind question={question} chosen={chosen} onClose={() => setChosen(null)} />
        </>
      }
    >
      {(data) => <PathsAnswer answer={data} asked={question} onChoose={setChosen} />}
    </QuestionPage>
  );
}

const written = (place: PathsPlace, other: string, ended: string): string => {
  switch (place.kind) {
    case 'node':
      return place.name ?? other;
    case 'link':
      return `${place.from ?? other} → ${place.to ?? other}`;
    case 'reached':
      return '';
    case 'other':
      return [...place.path, other].join(' → ');
    case 'ended':
      return [...place.path, ended].join(' → ');
    default:
      return place.path.join(' → ');
  }
};

type BehindProps = { question: PathsAsked; chosen: PathsPlace | null; onClose: () => void };

/** Who took the path that was chosen. */
function Behind({ question, chosen, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const input = { ...question, place: chosen ?? { kind: 'begins' as const, path: [] } };
  return (
    <RowsDrawer
      asked={chosen && input}
      title={words.rows}
      subtitle={written(input.place, words.other, words.ended[question.direction])}
      read={(page) => client.paths.rows({ ...input, ...page })}
      file={() => client.paths.exportRows(input)}
      onClose={onClose}
    />
  );
}
