import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { readQuestion, writeQuestion, type Parser } from './codec.ts';

type Search = Record<string, string | undefined>;

export type Asked<Question> = {
  question: Question;
  /** A change is a step in the history, so that Back undoes it; `{ replace: true }` while something is typed or dragged. */
  ask: (change: Partial<Question>, how?: { replace?: boolean }) => void;
  /** Back to the usual question. */
  reset: () => void;
  isUsual: boolean;
  /** The link was cut or is of another version: say so; the usual question is shown. */
  broken: boolean;
};

/**
 * The whole question, kept in the address as `q`: `const { question, ask } = useQuestion(questionSchema, usual)`.
 * Give a schema and a usual question that do not change between draws.
 */
export function useQuestion<Question extends object>(parser: Parser<Question>, usual: Question, name = 'q'): Asked<Question> {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const text = search[name];
  const { question, broken } = useMemo(() => readQuestion(text, parser, usual), [text, parser, usual]);
  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
  }, [question]);
  const go = useCallback(
    (next: Question, replace: boolean) => {
      latest.current = next;
      const written = writeQuestion(next, usual);
      void navigate({ to: '.', search: (old: Search) => ({ ...old, [name]: written }), replace, resetScroll: false } as never);
    },
    [navigate, usual, name],
  );
  const ask = useCallback((change: Partial<Question>, { replace = false } = {}) => go({ ...latest.current, ...change }, replace), [go]);
  const reset = useCallback(() => go(usual, false), [go, usual]);
  return { question, ask, reset, isUsual: text === undefined, broken };
}
