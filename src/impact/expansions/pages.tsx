import { useState } from 'react';
import { NumberInput, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { type Asked, useQuestion } from '../../web/kit/questions/use-question.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf, sqlOf } from '../questions/answered.tsx';
import { RowsDrawer } from '../questions/rows-drawer.tsx';
import { en, zh } from './messages.ts';
import { type Expansions, type ExpansionsAsked, expansionsAsked } from './schema.ts';

const usual: ExpansionsAsked = { days: 28, limits: [], segment: null };
const sum = (rows: readonly { outgrown: number; accounts: number }[], of: 'outgrown' | 'accounts') =>
  rows.reduce((total, row) => total + row[of], 0);

/** Accounts that outgrew their plan, to be handed to whoever looks after them. */
export function ExpansionsPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const asked = useQuestion(expansionsAsked, usual);
  const { question } = asked;
  const query = useQuery({ ...api.expansions.get.queryOptions({ input: question }), placeholderData: keepPreviousData });
  const [open, setOpen] = useState(false);
  const summary = words.summary(format.number(question.days));
  const file = () => client.expansions.exportRows(question);
  const chosen = ({ segments }: Expansions) => segments.filter(({ segment }) => question.segment === null || segment === question.segment);
  return (
    <QuestionPage<Expansions>
      title={words.title}
      summary={summary}
      builder={<Builder {...asked} answer={query.data} />}
      answer={query}
      reading={words.reading}
      empty={({ plans }) =>
        plans.length === 0 ? (
          <EmptyState actions={<ButtonLink to="/imports/new">{words.importFile}</ButtonLink>}>{words.empty}</EmptyState>
        ) : null
      }
      verdict={(data) => (
        <Starred text={words.verdict(format.number(sum(chosen(data), 'outgrown')), format.number(sum(chosen(data), 'accounts')))} />
      )}
      facts={({ facts, plans }) => ({ n: sum(plans, 'accounts'), unit: words.unit, ...factsOf(facts) })}
      sql={sqlOf}
      actions={<CsvButton file={file} />}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <RowsDrawer
          asked={open ? question : null}
          title={words.rows}
          subtitle={question.segment ?? undefined}
          read={(page) => client.expansions.rows({ ...question, ...page })}
          file={file}
          onClose={() => setOpen(false)}
        />
      }
    >
      {(data) => <Plans {...asked} answer={data} onOpen={() => setOpen(true)} />}
    </QuestionPage>
  );
}

function Builder({ question, ask, answer }: Asked<ExpansionsAsked> & { answer: Expansions | undefined }) {
  const words = useMessages({ en, zh });
  const segments = answer?.segments ?? [];
  return (
    <>
      <Control label={words.days}>
        <NumberInput
          aria-label={words.days}
          w={80}
          min={1}
          max={366}
          allowDecimal={false}
          value={question.days}
          onChange={(value) => Number(value) >= 1 && Number(value) <= 366 && ask({ days: Number(value) }, { replace: true })}
        />
      </Control>
      <Control label={words.segment}>
        <Select
          aria-label={words.segment}
          w={200}
          allowDeselect={false}
          data={[
            { value: 'all', label: words.allSegments },
            ...segments.map(({ segment }) => ({ value: `of ${segment}`, label: segment || words.noSegment })),
          ]}
          value={question.segment === null ? 'all' : `of ${question.segment}`}
          onChange={(value) => ask({ segment: value === 'all' || value === null ? null : value.slice(3) })}
        />
      </Control>
    </>
  );
}

function Plans({ question, ask, answer, onOpen }: Asked<ExpansionsAsked> & { answer: Expansions; onOpen: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const set = (plan: string, people: number) =>
    ask(
      { limits: [...question.limits.filter((one) => one.plan !== plan), ...(people >= 1 ? [{ plan, people: Math.floor(people) }] : [])] },
      { replace: true },
    );
  return (
    <Section title={words.plans} subtitle={words.plansSubtitle} actions={<Button onClick={onOpen}>{words.show}</Button>}>
      <Table
        label={words.plans}
        rows={answer.plans}
        rowKey={({ plan }) => plan}
        columns={[
          { key: 'plan', head: words.plan, cell: ({ plan }) => <b className="strong">{plan}</b> },
          { key: 'accounts', head: words.accounts, number: true, cell: ({ accounts }) => format.number(accounts) },
          { key: 'median', head: words.median, number: true, cell: ({ median }) => format.number(median) },
          {
            key: 'limit',
            head: words.limit,
            number: true,
            cell: ({ plan, limit }) => (
              <NumberInput
                aria-label={words.setLimit(plan)}
                w={100}
                min={1}
                max={10_000_000}
                allowDecimal={false}
                placeholder={limit === null ? '–' : format.number(limit)}
                value={question.limits.find((one) => one.plan === plan)?.people ?? ''}
                onChange={(value) => set(plan, Number(value))}
              />
            ),
          },
          { key: 'how', head: words.how, cell: ({ basis }) => words.basis[basis] },
          { key: 'outgrown', head: words.outgrown, number: true, cell: ({ outgrown }) => format.number(outgrown) },
        ]}
      />
      <p className="meta after">
        {words.honest} {answer.withoutPlan > 0 ? words.withoutPlan(format.number(answer.withoutPlan)) : ''}
      </p>
    </Section>
  );
}
