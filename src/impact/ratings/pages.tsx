import { useState } from 'react';
import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Segmented } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { BreakdownPicker } from '../../web/kit/questions/breakdown-picker.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker, writeRange } from '../../web/kit/questions/range-picker.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { isWhole, type Step } from '../../web/kit/questions/values.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { breakdownChoices, useEventChoices, usePropertyChoices } from '../../web/kit/questions/choices.ts';
import { useKeeping } from '../questions/keep.tsx';
import { OneStep } from '../questions/one-step.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { periods } from '../trends/schema.ts';
import { RatingsAnswer, useRatingsFacts, useRatingsVerdict } from './answer.tsx';
import { en, zh } from './messages.ts';
import { type Ratings, type RatingsAddress, ratingsAddress, type RatingsAsked } from './schema.ts';

const usual: RatingsAddress = {
  answer: { event: '', filters: [] },
  property: '',
  scale: { from: 1, to: 5 },
  invitation: null,
  range: { kind: 'last', days: 90 },
  by: 'month',
  breakdown: null,
};
const scales = [
  { from: 1, to: 5 },
  { from: 1, to: 7 },
  { from: 1, to: 10 },
  { from: 0, to: 10 },
];
const scaleKey = ({ from, to }: { from: number; to: number }) => `${from} ${to}`;

export function RatingsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(ratingsAddress, usual);
  const question = wholeOf(asked.question);
  const input = question ?? { ...usual, answer: { event: '-', filters: [] }, property: '-' };
  const query = useQuery({
    ...api.ratings.get.queryOptions({
      input,
    }),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });
  const source = useSource(query.data);
  const keeping = useKeeping('ratings', question);
  const verdict = useRatingsVerdict();
  const facts = useRatingsFacts();
  const [star, setStar] = useState<number | null>(null);
  const { answer, property, range } = asked.question;
  const summary = words.summary(
    answer.event || words.anyEvent,
    property || words.title,
    writeRange(range, { words: questionWords, format, today }),
  );
  return (
    <QuestionPage<Ratings>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} />}
      answer={question ? query : undefined}
      reading={words.reading}
      unfinished={<EmptyState>{words.unfinished}</EmptyState>}
      empty={({ answers, outside, withoutPerson }) =>
        answers === 0 ? (
          <EmptyState>
            {[
              words.empty,
              outside > 0 ? words.outside(format.number(outside)) : '',
              withoutPerson > 0 ? words.withoutPerson(format.number(withoutPerson)) : '',
            ]
              .filter(Boolean)
              .join(' ')}
          </EmptyState>
        ) : null
      }
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.ratings.export(input), source }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          {question ? <Behind question={question} star={star} onClose={() => setStar(null)} /> : null}
        </>
      }
    >
      {(data) => <RatingsAnswer answer={data} by={asked.question.by} onChoose={setStar} />}
    </QuestionPage>
  );
}

/** The question as it can be asked; null as long as the event or the property is not chosen. */
const wholeOf = ({ answer, property, invitation, ...rest }: RatingsAddress): RatingsAsked | null => {
  if (!answer.event || !property) return null;
  const whole = (step: RatingsAddress['answer']) => ({ ...step, filters: step.filters.filter(isWhole) });
  return { ...rest, property, answer: whole(answer), invitation: invitation?.event ? whole(invitation) : null };
};

function Builder({ question, ask }: Asked<RatingsAddress>) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const events = useEventChoices();
  const properties = usePropertyChoices([question.answer.event || null]);
  const named = ({ event, ...step }: Step) => ({ ...step, event: event ?? '' });
  return (
    <>
      <Control label={words.answer} wide>
        <OneStep
          label={words.answer}
          value={question.answer}
          onChange={(step) => ask({ answer: named(step), ...(step.event !== question.answer.event && { property: '' }) })}
        />
      </Control>
      <Control label={words.property}>
        <Select
          aria-label={words.property}
          w={200}
          placeholder={words.property}
          searchable
          disabled={!question.answer.event}
          data={properties(question.answer.event)
            .filter(({ kind }) => kind === 'number')
            .map(({ name }) => name)}
          value={question.property || null}
          onChange={(value) => ask({ property: value ?? '' })}
        />
      </Control>
      <Control label={words.scale}>
        <Select
          aria-label={words.scale}
          w={110}
          allowDeselect={false}
          data={scales.map((scale) => ({
            value: scaleKey(scale),
            label: words.scaleOf(format.number(scale.from), format.number(scale.to)),
          }))}
          value={scaleKey(question.scale)}
          onChange={(value) => ask({ scale: scales.find((scale) => scaleKey(scale) === value)! })}
        />
      </Control>
      <Control label={words.invitation}>
        <Select
          aria-label={words.invitation}
          w={220}
          placeholder={words.noInvitation}
          searchable
          clearable
          data={events.map(({ name }) => name)}
          value={question.invitation?.event || null}
          onChange={(event) => ask({ invitation: event ? { event, filters: [] } : null })}
        />
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
          choices={breakdownChoices(properties(question.answer.event))}
          label={words.breakdown}
        />
      </Control>
    </>
  );
}

type BehindProps = { question: RatingsAsked; star: number | null; onClose: () => void };

/** Who gave a rating. */
function Behind({ question, star, onClose }: BehindProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const input = { ...question, star: star ?? undefined };
  return (
    <RowsDrawer
      asked={star === null ? null : input}
      title={words.rows}
      subtitle={star === null ? undefined : words.rating(format.number(star))}
      read={(page) => client.ratings.rows({ ...input, ...page })}
      file={() => client.ratings.exportRows(input)}
      onClose={onClose}
    />
  );
}
