import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { AdoptionAnswer, isEmptyAdoption, useAdoptionFacts, useAdoptionVerdict } from './answer.tsx';
import { AdoptionsBuilder, useFeatures, useLaunches } from './builder.tsx';
import { LaunchesSection } from './launches/section.tsx';
import { en, zh } from './messages.ts';
import { OutlookSection } from './outlook/section.tsx';
import { type Adoption, type AdoptionAsked, adoptionAsked } from './schema.ts';

const usual: AdoptionAsked = { launch: null, horizonDays: 90, unit: 'accounts' };

export function AdoptionsPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const launches = useLaunches();
  const asked = useQuestion(adoptionAsked, usual);
  const features = useFeatures();
  const { launch, feature, rule } = asked.question;
  // The launch whose market date is the latest, until another one or a feature is chosen.
  const question = { ...asked.question, launch: launch ?? (feature || rule ? null : (launches?.[0]?.key ?? null)) };
  const isWhole = question.launch !== null || Boolean(question.feature) || Boolean(question.rule);
  const query = useQuery({ ...api.adoptions.get.queryOptions({ input: question }), enabled: isWhole, placeholderData: keepPreviousData });
  const source = useSource(query.data);
  // What is kept stays with the version that it was answered by.
  const keeping = useKeeping(
    'adoptions',
    isWhole ? { ...question, version: (query.isPlaceholderData ? null : query.data?.feature?.version) ?? question.version } : null,
  );
  const verdict = useAdoptionVerdict();
  const facts = useAdoptionFacts();
  const [day, setDay] = useState<number | 'now' | null>(null);
  const summary = words.summary(
    [launches?.find(({ key }) => key === question.launch)?.name, features?.find(({ id }) => id === feature)?.name]
      .filter(Boolean)
      .join(', ') || words.title,
    format.number(question.horizonDays),
  );
  const nothing = launches?.length === 0 ? words.noLaunch : words.unfinished;
  return (
    <QuestionPage<Adoption>
      title={words.title}
      summary={summary}
      builder={<AdoptionsBuilder ask={asked.ask} question={question} />}
      answer={isWhole ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState actions={<ButtonLink to="/launches">{words.toLaunches}</ButtonLink>}>{nothing}</EmptyState>}
      empty={(data) => (isEmptyAdoption(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{
        fileName: summary,
        csv: () => client.adoptions.export(question),
        source,
      }}
      actions={<Button onClick={() => setDay('now')}>{words.who}</Button>}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          <Behind question={question} day={day} onClose={() => setDay(null)} />
        </>
      }
    >
      {(data) => (
        <>
          <AdoptionAnswer answer={data} onChoose={setDay} />
          <OutlookSection question={question} />
          <LaunchesSection question={question} above={data} />
        </>
      )}
    </QuestionPage>
  );
}

type BehindProps = { question: AdoptionAsked; day: number | 'now' | null; onClose: () => void };

/** Who has not adopted: by a day of the curve, or at all. */
function Behind({ question, day, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const input = { ...question, state: 'not_adopted' as const, by: typeof day === 'number' ? day : null };
  return (
    <RowsDrawer
      asked={day === null ? null : input}
      title={typeof day === 'number' ? words.rows(format.number(day)) : words.rowsAll}
      read={(page) => client.adoptions.rows({ ...input, ...page })}
      file={() => client.adoptions.exportRows(input)}
      onClose={onClose}
    />
  );
}
