import { useEffect, useState, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { TextButton } from './controls.tsx';
import { useQuestionWords } from './questions/words.ts';
import { ErrorState, LoadingState } from './states.tsx';

type LiveAnswerProps<Data> = {
  of: UseQueryResult<Data, Error>;
  /** What is being done, once it takes longer than a second: "Counting 48,210 events". */
  what?: string;
  /** Ends the asking, where it may take long. */
  onStop?: () => void;
  children: (data: Data) => ReactNode;
};

/**
 * An answer that is asked anew while one is in view: the old one stays, dimmed, until the new one is there, and also
 * when the new one fails. Give the query `placeholderData: keepPreviousData`.
 */
export function LiveAnswer<Data>({ of: query, what, onStop, children }: LiveAnswerProps<Data>) {
  const words = useQuestionWords();
  const last = useLast(query.data);
  const isOld = query.isPlaceholderData || (query.isError && query.data === undefined);
  const shown = query.data ?? last;
  const isAsking = query.isFetching && query.isPlaceholderData;
  const slow = useSlow(isAsking);
  if (query.isError) {
    return (
      <>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        {shown === undefined ? null : (
          <>
            <p className="meta answer-kept-note">{words.failedKept}</p>
            <div className="answer-kept">{children(shown)}</div>
          </>
        )}
      </>
    );
  }
  const isStopped = onStop !== undefined && query.fetchStatus === 'idle' && (query.isPending || query.isPlaceholderData);
  const stopped = isStopped ? (
    <output className="meta answer-asking">
      {words.stopped} <TextButton onClick={() => void query.refetch()}>{words.askAgain}</TextButton>
    </output>
  ) : null;
  if (shown === undefined) return stopped ?? <LoadingState what={what} onStop={onStop} />;
  return (
    <>
      {stopped ?? (
        <output className="answer-asking meta" aria-live="polite">
          {slow ? `${what ? `${what}… ` : ''}${words.stillAsking} ` : ''}
          {slow && onStop ? <TextButton onClick={onStop}>{words.stop}</TextButton> : null}
        </output>
      )}
      <div className={isOld ? 'answer-old' : undefined} aria-busy={isAsking || undefined}>
        {children(shown)}
      </div>
    </>
  );
}

/** What was last known, so that a failure does not take it away. */
function useLast<Data>(data: Data | undefined): Data | undefined {
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(() => data);
  return last;
}

/** Whether it has been asking for more than a second. */
function useSlow(isAsking: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!isAsking) return undefined;
    const timer = setTimeout(() => setSlow(true), 1000);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isAsking]);
  return slow;
}
