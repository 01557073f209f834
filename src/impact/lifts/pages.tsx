import { useState } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { en as goalEn, zh as goalZh } from '../../launch/goals/messages.ts';
import { api, client } from '../../web/kit/client.ts';
import { ButtonLink } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { isEmptyLift, LiftAnswer, useLiftFacts, useLiftVerdict } from './answer.tsx';
import { Builder } from './builder/builder.tsx';
import { en as buildEn, zh as buildZh } from './builder/messages.ts';
import { type LiftAddress, liftAddress } from './builder/schema.ts';
import { usualDesigns } from './builder/usual.ts';
import { KeptLifts } from './kept.tsx';
import { en, zh } from './messages.ts';
import { type Lift, type LiftAsked, liftAsked } from './schema.ts';
import { useMetrics } from './series/fields.tsx';
import { en as seriesEn, zh as seriesZh } from './series/messages.ts';

const usual: LiftAddress = {
  unit: 'opportunity',
  design: usualDesigns.holdout,
  outcome: { kind: 'won' },
  only: [],
  covariate: null,
  segment: null,
  worthHaving: null,
  goal: null,
};

/** A comparison that the address holds, or those that were kept. */
export function LiftsPage() {
  const { q }: { q?: string } = useSearch({ strict: false });
  return q === undefined ? <KeptLifts /> : <LiftPage />;
}

/** The question as it can be asked; null as long as something is not chosen. */
const wholeOf = (question: LiftAddress): LiftAsked | null => {
  const read = liftAsked.safeParse(question);
  return read.success ? read.data : null;
};

const placeholder: LiftAsked = {
  ...usual,
  design: { kind: 'holdout', property: '-', treated: ['-'], control: ['--'], treatedShare: 0.5, looks: 'once' },
  outcome: { kind: 'won' },
};

/** What is to be chosen yet; where there are no figures at all, how they come. */
function Unfinished({ unit }: { unit: LiftAddress['unit'] }) {
  const words = useMessages({ en, zh });
  const ofSeries = useMessages({ en: seriesEn, zh: seriesZh });
  const metrics = useMetrics();
  if (unit !== 'subject' && unit !== 'case') return <EmptyState>{words.unfinished}</EmptyState>;
  if (metrics?.length === 0)
    return <EmptyState actions={<ButtonLink to="/imports/new">{ofSeries.toImports}</ButtonLink>}>{ofSeries.nothing}</EmptyState>;
  return <EmptyState>{unit === 'case' ? words.unfinishedCases : words.unfinishedSeries}</EmptyState>;
}

/** One comparison: who got it against who did not, what it changed, and whether that may be believed. */
export function LiftPage() {
  const words = useMessages({ en, zh });
  const asked = useQuestion(liftAddress, usual);
  const question = wholeOf(asked.question);
  const input = question ?? placeholder;
  const query = useQuery({ ...api.lifts.get.queryOptions({ input }), enabled: question !== null, placeholderData: keepPreviousData });
  const queryClient = useQueryClient();
  const source = useSource(query.data);
  const keeping = useKeeping('lifts', question);
  const verdict = useLiftVerdict();
  const facts = useLiftFacts();
  const [arm, setArm] = useState<'treated' | 'control' | null>(null);
  const built = useMessages({ en: buildEn, zh: buildZh });
  const { comparisons } = useMessages({ en: goalEn, zh: goalZh });
  const { design, outcome, unit } = asked.question;
  const what = 'subject' in design && design.subject ? design.subject : comparisons[design.kind];
  const summary = words.summary(what, outcome.kind === 'measured' && outcome.metric ? outcome.metric : built.outcomes[outcome.kind]);
  return (
    <QuestionPage<Lift>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} />}
      answer={question ? query : undefined}
      reading={words.reading}
      onStop={() => void queryClient.cancelQueries({ queryKey: api.lifts.get.queryKey({ input }) })}
      unfinished={<Unfinished unit={unit} />}
      empty={(data) => (isEmptyLift(data) ? <EmptyState>{data.refused ? verdict(data) : null}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.lifts.export(input), source }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          {question && design.kind === 'holdout' ? <Behind question={question} arm={arm} onClose={() => setArm(null)} /> : null}
        </>
      }
    >
      {(data) => <LiftAnswer answer={data} onChoose={design.kind === 'holdout' ? setArm : undefined} />}
    </QuestionPage>
  );
}

type BehindProps = { question: LiftAsked; arm: 'treated' | 'control' | null; onClose: () => void };

/** The units of an arm. */
function Behind({ question, arm, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const input = { ...question, arm: arm ?? undefined };
  return (
    <RowsDrawer
      asked={arm === null ? null : input}
      title={words.rows}
      subtitle={arm === null ? undefined : arm === 'treated' ? words.observed : words.control}
      read={(page) => client.lifts.rows({ ...input, ...page })}
      file={() => client.lifts.exportRows(input)}
      onClose={onClose}
    />
  );
}
