import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { en as recallEn, writeReading, writeVerdict, zh as recallZh } from '../../impact/recall-surveys/messages.ts';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import type { Program } from './schema.ts';

/** What its recall surveys say, where there are any: evidence of awareness, apart from who is on its list. */
export function RecallLines({ program }: { program: Program }) {
  const words = useMessages({ en: recallEn, zh: recallZh });
  const format = useFormat();
  const { data } = useQuery(api.recallSurveys.list.queryOptions({ input: { program: program.id } }));
  if (!data || data.surveys.length === 0) return null;
  return (
    <Section title={words.title} subtitle={words.apart}>
      {data.surveys.map((survey) => (
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
