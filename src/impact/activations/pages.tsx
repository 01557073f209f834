import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { ButtonLink, Segmented } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { writeRange } from '../../web/kit/questions/range-picker.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { useBehaviours } from '../../web/kit/questions/choices.ts';
import { wholeSteps } from '../../web/kit/questions/values.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource, withVersion } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { ActivationsAnswer, isEmptyActivations, useActivationsFacts, useActivationsVerdict, useBehaviourWords } from './answer.tsx';
import { ActivationsBuilder } from './builder.tsx';
import { en, zh } from './messages.ts';
import { type Finding, type Search, type SearchAddress, searchAddress, type SearchAsked } from './schema.ts';

const usual: SearchAddress = {
  range: { kind: 'last', days: 120 },
  unit: 'people',
  earlyDays: 7,
  staying: { from: 15, to: 28, step: null },
  behaviours: [],
  most: 5,
};

/** The question as it can be asked; null while the event of staying is not chosen yet. */
const wholeOf = (question: SearchAddress): SearchAsked | null => {
  const { step, ...days } = question.staying;
  const chosen = step ? wholeSteps([step])[0] : null;
  return chosen === undefined ? null : { ...question, staying: { ...days, step: chosen }, behaviours: wholeSteps(question.behaviours) };
};

export function ActivationsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(searchAddress, usual);
  const question = wholeOf(asked.question);
  const input = question ?? usual;
  const query = useQuery({
    ...api.activations.search.queryOptions({ input }),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });
  const source = useSource(query.data);
  const answered = query.isPlaceholderData ? undefined : query.data;
  const keeping = useKeeping(
    'activations',
    question && {
      ...question,
      behaviours: question.behaviours.map((one) => withVersion(one, answered)),
      staying: { ...question.staying, step: question.staying.step && withVersion(question.staying.step, answered) },
    },
  );
  const verdict = useActivationsVerdict();
  const facts = useActivationsFacts();
  const [chosen, setChosen] = useState<Finding | null>(null);
  const { unit, range } = asked.question;
  const summary = words.summary(words.units[unit], writeRange(range, { words: questionWords, format, today }));
  return (
    <QuestionPage<Search>
      title={words.title}
      summary={summary}
      builder={<ActivationsBuilder {...asked} />}
      answer={question ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState>{words.unfinished}</EmptyState>}
      empty={(data) => (isEmptyActivations(data) ? <Nobody tooYoung={data.tooYoung} /> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.activations.export(input), source }}
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
      {(data) => (
        <ActivationsAnswer
          answer={data}
          onChoose={setChosen}
          csv={{ judged: () => client.activations.export(input), halves: () => client.activations.exportHalves(input) }}
          uses={question ? (finding) => <Uses question={question} finding={finding} /> : undefined}
        />
      )}
    </QuestionPage>
  );
}

function Nobody({ tooYoung }: { tooYoung: number }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return <EmptyState>{tooYoung > 0 ? words.empty(format.number(tooYoung)) : words.emptyNobody}</EmptyState>;
}

/** The behaviour that was found, as a part of another question or as a definition that is kept. */
function Uses({ question, finding: { event, behaviour, times } }: { question: SearchAsked; finding: Finding }) {
  const { unit, earlyDays, staying, range } = question;
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const { isSingle } = useBehaviours();
  const step = (behaviour == null ? null : question.behaviours[behaviour]) ?? { event, filters: [] };
  const goal = staying.step ?? null;
  const pql = {
    unit,
    days: earlyDays,
    criteria: [{ step, times, points: 1 }],
    line: 1,
    conversion: goal && goal.kind !== 'feature' && goal.event ? { by: 'event', step: goal } : { by: 'won' },
    within: staying.to,
  };
  const funnel = { steps: [...Array.from({ length: times }, () => step), goal ?? { event: '', filters: [] }], unit, range };
  const to = (path: string, search: Record<string, string>, text: string) => (
    <ButtonLink to={path} search={search} kind="quiet" size="small">
      {text}
    </ButtonLink>
  );
  return (
    <span className="row nowrap">
      {mayEdit && step.kind !== 'feature' ? to('/pqls', { define: JSON.stringify(pql) }, words.usePql) : null}
      {isSingle(step) && (goal === null || isSingle(goal)) ? to('/funnels', { q: JSON.stringify(funnel) }, words.useFunnel) : null}
      {times === 1 ? to('/retentions', { q: JSON.stringify({ start: step, return: goal, unit, range }) }, words.useRetention) : null}
    </span>
  );
}

type BehindProps = { question: SearchAsked; chosen: Finding | null; onClose: () => void };

/** Who did it early or did not, in the half on which it was judged, and who of them stayed. */
function Behind({ question, chosen, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const nameOf = useBehaviourWords();
  const [who, setWho] = useState<'did' | 'not'>('did');
  const { behaviour = null, event = '-', times = 1 } = chosen ?? {};
  const what = behaviour === null ? { event } : { behaviour };
  const input = { ...question, ...what, times, did: who === 'did', half: 'holdOut' as const };
  return (
    <RowsDrawer
      asked={chosen && input}
      title={words.rows}
      subtitle={chosen ? `${nameOf(chosen)} · ${words.halfSubtitle}` : undefined}
      read={(page) => client.activations.rows({ ...input, ...page })}
      file={() => client.activations.exportRows(input)}
      onClose={onClose}
    >
      <Segmented
        label={words.whoDid}
        name="who"
        value={who}
        choices={(['did', 'not'] as const).map((value) => ({ value, label: words.whos[value] }))}
        onChange={setWho}
      />
    </RowsDrawer>
  );
}
