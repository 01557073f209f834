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
import { ButtonLink } from '../../web/kit/controls.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { PipelineBuilder } from './builder.tsx';
import type { Chosen } from './parts.tsx';
import { type Issue, issues, type Pipeline, type PipelineAsked, pipelineAsked, states } from './schema.ts';
import { usePipelineWords } from './words.tsx';
import { isEmptyPipeline, PipelineAnswer, usePipelineFacts, usePipelineVerdict } from './answer.tsx';

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
  const keeping = useKeeping('pipelines', question);
  const verdict = usePipelineVerdict();
  const facts = usePipelineFacts();
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
      empty={(data) =>
        isEmptyPipeline(data) ? (
          <EmptyState actions={<ButtonLink to="/imports/new">{words.importFile}</ButtonLink>}>{words.empty}</EmptyState>
        ) : null
      }
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={(data) => facts(data, question)}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.pipelines.export(question), source }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          <Behind question={question} chosen={chosen} onChange={setChosen} />
        </>
      }
    >
      {(data) => <PipelineAnswer answer={data} asked={question} onChoose={setChosen} />}
    </QuestionPage>
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
