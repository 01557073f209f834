import { useEffect, useState, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, TextButton } from './controls.tsx';
import { toFailure } from './failure.ts';
import { useFormat } from './format-context.tsx';
import { ownWords, useKitWords } from './words.ts';

type EmptyProps = { children: ReactNode; actions?: ReactNode };

/** First use: say what will be here, and the act that brings it. */
export function EmptyState({ children, actions }: EmptyProps) {
  return (
    <div className="state">
      <p className="lead">{children}</p>
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}

type NoMatchProps = { noun: string; filters: number; onClear: () => void };

/** Filters that leave nothing. `noun` is the plural: "launches". */
export function NoMatch({ noun, filters, onClear }: NoMatchProps) {
  const words = useKitWords();
  return (
    <p className="state line">
      {words.noneMatch(noun, filters)} <TextButton onClick={onClear}>{words.clearFilters}</TextButton>
    </p>
  );
}

/** The server's own message, when, and the way out. Pass what was thrown. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useKitWords();
  const format = useFormat();
  const [at] = useState(() => new Date());
  const failure = toFailure(error);
  const text = failure.message || ownWords(words, failure.code);
  return (
    <div className="state" role="alert">
      <p className="lead">
        {text} <span className="ink3">{words.failure.at(format.time(at))}</span>
      </p>
      {onRetry ? (
        <div className="actions">
          <Button onClick={onRetry}>{words.retry}</Button>
        </div>
      ) : null}
    </div>
  );
}

/** "Revenue is visible to Finance and Executives. Ask Amelie Fournier." */
export function PermissionState({ children, actions }: EmptyProps) {
  return (
    <div className="notice" role="note">
      <span>{children}</span>
      {actions}
    </div>
  );
}

type NoticeProps = { tone?: 'plain' | 'good' | 'warn' | 'bad'; children: ReactNode };

/** One line over a page or section: read only, stale, conflict. */
export function Notice({ tone = 'plain', children }: NoticeProps) {
  return <div className={tone === 'plain' ? 'notice' : `notice ${tone}`}>{children}</div>;
}

function useAfter(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

const usualLines = ['62%', '48%', '55%'];

type LoadingProps = {
  /** What is being done, once it takes longer than a second: "Counting 48,210 events". */
  what?: string;
  about?: string;
  /** The shape of the text to come: one width for each line. */
  lines?: string[];
  /** Ends the work, where it may take long. */
  onStop?: () => void;
};

/** Nothing moves for a third of a second; then the shape of the text; after a second, what is being done. */
export function LoadingState({ what, about, lines = usualLines, onStop }: LoadingProps) {
  const words = useKitWords();
  const slow = useAfter(300);
  const slower = useAfter(1000);
  if (!slow) return <div aria-busy="true" />;
  const said = what ?? words.loading;
  return (
    <>
      <output className="state" aria-busy="true">
        <div aria-hidden="true" className="skeletons">
          {lines.map((width, index) => (
            <Skeleton key={index} width={width} />
          ))}
        </div>
        <p className={slower ? 'meta' : 'vh'}>{about ? words.loadingAbout(said, about) : `${said}…`}</p>
      </output>
      {slower && onStop ? <Button onClick={onStop}>{words.stop}</Button> : null}
    </>
  );
}

export function Skeleton({ width = '100%' }: { width?: string }) {
  return <span className="skel" style={{ width }} />;
}

type AnswerProps<Data> = {
  of: UseQueryResult<Data, Error>;
  what?: string;
  lines?: string[];
  children: (data: Data) => ReactNode;
};

/** A query's answer, or its loading or error state. An older answer stays in view while a newer one is fetched. */
export function Answer<Data>({ of: query, what, lines, children }: AnswerProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <LoadingState what={what} lines={lines} />;
}
