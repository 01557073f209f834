import { useState } from 'react';
import { NumberInput, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { writeCsv } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { UnitToggle } from '../../web/kit/questions/unit-toggle.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { AdoptionAnswer, isEmptyAdoption, useAdoptionFacts, useAdoptionVerdict } from './answer.tsx';
import { LaunchesSection } from './launches/section.tsx';
import { en, zh } from './messages.ts';
import { OutlookSection } from './outlook/section.tsx';
import { type Adoption, type AdoptionAsked, adoptionAsked } from './schema.ts';

const usual: AdoptionAsked = { launch: null, horizonDays: 90, unit: 'accounts' };

const useLaunches = () => {
  const { data } = useQuery(api.launches.list.queryOptions({ input: {} }));
  return data?.launches.filter(({ feature }) => feature !== null);
};

export function AdoptionsPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const launches = useLaunches();
  const asked = useQuestion(adoptionAsked, usual);
  // The launch whose market date is the latest, until another one is chosen.
  const question = { ...asked.question, launch: asked.question.launch ?? launches?.[0]?.key ?? null };
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
    launches?.find(({ key }) => key === question.launch)?.name ?? words.title,
    format.number(question.horizonDays),
  );
  const nothing = launches?.length === 0 ? words.noLaunch : words.unfinished;
  return (
    <QuestionPage<Adoption>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} question={question} />}
      answer={isWhole ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState actions={<ButtonLink to="/launches">{words.toLaunches}</ButtonLink>}>{nothing}</EmptyState>}
      empty={(data) => (isEmptyAdoption(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{
        fileName: summary,
        csv: () => csvOf(query.data, words.csv),
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
          <LaunchesSection question={question} />
        </>
      )}
    </QuestionPage>
  );
}

const csvOf = (answer: Adoption | undefined, head: string[]): string =>
  writeCsv(
    head,
    (['accounts', 'people'] as const).flatMap((unit) =>
      (answer?.[unit].curve ?? []).map(({ day, count, of, share, low, high }) => [unit, day, count, of, share, low, high]),
    ),
  );

function Builder({ question, ask }: Asked<AdoptionAsked>) {
  const words = useMessages({ en, zh });
  const launches = useLaunches() ?? [];
  return (
    <>
      <Control label={words.launch}>
        <Select
          aria-label={words.launch}
          placeholder={words.chooseLaunch}
          searchable
          w={220}
          data={launches.map(({ key, name }) => ({ value: key, label: name }))}
          value={question.launch ?? null}
          onChange={(launch) => ask({ launch, feature: null, version: null, rule: null })}
        />
      </Control>
      <Control label={words.since}>
        <Select
          aria-label={words.since}
          w={240}
          allowDeselect={false}
          data={(['launch', 'access'] as const).map((value) => ({ value, label: words.sinces[value] }))}
          value={question.since?.kind === 'access' ? 'access' : 'launch'}
          onChange={(kind) => ask({ since: kind === 'access' ? { kind: 'access' } : null })}
        />
      </Control>
      <Control label={words.horizon}>
        <NumberInput
          aria-label={words.horizon}
          w={80}
          min={7}
          max={365}
          allowDecimal={false}
          value={question.horizonDays}
          onChange={(days) => Number(days) >= 7 && Number(days) <= 365 && ask({ horizonDays: Number(days) }, { replace: true })}
        />
      </Control>
      <Control label={words.unit}>
        <UnitToggle value={question.unit} onChange={(unit) => ask({ unit })} />
      </Control>
    </>
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
