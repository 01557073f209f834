import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { en as goalEn, zh as goalZh } from '../../launch/goals/messages.ts';
import { api } from '../../web/kit/client.ts';
import { ButtonLink } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { QuestionLink } from '../questions/link.tsx';
import type { Question } from '../questions/schema.ts';
import { useLiftVerdict } from './answer.tsx';
import { beginning } from './builder/usual.ts';
import { en, zh } from './messages.ts';
import { liftAsked } from './schema.ts';

/** Comparisons that were kept, and goals whose comparison was registered and nobody has made yet. */
export function KeptLifts() {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.questions.list.queryOptions({ input: {} }));
  const make = (
    <ButtonLink to="/lifts/new" kind="primary">
      {words.anew}
    </ButtonLink>
  );
  return (
    <Page title={words.title} actions={make}>
      <Answer of={answer} what={words.reading}>
        {({ questions }) => (
          <>
            <PageHead verdict={words.intro} />
            <KeptTable questions={questions.filter(({ kind }) => kind === 'lifts')} />
            <NotYetCompared questions={questions.filter(({ kind }) => kind === 'lifts')} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function KeptTable({ questions }: { questions: Question[] }) {
  const words = useMessages({ en, zh });
  const verdict = useLiftVerdict();
  const whole = questions.map(({ asked }) => liftAsked.safeParse(asked));
  const answers = useQueries({
    queries: whole.map((read) => ({ ...api.lifts.get.queryOptions({ input: read.data! }), enabled: read.success })),
  });
  const of = (question: Question) => answers[questions.indexOf(question)];
  return (
    <Table
      label={words.kept}
      rows={questions}
      rowKey={({ id }) => id}
      size="tall"
      empty={<EmptyState>{words.keptNone}</EmptyState>}
      columns={[
        { key: 'name', head: words.keptName, width: '28%', cell: (question) => <QuestionLink question={question} /> },
        {
          key: 'verdict',
          head: words.keptVerdict,
          width: '16%',
          cell: (question) => {
            const data = of(question)?.data;
            return data ? (
              <StateMark state={data.reason === 'not_yet' ? 'not_yet' : data.verdict}>{words.verdicts[data.verdict]}</StateMark>
            ) : (
              '–'
            );
          },
        },
        {
          key: 'said',
          head: words.keptSaid,
          cell: (question) => {
            const found = of(question);
            if (found?.data) return <Starred text={verdict(found.data)} />;
            return found?.isError || !whole[questions.indexOf(question)]!.success ? words.lineCannot : '…';
          },
        },
      ]}
    />
  );
}

/** What was registered before the launch and waits to be compared; the link begins with what was registered. */
function NotYetCompared({ questions }: { questions: Question[] }) {
  const words = useMessages({ en, zh });
  const { comparisons } = useMessages({ en: goalEn, zh: goalZh });
  const choices = useQuery(api.lifts.choices.queryOptions({ input: { unit: 'account' } }));
  const compared = new Set(questions.map(({ asked }) => asked['goal']));
  const waiting = (choices.data?.goals ?? []).filter(({ id, comparison }) => comparison !== 'none' && !compared.has(id));
  if (waiting.length === 0) return null;
  return (
    <Section title={words.registered} subtitle={words.registeredNote}>
      <Table
        label={words.registered}
        rows={waiting}
        rowKey={({ id }) => id}
        columns={[
          { key: 'goal', head: words.goal, cell: ({ name }) => name },
          { key: 'launch', head: words.launch, cell: ({ launch }) => launch },
          { key: 'comparison', head: words.keptName, cell: ({ comparison }) => comparisons[comparison] },
          {
            key: 'compare',
            head: words.compare,
            silent: true,
            cell: ({ id, comparison }) =>
              comparison === 'none' ? null : (
                <Link to="/lifts/new" search={{ q: JSON.stringify(beginning(id, comparison)) }}>
                  {words.compare}
                </Link>
              ),
          },
        ]}
      />
    </Section>
  );
}
