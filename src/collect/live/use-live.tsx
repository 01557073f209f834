import { getEventMeta } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { toFailure } from '../../web/kit/failure.ts';
import type { LiveAsked, LiveEvent } from './schema.ts';

const mostInView = 200;
const rateSeconds = 10;
/** The server says something every five seconds; without that the line is dead, though nobody said so. */
const deadAfter = 15_000;
const delays = [1, 2, 4, 8, 15];

type Message = { rows: LiveEvent[]; received: number; leftOut: number };
type Status = 'connecting' | 'open' | 'lost' | 'refused';
type State = { status: Status; rows: LiveEvent[]; leftOut: number; error: unknown; retrySeconds: number };
const begin: State = { status: 'connecting', rows: [], leftOut: 0, error: null, retrySeconds: 0 };

const isRefusal = (error: unknown) => ['unauthenticated', 'forbidden', 'too_many', 'invalid', 'not_found'].includes(toFailure(error).code);

const withMessage = (state: State, { rows, leftOut }: Message): State => {
  const known = new Set(state.rows.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => !known.has(id)).toReversed();
  return { ...state, status: 'open', error: null, rows: [...fresh, ...state.rows].slice(0, mostInView), leftOut: state.leftOut + leftOut };
};

type Following = { asked: LiveAsked; lastEventId: string | undefined; signal: AbortSignal; onMessage: (message: Message) => void };

/** Reads one stream until it ends, for whatever reason. */
const follow = async ({ asked, lastEventId, signal, onMessage }: Following): Promise<void> => {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  signal.addEventListener('abort', stop);
  let watchdog = setTimeout(stop, deadAfter);
  try {
    for await (const message of await client.live.watch(asked, { signal: stopping.signal, lastEventId })) {
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, deadAfter);
      onMessage(message);
    }
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
    stop();
  }
};

/** How many arrived a second, in the last ten seconds or since the stream began. */
function useRate() {
  const counts = useRef<{ at: number; received: number }[]>([]);
  const begunAt = useRef(0);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = performance.now();
      counts.current = counts.current.filter(({ at }) => now - at <= rateSeconds * 1000);
      const seconds = Math.min(rateSeconds, Math.max(1, (now - begunAt.current) / 1000));
      setRate(counts.current.reduce((sum, { received }) => sum + received, 0) / seconds);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  const [acts] = useState(() => ({
    begin: () => {
      counts.current = [];
      begunAt.current = performance.now();
    },
    add: (received: number) => void counts.current.push({ at: performance.now(), received }),
  }));
  return { rate, ...acts };
}

/** What arrives and is asked for, the newest first. Paused there is no stream; then it goes on where it was, as far as the server still knows. */
export function useLive(asked: LiveAsked, isPaused: boolean) {
  const queries = useQueryClient();
  const [state, setState] = useState(begin);
  const connectNow = useRef(() => {});
  const lastEventId = useRef<string | undefined>(undefined);
  const { rate, begin: beginRate, add } = useRate();
  const [{ key, name, problems }] = useState(asked);
  useEffect(() => {
    if (isPaused) return undefined;
    const stopping = new AbortController();
    const { signal } = stopping;
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onMessage = (message: Message) => {
      failures = 0;
      lastEventId.current = getEventMeta(message)?.id ?? lastEventId.current;
      add(message.received);
      setState((old) => withMessage(old, message));
    };
    const connect = async () => {
      beginRate();
      const error: unknown = await follow({ asked: { key, name, problems }, lastEventId: lastEventId.current, signal, onMessage }).catch(
        (thrown: unknown) => thrown,
      );
      if (signal.aborted) return;
      if (error && isRefusal(error)) {
        setState((old) => ({ ...old, status: 'refused', error }));
        // The frame finds out by itself who may still be here.
        void queries.invalidateQueries({ queryKey: api.sessions.key() });
        return;
      }
      const retrySeconds = delays[Math.min(failures++, delays.length - 1)]!;
      setState((old) => ({ ...old, status: 'lost', error, retrySeconds }));
      timer = setTimeout(() => void connect(), retrySeconds * 1000);
    };
    void connect();
    connectNow.current = () => {
      clearTimeout(timer);
      void connect();
    };
    return () => {
      clearTimeout(timer);
      connectNow.current = () => {};
      stopping.abort();
    };
  }, [key, name, problems, isPaused, queries, beginRate, add]);
  return {
    ...state,
    rate,
    retry: () => {
      setState((old) => ({ ...old, status: 'connecting', error: null }));
      connectNow.current();
    },
    empty: () => setState((old) => ({ ...old, rows: [], leftOut: 0 })),
  };
}
