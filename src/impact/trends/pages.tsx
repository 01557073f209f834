import { useState } from 'react';
import { Select, Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Chosen } from '../../web/kit/charts/data.ts';
import { api, client } from '../../web/kit/client.ts';
import { Segmented } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { BreakdownPicker } from '../../web/kit/questions/breakdown-picker.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker, writeRange } from '../../web/kit/questions/range-picker.tsx';
import { StepList } from '../../web/kit/questions/step-list.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { type Behaviour, wholeSteps } from '../../web/kit/questions/values.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { breakdownChoices, suggestFor, useBehaviours, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { sqlOf, useSource, withVersion } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { isEmptyTrend, TrendsAnswer, useTrendFacts, useTrendVerdict } from './answer.tsx';
import { en, zh } from './messages.ts';
import { cumulable, measures, ofProperty, periods, type Trends, type TrendsAsked, trendsAddress, type TrendsAddress } from './schema.ts';

const usual: TrendsAddress = {
  series: [{ event: null, filters: [], measure: 'people', property: '' }],
  range: { kind: 'last', days: 90 },
  by: 'week',
  breakdown: null,
  compare: false,
  cumulative: false,
};

export function TrendsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(trendsAddress, usual);
  const question = wholeOf(asked.question);
  const query = useQuery({
    ...api.trends.get.queryOptions({ input: question ?? usual }),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });
  const source = useSource(query.data);
  const { nameOf } = useBehaviours();
  const answered = query.isPlaceholderData ? undefined : query.data;
  const keeping = useKeeping('trends', question && { ...question, series: question.series.map((one) => withVersion(one, answered)) });
  const verdict = useTrendVerdict();
  const facts = useTrendFacts();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { series, range } = asked.question;
  const [first] = series;
  const summary = words.summary(
    format.list(series.map(nameOf)),
    words.measures[first!.measure],
    writeRange(range, { words: questionWords, format, today }),
  );
  return (
    <QuestionPage<Trends>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} />}
      answer={question ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState>{words.unfinished}</EmptyState>}
      empty={(data) => (isEmptyTrend(data) ? <EmptyState>{words.empty}</EmptyState> : null)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{
        fileName: summary,
        csv: () => client.trends.export(question ?? usual),
        source,
      }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          {question && query.data ? (
            <Behind question={question} answer={query.data} chosen={chosen} onClose={() => setChosen(null)} />
          ) : null}
        </>
      }
    >
      {(data) => <TrendsAnswer answer={data} onChoose={setChosen} />}
    </QuestionPage>
  );
}

/** The question as it can be asked: without what nobody has finished; null when nothing is left. */
const wholeOf = (question: TrendsAddress): TrendsAsked | null => {
  const whole = wholeSteps(question.series);
  const asks = whole.filter(({ measure, property }) => !ofProperty.includes(measure) || property !== '');
  return asks.length > 0 ? { ...question, cumulative: question.cumulative && cumulable.includes(asks[0]!.measure), series: asks } : null;
};

function Builder({ question, ask }: Asked<TrendsAddress>) {
  const words = useMessages({ en, zh });
  const events = useEventChoices();
  const { features, eventOf, isSingle } = useBehaviours();
  const first = eventOf(question.series[0]);
  const properties = usePropertyChoices([first]);
  const { measure, property } = question.series[0]!;
  // A use that is made of several events has no property of its own.
  const possible = question.series.every(isSingle) ? measures : measures.filter((one) => one === measure || !ofProperty.includes(one));
  const ofUses = question.series.every(({ kind }) => kind === 'feature');
  const change = (more: Partial<Pick<TrendsAddress['series'][number], 'measure' | 'property'>>) =>
    ask({ series: question.series.map((one) => ({ ...one, ...more })) });
  const setSteps = (steps: Behaviour[]) => ask({ series: steps.map((step) => ({ ...step, measure, property })) });
  return (
    <>
      <Control label={words.events} wide>
        <StepList<Behaviour>
          value={question.series}
          onChange={setSteps}
          events={events}
          features={features}
          properties={properties}
          suggest={suggestFor}
          fewest={1}
          most={5}
          any
        />
      </Control>
      <Control label={words.measure}>
        <Select
          aria-label={words.measure}
          w={200}
          allowDeselect={false}
          data={possible.map((value) => ({ value, label: (ofUses && words.ofUses[value]) || words.measures[value] }))}
          value={measure}
          onChange={(value) => change({ measure: value as typeof measure })}
        />
        {ofProperty.includes(measure) ? (
          <Select
            aria-label={words.property}
            w={200}
            placeholder={words.property}
            searchable
            data={properties(first)
              .filter(({ kind }) => kind === 'number')
              .map(({ name }) => name)}
            value={property || null}
            onChange={(value) => change({ property: value ?? '' })}
          />
        ) : null}
      </Control>
      <Control label={words.range}>
        <RangePicker value={question.range} onChange={(range) => ask({ range })} />
      </Control>
      <Control label={words.by}>
        <Segmented
          label={words.by}
          name="by"
          value={question.by}
          choices={periods.map((value) => ({ value, label: words.periods[value] }))}
          onChange={(by) => ask({ by })}
        />
      </Control>
      <Control label={words.breakdown}>
        <BreakdownPicker
          value={question.breakdown ?? null}
          onChange={(breakdown) => ask({ breakdown })}
          choices={breakdownChoices(properties(first))}
          label={words.breakdown}
        />
      </Control>
      <Control label={words.options}>
        <Switch label={words.compare} checked={question.compare} onChange={(event) => ask({ compare: event.currentTarget.checked })} />
        {cumulable.includes(measure) && !question.breakdown ? (
          <Switch
            label={words.cumulative}
            checked={question.cumulative}
            onChange={(event) => ask({ cumulative: event.currentTarget.checked })}
          />
        ) : null}
      </Control>
    </>
  );
}

type BehindProps = { question: TrendsAsked; answer: Trends; chosen: Chosen | null; onClose: () => void };

/** Who is behind a point of a line. */
function Behind({ question, answer, chosen, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const line = answer.lines.find(({ key }) => key === chosen?.series);
  const unit = line?.measure === 'accounts' ? ('accounts' as const) : ('people' as const);
  const group = line && question.breakdown ? { kind: line.kind, name: line.name } : undefined;
  const input = { ...question, place: line?.series ?? 0, at: chosen?.at, unit, ...(group && { group }) };
  return (
    <RowsDrawer
      asked={chosen && input}
      title={words.rows}
      subtitle={chosen && line ? words.point(line.name || words.anyEvent, format.date(chosen.at)) : undefined}
      read={(page) => client.trends.rows({ ...input, ...page })}
      file={() => client.trends.exportRows(input)}
      onClose={onClose}
    />
  );
}
