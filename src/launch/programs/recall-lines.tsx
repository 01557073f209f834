import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { en as recallEn, writeReading, writeVerdict, zh as recallZh } from '../../impact/recall-surveys/messages.ts';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import type { RecallEvidence } from '../../impact/recall-surveys/schema.ts';
import type { Program } from './schema.ts';

/** What recall surveys say, where there are any: evidence of awareness, apart from whatever else is said of a program. */
export function RecallLines({ surveys }: { surveys: readonly RecallEvidence[] }) {
  const words = useMessages({ en: recallEn, zh: recallZh });
  const format = useFormat();
  if (surveys.length === 0) return null;
  return (
    <Section title={words.awareness} subtitle={words.apart}>
      {surveys.map((survey) => (
        <div key={survey.id} className="stack">
          <p className="prose">
            <Starred text={writeVerdict(survey, words, format)} /> <span className="ink2">{writeReading(survey, words)}</span>
          </p>
          <Link to="/programs/$program/recall" params={{ program: survey.program.key }} search={{ survey: survey.id }}>
            {words.open}
          </Link>
        </div>
      ))}
    </Section>
  );
}

export function RecallOfProgram({ program }: { program: Program }) {
  const { data } = useQuery(api.recallSurveys.list.queryOptions({ input: { program: program.id } }));
  return <RecallLines surveys={data?.surveys ?? []} />;
}
