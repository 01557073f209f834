import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Table } from '../../web/kit/table.tsx';
import { QuestionLink } from '../questions/link.tsx';
import type { Question } from '../questions/schema.ts';
import { useLiftVerdict } from './answer.tsx';
import { en, zh } from './messages.ts';
import { type Lift, liftAsked } from './schema.ts';

type Goal = { id: string; name: string; comparison: string };
type Line = { goal: Goal; question: Question | null; data: Lift | undefined };

/** Of each registered goal of a launch: what the comparison that was registered says, or why nothing can be said of the cause. */
export function LaunchLifts({ goals }: { goals: readonly Goal[] }) {
  const words = useMessages({ en, zh });
  const verdict = useLiftVerdict();
  const kept = useQuery(api.questions.list.queryOptions({ input: {} }));
  const asked = (kept.data?.questions ?? []).flatMap((question) => {
    const read = question.kind === 'lifts' ? liftAsked.safeParse(question.asked) : null;
    return read?.success && goals.some(({ id }) => id === read.data.goal) ? [{ question, input: read.data }] : [];
  });
  const answers = useQueries({ queries: asked.map(({ input }) => api.lifts.get.queryOptions({ input })) });
  if (goals.length === 0 || !kept.data) return null;
  const lines = goals.flatMap((goal): Line[] => {
    const of = asked.flatMap(({ question, input }, place) =>
      input.goal === goal.id ? [{ goal, question, data: answers[place]?.data }] : [],
    );
    return of.length > 0 ? of : [{ goal, question: null, data: undefined }];
  });
  return (
    <Section title={words.ofLaunch} subtitle={words.ofLaunchNote}>
      <Table
        label={words.ofLaunch}
        rows={lines}
        rowKey={({ goal, question }) => question?.id ?? goal.id}
        size="tall"
        columns={[
          { key: 'goal', head: words.goal, width: '24%', cell: ({ goal }) => goal.name },
          {
            key: 'comparison',
            head: words.keptName,
            width: '20%',
            cell: ({ goal, question }) =>
              question ? (
                <QuestionLink question={question} />
              ) : (
                <Link to="/lifts/new" search={{ q: JSON.stringify({ goal: goal.id }) }}>
                  {words.compare}
                </Link>
              ),
          },
          {
            key: 'verdict',
            head: words.keptVerdict,
            width: '14%',
            cell: ({ data }) => (
              <StateMark state={data?.verdict ?? 'cannot_tell'}>{words.verdicts[data?.verdict ?? 'cannot_tell']}</StateMark>
            ),
          },
          {
            key: 'said',
            head: words.keptSaid,
            cell: ({ goal, data }) => (data ? <Starred text={verdict(data)} /> : (words.notAsked[goal.comparison] ?? words.notAsked.other)),
          },
        ]}
      />
    </Section>
  );
}
