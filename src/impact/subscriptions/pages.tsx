import { useState } from 'react';
import { NumberInput, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { ButtonLink, Segmented } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { BreakdownPicker } from '../../web/kit/questions/breakdown-picker.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker, writeRange } from '../../web/kit/questions/range-picker.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { breakdownChoices, useFeatureChoices, useRateCurrencies } from '../../web/kit/questions/choices.ts';
import { useKeeping } from '../questions/keep.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import {
  isEmptySubscriptions,
  SubscriptionsAnswer,
  type SubscriptionsChosen,
  useSubscriptionsFacts,
  useSubscriptionsVerdict,
} from './answer.tsx';
import { en, zh } from './messages.ts';
import { useMonth } from './words.tsx';
import { movements, type Subscriptions, type SubscriptionsAsked, subscriptionsAsked, fieldMoments, survivalStarts } from './schema.ts';

const usual: SubscriptionsAsked = {
  range: { kind: 'last', days: 365 },
  currency: null,
  convertTo: null,
  rateDay: null,
  over: 12,
  follow: 12,
  breakdown: null,
  asOf: 'lock',
  feature: null,
  version: null,
  survival: 'lock',
};

export function SubscriptionsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(subscriptionsAsked, usual);
  const { question } = asked;
  const query = useQuery({ ...api.subscriptions.get.queryOptions({ input: question }), placeholderData: keepPreviousData });
  const source = useSource(query.data);
  const keeping = useKeeping('subscriptions', question);
  const verdict = useSubscriptionsVerdict();
  const facts = useSubscriptionsFacts();
  const [chosen, setChosen] = useState<SubscriptionsChosen | null>(null);
  const summary = words.summary(
    question.currency ?? query.data?.currency ?? '',
    writeRange(question.range, { words: questionWords, format, today }),
  );
  return (
    <QuestionPage<Subscriptions>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} answer={query.data} />}
      answer={query}
      reading={words.reading}
      empty={(data) =>
        isEmptySubscriptions(data) ? (
          <EmptyState actions={<ButtonLink to="/imports/new">{words.importFile}</ButtonLink>}>{words.empty}</EmptyState>
        ) : null
      }
      verdict={(data) => <Starred text={verdict(data, question)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.subscriptions.export(question), source }}
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
      {(data) => <SubscriptionsAnswer answer={data} asked={question} onChoose={setChosen} onTakeNow={() => asked.ask({ asOf: 'now' })} />}
    </QuestionPage>
  );
}

function Builder({ question, ask, answer }: Asked<SubscriptionsAsked> & { answer: Subscriptions | undefined }) {
  const words = useMessages({ en, zh });
  const features = useFeatureChoices();
  const currencies = answer?.currencies.map(({ currency }) => currency) ?? [];
  const targets = [...new Set([...useRateCurrencies(), ...(question.convertTo ? [question.convertTo] : [])])];
  const shown = question.convertTo ? `= ${question.convertTo}` : (question.currency ?? answer?.currency ?? null);
  const count = (key: 'over' | 'follow') => (
    <Control label={words[key]}>
      <NumberInput
        aria-label={words[key]}
        w={80}
        min={1}
        max={24}
        allowDecimal={false}
        value={question[key]}
        onChange={(value) => Number(value) >= 1 && Number(value) <= 24 && ask({ [key]: Number(value) }, { replace: true })}
      />
    </Control>
  );
  return (
    <>
      <Control label={words.range}>
        <RangePicker value={question.range} onChange={(range) => ask({ range })} />
      </Control>
      <Control label={words.currency}>
        <Select
          aria-label={words.currency}
          w={150}
          allowDeselect={false}
          data={[
            ...currencies.map((value) => ({ value: value || '-', label: value || words.noCurrency })),
            ...targets.map((value) => ({ value: `= ${value}`, label: words.allIn(value) })),
          ]}
          value={shown === null ? null : shown || '-'}
          onChange={(value) =>
            ask(
              value?.startsWith('= ')
                ? { currency: null, convertTo: value.slice(2) }
                : { currency: value === '-' ? '' : value, convertTo: null, rateDay: null },
            )
          }
        />
      </Control>
      {count('over')}
      {count('follow')}
      <Control label={words.breakdown}>
        <BreakdownPicker
          value={question.breakdown ?? null}
          onChange={(breakdown) => ask({ breakdown, feature: null, version: null })}
          choices={breakdownChoices([]).filter(({ by }) => by === 'account_property')}
          label={words.breakdown}
        />
      </Control>
      {question.breakdown ? (
        <Control label={words.asOf}>
          <Segmented
            label={words.asOf}
            name="as-of"
            value={question.asOf}
            choices={fieldMoments.map((value) => ({ value, label: words.asOfNames[value] }))}
            onChange={(asOf) => ask({ asOf })}
          />
        </Control>
      ) : null}
      <Control label={words.feature}>
        <Select
          aria-label={words.feature}
          w={200}
          searchable
          clearable
          placeholder={words.noFeature}
          nothingFoundMessage={words.noFeatures}
          data={features.map(({ id, name }) => ({ value: id, label: name }))}
          value={question.feature ?? null}
          onChange={(feature) => ask({ feature, version: null, ...(feature && { breakdown: null, survival: 'lock' }) })}
        />
      </Control>
      {question.feature ? null : (
        <Control label={words.survivalFrom}>
          <Segmented
            label={words.survivalFrom}
            name="survival"
            value={question.survival}
            choices={survivalStarts.map((value) => ({ value, label: words.survivalStarts[value] }))}
            onChange={(survival) => ask({ survival })}
          />
        </Control>
      )}
    </>
  );
}

type BehindProps = {
  question: SubscriptionsAsked;
  chosen: SubscriptionsChosen | null;
  onChange: (chosen: SubscriptionsChosen | null) => void;
};

/** The accounts at the end of a month, or those of the locked set, with what each paid before. */
function Behind({ question: { range, currency, convertTo, rateDay }, chosen, onChange }: BehindProps) {
  const words = useMessages({ en, zh });
  const input = { range, currency, convertTo, rateDay, ...(chosen ?? { month: '2000-01-01' }) };
  const month = useMonth()(input.month);
  return (
    <RowsDrawer
      asked={chosen && input}
      title={chosen?.locked ? words.rowsLocked : words.rowsMonth(month)}
      subtitle={chosen?.locked ? month : undefined}
      read={(page) => client.subscriptions.rows({ ...input, ...page })}
      file={() => client.subscriptions.exportRows(input)}
      onClose={() => onChange(null)}
    >
      <Select
        aria-label={words.which}
        w={200}
        allowDeselect={false}
        data={[{ value: 'all', label: words.all }, ...movements.map((value) => ({ value, label: words.movements[value] }))]}
        value={chosen?.movement ?? 'all'}
        onChange={(value) => chosen && onChange({ ...chosen, movement: value === 'all' ? null : value })}
      />
    </RowsDrawer>
  );
}
