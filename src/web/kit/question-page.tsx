import './styles/questions.css';
import './styles/question-steps.css';
import { useRef, useState, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { ExportMenu, type ExportMenuProps } from './export-menu.tsx';
import { focusFilter, useKeys } from './keyboard.ts';
import { LiveAnswer } from './live-answer.tsx';
import { Page, PageHead, type Crumb } from './page.tsx';
import { BuilderBar } from './questions/builder-bar.tsx';
import { FactsLine, type AnswerFacts } from './questions/facts-line.tsx';
import { SqlDrawer } from './questions/sql-drawer.tsx';
import { useQuestionWords } from './questions/words.ts';
import { Notice } from './states.tsx';
import { Button, TextButton } from './controls.tsx';

export type QuestionPageProps<Data> = {
  /** The kind of question, and the last crumb: "Funnels". */
  title: string;
  crumbs?: Crumb[];
  /** The answer in a sentence, the `h1`; mark figures with `<b>`. Without it the title is the heading. */
  verdict?: (data: Data) => ReactNode;
  /** The question in one line, for narrow screens where the builder folds away: "3 steps, last 90 days". */
  summary: ReactNode;
  /** The controls: groups of `Control`. */
  builder: ReactNode;
  /** `useQuery(..., placeholderData: keepPreviousData)`; undefined while the question is not whole. */
  answer: UseQueryResult<Data, Error> | undefined;
  /** What is being done while it takes: "Counting 48,210 events". */
  reading: string;
  /** Ends what takes long: a button beside `reading`. */
  onStop?: () => void;
  /** What to say instead of an answer: the question is not whole, or nothing was found. */
  unfinished?: ReactNode;
  empty?: (data: Data) => ReactNode | null;
  /** From the answer and not from the question, as the answer in view may be of the question before. */
  facts?: (data: Data) => AnswerFacts;
  /** The statement behind the answer. */
  sql?: (data: Data) => string | string[] | undefined;
  exports?: Omit<ExportMenuProps, 'within' | 'opened' | 'onOpened'>;
  /** Beside Export: Share, Add to a board. */
  actions?: ReactNode;
  /** The primary act, also by S. */
  onSave?: () => void;
  saveWord?: string;
  /** The link was cut: `broken` and `reset` of `useQuestion`. */
  broken?: boolean;
  onReset?: () => void;
  /** A `Drawer` with the rows behind a figure, and whatever else lies over the page. */
  drawers?: ReactNode;
  children: (data: Data) => ReactNode;
};

/** A product question: the builder, the answer, how it was counted, and what one can do with it. */
export function QuestionPage<Data>(props: QuestionPageProps<Data>) {
  const { title, crumbs, answer, exports, actions, onSave, saveWord, broken, onReset, children } = props;
  const words = useQuestionWords();
  const within = useRef<HTMLDivElement>(null);
  const [exporting, setExporting] = useState(false);
  const hasAnswer = answer?.data !== undefined;
  const mayExport = exports !== undefined && hasAnswer;
  useKeys({
    '/': () => void focusFilter(),
    ...(onSave ? { s: onSave } : {}),
    ...(mayExport ? { e: () => setExporting(true) } : {}),
  });
  const buttons = (
    <>
      {actions}
      {mayExport ? <ExportMenu {...exports} within={within} opened={exporting} onOpened={setExporting} keys="E" /> : null}
      {onSave ? (
        <Button kind="primary" keys="S" onClick={onSave}>
          {saveWord ?? words.save}
        </Button>
      ) : null}
    </>
  );
  return (
    <Page title={title} crumbs={crumbs} actions={buttons}>
      <BuilderBar summary={props.summary}>{props.builder}</BuilderBar>
      {broken ? (
        <Notice tone="warn">
          {words.brokenLink} {onReset ? <TextButton onClick={onReset}>{words.reset}</TextButton> : null}
        </Notice>
      ) : null}
      <div className="answer" ref={within}>
        {answer ? (
          <LiveAnswer of={answer} what={props.reading} onStop={props.onStop}>
            {(data) => (
              <Answered {...props} data={data}>
                {children}
              </Answered>
            )}
          </LiveAnswer>
        ) : (
          props.unfinished
        )}
      </div>
      {props.drawers}
    </Page>
  );
}

function Answered<Data>({ data, verdict, empty, facts, sql, children }: QuestionPageProps<Data> & { data: Data }) {
  const nothing = empty?.(data);
  const statement = [sql?.(data) ?? []].flat();
  return (
    <>
      {verdict && !nothing ? <PageHead verdict={verdict(data)} /> : null}
      {nothing || children(data)}
      {facts || statement.length > 0 ? (
        <div className="answer-foot">
          {facts ? <FactsLine facts={facts(data)} /> : null}
          {statement.length > 0 ? <SqlDrawer sql={statement} /> : null}
        </div>
      ) : null}
    </>
  );
}
