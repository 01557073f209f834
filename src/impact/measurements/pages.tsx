import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client } from '../../web/kit/client.ts';
import { ButtonLink, Segmented } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { isEmptyMeasurements, MeasurementsAnswer, useMeasurementsFacts, useMeasurementsVerdict } from './answer.tsx';
import { en, zh } from './messages.ts';
import { type Measurements, type MeasurementsAddress, measurementsAddress } from './schema.ts';

const usual: MeasurementsAddress = { metric: '', subjects: [], counts: 'in_use', ceiling: null, from: 'date', horizon: 12 };
const mostSubjects = 8;

const useMetrics = () => useQuery(api.measurements.list.queryOptions({ input: {} })).data?.metrics;

export function MeasurementsPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const metrics = useMetrics();
  const asked = useQuestion(measurementsAddress, usual);
  const { question } = asked;
  const isWhole = question.metric !== '' && question.subjects.length > 0;
  const query = useQuery({
    ...api.measurements.get.queryOptions({ input: question }),
    enabled: isWhole,
    placeholderData: keepPreviousData,
  });
  const source = useSource(query.data);
  const keeping = useKeeping('measurements', isWhole ? question : null);
  const verdict = useMeasurementsVerdict();
  const facts = useMeasurementsFacts();
  const summary = isWhole
    ? words.summary(format.list(question.subjects.map((subject) => subject || words.noSubject)), question.metric)
    : words.title;
  const nothing = metrics?.length === 0;
  return (
    <QuestionPage<Measurements>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} />}
      answer={isWhole ? query : undefined}
      reading={words.reading}
      unfinished={
        <EmptyState actions={nothing ? <ButtonLink to="/imports/new">{words.toImports}</ButtonLink> : undefined}>
          {nothing ? words.nothing : words.unfinished}
        </EmptyState>
      }
      empty={(data) => (isEmptyMeasurements(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.measurements.export(question), source }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={keeping.dialog}
    >
      {(data) => <MeasurementsAnswer answer={data} csv={() => client.measurements.exportStandings(question)} />}
    </QuestionPage>
  );
}

function Builder({ question, ask }: Asked<MeasurementsAddress>) {
  const words = useMessages({ en, zh });
  const metrics = useMetrics() ?? [];
  const names = metrics.map(({ metric }) => metric);
  const onlyOf = (metric: string | null) => metrics.find((one) => one.metric === metric)?.only ?? null;
  // A metric of one series has nothing to choose: its only subject is taken.
  const choose = (metric: string) => ask({ metric, subjects: [onlyOf(metric) ?? []].flat(), ceiling: null });
  return (
    <>
      <Control label={words.metric}>
        <Select
          aria-label={words.metric}
          placeholder={words.chooseMetric}
          searchable
          w={200}
          data={names}
          value={question.metric || null}
          onChange={(metric) => metric && choose(metric)}
        />
      </Control>
      <Control label={words.subjects} wide>
        <Subjects metric={question.metric} value={question.subjects} onChange={(subjects) => ask({ subjects })} />
      </Control>
      <Control label={words.ceiling}>
        <Select
          aria-label={words.ceiling}
          placeholder={words.noCeiling}
          searchable
          clearable
          w={200}
          data={metrics.filter(({ only, metric }) => only !== null && metric !== question.metric).map(({ metric }) => metric)}
          value={question.ceiling?.metric ?? null}
          onChange={(metric) => ask({ ceiling: metric === null ? null : { metric, subject: onlyOf(metric) ?? '' } })}
        />
      </Control>
      <Control label={words.counts}>
        <Segmented
          label={words.counts}
          name="counts"
          value={question.counts}
          choices={(['in_use', 'new'] as const).map((value) => ({ value, label: words.countsOf[value] }))}
          onChange={(counts) => ask({ counts })}
        />
      </Control>
      <Control label={words.from}>
        <Segmented
          label={words.from}
          name="from"
          value={question.from}
          choices={(['date', 'beginning'] as const).map((value) => ({ value, label: words.froms[value] }))}
          onChange={(from) => ask({ from })}
        />
      </Control>
      <Control label={words.horizon}>
        <NumberInput
          aria-label={words.horizon}
          w={80}
          min={0}
          max={60}
          allowDecimal={false}
          value={question.horizon}
          onChange={(periods) =>
            periods !== '' && Number(periods) >= 0 && Number(periods) <= 60 && ask({ horizon: Number(periods) }, { replace: true })
          }
        />
      </Control>
    </>
  );
}

type SubjectsProps = { metric: string; value: string[]; onChange: (subjects: string[]) => void };

/** Subjects of the metric, the largest first; what is typed is looked for among all of them. */
function Subjects({ metric, value, onChange }: SubjectsProps) {
  const words = useMessages({ en, zh });
  const [search, setSearch] = useState('');
  const { data } = useQuery({
    ...api.measurements.subjects.queryOptions({ input: { metric, search, limit: 50 } }),
    enabled: metric !== '',
    placeholderData: keepPreviousData,
  });
  // The control takes no empty value; a blank stands for the series without a subject.
  const held = (subject: string) => subject || ' ';
  const options = [...new Set([...value, ...(data?.subjects ?? []).map(({ subject }) => subject)])];
  return (
    <MultiSelect
      aria-label={words.subjects}
      placeholder={value.length === 0 ? words.chooseSubjects : undefined}
      searchable
      hidePickedOptions
      disabled={metric === ''}
      maxValues={mostSubjects}
      miw={260}
      data={options.map((subject) => ({ value: held(subject), label: subject || words.noSubject }))}
      value={value.map(held)}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(chosen) => onChange(chosen.map((subject) => subject.trim()))}
    />
  );
}
