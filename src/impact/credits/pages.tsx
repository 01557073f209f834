import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { ButtonLink } from '../../web/kit/controls.tsx';
import { useAddress } from '../../web/kit/address.ts';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { QuestionPage } from '../../web/kit/question-page.tsx';
import { writeRange } from '../../web/kit/questions/range-picker.tsx';
import { useQuestion } from '../../web/kit/questions/use-question.ts';
import { useQuestionWords } from '../../web/kit/questions/words.ts';
import { Starred } from '../../web/kit/starred.tsx';
import { EmptyState, Notice } from '../../web/kit/states.tsx';
import { sqlOf, useSource } from '../questions/answered.tsx';
import { useKeeping } from '../questions/keep.tsx';
import { Agreed } from './agreeing.tsx';
import { type Behind, CreditsAnswer } from './answer.tsx';
import { BehindDrawer, PathDrawer } from './behind.tsx';
import { isEmptyCredits, useCreditsFacts, useCreditsVerdict } from './brief.tsx';
import { Builder } from './builder.tsx';
import { en, zh } from './messages.ts';
import { Spread } from './spread.tsx';
import { type Credits, creditsAsked, settingNames, usualSettings } from './schema.ts';

const usual = creditsAsked.parse({ range: { kind: 'last', days: 365 } });

/** No setting of one's own: the agreed ones hold. */
const unset = Object.fromEntries([...settingNames, 'model'].map((name) => [name, undefined]));

/** Who had a part in what was won, under every model at once. */
export function CreditsPage() {
  const words = useMessages({ en, zh });
  const questionWords = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const asked = useQuestion(creditsAsked, usual);
  const { question } = asked;
  const query = useQuery({ ...api.credits.get.queryOptions({ input: question }), placeholderData: keepPreviousData });
  const source = useSource(query.data);
  const [behind, setBehind] = useState<Behind | null>(null);
  const [deal, setDeal] = useAddress('deal');
  const days = writeRange(question.range, { words: questionWords, format, today });
  const summary = words.summary(question.source === 'deals' ? words.labels[question.by] : words.sources.journeys, days);
  const verdict = useCreditsVerdict();
  const facts = useCreditsFacts();
  const keeping = useKeeping('credits', question);
  return (
    <QuestionPage<Credits>
      title={words.title}
      summary={summary}
      builder={
        <Builder
          {...asked}
          subjects={query.data?.subjects ?? []}
          currencies={(query.data?.currencies ?? []).map(({ currency }) => currency)}
          settings={query.data?.settings ?? usualSettings}
        />
      }
      answer={query}
      reading={words.reading}
      empty={(data) => emptyOf(data, words, format.number)}
      verdict={(data) => <Starred text={verdict(data)} />}
      facts={facts}
      sql={sqlOf}
      exports={{ fileName: summary, csv: () => client.credits.export(question), source }}
      onSave={keeping.onSave}
      broken={asked.broken}
      onReset={asked.reset}
      drawers={
        <>
          {keeping.dialog}
          <BehindDrawer question={question} behind={behind} onOpen={setDeal} onClose={() => setBehind(null)} />
          <PathDrawer question={question} opportunity={deal ?? ''} onClose={() => setDeal('')} />
        </>
      }
    >
      {(data) => (
        <>
          <div className="stack above">
            <Notice>{words.credit}</Notice>
            <Agreed agreed={data.agreed} settings={data.settings} onAgreed={() => asked.ask(unset)} />
          </div>
          <Spread answer={data} />
          <CreditsAnswer answer={data} by={question.by} onOpen={setBehind} />
        </>
      )}
    </QuestionPage>
  );
}

const emptyOf = (answer: Credits, words: typeof en, number: (value: number) => string) =>
  isEmptyCredits(answer) ? (
    <EmptyState actions={<ButtonLink to="/imports/new">{words.importFile}</ButtonLink>}>
      {answer.conversions === 0 ? words.empty : words.noneExplained(number(answer.conversions))}
    </EmptyState>
  ) : null;
