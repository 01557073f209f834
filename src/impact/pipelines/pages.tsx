import { useState } from 'react';
import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { useToday } from '../../web/kit/format-context.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { writeRange } from '../../web/kit/questions/range-picker.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { factsOf, sqlOf, useSource } from '../questions/answered.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { PipelineBuilder } from './builder.tsx';
import { Groups } from './groups.tsx';
import { type Choose, type Chosen, Pace, Parts } from './parts.tsx';
import { Reconciliation } from './reconciliation.tsx';
import { type Issue, issues, type Pipeline, type PipelineAsked, pipelineAsked, states } from './schema.ts';
import { ContactFunnel, CycleTime, Stages } from './stages.tsx';
import { usePipelineWords } from './words.tsx';

const usual: PipelineAsked = {
  range: null,
  breakdown: { by: 'origin', name: '' },
  lookbackDays: 180,
  invitedCounts: false,
  convertTo: null,
};

export function PipelinePage() {
  const { words, format, byName } = usePipelineWords();
  const questionWords = useQuestionWords();
  const today = useToday();
  const asked = useQuestion(pipelineAsked, usual);
  const { question } = asked;
  const query = useQuery({ ...api.pipelines.get.queryOptions({ input: question }), placeholderData: keepPreviousData });
  const source = useSource(query.data);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const days = question.range ? writeRange(question.range, { words: questionWords, format, today }) : words.allDeals;
  const summary = words.summary(days, byName(question.breakdown));
  return (
    <QuestionPage<Pipeline>
      title={words.title}
      summary={summary}
      builder={<PipelineBuilder {...asked} properties={query.data?.properties ?? []} />}
      answer={query}
      reading={words.reading}
      empty={({ reconciliation }) => (reconciliation.deals === 0 ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Verdict answer={data} />}
      facts={({ facts, all }) => {
        const { period, ...said } = factsOf(facts);
        return { n: all.created, unit: words.unit, interval: words.interval, ...said, ...(question.range && { period }) };
      }}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.pipelines.export(question), source }}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={<Behind question={question} chosen={chosen} onChange={setChosen} />}
    >
      {(data) => <PipelineAnswer answer={data} asked={question} onChoose={setChosen} />}
    </QuestionPage>
  );
}

function Verdict({ answer: { all } }: { answer: Pipeline }) {
  const { words, format } = usePipelineWords();
  const { share, closed } = all.winRate;
  if (!share) return <Starred text={words.verdictNone(format.number(all.created))} />;
  if (all.lost === 0) return <Starred text={words.verdictNoLost(format.number(all.won))} />;
  const write = (value: number) => format.share(value, { digits: 2 });
  return <Starred text={words.verdict(write(share.share), format.range(write(share.low), write(share.high)), format.number(closed))} />;
}

function PipelineAnswer({ answer, asked, onChoose }: { answer: Pipeline; asked: PipelineAsked; onChoose: Choose }) {
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

type BehindProps = { question: PipelineAsked; chosen: Chosen | null; onChange: (chosen: Chosen | null) => void };

const isIssue = (figure: Chosen['figure']): figure is Issue => (issues as readonly string[]).includes(figure);

/** The deals behind a figure. */
function Behind({ question, chosen, onChange }: BehindProps) {
  const { words, groupName } = usePipelineWords();
  const input = { ...question, ...(chosen ?? { figure: 'all' as const, group: null, state: null }) };
  const said =
    chosen && isIssue(chosen.figure)
      ? words.issues[chosen.figure].so
      : chosen?.group
        ? groupName(chosen.group, question.breakdown)
        : undefined;
  return (
    <RowsDrawer
      asked={chosen && input}
      title={words.rowsOf}
      subtitle={said}
      read={(page) => client.pipelines.rows({ ...input, ...page })}
      file={() => client.pipelines.exportRows(input)}
      onClose={() => onChange(null)}
    >
      <Select
        aria-label={words.rowsState}
        w={200}
        allowDeselect={false}
        data={[{ value: 'any', label: words.anyState }, ...states.map((value) => ({ value, label: words.states[value] }))]}
        value={chosen?.state ?? 'any'}
        onChange={(value) => chosen && onChange({ ...chosen, state: states.find((one) => one === value) ?? null })}
      />
    </RowsDrawer>
  );
}
