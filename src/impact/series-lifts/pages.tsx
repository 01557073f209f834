import { useState } from 'react';
import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink, Segmented } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { SeriesLiftAnswer, seriesLiftFacts, useSeriesLiftVerdict } from './answer.tsx';
import { en, zh } from './messages.ts';
import { methods, type SeriesLift, type SeriesLiftAddress, seriesLiftAddress } from './schema.ts';

const usual: SeriesLiftAddress = { metric: '', subject: '', on: '', method: 'synthetic_control', donors: [], predictors: [], season: 1 };

const useMetrics = () => useQuery(api.measurements.list.queryOptions({ input: {} })).data?.metrics;

export function SeriesLifts() {
  const words = useMessages({ en, zh });
  const asked = useQuestion(seriesLiftAddress, usual);
  const { question } = asked;
  const metrics = useMetrics();
  const isWhole = question.metric !== '' && question.subject !== '' && question.on !== '';
  const query = useQuery({ ...api.seriesLifts.get.queryOptions({ input: question }), enabled: isWhole, placeholderData: keepPreviousData });
  const verdict = useSeriesLiftVerdict();
  const source = useSource(query.data);
  const csv = () => client.seriesLifts.export(question);
  const nothing = metrics?.length === 0;
  const summary = isWhole ? words.summary(question.subject, question.metric) : words.title;
  return (
    <QuestionPage<SeriesLift>
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
      verdict={(lift) => <Starred text={verdict(lift)} />}
      facts={seriesLiftFacts}
      sql={sqlOf}
      exports={{ fileName: summary, csv, source }}
      broken={asked.broken}
      onReset={asked.reset}
    >
      {(lift) => <SeriesLiftAnswer lift={lift} csv={csv} />}
    </QuestionPage>
  );
}

function Builder({ question, ask }: Asked<SeriesLiftAddress>) {
  const words = useMessages({ en, zh });
  const metrics = (useMetrics() ?? []).map(({ metric }) => metric);
  const { metric, subject, on, method, donors, predictors, season } = question;
  const subjects = useSubjects(metric);
  return (
    <>
      <Control label={words.metric}>
        <Select
          aria-label={words.metric}
          placeholder={words.chooseMetric}
          searchable
          w={180}
          data={metrics}
          value={metric || null}
          onChange={(chosen) => chosen && ask({ metric: chosen, subject: '', donors: [] })}
        />
      </Control>
      <Control label={words.subject}>
        <Select
          aria-label={words.subject}
          placeholder={words.chooseSubject}
          searchable
          w={180}
          disabled={metric === ''}
          data={subjects}
          value={subject || null}
          onChange={(chosen) => chosen && ask({ subject: chosen, donors: donors.filter((name) => name !== chosen) })}
        />
      </Control>
      <Control label={words.on}>
        <DateField bare label={words.on} value={on || null} onChange={(day) => ask({ on: day ?? '' })} />
      </Control>
      <Control label={words.method}>
        <Segmented
          label={words.method}
          name="method"
          value={method}
          choices={methods.map((value) => ({ value, label: words.methods[value] }))}
          onChange={(chosen) => ask({ method: chosen })}
        />
      </Control>
      <Control label={words.donors} wide>
        <MultiSelect
          aria-label={words.donors}
          placeholder={donors.length > 0 ? undefined : method === 'synthetic_control' ? words.allDonors : words.namedDonors}
          searchable
          hidePickedOptions
          disabled={metric === ''}
          miw={260}
          data={subjects.filter((name) => name !== subject)}
          value={donors}
          onChange={(chosen) => ask({ donors: chosen })}
        />
      </Control>
      {method === 'synthetic_control' ? (
        <Control label={words.predictors} wide>
          <Predictors value={predictors} metrics={metrics} on={on} onChange={(chosen) => ask({ predictors: chosen })} />
        </Control>
      ) : (
        <Control label={words.season}>
          <NumberInput
            aria-label={words.season}
            w={80}
            min={1}
            max={53}
            allowDecimal={false}
            value={season}
            onChange={(periods) => Number(periods) >= 1 && Number(periods) <= 53 && ask({ season: Number(periods) }, { replace: true })}
          />
        </Control>
      )}
    </>
  );
}

function useSubjects(metric: string): string[] {
  const { data } = useQuery({ ...api.measurements.subjects.queryOptions({ input: { metric, limit: 500 } }), enabled: metric !== '' });
  return (data?.subjects ?? [])
    .map(({ subject }) => subject)
    .filter(Boolean)
    .toSorted();
}

type PredictorsProps = {
  value: SeriesLiftAddress['predictors'];
  metrics: string[];
  on: string;
  onChange: (value: SeriesLiftAddress['predictors']) => void;
};

/** What the mixture is to share with the subject before the change: a metric and the days of which its mean is taken. */
function Predictors({ value, metrics, on, onChange }: PredictorsProps) {
  const words = useMessages({ en, zh });
  const [added, setAdded] = useState(0);
  const change = (index: number, set: Partial<(typeof value)[number]>) =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...set } : one)));
  const add = (metric: string) => {
    const year = on ? Number(on.slice(0, 4)) - 1 : new Date().getFullYear() - 1;
    setAdded(added + 1);
    onChange([...value, { metric, from: `${year}-01-01`, to: `${year}-12-31` }]);
  };
  return (
    <div className="stack">
      {value.map(({ metric, from, to }, index) => (
        <div className="row" key={`${index} ${metric}`}>
          <span className="nowrap">{metric}</span>
          <DateField bare label={words.predictorFrom} value={from} onChange={(day) => day && change(index, { from: day })} />
          <DateField bare label={words.predictorTo} value={to} onChange={(day) => day && change(index, { to: day })} />
          <Button
            kind="quiet"
            size="small"
            icon={X}
            aria-label={words.removePredictor(metric)}
            onClick={() => onChange(value.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Select
        key={added}
        aria-label={words.addPredictor}
        placeholder={words.addPredictor}
        searchable
        w={180}
        disabled={on === '' || value.length >= 10}
        data={metrics}
        value={null}
        onChange={(metric) => metric && add(metric)}
      />
    </div>
  );
}
